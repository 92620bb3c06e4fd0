"""Whether the server of the language model answers, asked over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from rag.model_state import ModelProbe, no_model


class Models(ThreadingHTTPServer):
    """Answers `GET /v1/models` with `status`; keeps the path and the key of each request."""

    daemon_threads = True

    def __init__(self, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.asked = status, list[tuple[str, str | None]]()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    """Notes who asks."""

    server: Models

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Authorization"]))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal of a test."""


@contextmanager
def serving(server: Models) -> Iterator[Models]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def test_a_server_that_lists_its_models_is_reachable() -> None:
    with serving(Models()) as server:
        assert ModelProbe(f"{server.base_url}/", SecretStr("k1"))() == "reachable"
    assert server.asked == [("/v1/models", "Bearer k1")]


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_server_that_refuses_is_unreachable(status: int) -> None:
    with serving(Models(status)) as server:
        assert ModelProbe(server.base_url, SecretStr("none"))() == "unreachable"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "nowhere", "http://[", "http://127.0.0.1:99999/v1"])
def test_a_server_that_is_not_there_is_unreachable(address: str) -> None:
    assert ModelProbe(address, SecretStr("none"))() == "unreachable"


def test_it_is_asked_again_only_after_thirty_seconds() -> None:
    clock = [100.0]
    with serving(Models()) as server:
        probe = ModelProbe(server.base_url, SecretStr("none"), lambda: clock[0])
        states = [probe()]
        server.status = 500
        clock[0] += 29
        states.append(probe())
        clock[0] += 1
        states.append(probe())
    assert states == ["reachable", "reachable", "unreachable"]
    assert len(server.asked) == 2


def test_without_a_model_there_are_quotes_only() -> None:
    assert no_model() == "quotes only"
