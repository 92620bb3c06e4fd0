"""The access log: one line a request, nothing about who asked or what."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.access import AccessRules
from api.access_log import log_to
from api.guards import Guarding
from api.keys import KeyFile
from tests.guarded import guarded_app


@pytest.fixture
def kept() -> Iterator[None]:
    """The log of the tests is left as it was."""
    root, access = logging.getLogger(), logging.getLogger("sanad.access")
    handlers, levels = root.handlers[:], (root.level, access.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    access.setLevel(levels[1])


@pytest.fixture
def written(kept: None) -> io.StringIO:
    stream = io.StringIO()
    log_to(stream, "json")
    return stream


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_one_line_with_template_status_and_key(written: io.StringIO, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.sqlite")
    new = keys.create("Office", ["search"])
    client = TestClient(guarded_app(Guarding(AccessRules(keys))))
    response = client.get("/v1/documents/loi-09-08?kind=law", headers={"authorization": f"Bearer {new.secret}"})
    (line,) = lines(written)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/v1/documents/{source_id}", 200)
    assert (line["key"], line["request_id"]) == (new.key.id, response.headers["x-request-id"])
    assert isinstance(line["ms"], float)


def test_nothing_about_the_person_or_the_question_is_written(written: io.StringIO, tmp_path: Path) -> None:
    new = KeyFile(tmp_path / "keys.sqlite").create("Office", ["search"])
    client = TestClient(guarded_app(Guarding()), client=("203.0.113.7", 5000))
    headers = {"authorization": f"Bearer {new.secret}", "x-forwarded-for": "203.0.113.9", "user-agent": "Reader/1"}
    client.post("/v1/ask", json={"question": "Ma question"}, headers={"user-agent": "Reader/1"})
    client.get(f"/v1/documents/1?key={new.secret}", headers=headers)
    client.get(f"/v1/{new.secret}")
    client.post("/v1/ask", json={"question": 7, "comment": "Ma question"})
    said = written.getvalue()
    assert len(said.splitlines()) == 4
    assert not [trace for trace in ("Ma question", "203.0.113", "Reader", new.secret, "key=") if trace in said]


def test_what_breaks_is_logged_by_place_without_its_message(written: io.StringIO) -> None:
    response = TestClient(guarded_app(Guarding())).get("/v1/documents/broken")
    fault, line = lines(written)
    assert (fault["event"], fault["error"], line["status"]) == ("fault", "RuntimeError", 500)
    assert fault["request_id"] == line["request_id"] == response.headers["x-request-id"]
    assert "guarded.py" in str(fault["frames"])
    assert "what somebody asked" not in written.getvalue()


def test_a_line_break_makes_no_second_line(written: io.StringIO) -> None:
    logging.getLogger("elsewhere").warning("one\ntwo %s", "\u2028three")
    assert [line["event"] for line in map(json.loads, written.getvalue().split("\n")[:-1])] == ["one\ntwo \u2028three"]


def test_the_fault_of_a_library_is_logged_the_same_way(written: io.StringIO) -> None:
    try:
        raise ValueError("what somebody asked")
    except ValueError:
        logging.getLogger("elsewhere").exception("it broke")
    (line,) = lines(written)
    assert (line["event"], line["error"]) == ("it broke", "ValueError")
    assert "what somebody asked" not in written.getvalue()


def test_text_is_for_eyes(kept: None) -> None:
    stream = io.StringIO()
    log_to(stream, "text")
    TestClient(guarded_app(Guarding())).get("/v1/nothing")
    assert "info sanad.access request request_id=" in stream.getvalue()
    assert "path=- key=anonymous status=404" in stream.getvalue()
