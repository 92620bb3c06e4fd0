"""Documents over HTTP: lists in pages, articles with their standing and twins, versions."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import create_app
from api.backend import Backend
from api.cursor import cursor_after
from corpus.instrument import Instrument
from corpus.validity import Change, Validity
from index.search import Index, open_index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY
from tests.fakes import FakeEmbedder

PATHS = ["loi-77-01-ar.txt", "loi-77-01-fr.txt", "press-en.md"]
REPEAL = Change(
    instrument="77-01",
    articles=("3",),
    status="repealed",
    by=Instrument("loi", "88-02"),
    by_article="9",
    since="2022-03-01",
)


@pytest.fixture
def index(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """The small corpus, of whose law article 3 was repealed."""
    validity = Validity(frozenset({"77-01"}), {"77-01": (REPEAL,)})
    monkeypatch.setattr("index.search.read_validity", lambda: validity)
    return open_index(index_folder, FakeEmbedder())


@pytest.fixture
def client(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> TestClient:
    return TestClient(create_app(Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))))


def id_of(client: TestClient, path: str) -> str:
    listed = client.get("/v1/documents").json()["documents"]
    return next(str(document["id"]) for document in listed if document["path"] == path)


def test_pages_lead_through_every_document_once(client: TestClient) -> None:
    paths: list[str] = []
    page = client.get("/v1/documents", params={"limit": 2}).json()
    while True:
        paths += [document["path"] for document in page["documents"]]
        assert page["total"] == 3
        if page["next_cursor"] is None:
            break
        page = client.get("/v1/documents", params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert paths == PATHS


@pytest.mark.parametrize(
    ("params", "paths"),
    [
        ({"issuer": "Parlement"}, ["loi-77-01-fr.txt"]),
        ({"instrument": "77.01"}, PATHS[:2]),
        ({"instrument": "٧٧-٠١", "language": "ar"}, PATHS[:1]),
        ({"in_force": "false"}, []),
        ({"kind": "press", "in_force": "true"}, []),
    ],
)
def test_filters_narrow_the_list(client: TestClient, params: dict[str, str], paths: list[str]) -> None:
    response = client.get("/v1/documents", params=params)
    assert [document["path"] for document in response.json()["documents"]] == paths


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"kinds": "law"}, "kind, issuer, language, instrument, in_force, limit, cursor are known, got kinds"),
        ({"kind": "novel"}, "kind: Input should be 'law', 'decree'"),
        ({"in_force": "perhaps"}, "in_force: Input should be 'true' or 'false'"),
        ({"limit": "0"}, "limit: Input should be greater than or equal to 1"),
        ({"limit": "201"}, "limit: Input should be less than or equal to 200"),
    ],
)
def test_what_no_document_can_have_is_refused(client: TestClient, params: dict[str, str], fault: str) -> None:
    response = client.get("/v1/documents", params=params)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert fault in response.json()["detail"]


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"issuer": "Nobody"}, "issuer: one of Parlement, البرلمان is needed, got 'Nobody'"),
        ({"language": "de"}, "language: one of ar, en, fr is needed, got 'de'"),
        ({"instrument": "09-08"}, "instrument: one of 77-01 is needed, got '09-08'"),
        ({"cursor": "x"}, "cursor: next_cursor of the page before is needed, got 'x': start again without cursor"),
        ({"cursor": "WzEsMl0"}, "cursor: next_cursor of the page before is needed"),
    ],
)
def test_what_no_document_has_is_not_found(client: TestClient, params: dict[str, str], fault: str) -> None:
    response = client.get("/v1/documents", params=params)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert fault in response.json()["detail"]


def test_a_cursor_of_another_generation_is_gone(client: TestClient) -> None:
    response = client.get("/v1/documents", params={"cursor": cursor_after(PATHS[0], "gen-000099")})
    assert response.status_code == 410
    assert response.json()["detail"].endswith("got a cursor of 'gen-000099': start again without cursor")


def test_a_document_comes_with_articles_versions_and_changes(client: TestClient) -> None:
    french, arabic = id_of(client, PATHS[1]), id_of(client, PATHS[0])
    detail = client.get(f"/v1/documents/{french}", params={"passages": "false"}).json()
    assert [(article["number"], article["in_force"]) for article in detail["articles"]] == [
        ("1", None),
        ("2", None),
        ("3", False),
    ]
    assert detail["articles"][0]["path"][0].startswith("Chapitre premier")
    assert detail["articles"][2]["note"]
    assert [(one["id"], one["relation"]) for one in detail["versions"]] == [(arabic, "translation")]
    assert [(one["by"], one["articles"], one["in_effect"]) for one in detail["changes"]] == [("88-02", ["3"], True)]
    assert (detail["passages"], detail["pages"], detail["standing"]["outdated"]) == (None, 0, True)


@pytest.mark.parametrize("name", ["3", "Article 3", "المادة 3", "٣"])
def test_an_article_is_a_slice_of_the_stored_text(client: TestClient, name: str) -> None:
    french, arabic = id_of(client, PATHS[1]), id_of(client, PATHS[0])
    article = client.get(f"/v1/documents/{french}/articles/{name}").json()
    text = client.get(f"/v1/documents/{french}/text").text
    assert article["text"] == text[article["start"] : article["end"]]
    assert "1.000 à 5.000 dirhams" in article["text"]
    (twin,) = article["twins"]
    assert (twin["id"], twin["language"]) == (arabic, "ar")
    assert "غرامة" in client.get(f"/v1/documents/{arabic}/text").text[twin["start"] : twin["end"]]


@pytest.mark.parametrize(
    ("as_of", "in_force", "by", "later"),
    [("2026-01-01", False, "88-02", False), ("2021-01-01", True, None, False), ("2019-01-01", None, None, True)],
)
def test_the_standing_of_an_article_is_that_of_the_day(
    client: TestClient, as_of: str, in_force: bool | None, by: str | None, later: bool
) -> None:
    address = f"/v1/documents/{id_of(client, PATHS[1])}/articles/3"
    standing = client.get(address, params={"as_of": as_of}).json()["standing"]
    assert (standing["as_of"], standing["in_force"], standing["later_edition"]) == (as_of, in_force, later)
    assert (standing["change"] and standing["change"]["by"]) == by


def test_an_absent_article_is_answered_with_those_that_are(client: TestClient) -> None:
    law, press = id_of(client, PATHS[1]), id_of(client, PATHS[2])
    response = client.get(f"/v1/documents/{law}/articles/44")
    assert response.status_code == 404
    assert response.json()["detail"].endswith("got '44': its articles are 1, 2, 3")
    assert client.get(f"/v1/documents/{press}/articles/1").json()["detail"].endswith("it has no articles")


@pytest.mark.parametrize("day", ["yesterday", "0", "20200101", "2020-02-30", "2020-01-01T00:00:00"])
def test_a_day_that_is_none_is_refused(client: TestClient, day: str) -> None:
    response = client.get(f"/v1/documents/{id_of(client, PATHS[1])}/articles/3", params={"as_of": day})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("as_of: ")
