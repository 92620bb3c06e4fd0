"""The HTTP API over the small corpus."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import create_app
from api.backend import Backend
from index.search import Index
from rag.answer import Answer
from rag.feedback import Cited, FeedbackLog
from rag.question import Question
from tests.conftest import LAW_FR, TODAY


@pytest.fixture
def log(tmp_path: Path) -> FeedbackLog:
    return FeedbackLog(tmp_path / "feedback.jsonl")


@pytest.fixture
def client(index: Index, chain: Runnable[Question, Answer], log: FeedbackLog) -> TestClient:
    return TestClient(create_app(Backend(index, chain, lambda: TODAY, log)))


def test_ask_answers_with_citations(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"})
    assert response.status_code == 200
    answer = response.json()
    assert (answer["status"], answer["as_of"]) == ("answered", "2026-11-21")
    assert answer["citations"][0]["article"] == "3"


def test_a_quote_can_be_verified_over_http(client: TestClient) -> None:
    cited = client.post("/v1/ask", json={"question": "الغرامة دون تصريح"}).json()["citations"][0]
    text = client.get(f"/v1/documents/{cited['source_id']}/text").text
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_search_returns_the_best_passages(client: TestClient) -> None:
    response = client.post("/v1/search", json={"question": "délai de déclaration", "top_k": 1})
    hits = response.json()["hits"]
    assert len(hits) == 1
    assert (hits[0]["document"]["instrument"], hits[0]["passage"]["article"]) == ("77-01", "2")


def test_documents_are_listed_and_filtered(client: TestClient) -> None:
    paths = [document["path"] for document in client.get("/v1/documents").json()["documents"]]
    assert paths == ["loi-77-01-ar.txt", "loi-77-01-fr.txt", "press-en.md"]
    press = client.get("/v1/documents", params={"kind": "press"}).json()["documents"]
    assert [document["title"] for document in press] == ["Trade fair"]
    arabic = client.get("/v1/documents", params={"language": "ar"}).json()["documents"]
    assert [document["path"] for document in arabic] == ["loi-77-01-ar.txt"]


def test_a_document_is_shown_with_its_passages(client: TestClient) -> None:
    listed = client.get("/v1/documents", params={"language": "fr"}).json()["documents"][0]
    detail = client.get(f"/v1/documents/{listed['id']}").json()
    assert [passage["article"] for passage in detail["passages"] if passage["article"]] == ["1", "2", "3"]
    assert abs(detail["characters"] - len(LAW_FR)) < 20


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"question": ""}, "question: String should have at least 1 character"),
        ({"question": "…"}, "a question needs words"),
        ({"question": "x" * 1001}, "question: String should have at most 1000 characters"),
        ({"question": "amende", "top_k": 3}, "top_k: Extra inputs are not permitted"),
        ({"question": "amende", "language": "de"}, "language: Input should be 'fr', 'ar', 'en', 'ary' or 'ary-Latn'"),
        ({"question": "amende", "kinds": ["novel"]}, "kinds.0: Input should be"),
    ],
)
def test_a_bad_request_says_what_is_wrong(client: TestClient, body: dict[str, object], fault: str) -> None:
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert fault in response.json()["detail"]


def judged(client: TestClient, **said: object) -> dict[str, object]:
    """The body of a judgement of an answer that was really given."""
    answer = client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"}).json()
    same = {name: answer[name] for name in ("id", "question", "language", "status")}
    engine = {name: answer["engine"][name] for name in ("index", "generator")}
    cited = [{name: citation[name] for name in ("source_path", "article")} for citation in answer["citations"]]
    return {**same, **engine, "cited": cited, "useful": False, **said}


def test_feedback_is_kept_with_what_it_is_about(client: TestClient, log: FeedbackLog, index: Index) -> None:
    body = judged(client, reasons=["wrong", "wrong"], comment="المبلغ تغير", history=["Et la loi 77-01 ?"])
    response = client.post("/v1/feedback", json=body)
    assert (response.status_code, response.json()) == (201, {"id": body["id"]})
    (kept,) = log.read().feedback
    assert (kept.id, kept.question, kept.useful) == (body["id"], "Quelle amende sans déclaration ?", False)
    assert (kept.reasons, kept.comment, kept.history) == (("wrong",), "المبلغ تغير", ("Et la loi 77-01 ?",))
    assert kept.cited[0] == Cited("loi-77-01-fr.txt", "3")
    assert (kept.index, kept.generator) == (index.generation, "quotes")


def test_nothing_about_the_person_is_kept(client: TestClient, log: FeedbackLog) -> None:
    headers = {"user-agent": "Reader/1.0", "x-forwarded-for": "203.0.113.7", "cookie": "who=me"}
    assert client.post("/v1/feedback", json=judged(client), headers=headers).status_code == 201
    line = log.path.read_text(encoding="utf-8")
    assert not [trace for trace in ("Reader", "203.0.113.7", "who", "testclient") if trace in line]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"name": "A. Reader"}, "name: Extra inputs are not permitted"),
        ({"reasons": ["rude"]}, "reasons.0: Input should be 'wrong', 'invented'"),
        ({"comment": "x" * 2001}, "comment: String should have at most 2000 characters"),
        ({"useful": "perhaps"}, "useful: Input should be a valid boolean"),
        ({"id": ""}, "id: String should have at least 1 character"),
        ({"cited": [{"source_path": "a"}] * 51}, "cited: List should have at most 50 items"),
        ({"cited": [{"source_path": "a", "quote": "x"}]}, "cited.0.quote: Extra inputs are not permitted"),
        ({"history": ["x"] * 21}, "history: List should have at most 20 items"),
    ],
)
def test_bad_feedback_is_refused_and_not_kept(
    client: TestClient, log: FeedbackLog, said: dict[str, object], fault: str
) -> None:
    response = client.post("/v1/feedback", json=judged(client, **said))
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert fault in response.json()["detail"]
    assert log.read().feedback == ()


def test_text_that_is_no_unicode_is_refused(client: TestClient, log: FeedbackLog) -> None:
    body = '{"id": "1", "question": "\\ud800", "language": "fr", "status": "answered", "useful": true,'
    response = client.post(
        "/v1/feedback",
        content=body + '"index": "gen-1", "generator": "quotes"}',
        headers={"content-type": "application/json"},
    )
    assert (response.status_code, log.read().feedback) == (422, ())


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    response = client.get("/v1/documents/none")
    assert response.status_code == 404
    assert "got 'none'" in response.json()["detail"]


def test_every_response_forbids_what_a_page_does_not_need(client: TestClient) -> None:
    headers = client.get("/livez").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_contract_has_examples_in_french_and_arabic(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    examples = schema["components"]["schemas"]["AnswerRequest"]["examples"]
    assert any("CNDP" in example["question"] for example in examples)
    assert any(example.get("language") == "ar" for example in examples)
    assert {"/v1/ask", "/v1/search", "/v1/feedback", "/v1/documents", "/v1/documents/{source_id}/text"} <= set(
        schema["paths"]
    )
