"""Questions and answers by a plain form."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable, RunnableLambda

from index.search import Index
from rag.answer import Answer
from rag.question import LONGEST_QUESTION, Question
from tests.test_pages import browser, marked
from ui.simple_page import LONGEST_GIST, MOST_TURNS, asked_in

Chain = Runnable[Question, Answer]
FINE = "Quelle amende sans déclaration ?"


@pytest.fixture
def client(index: Index, chain: Chain) -> TestClient:
    return browser(index, chain)


def test_an_answer_comes_with_links_to_its_quotes_in_their_place(client: TestClient, chain: Chain) -> None:
    html = client.post("/simple", data={"question": FINE}).text
    cited = html[html.index('<section class="cited">') :]
    address = unescape(re.findall(r'<a href="(/source/[^"]*)"', cited)[0])
    (quote,) = marked(client.get(address).text)
    citation = chain.invoke(Question(FINE)).citations[0]
    assert quote == citation.quote


def test_a_question_cannot_become_markup(client: TestClient) -> None:
    html = client.post("/simple", data={"question": '<script>alert("x")</script> amende ?', "asked": '"><b>'}).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert '"><b>' not in html


def test_the_next_question_travels_with_the_ones_before(index: Index, chain: Chain) -> None:
    seen: list[Question] = []

    def answering(question: Question) -> Answer:
        seen.append(question)
        return chain.invoke(question)

    client = browser(index, RunnableLambda(answering))
    html = client.post("/simple", data={"question": FINE}).text
    gist = unescape(re.findall(r'name="gist" value="([^"]*)"', html)[0])
    client.post("/simple", data={"question": "Et le délai ?", "asked": [FINE], "gist": [gist]})
    assert [turn.question for turn in seen[1].history] == [FINE]
    assert seen[1].history[0].answer_gist == gist != ""


def test_filters_are_taken_and_shown_again(index: Index, chain: Chain) -> None:
    seen: list[Question] = []

    def answering(question: Question) -> Answer:
        seen.append(question)
        return chain.invoke(question)

    data = {"question": FINE, "kind": ["law", "nothing"], "source_language": ["ar", "xx"], "as_of": "2024-02-30"}
    html = browser(index, RunnableLambda(answering)).post("/simple", data=data).text
    assert (seen[0].kinds, seen[0].source_languages, seen[0].as_of) == (("law",), ("ar",), None)
    assert 'name="kind" value="law" checked' in html
    assert 'name="kind" value="press" checked' not in html


@pytest.mark.parametrize(
    ("question", "said"),
    [(" ", "Écrivez d'abord"), ("a" * (LONGEST_QUESTION + 1), "trop longue"), ("\u200b", "pas pu être lue")],
)
def test_what_cannot_be_read_is_said_in_its_place(client: TestClient, question: str, said: str) -> None:
    response = client.post("/simple", data={"question": question})
    assert response.status_code == 422
    assert said in unescape(response.text)
    assert 'role="alert"' in response.text


def test_a_refusal_says_where_to_go(client: TestClient) -> None:
    html = client.post("/simple", data={"question": "Comment cuire un tajine de poulet ?"}).text
    assert 'href="https://idarati.ma"' in html


def test_the_history_is_bounded() -> None:
    asked = asked_in({"asked": [f"q{n}" for n in range(20)], "gist": ["g" * 999]})
    assert [turn.question for turn in asked.history] == [f"q{n}" for n in range(20 - MOST_TURNS, 20)]
    first = asked_in({"question": ["x"], "asked": ["q"], "gist": ["g" * 999]}).history[0]
    assert len(first.answer_gist) == LONGEST_GIST


def test_a_form_that_is_too_long_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/simple", content=b"question=" + b"a" * 200_000).status_code == 413


def test_the_answer_speaks_arabic_on_an_arabic_page(client: TestClient) -> None:
    html = client.post("/simple?lang=ar", data={"question": "ما هي الغرامة دون تصريح؟"}).text
    assert '<html lang="ar" dir="rtl">' in html
    assert "المصادر المستشهد بها" in html
    assert "القانون رقم <bdi>77.01</bdi>" in html
