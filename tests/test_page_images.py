"""Pages behind quotes over HTTP."""

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from api.backend import Backend
from index.search import Index, open_index
from ingest.isolation import Limits, processes
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from tests.conftest import TODAY
from tests.fakes import FakeEmbedder, InProcess
from tests.ingests import ingest
from tests.pdfs import page_of, pdf

RULE = "The rule on declarations stands on the first page of this report."
END = "The end of the report stands on the second page and names the days."


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """A report of two pages, and a plain text."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf(page_of(RULE), page_of(END)))
    (folder / "b.txt").write_text("A plain text has no pages that can be drawn.", encoding="utf-8")
    ingest(tmp_path / "index", folder)
    return open_index(tmp_path / "index", FakeEmbedder())


@pytest.fixture
def backend(index: Index, tmp_path: Path) -> Backend:
    chain = build_chain(index, lambda: TODAY)
    return Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"), InProcess())


@pytest.fixture
def client(backend: Backend) -> TestClient:
    return TestClient(create_app(backend))


def addressed(index: Index, path: str, page: object = 1) -> str:
    source = next(source for source in index.sources.values() if source.path == path)
    return f"/v1/documents/{source.id}/pages/{page}.png"


def offsets(index: Index, quote: str) -> dict[str, int]:
    source = next(source for source in index.sources.values() if source.path == "a.pdf")
    start = (index.store.text(source.id) or "").index(quote)
    return {"start": start, "end": start + len(quote)}


def test_the_page_comes_with_the_quote_marked(client: TestClient, index: Index) -> None:
    response = client.get(addressed(index, "a.pdf"), params=offsets(index, "The rule on declarations"))
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
    assert response.headers["x-quote-boxes"] == "1"
    assert Image.open(io.BytesIO(response.content)).format == "PNG"


def test_the_part_of_a_quote_that_stands_on_the_page_is_marked(client: TestClient, index: Index) -> None:
    whole = {"start": offsets(index, RULE)["start"], "end": offsets(index, END)["end"]}
    boxes = [client.get(addressed(index, "a.pdf", page), params=whole).headers["x-quote-boxes"] for page in (1, 2)]
    assert boxes == ["1", "1"]


def test_a_quote_of_another_page_is_not_marked(client: TestClient, index: Index) -> None:
    response = client.get(addressed(index, "a.pdf", 2), params=offsets(index, RULE))
    assert (response.status_code, response.headers["x-quote-boxes"]) == (200, "0")


@pytest.mark.parametrize(
    ("path", "page", "reason"),
    [
        ("b.txt", 1, "pages are drawn of PDF files and pictures"),
        ("a.pdf", 3, "(the last is 2) is needed, got 3"),
    ],
)
def test_a_page_that_is_none_is_not_found(client: TestClient, index: Index, path: str, page: int, reason: str) -> None:
    response = client.get(addressed(index, path, page))
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert reason in response.json()["detail"]


@pytest.mark.parametrize("page", [0, -(10**30), 10**30])
def test_a_number_that_no_page_can_have_is_refused(client: TestClient, index: Index, page: int) -> None:
    assert client.get(addressed(index, "a.pdf", page)).status_code == 422


def test_an_empty_quote_is_marked_nowhere(client: TestClient, index: Index) -> None:
    response = client.get(addressed(index, "a.pdf"), params={"start": 3, "end": 3})
    assert (response.status_code, response.headers["x-quote-boxes"]) == (200, "0")


def test_a_lost_original_is_not_found_with_the_remedy(client: TestClient, index: Index) -> None:
    for file in (index.folder / "originals").iterdir():
        file.unlink()
    response = client.get(addressed(index, "a.pdf"))
    assert (response.status_code, "run `sanad ingest`" in response.json()["detail"]) == (404, True)


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"start": -1, "end": 3}, "start: Input should be greater than or equal to 0"),
        ({"quote": "rule"}, "the query parameters start, end are known, got quote"),
    ],
)
def test_a_place_that_is_none_is_refused(
    client: TestClient, index: Index, params: dict[str, int | str], fault: str
) -> None:
    response = client.get(addressed(index, "a.pdf"), params=params)
    assert (response.status_code, fault in response.json()["detail"]) == (422, True)


def test_pages_are_drawn_in_a_process_of_their_own(backend: Backend, index: Index) -> None:
    with processes(Limits(), 1) as isolation:
        app = create_app(Backend(index, backend.chain, backend.today, backend.feedback, isolation))
        response = TestClient(app).get(addressed(index, "a.pdf"), params=offsets(index, RULE))
    assert (response.status_code, response.headers["x-quote-boxes"]) == (200, "1")
