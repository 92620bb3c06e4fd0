"""The API keeps the contract that it publishes; `make contract` asks more of it."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import Phase, given, settings
from langchain_core.runnables import Runnable
from schemathesis import BaseSchema
from schemathesis.core.result import Ok

from api.access import AccessRules
from api.access_table import entry_of
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.limits import Quota
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY


def app_of(index: Index, chain: Runnable[Question, Answer], folder: Path, *, anonymous: bool = True) -> FastAPI:
    rules = AccessRules(anonymous=anonymous, anonymous_quota=Quota(10**9))
    return create_app(Backend(index, chain, lambda: TODAY, FeedbackLog(folder / "feedback.jsonl")), Guarding(rules))


@pytest.fixture
def app(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> FastAPI:
    return app_of(index, chain, tmp_path)


@pytest.fixture
def contract(app: FastAPI) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture
def described(app: FastAPI) -> dict[str, Any]:
    document: dict[str, Any] = TestClient(app).get("/openapi.json").json()
    return document


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_every_route_answers_as_it_declares(contract: BaseSchema, mode: schemathesis.GenerationMode) -> None:
    for found in contract.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(max_examples=6, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        # A route without parameters cannot be asked wrongly.
        if mode.is_positive or list(operation.iter_parameters()) or operation.body:
            keeps()


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in described["paths"].items() for operation in item.values()]


def test_guarded_routes_declare_keys_quotas_and_what_each_problem_looks_like(described: dict[str, Any]) -> None:
    guarded = [(path, operation) for path, operation in operations(described) if entry_of(path)]
    assert guarded
    for path, operation in guarded:
        assert operation["security"] == [{}, {"bearer": []}], path
        assert {"400", "401", "403", "429", "500"} <= set(operation["responses"]), path
        assert "RateLimit" in operation["responses"]["429"]["headers"], path


def test_every_problem_has_its_schema(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        for status, response in operation["responses"].items():
            assert int(status) < 400 or response["content"], (path, status)
    asked = described["paths"]["/v1/ask"]["post"]["responses"]
    schema = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    assert asked["503"]["content"] == {"application/problem+json": schema}
    assert "/problems/temporary-reduced-capacity" in asked["503"]["description"]
    assert set(asked["200"]["content"]) == {"application/json", "text/event-stream"}
    door = described["paths"]["/v1/chat/completions"]["post"]["responses"]
    assert door["400"]["content"] == {"application/json": {"schema": {"$ref": "#/components/schemas/OpenAIProblem"}}}
    assert "422" not in door


def test_a_server_for_key_holders_says_so(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> None:
    described = app_of(index, chain, tmp_path, anonymous=False).openapi()
    assert described["paths"]["/v1/ask"]["post"]["security"] == [{"bearer": []}]
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


@pytest.mark.parametrize("schema", ["AnswerRequest", "SearchRequest", "VerificationRequest", "FeedbackRequest"])
def test_requests_have_examples_in_french_and_arabic(described: dict[str, Any], schema: str) -> None:
    texts = [str(example) for example in described["components"]["schemas"][schema]["examples"]]
    assert any("é" in text or "d'" in text for text in texts)
    assert any("ا" in text for text in texts)
