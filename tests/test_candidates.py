"""Thumbs-down become candidate questions, each once, which cannot be asked before they are finished."""

import json
from pathlib import Path

import pytest

from evals.candidates import add_candidates
from evals.questions import read_questions
from rag.feedback import Cited, Feedback, FeedbackLog


def said(number: int, question: str, *, useful: bool, history: tuple[str, ...] = ()) -> Feedback:
    """A judgement of the answer `number`."""
    return Feedback(
        id=str(number),
        question=question,
        language="ary-Latn",
        status="answered",
        useful=useful,
        index="gen-000001",
        generator="quotes",
        history=history,
        reasons=() if useful else ("wrong",),
        comment="" if useful else "machi hadchi",
        cited=(Cited("loi.txt", "3"),),
        time="2026-11-22T10:00:00+00:00",
    )


@pytest.fixture
def log(tmp_path: Path) -> FeedbackLog:
    kept = FeedbackLog(tmp_path / "feedback.jsonl")
    for feedback in (
        said(1, "ch7al lgharama?", useful=False),
        said(2, "w lcharika?", useful=False, history=("ch7al lgharama?",)),
        said(3, "chkoun?", useful=True),
        said(4, "fin?", useful=False),
        said(4, "fin?", useful=True),
    ):
        kept.add(feedback)
    return kept


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_what_was_found_wrong_in_the_end_becomes_a_candidate(log: FeedbackLog, tmp_path: Path) -> None:
    out = tmp_path / "candidates.jsonl"
    assert add_candidates(log, out) == (2, 0)
    first, second = lines(out)
    assert (first["id"], first["question"], first["facts"]) == ("feedback-ary-latn-001", "ch7al lgharama?", [])
    assert first["sources"] == [{"path": "loi.txt", "article": "3"}]
    assert first["note"] == "answered on 2026-11-22 · wrong · machi hadchi"
    assert second["history"] == [{"question": "ch7al lgharama?"}]


def test_a_second_time_adds_nothing_and_touches_nothing(log: FeedbackLog, tmp_path: Path) -> None:
    out = tmp_path / "candidates.jsonl"
    add_candidates(log, out)
    before = out.read_bytes()
    assert add_candidates(log, out) == (0, 2)
    log.add(said(5, "imta?", useful=False))
    assert add_candidates(log, out) == (1, 2)
    assert out.read_bytes().startswith(before)
    assert len({line["id"] for line in lines(out)}) == 3


def test_an_unfinished_candidate_cannot_be_asked(log: FeedbackLog, tmp_path: Path) -> None:
    out = tmp_path / "candidates.jsonl"
    add_candidates(log, out)
    with pytest.raises(ValueError, match=r"candidates\.jsonl line 1 is not a valid question[\s\S]*sources and facts"):
        read_questions([out], [])


def test_a_file_that_holds_no_questions_is_refused(log: FeedbackLog, tmp_path: Path) -> None:
    out = tmp_path / "shopping.txt"
    out.write_text("milk\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"shopping\.txt line 1 is no question"):
        add_candidates(log, out)
    assert out.read_text(encoding="utf-8") == "milk\n"
