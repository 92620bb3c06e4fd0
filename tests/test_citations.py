"""Citations that anybody made, verified over HTTP."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import create_app
from api.backend import Backend
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY

FINE = "une amende de 1.000 à 5.000 dirhams"


@pytest.fixture
def client(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> TestClient:
    return TestClient(create_app(Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))))


def verified(client: TestClient, quote: str, reference: dict[str, str], **more: object) -> dict[str, Any]:
    response = client.post("/v1/citations/verify", json={"quote": quote, "reference": reference, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def places(answer: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer["places"]
    return found


def test_a_citation_of_an_answer_is_verbatim_at_its_place(client: TestClient) -> None:
    cited = client.post("/v1/ask", json={"question": "الغرامة دون تصريح"}).json()["citations"][0]
    place = {"start": cited["start"], "end": cited["end"]}
    answer = verified(client, cited["quote"], {"source_id": cited["source_id"], "article": cited["article"]}, **place)
    first = places(answer)[0]
    assert (answer["verdict"], first["as_cited"], first["text"]) == ("verbatim", True, cited["quote"])
    assert (first["start"], first["end"]) == (cited["start"], cited["end"])


@pytest.mark.parametrize(
    ("quote", "article", "stored"),
    [
        ("UNE AMENDE\n de  1.000 à 5.000   dirhams", "3", FINE),
        ("une amende de 1.000 a 5.000 dirhams", "3", FINE),
        ("يعاقب بغرامه من ١.٠٠٠ الى ٥.٠٠٠ درهم", "المادة 3", "يعاقب بغرامة من 1.000 إلى 5.000 درهم"),
        ("délai\u2066 de dix\u2069 jours", "2", "délai de\ndix jours"),
        ("données d’essai", "premier", "données d'essai"),
    ],
)
def test_another_spelling_is_similar_and_the_stored_words_are_given(
    client: TestClient, quote: str, article: str, stored: str
) -> None:
    answer = verified(client, quote, {"instrument": "٧٧.٠١", "article": article})
    (place,) = places(answer)
    assert (answer["verdict"], place["as_cited"], place["instrument"]) == ("similar", True, "77-01")
    text = client.get(f"/v1/documents/{place['source_id']}/text").text
    assert text[place["start"] : place["end"]] == place["text"]
    assert " ".join(str(place["text"]).split()) == " ".join(stored.split())


@pytest.mark.parametrize("quote", ["une amende de 1.000 à 50.000 dirhams", "une amende de 10.00 à 5.000 dirhams"])
def test_another_figure_is_absent(client: TestClient, quote: str) -> None:
    answer = verified(client, quote, {"instrument": "77-01"})
    assert (answer["verdict"], places(answer)) == ("absent", [])
    assert len(answer["searched"]) == 2


def test_words_of_another_article_are_told_as_such(client: TestClient) -> None:
    (place,) = places(verified(client, FINE, {"source_path": "loi-77-01-fr.txt", "article": "2"}))
    assert (place["article"], place["as_cited"]) == ("3", False)


def test_a_similar_spelling_at_the_cited_place_goes_before_the_same_words_elsewhere(client: TestClient) -> None:
    answer = verified(client, "La présente", {"source_path": "loi-77-01-fr.txt", "article": "2"})
    assert (answer["verdict"], places(answer)[0]["as_cited"]) == ("verbatim", False)
    answer = verified(client, "déclaration", {"source_path": "loi-77-01-fr.txt", "article": "3"})
    assert (answer["verdict"], [place["article"] for place in places(answer)]) == ("verbatim", ["3", "2", "2"])
    answer = verified(client, "La déclaration", {"source_path": "loi-77-01-fr.txt", "article": "1"})
    assert (answer["verdict"], places(answer)[0]["article"]) == ("verbatim", "2")
    answer = verified(client, "est", {"source_path": "loi-77-01-fr.txt", "article": "3"})
    assert (answer["verdict"], places(answer)[0]["text"]) == ("similar", "Est")


def test_words_at_another_place_are_told_as_such(client: TestClient) -> None:
    (place,) = places(verified(client, FINE, {"source_path": "loi-77-01-fr.txt"}, start=0, end=5))
    assert place["as_cited"] is False


@pytest.mark.parametrize(
    "reference", [{"instrument": "09-08"}, {"source_id": "none"}, {"instrument": "77-01", "language": "de"}]
)
def test_a_text_that_is_not_held_cannot_be_judged(client: TestClient, reference: dict[str, str]) -> None:
    assert verified(client, FINE, reference)["verdict"] == "not_held"


def test_the_standing_is_that_of_the_day(client: TestClient) -> None:
    (place,) = places(verified(client, FINE, {"instrument": "77-01"}, as_of="2021-01-01"))
    standing = place["standing"]
    assert (standing["as_of"], standing["in_force"], standing["change"]) == ("2021-01-01", None, None)


REFERENCE = {"instrument": "77-01"}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"quote": FINE, "reference": {}}, "a source_id, a source_path or the number of an instrument is needed"),
        ({"quote": "…!…", "reference": REFERENCE}, "a quote needs words, got '…!…'"),
        ({"quote": "x" * 20_001, "reference": REFERENCE}, "quote: String should have at most 20000 characters"),
        ({"quote": FINE, "reference": {"law": "77-01"}}, "reference.law: Extra inputs are not permitted"),
        ({"quote": FINE, "reference": REFERENCE, "start": -1}, "start: Input should be greater than or equal to 0"),
        ({"quote": FINE, "reference": REFERENCE, "start": 10**40}, "start: Input should be less than or equal to"),
        ({"quote": FINE, "reference": REFERENCE, "as_of": "soon"}, "as_of: a day of the form YYYY-MM-DD is needed"),
        ([], "Input should be a valid dictionary"),
    ],
)
def test_a_bad_claim_is_refused_with_the_fault(client: TestClient, body: object, fault: str) -> None:
    response = client.post("/v1/citations/verify", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert fault in response.json()["detail"]


@pytest.mark.parametrize(
    "quote", ["\\u0000abc", "\\u2066\\u2069abc", "ab\\ud800c", "\\ud83d\\ude00abc", "a\\u0301\\u0301b"]
)
def test_strange_letters_break_nothing(client: TestClient, quote: str) -> None:
    body = f'{{"quote": "{quote}", "reference": {{"instrument": "{quote}", "article": "{quote}"}}}}'
    response = client.post("/v1/citations/verify", content=body, headers={"content-type": "application/json"})
    assert response.status_code in {200, 422}


def test_the_contract_has_examples_in_french_and_arabic(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()["components"]["schemas"]["VerificationRequest"]
    assert [example["reference"]["language"] for example in schema["examples"]] == ["fr", "ar"]
