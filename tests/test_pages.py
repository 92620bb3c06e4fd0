"""The pages as browsers get them: languages, escaping, nothing from elsewhere, quotes in their place."""

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable, RunnableLambda

from corpus.register import Entry, Register, Theme, Titles
from index.search import Index
from index.store import StoredDocument
from rag.answer import Answer
from rag.question import Question
from tests.conftest import TODAY
from ui.pages import pages

Chain = Runnable[Question, Answer]
LAW = Entry(
    id="loi-77-01",
    type="loi",
    number="77-01",
    titles=Titles(fr="Loi n° 77-01 relative aux <b>essais</b>", ar="القانون رقم 77.01 المتعلق بالتجارب"),
    published="2020-05-01",
    bulletin="6880",
    taken_from=("test",),
)
ABSENT = Entry(id="loi-05-20", type="loi", number="05-20", titles=Titles(fr="Cybersécurité"), taken_from=("test",))
REGISTER = Register((Theme("trials", {"fr": "Essais", "ar": "التجارب", "en": "Trials"}, (LAW, ABSENT)),))
PATHS = ("/simple", "/covered", "/covered?theme=all", "/about", "/source/nothing")
_LOADED = re.compile(r"""<(?:script|img|link|iframe|form|source)\b[^>]*?(?:src|href|action)=["']([^"']*)""")


def browser(index: Index, chain: Chain) -> TestClient:
    app = FastAPI()
    app.include_router(pages(lambda: index, chain, REGISTER, lambda: TODAY))
    return TestClient(app)


@pytest.fixture
def client(index: Index, chain: Chain) -> TestClient:
    return browser(index, chain)


@pytest.fixture
def law(index: Index) -> str:
    return next(key for key, source in index.sources.items() if source.path == "loi-77-01-fr.txt")


def marked(html: str) -> list[str]:
    return [unescape(re.sub(r"</?bdi>", "", found)) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S)]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(client: TestClient, path: str, language: str, direction: str) -> None:
    html = client.get(path, params={"lang": language, "theme": "all"} if "theme" in path else {"lang": language}).text
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_a_chosen_language_is_kept_and_weighs_more_than_the_browser(client: TestClient) -> None:
    french = {"Accept-Language": "fr-FR,fr;q=0.9"}
    assert '<html lang="fr"' in client.get("/about", headers=french).text
    assert client.get("/about?lang=ar", headers=french).cookies["lang"] == "ar"
    assert '<html lang="ar"' in client.get("/about", headers=french).text


def test_no_cookie_is_set_for_who_chooses_nothing(client: TestClient) -> None:
    for path in ("/about", "/about?lang=fr", "/about?lang=xx"):
        assert "set-cookie" not in client.get(path, headers={"Accept-Language": "fr"}).headers


@pytest.mark.parametrize(
    ("header", "language"),
    [("ar-MA,ar;q=0.9,fr;q=0.8", "ar"), ("de,en;q=0.5,fr;q=0.4", "en"), ("ar;q=0, en;q=x", "fr"), ("*", "fr")],
)
def test_the_browser_is_asked_where_nothing_was_chosen(client: TestClient, header: str, language: str) -> None:
    assert f'<html lang="{language}"' in client.get("/about", headers={"Accept-Language": header}).text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_loaded_from_another_server(client: TestClient, path: str) -> None:
    html = client.get(path).text
    loaded = _LOADED.findall(html)
    assert loaded
    assert not [address for address in loaded if not address.startswith("/") or address.startswith("//")]
    assert "<style" not in html
    assert not re.search(r"\son\w+=|javascript:", html)


def test_what_the_pages_load_is_there_and_loads_nothing_further(client: TestClient) -> None:
    for name in ("pages.css", "pages.js", "mark.svg"):
        assert client.get(f"/pages/{name}").status_code == 200
    assert "url(" not in client.get("/pages/pages.css").text
    assert client.get("/pages/..%2Fpages.py").status_code == 404


