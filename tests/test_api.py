"""The HTTP API over the small corpus."""

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import Backend, create_app
from index.search import Index
from rag.answer import Answer
from rag.question import Question
from tests.conftest import LAW_FR, TODAY


@pytest.fixture
def client(index: Index, chain: Runnable[Question, Answer]) -> TestClient:
    return TestClient(create_app(Backend(index, chain, lambda: TODAY)))


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


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    response = client.get("/v1/documents/none")
    assert response.status_code == 404
    assert "got 'none'" in response.json()["detail"]


def test_health_and_readiness(client: TestClient, index: Index) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz").json()
    assert (ready["ready"], ready["index"], ready["documents"]) == (True, index.generation, 3)


def test_every_response_forbids_what_a_page_does_not_need(client: TestClient) -> None:
    headers = client.get("/healthz").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_contract_has_examples_in_french_and_arabic(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    examples = schema["components"]["schemas"]["AskRequest"]["examples"]
    assert any("CNDP" in example["question"] for example in examples)
    assert any(example.get("language") == "ar" for example in examples)
    assert {"/v1/ask", "/v1/search", "/v1/documents", "/v1/documents/{source_id}/text"} <= set(schema["paths"])
