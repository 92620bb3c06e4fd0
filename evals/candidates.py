"""Feedback to candidate questions: what people found wrong becomes a question that a maintainer finishes with gold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rag.feedback import Feedback, FeedbackLog

_AUTHOR: Final = "feedback"

_Key = tuple[str, tuple[str, ...]]
"""A question and the questions before it."""


def add_candidates(log: FeedbackLog, out: Path) -> tuple[int, int]:
    """Add the questions of thumbs-down to the file `out`; returns how many were added and how many stood there.

    A candidate has no facts yet, so that it cannot be asked before a maintainer has finished it: its sources are the
    places that were cited, for correction, and `note` says what the reader found wrong. Lines that are there already
    are never touched. Raises ValueError when `out` is no question file.
    """
    known = set(_known(out))
    judged = {_key(feedback): feedback for feedback in log.read().latest() if not feedback.useful}
    new = [feedback for key, feedback in judged.items() if key not in known]
    with out.open("a", encoding="utf-8") as file:
        for number, feedback in enumerate(new, start=len(known) + 1):
            file.write(json.dumps(_candidate(number, feedback), ensure_ascii=False) + "\n")
    return len(new), len(judged) - len(new)


def _key(feedback: Feedback) -> _Key:
    return feedback.question, feedback.history


def _known(out: Path) -> Iterator[_Key]:
    lines = out.read_text(encoding="utf-8").split("\n") if out.exists() else []
    for number, line in ((number, line) for number, line in enumerate(lines, start=1) if line.strip()):
        try:
            asked = json.loads(line)
            yield asked["question"], tuple(turn["question"] for turn in asked["history"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(
                f"{out.name} line {number} is no question ({error}): mend it or name another file"
            ) from error


def _candidate(number: int, feedback: Feedback) -> dict[str, Any]:
    """A line in the shape of a question, `answerable` as if an answer could be found."""
    return {
        "id": f"feedback-{feedback.language.lower()}-{number:03}",
        "question": feedback.question,
        "language": feedback.language,
        "kind": "unfinished",
        "audience": "citizen",
        "history": [{"question": question} for question in feedback.history],
        "answerable": True,
        "sources": [{"path": cited.source_path, "article": cited.article} for cited in feedback.cited],
        "facts": [],
        "author": _AUTHOR,
        "checked_by": None,
        "note": " · ".join(
            filter(None, [f"{feedback.status} on {feedback.time[:10]}", *feedback.reasons, feedback.comment])
        ),
    }
