"""`sanad feedback …`: access and erasure by the id of an answer."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.feedback import FeedbackLog
from tests.test_feedback import SAID
from ui.feedback_commands import feedback_app


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FeedbackLog:
    monkeypatch.setenv("SANAD_DATA_DIR", str(tmp_path))
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    for name in ("a", "b"):
        log.add(replace(SAID, id=name))
    return log


def run(*words: str) -> str:
    result = CliRunner().invoke(feedback_app, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_what_was_said_of_an_answer_is_exported(log: FeedbackLog) -> None:
    assert [json.loads(line)["id"] for line in run("export", "b").splitlines()] == ["b"]
    assert len(run("export").splitlines()) == len(log.read().feedback)


def test_what_was_said_of_an_answer_is_erased(log: FeedbackLog) -> None:
    assert run("erase", "a") == "1 lines erased\n"
    assert [said.id for said in log.read().feedback] == ["b"]


def test_what_is_old_is_removed(log: FeedbackLog) -> None:
    log.add(replace(SAID, id="old", time="2020-01-01T00:00:00+00:00"))
    assert run("prune", "--older-than", "365") == "1 lines older than 365 days erased\n"
    assert len(log.read().feedback) == 2
