"""What no route takes is answered by the API where it is the API's, and by the page where it is not."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.access_table import entry_of
from api.app import create_app
from api.backend import Backend
from api.unrouted import Unrouted
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY


def test_a_page_mounted_at_the_root_gets_its_own_addresses_only() -> None:
    app, page = FastAPI(), FastAPI(openapi_url=None)

    @app.post("/v1/ask")
    def ask() -> str:
        return "asked"

    @page.api_route("/{anything:path}", methods=["GET", "POST"])
    def shown(anything: str) -> str:
        return f"page {anything}"

    app.routes.append(Unrouted(app.routes))
    app.mount("/", page)
    client = TestClient(app)
    assert client.post("/v1/ask").json() == "asked"
    assert (client.get("/v1/ask").status_code, client.put("/openapi.json").status_code) == (405, 405)
    assert (client.get("/v1/nothing").status_code, client.post("/v1/").status_code) == (404, 404)
    assert client.get("/theme.css").json() == "page theme.css"


def test_every_route_of_the_api_stands_in_the_table_of_scopes(
    index: Index, chain: Runnable[Question, Answer], tmp_path: Path
) -> None:
    paths = create_app(Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))).openapi()[
        "paths"
    ]
    assert [path for path in paths if path.startswith("/v1") and entry_of(path) is None] == []
    assert "/v1/ask" in paths
