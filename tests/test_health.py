"""Routes for those who watch the service."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.model_state import ModelState
from rag.question import Question
from settings import Settings
from tests.conftest import TODAY
from wiring import backend_over


@pytest.fixture
def backend(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> Backend:
    return Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))


def test_a_process_that_runs_is_alive(backend: Backend) -> None:
    assert TestClient(create_app(backend)).get("/livez").json() == {"status": "alive"}


def test_what_is_ready_says_from_which_index_it_answers(backend: Backend, index: Index) -> None:
    ready = TestClient(create_app(backend)).get("/readyz").json()
    assert (ready["ready"], ready["index"], ready["documents"]) == (True, index.generation, 3)
    assert (ready["embedder"], ready["today"]) == ("fake", "2026-11-21")
    assert ready["language_model"] == "quotes only"


@pytest.mark.parametrize("state", ["reachable", "unreachable"])
def test_a_language_model_is_told_of_and_fails_nothing(backend: Backend, state: ModelState) -> None:
    watched = Backend(backend.index, backend.chain, backend.today, backend.feedback, language_model=lambda: state)
    response = TestClient(create_app(watched)).get("/readyz")
    assert (response.status_code, response.json()["language_model"]) == (200, state)


def test_the_version_names_what_runs(backend: Backend, index: Index) -> None:
    built = Backend(backend.index, backend.chain, backend.today, backend.feedback, commit="4b825dc")
    told = TestClient(create_app(built)).get("/version").json()
    assert (told["commit"], told["index"], told["embedder"]) == ("4b825dc", index.generation, "fake")
    assert told["version"]


def test_what_is_watched_follows_the_settings(index: Index, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, llm_base_url="http://127.0.0.1:9/v1", llm_model="none", commit="")
    watched = backend_over(index, settings)
    assert (watched.language_model(), watched.commit) == ("unreachable", None)
    assert backend_over(index, Settings(data_dir=tmp_path)).language_model() == "quotes only"


def test_none_of_them_needs_a_key(backend: Backend) -> None:
    client = TestClient(create_app(backend, Guarding(access=AccessRules(anonymous=False))))
    assert [client.get(path).status_code for path in ("/livez", "/readyz", "/version")] == [200, 200, 200]
