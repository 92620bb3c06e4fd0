"""What readers thought of answers, kept line by line in a file, with nothing about the reader."""

import fcntl
import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final, Literal

from pydantic import TypeAdapter, ValidationError

from index.files import sync_file
from rag.answer import Answer, Language, Status
from rag.masking import masked

Reason = Literal["wrong", "invented", "source_missing", "too_long", "unclear", "out_of_date"]
LONGEST_COMMENT: Final = 2000


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that the judged answer cited, as in `Citation`."""

    source_path: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judgement of the answer `id`; `history` holds the earlier questions, oldest first, `time` is UTC in ISO 8601.

    Judgements are equal that say the same, whenever they were made. Raises ValueError when the comment is too long.
    """

    id: str
    question: str
    language: Language
    status: Status
    useful: bool
    index: str
    generator: str
    history: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    cited: tuple[Cited, ...] = ()
    time: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"), compare=False)

    def __post_init__(self) -> None:
        if len(self.comment) > LONGEST_COMMENT:
            raise ValueError(f"a comment has at most {LONGEST_COMMENT} characters, got {len(self.comment)}: shorten it")


_FEEDBACK: Final = TypeAdapter(Feedback)


def feedback_on(
    answer: Answer, history: tuple[str, ...], *, useful: bool, reasons: tuple[Reason, ...] = ()
) -> Feedback:
    """The judgement of an answer that is at hand, asked after the questions of `history`."""
    return Feedback(
        id=answer.id,
        question=answer.question,
        language=answer.language,
        status=answer.status,
        useful=useful,
        index=answer.engine.index,
        generator=answer.engine.generator,
        history=history,
        reasons=reasons,
        cited=tuple(Cited(citation.source_path, citation.article) for citation in answer.citations),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What a log holds, oldest first, and a sentence for each line that cannot be read."""

    feedback: tuple[Feedback, ...]
    faults: tuple[str, ...]

    def latest(self) -> list[Feedback]:
        """One judgement an answer: who judges again has changed their mind."""
        return list({feedback.id: feedback for feedback in self.feedback}.values())


@dataclass(frozen=True, slots=True)
class FeedbackLog:
    """A JSON Lines file that threads and processes may add to at the same time; only its owner may read it."""

    path: Path

    def add(self, feedback: Feedback) -> None:
        """Append one line without personal data; it is on disk when this returns. Raises OSError when it cannot be."""
        line = json.dumps(asdict(_impersonal(feedback)), ensure_ascii=False).encode() + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "a+b", opener=_private) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            created = file.seek(0, os.SEEK_END) == 0
            # A crash may have left a part of a line: it must not swallow this one.
            file.write(line if created or _ends_whole(file) else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())
        if created:
            sync_file(self.path.parent)

    def read(self) -> Kept:
        """Everything that can be read; a line torn by a crash or broken by hand becomes a fault, the rest goes on."""
        if not self.path.exists():
            return Kept((), ())
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            lines = file.read().split(b"\n")
        feedback, faults = [], []
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    feedback.append(_FEEDBACK.validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"])) or "line"
                faults.append(f"{self.path.name} line {number} is left out: {where}: {first['msg']}")
        return Kept(tuple(feedback), tuple(faults))

    def forget(self, before: datetime, ids: Collection[str] = ()) -> int:
        """Remove what was said before a time, and what concerns the answers `ids`; returns how many lines are gone.

        Lines that cannot be read go too: nobody could find them to have them erased (law 09-08, articles 3 and 8).
        """
        if not self.path.exists():
            return 0
        with self.path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            lines = [line for line in file.read().split(b"\n") if line.strip()]
            kept = [line for line in lines if _is_kept(line, before, ids)]
            file.seek(0)
            file.write(b"".join(line + b"\n" for line in kept))
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return len(lines) - len(kept)


def _is_kept(line: bytes, before: datetime, ids: Collection[str]) -> bool:
    try:
        said = _FEEDBACK.validate_json(line)
    except ValidationError:
        return False
    return said.id not in ids and datetime.fromisoformat(said.time) >= before


def _impersonal(feedback: Feedback) -> Feedback:
    history = tuple(masked(question).text for question in feedback.history)
    question, comment = masked(feedback.question).text, masked(feedback.comment).text
    return replace(feedback, question=question, comment=comment, history=history)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _ends_whole(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
