"""The frame of the conversation: language, direction, cookie, and what is left of Gradio's own page."""

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from ui.chat_frame import ChatFrame, page_path

_PAGE = """<html lang="en"><head><meta property="og:image" content="https://elsewhere.invalid/x.png">
<script>window.gradio_config = {"a": 1};</script><script>const other = 1;</script>
<script type="module" crossorigin src="./assets/index.js"></script>
<link rel="stylesheet" crossorigin href="./assets/index.css"></head><body></body></html>"""


@pytest.fixture
def client() -> TestClient:
    inner = FastAPI()
    for language in ("fr", "ar", "en"):
        inner.add_api_route(page_path(language), lambda: HTMLResponse(_PAGE))
    inner.add_api_route("/assets/{name}", lambda name: PlainTextResponse(name))
    framed: ASGIApp = ChatFrame(inner)
    return TestClient(framed)


@pytest.mark.parametrize(
    ("language", "direction", "path"), [("fr", "ltr", "/"), ("ar", "rtl", "/ar"), ("en", "ltr", "/en")]
)
def test_a_page_says_its_language_and_direction(client: TestClient, language: str, direction: str, path: str) -> None:
    page = client.get(path)
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert page.headers["content-language"] == language


def test_only_what_starts_gradio_is_taken_over(client: TestClient) -> None:
    html = client.get("/").text
    assert 'window.gradio_config = {"a": 1};' in html
    assert "./assets/index.js" in html
    assert "./assets/index.css" in html
    assert "const other" not in html
    assert "elsewhere.invalid" not in html


def test_readers_are_led_to_their_language(client: TestClient) -> None:
    moved = client.get("/", headers={"Accept-Language": "ar-MA, fr;q=0.5"}, follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (307, "/ar")
    assert "Accept-Language" in moved.headers["vary"]


def test_a_chosen_language_is_remembered(client: TestClient) -> None:
    assert 'lang="ar"' in client.get("/?lang=ar").text
    assert client.cookies["lang"] == "ar"
    assert '<html lang="ar"' in client.get("/").text
    assert '<html lang="fr"' in client.get("/?lang=fr").text


def test_links_lead_from_any_language_to_any_other(client: TestClient) -> None:
    html = client.get("/ar").text
    assert 'href="/?lang=fr"' in html
    assert 'href="/?lang=en"' in html
    assert '<html lang="en"' in client.get("/ar?lang=en").text


def test_what_is_no_page_goes_through(client: TestClient) -> None:
    assert client.get("/assets/index.js").text == "index.js"
    assert client.post("/").status_code == 405


def test_without_scripts_the_simple_page_is_named(client: TestClient) -> None:
    assert "<noscript><p>" in (html := client.get("/").text)
    assert 'href="/simple?lang=fr"' in html
