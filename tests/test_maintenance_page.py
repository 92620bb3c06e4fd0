"""`/maintain`: closed without a key, and what it shows with one."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from index.search import Index
from rag.feedback import FeedbackLog
from ui.maintenance_page import Workshop, maintenance_page

KEY = ("anyone", "right")


@pytest.fixture
def client(index: Index, tmp_path: Path) -> TestClient:
    (tmp_path / "evals" / "20261122-100000").mkdir(parents=True)
    (tmp_path / "evals" / "20261122-100000" / "report.html").write_text("<p>measured</p>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    app = FastAPI()
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    app.include_router(maintenance_page(Workshop(lambda: index, log, tmp_path / "evals", lambda key: key == KEY[1])))
    return TestClient(app)


@pytest.mark.parametrize("path", ["", "/search?q=amende", "/documents/x", "/evals/20261122-100000"])
@pytest.mark.parametrize("given", [None, ("anyone", "wrong")])
def test_without_the_key_nothing_is_shown(client: TestClient, path: str, given: tuple[str, str] | None) -> None:
    refused = client.get(f"/maintain{path}", auth=given)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert "measured" not in refused.text


def test_the_state_of_the_index_is_shown_in_the_language_of_the_reader(client: TestClient, index: Index) -> None:
    shown = client.get("/maintain?lang=ar", auth=KEY).text
    assert '<html lang="ar" dir="rtl">' in shown
    assert index.generation in shown
    assert "loi-77-01-fr.txt" in shown
    assert "/maintain/evals/20261122-100000" in shown


def test_search_says_where_scores_come_from_and_echoes_nothing_unescaped(client: TestClient) -> None:
    shown = client.get("/maintain/search", params={"q": "délai <script>x</script> déclaration"}, auth=KEY).text
    assert "<script>x" not in shown
    assert "cosine" in shown
    assert "loi-77-01-fr.txt" in shown
    assert "a question needs words" in client.get("/maintain/search", params={"q": "123"}, auth=KEY).text


def test_a_document_is_shown_with_its_repairs_and_passages(client: TestClient, index: Index) -> None:
    law = next(source.id for source in index.sources.values() if source.path == "loi-77-01-fr.txt")
    shown = client.get(f"/maintain/documents/{law}", auth=KEY).text
    assert "legibility" in shown
    assert "instrument   loi 77-01" in shown
    assert client.get("/maintain/documents/none", auth=KEY).status_code == 404


def test_only_reports_of_evaluations_are_served(client: TestClient) -> None:
    assert client.get("/maintain/evals/20261122-100000", auth=KEY).text == "<p>measured</p>"
    assert client.get("/maintain/evals/..%2Fsecret.txt", auth=KEY).status_code == 404
    assert client.get("/maintain/evals/none", auth=KEY).status_code == 404
