"""Problems: stable types, the caller's language, OpenAI's form behind its doors, nothing of the inside."""

import json

import pytest
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient

from api.faults import field_faults
from api.guards import Guarding
from tests.guarded import guarded_app


@pytest.fixture
def client() -> TestClient:
    return TestClient(guarded_app(Guarding()))


@pytest.mark.parametrize(
    ("language", "title", "fault"),
    [
        ("en", "The request does not fit its schema", "question: String should have at least 1 character"),
        ("fr-MA, en;q=0.5", "La requête ne suit pas son schéma", "question: au moins 1 caractère(s) attendu(s)"),
        ("ar", "الطلب لا يوافق الشكل المحدد", "question: أقل عدد للأحرف: 1"),
    ],
)
def test_a_problem_speaks_the_language_of_the_caller(client: TestClient, language: str, title: str, fault: str) -> None:
    response = client.post("/v1/ask", json={"question": ""}, headers={"accept-language": language})
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["content-language"] == language[:2]
    assert (problem["type"], problem["title"], problem["status"]) == ("/problems/invalid-request", title, 422)
    assert problem["detail"] == fault


def test_each_field_is_named_with_rule_value_and_limit(client: TestClient) -> None:
    body = {"question": "x" * 1001, "<script>": "\u202e\ud800", "\u202ex": 1, "history": [1]}
    headers = {"content-type": "application/json"}
    problem = client.post("/v1/ask", content=json.dumps(body), headers=headers).json()
    faults = {fault["field"]: fault for fault in problem["errors"]}
    assert set(faults) == {"question", "<script>", "\\u202ex", "history.0"}
    assert (faults["question"]["rule"], faults["question"]["limit"]) == ("string_too_long", 1000)
    assert faults["question"]["received"] == '"' + "x" * 79 + "…"
    assert faults["<script>"]["received"] == '"\\u202e\\ud800"'
    assert (faults["history.0"]["place"], faults["history.0"]["received"]) == ("body", "1")


def test_what_is_allowed_is_listed_in_the_language_of_the_caller() -> None:
    error = RequestValidationError([
        {"type": "literal_error", "loc": ("query", "kind"), "msg": "", "input": "x", "ctx": {"expected": "'a' or 'b'"}}
    ])
    (fault,) = field_faults(error, {"literal_error": "une de : {expected}"})
    assert (fault.message, fault.allowed, fault.place) == ("une de : a, b", ("a", "b"), "query")


def test_a_field_that_is_missing_has_no_value(client: TestClient) -> None:
    (fault,) = client.post("/v1/ask", json={}).json()["errors"]
    assert (fault["field"], fault["rule"], fault["received"]) == ("question", "missing", None)


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        (b'{"question": ', "broken-json"),
        (b"{'question': 1}", "broken-json"),
        (b"[" * 60_000, "bad-request"),
        ('{"question": "délai"}'.encode("latin-1"), "bad-request"),
        (b"[]", "invalid-request"),
        (b"", "invalid-request"),
    ],
)
def test_a_body_that_is_no_object_is_told_so(client: TestClient, body: bytes, slug: str) -> None:
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.json()["type"] == f"/problems/{slug}"
    assert response.status_code == (422 if slug == "invalid-request" else 400)


def test_unknown_addresses_and_wrong_methods(client: TestClient) -> None:
    unknown, wrong = client.get("/v1/nothing"), client.get("/v1/ask")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/not-found")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "/problems/method-not-allowed")
    assert wrong.headers["allow"] == "POST"
    assert "One of POST is needed here, got GET" in wrong.json()["detail"]


def test_behind_openais_doors_a_problem_has_openais_form(client: TestClient) -> None:
    invalid = client.post("/v1/chat/completions", json={"question": 1})
    assert invalid.headers["content-type"] == "application/json"
    assert invalid.json() == {
        "error": {
            "message": "question: Input should be a valid string",
            "type": "invalid_request_error",
            "param": "question",
            "code": "string_type",
        }
    }
    unknown = client.post("/v1/chat/completions", json={}, headers={"authorization": "Bearer nope"})
    assert (unknown.status_code, unknown.json()["error"]["type"]) == (401, "authentication_error")
    assert unknown.json()["error"]["code"] == "unknown_key"


def test_what_breaks_inside_is_not_told(client: TestClient) -> None:
    response = client.get("/v1/documents/broken", headers={"accept-language": "fr"})
    assert (response.status_code, response.json()["type"]) == (500, "/problems/internal-error")
    assert response.json()["title"] == "Une panne de notre côté"
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_request_id_stands_in_body_and_header(client: TestClient) -> None:
    one, two = client.get("/v1/nothing"), client.get("/v1/documents/broken")
    assert one.json()["request_id"] == one.headers["x-request-id"]
    assert two.json()["request_id"] == two.headers["x-request-id"]
    assert one.headers["x-request-id"] != two.headers["x-request-id"]
