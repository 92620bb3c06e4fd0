"""The web chat: a page in every language beside the API, and what its parts do."""

import re
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable, RunnableLambda

from api.app import create_app
from api.backend import Backend
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY
from ui.chat import Desk, build_page, mount_chat
from ui.conversation import Talk
from ui.wording import interfaces

Chain = Runnable[Question, Answer]


@pytest.fixture
def desk(chain: Chain, index: Index, tmp_path: Path) -> Desk:
    return Desk(index, chain, FeedbackLog(tmp_path / "feedback.jsonl"))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(mount_chat(create_app(Backend(desk.index, desk.chain, lambda: TODAY, desk.log)), desk))


def test_the_page_is_served_at_the_root_and_the_api_stays(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Sanad · سند" in page.text
    assert "window.gradio_config" in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"}).json()["status"] == "answered"


def test_the_page_names_no_other_host(client: TestClient) -> None:
    named = re.findall(r'(?:src|href|content)="(https?://[^"]+)"', client.get("/").text)
    assert [address for address in named if "testserver" not in address] == []


def test_every_language_has_the_same_parts(desk: Desk) -> None:
    pages = build_page(desk).config["page"]
    assert len(pages) == len(interfaces())
    assert len({len(page["components"]) for page in pages.values()}) == 1
    assert len({len(page["dependencies"]) for page in pages.values()}) == 1


def test_the_words_of_a_page_are_of_its_language(desk: Desk) -> None:
    labels = {str(one["props"].get("label")) for one in build_page(desk).config["components"]}
    assert {words.ask.question for words in interfaces().values()} <= labels


def test_only_kinds_that_the_index_holds_can_be_chosen(desk: Desk) -> None:
    assert desk.kinds == ["law", "press"]


def test_no_function_of_the_page_is_an_address_of_the_api(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_as_many_questions_are_worked_on_as_the_desk_allows(desk: Desk) -> None:
    functions = build_page(replace(desk, concurrent=3)).fns.values()
    asking = [one for one in functions if one.concurrency_id == "ask"]
    assert asking
    assert {one.concurrency_limit for one in asking} == {3}


def test_a_gradio_that_mounts_otherwise_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gr, "mount_gradio_app", lambda app, *_, **__: app)
    with pytest.raises(TypeError, match="one mounted application"):
        mount_chat(create_app(Backend(desk.index, desk.chain, lambda: TODAY, desk.log)), desk)


def test_a_failure_is_told_in_place_of_the_answer(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Question) -> Answer:
        raise RuntimeError("the index is gone")

    broken = replace(desk, chain=RunnableLambda(fail))
    asking = next(one for one in build_page(broken).fns.values() if one.concurrency_id == "ask")
    assert asking.fn is not None
    *_, last = asking.fn("Quelle amende ?", Talk(), [], [], "")
    assert interfaces()["fr"].chat.failed.split("'")[-1] in str(last[0])
    assert "the index is gone" in caplog.text
