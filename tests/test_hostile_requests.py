"""Requests that mean harm, or of broken programs: a documented answer every time, and no echo that a browser runs."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.keys import KeyFile
from api.limits import Quota
from index.search import open_index
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from tests.conftest import TODAY
from tests.fakes import FakeEmbedder
from tests.guarded import listening
from tests.nasty import MARKS, NASTY

LONGEST_ECHO: Final = 80
"""Characters of a value that a problem shows."""
BODIES: Final[dict[str, dict[str, Any]]] = {
    "/v1/ask": {
        "question": "amende",
        "language": "fr",
        "as_of": "2026-01-01",
        "kinds": ["law"],
        "source_languages": ["fr"],
        "history": [{"question": "loi 77-01", "answer_gist": "rien"}],
    },
    "/v1/search": {"question": "délai", "source_languages": ["fr"], "top_k": 1},
    "/v1/feedback": {
        "id": "1",
        "question": "amende",
        "history": ["loi 77-01"],
        "language": "fr",
        "status": "answered",
        "useful": True,
        "reasons": ["wrong"],
        "comment": "non",
        "cited": [{"source_path": "loi-77-01-fr.txt", "article": "3"}],
        "index": "gen-000001",
        "generator": "quotes",
    },
    "/v1/citations/verify": {
        "quote": "une amende de 1.000 à 5.000 dirhams",
        "reference": {
            "source_id": "loi",
            "source_path": "loi-77-01-fr.txt",
            "instrument": "77-01",
            "article": "3",
            "language": "fr",
        },
        "as_of": "2026-01-01",
    },
    "/v1/chat/completions": {
        "model": "sanad",
        "messages": [{"role": "user", "content": "amende"}, {"role": "assistant", "content": "non"}],
    },
}
ADDRESSES: Final = (
    "/v1/documents?kind={}",
    "/v1/documents?issuer={}",
    "/v1/documents?language={}",
    "/v1/documents?instrument={}",
    "/v1/documents?in_force={}",
    "/v1/documents?limit={}",
    "/v1/documents?cursor={}",
    "/v1/documents/{}",
    "/v1/documents/{}/text",
    "/v1/documents/{}/articles/3",
    "/v1/documents/{}/pages/1.png",
    "/v1/documents/LAW?as_of={}",
    "/v1/documents/LAW?passages={}",
    "/v1/documents/LAW?{}=1",
    "/v1/documents/LAW/articles/{}",
    "/v1/documents/LAW/articles/3?as_of={}",
    "/v1/documents/LAW/pages/{}.png",
    "/v1/documents/LAW/pages/1.png?start={}&end={}",
    "/v1/models/{}",
    "/v1/{}",
    "/problems/{}",
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("keys") / "keys.sqlite")


@pytest.fixture(scope="module")
def app(index_folder: Path, keys: KeyFile) -> FastAPI:
    index = open_index(index_folder, FakeEmbedder())
    feedback = FeedbackLog(keys.path.with_name("feedback.jsonl"))
    backend = Backend(index, build_chain(index, lambda: TODAY), lambda: TODAY, feedback)
    rules = AccessRules(keys, anonymous_quota=Quota(10**9), key_quota=Quota(10**9))
    return create_app(backend, Guarding(rules, body_timeout_s=0.3))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def sent(client: TestClient, path: str, body: object, **headers: str) -> Response:
    """A POST whose lone surrogates stand as JSON escapes: no other form of them can be sent."""
    content = json.dumps(body, ensure_ascii=True).encode()
    return client.post(path, content=content, headers={"content-type": "application/json"} | headers)


def assert_documented(app: FastAPI, response: Response, value: str = "") -> None:
    """That the contract knows the answer, no browser would run it, and a problem shows little of the value."""
    about = f"{response.request.method} {response.request.url} {value[:40]!r} {response.status_code}"
    assert response.status_code < 500, about
    assert "text/html" not in response.headers["content-type"], about
    assert response.headers["x-content-type-options"] == "nosniff", about
    if response.status_code >= 400:
        assert response.json(), about
        assert len(value) <= LONGEST_ECHO or value not in response.text, about
    declared = statuses(app, response)
    assert not declared or str(response.status_code) in declared, about


def statuses(app: FastAPI, response: Response) -> set[str]:
    """What the contract says of the address; of an address that is none, nothing."""
    operation = app.openapi()["paths"].get(response.request.url.path, {}).get(response.request.method.lower())
    return set(operation["responses"]) if operation else set()


def replaced(body: Any, value: str) -> Iterator[Any]:  # noqa: ANN401  # any JSON
    """The body once for each text in it, with the value in place of that text."""
    if isinstance(body, str):
        yield value
    for key, part in enumerate(body) if isinstance(body, list) else body.items() if isinstance(body, dict) else ():
        for changed in replaced(part, value):
            copy = body.copy()
            copy[key] = changed
            yield copy


@pytest.mark.parametrize("path", BODIES)
def test_nasty_texts_in_every_field_of_a_body(app: FastAPI, client: TestClient, path: str) -> None:
    for value in NASTY:
        for body in replaced(BODIES[path], value):
            assert_documented(app, sent(client, path, body), value)
        assert_documented(app, sent(client, path, BODIES[path] | {value: value}), value)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nasty_texts_in_every_part_of_an_address(app: FastAPI, client: TestClient, address: str) -> None:
    law = client.get("/v1/documents?language=fr").json()["documents"][0]["id"]
    for value in NASTY:
        written = quote(value, safe="", errors="surrogatepass")
        assert_documented(app, client.get(address.replace("LAW", law).replace("{}", written)), value)


@pytest.mark.parametrize("language", ["ar", "fr", "\u202e", "<script>", "fr;q=" + "9" * 4000, ",;=" * 900])
def test_nasty_headers(app: FastAPI, client: TestClient, language: str) -> None:
    raw = language.encode("utf-8")
    for header in (b"accept-language", b"accept", b"user-agent", b"x-request-id", b"x-forwarded-for", b"traceparent"):
        response = client.get("/v1/documents/none", headers={header: raw})
        assert_documented(app, response, language)
        assert response.headers["content-language"] in {"en", "fr", "ar"}


def test_the_page_of_problems_escapes_what_it_was_asked_for(client: TestClient) -> None:
    for mark in MARKS:
        response = client.get(f"/problems/{quote(mark, safe='')}", headers={"accept": "text/html"})
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_an_answer_with_marks_is_no_page(client: TestClient) -> None:
    for mark in MARKS:
        response = sent(client, "/v1/ask", {"question": f"amende {mark}"})
        assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("content", [b"{", b'{"question": NaN}', b"\xff\xfe", b"null", b"[]", b'"x"', b"[" * 60_000])
@pytest.mark.parametrize("path", BODIES)
def test_a_body_that_is_no_request(app: FastAPI, client: TestClient, path: str, content: bytes) -> None:
    response = client.post(path, content=content, headers={"content-type": "application/json"})
    assert_documented(app, response, content.decode("latin-1"))
    assert response.status_code in {400, 422}


@pytest.mark.parametrize("path", BODIES)
def test_bodies_that_are_too_large_or_of_another_type(app: FastAPI, client: TestClient, path: str) -> None:
    large = sent(client, path, BODIES[path] | {"x": "x" * 70_000})
    typed = client.post(path, content=b"<a/>", headers={b"content-type": "text/html; charset=\u00e9".encode()})
    assert (large.status_code, typed.status_code) == (413, 415)
    assert_documented(app, large)
    assert_documented(app, typed)


def test_a_body_that_does_not_come_is_refused(app: FastAPI) -> None:
    with listening(app) as port:
        for path in BODIES:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
                connection.sendall(head.encode() + b"{")
                assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_hundred_wrong_keys_open_nothing(app: FastAPI, client: TestClient, keys: KeyFile) -> None:
    true = keys.create("Office", ["ask"]).secret
    wrong = [true[:-1], true.swapcase(), f"{true}x", f" {true[1:]}", true[:30], *NASTY]
    wrong += [f"sanad_{n:08x}_{n:043d}" for n in range(60)]
    sendable = [key.strip() for key in wrong if key.strip() and key.strip().isprintable() and len(key) < 4000]
    assert len(sendable) >= 100
    for key in sendable:
        response = client.get("/v1/documents", headers={b"authorization": f"Bearer {key}".encode()})
        assert (response.status_code, response.json()["type"]) == (401, "/problems/unknown-key"), key
        assert_documented(app, response)
        assert key not in response.text or len(key) < 8


def test_keys_that_have_ended_or_open_something_else(app: FastAPI, client: TestClient, keys: KeyFile) -> None:
    expired, revoked = keys.create("Old", ["ask"], timedelta(0)), keys.create("Lost", ["ask"])
    keys.revoke(revoked.key.id)
    searching = keys.create("Reader", ["search"])
    for new, status in ((expired, 401), (revoked, 401), (searching, 403)):
        for path in ("/v1/ask", "/v1/chat/completions"):
            response = sent(client, path, BODIES[path], authorization=f"Bearer {new.secret}")
            assert response.status_code == status
            assert_documented(app, response)
            assert new.secret not in response.text
