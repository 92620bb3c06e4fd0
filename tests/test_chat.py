"""The web chat: the page mounts beside the API, and a conversation goes on."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gradio import MessageDict
from langchain_core.runnables import Runnable

from api.app import create_app
from api.backend import Backend
from index.search import Index
from rag.answer import Answer
from rag.feedback import Cited, FeedbackLog
from rag.question import Question
from tests.conftest import TODAY
from ui.chat import Answers, converse, judgement, mount_chat

Chain = Runnable[Question, Answer]


@pytest.fixture
def client(chain: Chain, index: Index, tmp_path: Path) -> TestClient:
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    return TestClient(mount_chat(create_app(Backend(index, chain, lambda: TODAY, log)), chain, log))


def test_the_page_is_served_at_the_root_and_the_api_stays(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Sanad · سند" in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"}).json()["status"] == "answered"


def test_the_page_asks_nothing_of_other_hosts(client: TestClient) -> None:
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', client.get("/").text)
    assert [address for address in loaded if "testserver" not in address] == []


def talk(chain: Chain, *questions: str) -> tuple[list[str], Answers]:
    """What a conversation shows in the end, and its answers."""
    shown: list[MessageDict] = []
    answers = Answers()
    for question in questions:
        shown, answers, _ = list(converse(chain, question, answers, shown))[-1]
    return [str(message["content"]) for message in shown], answers


def test_a_question_is_shown_at_once_and_then_answered(chain: Chain) -> None:
    first, last = list(converse(chain, "Quelle amende sans déclaration ?", {}, []))
    assert [message["role"] for message in first[0]] == ["user", "assistant"]
    assert "…" in str(first[0][1]["content"])
    assert "article 3" in str(last[0][1]["content"])
    assert {at: answer.question for at, answer in last[1].items()} == {1: "Quelle amende sans déclaration ?"}
    assert last[2] == ""


def test_the_next_question_is_read_with_the_ones_before(chain: Chain) -> None:
    shown, answers = talk(chain, "Quelle amende prévoit la loi 77-01 ?", "Et le délai ?")
    assert "77-01" in shown[-1]
    assert list(answers) == [1, 3]


def test_an_unreadable_question_is_explained_and_not_remembered(chain: Chain) -> None:
    shown, answers = talk(chain, "…")
    assert "a question needs words" in shown[-1]
    assert answers == {}


def test_what_the_asker_types_cannot_become_markup(chain: Chain) -> None:
    shown = list(converse(chain, "<img src=x> amende ?", {}, []))[0][0][0]["content"]
    assert "<img" not in str(shown)


def test_a_thumb_judges_the_answer_that_it_stands_under(chain: Chain) -> None:
    _, answers = talk(chain, "Quelle amende prévoit la loi 77-01 ?", "…", "Et le délai de déclaration ?")
    feedback = judgement(answers, 5, False)
    assert feedback is not None
    assert (feedback.id, feedback.useful, feedback.reasons) == (answers[5].id, False, ())
    assert (feedback.question, feedback.language) == ("Et le délai de déclaration ?", "fr")
    assert feedback.history == ("Quelle amende prévoit la loi 77-01 ?",)
    assert Cited("loi-77-01-fr.txt", "2") in feedback.cited
    first = judgement(answers, 1, True)
    assert first is not None
    assert (first.id, first.useful, first.history) == (answers[1].id, True, ())


def test_the_same_click_told_twice_is_one_judgement(chain: Chain) -> None:
    _, answers = talk(chain, "Quelle amende sans déclaration ?")
    assert judgement(answers, 1, False) == judgement(answers, 1, False)
    assert judgement(answers, 1, False) != judgement(answers, 1, True)


def test_a_reason_under_the_flag_says_that_the_answer_is_of_no_use(chain: Chain) -> None:
    _, answers = talk(chain, "الغرامة دون تصريح")
    feedback = judgement(answers, 1, "Trop long · طويل جدا · Too long")
    assert feedback is not None
    assert (feedback.useful, feedback.reasons, feedback.language) == (False, ("too_long",), "ar")


@pytest.mark.parametrize(("position", "verdict"), [(0, True), (3, True), ([1], True), (1, ""), (1, "rude"), (1, None)])
def test_a_click_that_judges_no_answer_is_not_kept(chain: Chain, position: object, verdict: object) -> None:
    _, answers = talk(chain, "Quelle amende sans déclaration ?", "…")
    assert judgement(answers, position, verdict) is None