@pytest.mark.parametrize(("language", "said"), [("fr", "Page introuvable"), ("ar", "الصفحة غير موجودة")])
def test_an_unknown_source_or_theme_is_said_in_the_readers_language(
    client: TestClient, language: str, said: str
) -> None:
    for path in ("/source/nothing", "/source/%3Cscript%3E", "/covered?theme=nothing"):
        response = client.get(path, params={"theme": "nothing", "lang": language})
        assert (response.status_code, said in response.text) == (404, True)


def test_a_quote_is_marked_exactly_inside_its_article(client: TestClient, index: Index, law: str) -> None:
    text = index.store.text(law) or ""
    start = text.index("La déclaration est faite")
    html = client.get(f"/source/{law}", params={"start": start, "end": start + 24}).text
    assert marked(html) == ["La déclaration est faite"]
    assert "Toute personne doit faire" in html
    assert "Est puni" not in html
    assert f"/source/{law}?lang=fr&amp;start={start}&amp;end={start + 24}&amp;whole=1" in html


def test_the_whole_document_still_marks_the_quote(client: TestClient, index: Index, law: str) -> None:
    text = index.store.text(law) or ""
    html = client.get(f"/source/{law}", params={"start": 0, "end": len(text), "whole": 1}).text
    assert marked(html) == [text]


@pytest.mark.parametrize(("start", "end"), [("9", "5"), ("0", "999999"), ("x", "5"), ("-1", "5"), ("٣", "٩")])
def test_offsets_that_are_no_slice_show_the_document_and_say_so(
    client: TestClient, law: str, start: str, end: str
) -> None:
    html = client.get(f"/source/{law}", params={"start": start, "end": end}).text
    assert marked(html) == []
    assert 'role="alert"' in html
    assert "Est puni" in html


def test_the_source_page_gives_references_and_the_twin(client: TestClient, index: Index, law: str) -> None:
    start = (index.store.text(law) or "").index("Est puni")
    html = client.get(f"/source/{law}", params={"start": start, "end": start + 8, "lang": "ar"}).text
    assert "Loi n°\u00a0<bdi>77-01</bdi>, art.\u00a03 (BO n°\u00a06880 du 1er mai 2020)" in html
    assert "القانون رقم <bdi>77.01</bdi>، المادة 3 (الجريدة الرسمية عدد 6880 بتاريخ فاتح ماي 2020)" in html
    (twin,) = re.findall(r'<a href="(/source/loi-77-01-ar[^"]*)"', html)
    assert "يعاقب بغرامة" in marked(client.get(unescape(twin)).text)[0]


def test_numbers_of_the_list_are_isolated_and_dotted_in_arabic(client: TestClient) -> None:
    html = client.get("/covered?theme=trials&lang=ar").text
    assert "القانون رقم <bdi>05.20</bdi>" in html
    assert "05-20" not in html


def test_titles_and_texts_cannot_become_markup(index: Index, chain: Chain, law: str) -> None:
    hostile = replace(index.sources[law], title="<script>alert(1)</script>", issuer='"><img src=x>')
    stored = index.store.document(law)
    assert stored is not None
    document = replace(stored.document, source=hostile, text="<script>alert(2)</script>", passages=())

    class Hostile:
        def document(self, _: str) -> object:
            return StoredDocument(document, "")

        def legibility(self) -> dict[str, float]:
            return index.store.legibility()

    changed = replace(index, store=Hostile(), sources=index.sources | {law: hostile})  # type: ignore[arg-type]
    client = browser(changed, chain)
    for html in (client.get(f"/source/{law}").text, client.get("/covered?theme=all").text):
        assert "<script>" not in html
        assert "<img" not in html
        assert "<b>essais" not in html
    assert marked(client.get(f"/source/{law}?start=0&end=8").text) == ["<script>"]


def test_the_csv_is_a_download(client: TestClient) -> None:
    response = client.get("/covered.csv?theme=trials")
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert len(response.text.strip().splitlines()) == 3


def test_pages_are_left_out_of_the_contract_of_the_api(index: Index, chain: Chain) -> None:
    app = FastAPI()
    app.include_router(pages(lambda: index, RunnableLambda(chain.invoke), REGISTER, lambda: TODAY))
    assert app.openapi()["paths"] == {}
