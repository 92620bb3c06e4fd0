"""The web chat: the page mounts beside the API, and a conversation goes on."""

import re

from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import Backend, create_app
from index.search import Index
from rag.answer import Answer
from rag.question import Question, Turn
from tests.conftest import TODAY
from ui.chat import converse, mount_chat

Chain = Runnable[Question, Answer]


def test_the_page_is_served_at_the_root_and_the_api_stays(chain: Chain, index: Index) -> None:
    client = TestClient(mount_chat(create_app(Backend(index, chain, lambda: TODAY)), chain))
    page = client.get("/")
    assert page.status_code == 200
    assert "Sanad · سند" in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.post("/v1/ask", json={"question": "Quelle amende ?"}).json()["status"] == "answered"


def test_the_page_asks_nothing_of_other_hosts(chain: Chain, index: Index) -> None:
    client = TestClient(mount_chat(create_app(Backend(index, chain, lambda: TODAY)), chain))
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', client.get("/").text)
    assert [address for address in loaded if "testserver" not in address] == []


def test_a_question_is_shown_at_once_and_then_answered(chain: Chain) -> None:
    first, last = list(converse(chain, "Quelle amende sans déclaration ?", [], []))
    assert [message["role"] for message in first[0]] == ["user", "assistant"]
    assert "…" in str(first[0][1]["content"])
    assert "article 3" in str(last[0][1]["content"])
    assert last[1] == [Turn("Quelle amende sans déclaration ?", "Ce que prévoit la loi n° 77-01, article 3 :")]
    assert last[2] == ""


def test_the_next_question_is_read_with_the_ones_before(chain: Chain) -> None:
    turns = [Turn("Quelle amende prévoit la loi 77-01 ?")]
    shown = list(converse(chain, "Et le délai ?", turns, []))[-1][0][-1]["content"]
    assert "77-01" in str(shown)


def test_an_unreadable_question_is_explained_and_not_remembered(chain: Chain) -> None:
    unreadable = list(converse(chain, "…", [], []))[-1]
    assert "a question needs words" in str(unreadable[0][1]["content"])
    assert unreadable[1] == []


def test_what_the_asker_types_cannot_become_markup(chain: Chain) -> None:
    shown = list(converse(chain, "<img src=x> amende ?", [], []))[0][0][0]["content"]
    assert "<img" not in str(shown)
