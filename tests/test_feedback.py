"""The log of feedback: whole lines, from many writers, through crashes."""

import json
import os
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.feedback import LONGEST_COMMENT, Cited, Feedback, FeedbackLog

SAID = Feedback(
    id="a1",
    question="Quelle amende sans déclaration ?",
    language="fr",
    status="answered",
    useful=False,
    index="gen-000001",
    generator="quotes",
    history=("De quoi traite la loi 77-01 ?",),
    reasons=("wrong", "out_of_date"),
    comment="المبلغ تغير\nligne deux",
    cited=(Cited("loi-77-01-fr.txt", "3"), Cited("press-en.md", None)),
)


@pytest.fixture
def log(tmp_path: Path) -> FeedbackLog:
    return FeedbackLog(tmp_path / "new" / "feedback.jsonl")


def test_what_is_added_is_read_by_another_process_in_order(log: FeedbackLog) -> None:
    log.add(SAID)
    log.add(replace(SAID, id="a2", useful=True, reasons=()))
    kept = FeedbackLog(log.path).read()
    assert kept.feedback == (SAID, replace(SAID, id="a2", useful=True, reasons=()))
    assert kept.feedback[0].time == SAID.time
    assert kept.faults == ()


def test_without_a_file_there_is_no_feedback(log: FeedbackLog) -> None:
    assert log.read().feedback == ()
    assert not log.path.parent.exists()


def test_a_line_is_json_with_these_fields_and_no_others(log: FeedbackLog) -> None:
    log.add(SAID)
    (line,) = log.path.read_text(encoding="utf-8").splitlines()
    assert set(json.loads(line)) == {
        "id", "time", "question", "history", "language", "status", "useful", "reasons", "comment", "cited", "index",
        "generator",
    }  # fmt: skip
    assert json.loads(line)["cited"][0] == {"source_path": "loi-77-01-fr.txt", "article": "3"}


def test_personal_data_is_not_kept(log: FeedbackLog) -> None:
    private = "appelez 0661234567"
    log.add(replace(SAID, question=private, history=(private,), comment="ma CNIE AB123456"))
    (kept,) = log.read().feedback
    assert (kept.question, kept.history) == ("appelez [phone]", ("appelez [phone]",))
    assert kept.comment == "ma CNIE [cnie]"


def test_the_time_is_now_in_utc() -> None:
    judged = Feedback("1", "Quoi ?", "fr", "answered", useful=True, index="gen-000001", generator="quotes")
    made = datetime.fromisoformat(judged.time)
    assert made.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)


def test_only_the_owner_may_read_what_people_asked(log: FeedbackLog) -> None:
    log.add(SAID)
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_comment_has_a_limit() -> None:
    assert replace(SAID, comment="x" * LONGEST_COMMENT)
    with pytest.raises(ValueError, match=f"at most {LONGEST_COMMENT} characters, got {LONGEST_COMMENT + 1}: shorten"):
        replace(SAID, comment="x" * (LONGEST_COMMENT + 1))


def test_a_changed_mind_counts_once(log: FeedbackLog) -> None:
    for useful in (False, True):
        log.add(replace(SAID, useful=useful))
    assert log.read().latest() == [replace(SAID, useful=True)]


def test_writers_at_the_same_time_never_mix_their_lines(log: FeedbackLog) -> None:
    def write(name: str) -> None:
        for number in range(20):
            FeedbackLog(log.path).add(replace(SAID, id=f"{name}{number}", comment=name * 1500))

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = log.read()
    assert kept.faults == ()
    assert {feedback.id for feedback in kept.feedback} == {f"{name}{n}" for name in "abcd" for n in range(20)}


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (b"\x00\x00\x00", "line 2 is left out: line: Invalid JSON"),
        (b"not json", "line 2 is left out: line: Invalid JSON"),
        (b'{"id": "\xd9', "line 2 is left out: line: Invalid JSON"),
        (b'{"id": "a"}', "line 2 is left out: question: Field required"),
        (b"[]", "line 2 is left out: line: Input should be"),
    ],
)
def test_a_broken_line_is_left_out_and_named(log: FeedbackLog, broken: bytes, fault: str) -> None:
    log.add(SAID)
    with log.path.open("ab") as file:
        file.write(broken + b"\n")
    log.add(replace(SAID, id="a2"))
    kept = log.read()
    assert [feedback.id for feedback in kept.feedback] == ["a1", "a2"]
    assert len(kept.faults) == 1
    assert fault in kept.faults[0]


@settings(deadline=None, max_examples=60)
@given(share=st.floats(0, 1), comment=st.text(max_size=80), question=st.text(min_size=1, max_size=80))
def test_wherever_a_crash_tears_a_line_the_others_stay_whole(
    tmp_path_factory: pytest.TempPathFactory, share: float, comment: str, question: str
) -> None:
    log = FeedbackLog(tmp_path_factory.mktemp("torn") / "feedback.jsonl")
    said = replace(SAID, comment=comment, question=question)
    log.add(said)
    whole = log.path.stat().st_size
    log.add(said)
    torn = whole + round(share * whole)
    os.truncate(log.path, torn)
    assert log.read().feedback[0] == said
    log.add(replace(said, id="after"))
    kept = log.read()
    assert (kept.feedback[0], kept.feedback[-1].id) == (said, "after")
    assert len(kept.feedback) + len(kept.faults) == (2 if torn == whole else 3)


def test_what_is_old_or_asked_for_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    assert log.forget(datetime.now(UTC)) == 0
    old = replace(SAID, id="old", time="2020-01-01T00:00:00+00:00")
    for said in (old, replace(SAID, id="erase"), replace(SAID, id="keep")):
        log.add(said)
    with log.path.open("ab") as file:
        file.write(b"torn line\n")
    assert log.forget(datetime(2021, 1, 1, tzinfo=UTC), {"erase"}) == 3
    assert [said.id for said in log.read().feedback] == ["keep"]
    log.add(replace(SAID, id="next"))
    assert [said.id for said in log.read().feedback] == ["keep", "next"]
