"""Request bodies: whole, in time, not too large, in JSON."""

import http.client
import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.guards import Guarding
from tests.guarded import guarded_app, listening

JSON = {"content-type": "application/json"}


@pytest.fixture
def client() -> TestClient:
    return TestClient(guarded_app(Guarding(body_bytes=2000)))


def test_a_body_of_the_largest_size_is_taken_and_a_larger_one_is_not(client: TestClient) -> None:
    body = b'{"question": "amende"}'
    assert client.post("/v1/ask", content=body.ljust(2000), headers=JSON).status_code == 200
    refused = client.post("/v1/ask", content=body.ljust(2001), headers=JSON)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/body-too-large")
    assert "2000 bytes" in refused.json()["detail"]


def test_a_body_that_does_not_say_its_size_is_counted(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield from [b" " * 1000] * 3

    refused = client.post("/v1/ask", content=parts(), headers=JSON)
    assert "content-length" not in refused.request.headers
    assert refused.status_code == 413


@pytest.mark.parametrize("announced", ["9" * 400, "-1", "²"])
def test_a_size_that_is_announced_wrongly_is_no_way_round(client: TestClient, announced: str) -> None:
    headers = {b"content-type": b"application/json", b"content-length": announced.encode()}
    refused = client.post("/v1/ask", content=b" " * 3000, headers=headers)
    assert refused.status_code == 413


@pytest.mark.parametrize("media", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonp"])
def test_only_json_is_taken(client: TestClient, media: str) -> None:
    refused = client.post("/v1/ask", content=b'{"question": "amende"}', headers={"content-type": media})
    assert (refused.status_code, refused.json()["type"]) == (415, "/problems/unsupported-media-type")
    assert f"“{media}”" in refused.json()["detail"]


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "Application/JSON", "application/ld+json"])
def test_json_has_several_names(client: TestClient, media: str) -> None:
    taken = client.post("/v1/ask", content=b'{"question": "amende"}', headers={"content-type": media})
    assert taken.status_code == 200


def test_a_body_that_trickles_in_is_not_waited_for() -> None:
    with (
        listening(guarded_app(Guarding(body_timeout_s=0.2))) as port,
        socket.create_connection(("127.0.0.1", port), timeout=20) as slow,
    ):
        slow.sendall(
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
        )
        response = http.client.HTTPResponse(slow)
        response.begin()
        assert (response.status, response.headers["Connection"]) == (408, "close")
        assert b"/problems/slow-body" in response.read()
        assert slow.recv(1) == b""


def test_streams_stay_streams(client: TestClient) -> None:
    with client.stream("POST", "/v1/chat/completions", json={"question": "amende"}) as response:
        assert response.headers.get("content-length") is None
        assert list(response.iter_text()) == ["a", "b"]
