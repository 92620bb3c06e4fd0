"""An OpenAI-compatible server on this machine whose model says what it is told to say."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ModelServer(ThreadingHTTPServer):
    """Streams `pieces`, `pause` seconds apart, with HTTP status `status`; keeps what it was asked."""

    daemon_threads = True

    def __init__(self, *pieces: str, pause: float = 0.0, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces, self.pause, self.status = pieces, pause, status
        self.asked: list[dict[str, Any]] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(server: ModelServer) -> Iterator[ModelServer]:
    """The server, answering until the end of the block."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """`POST /v1/chat/completions` as server-sent events."""

    server: ModelServer

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "text/event-stream" if self.server.status == 200 else "application/json")
        self.end_headers()
        if self.server.status != 200:
            self.wfile.write(b'{"error": {"message": "no"}}')
            return
        for piece in self.server.pieces:
            self._event(json.dumps(_chunk({"content": piece}, None)))
            time.sleep(self.server.pause)
        self._event(json.dumps(_chunk({}, "stop")))
        self._event("[DONE]")

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal of a test."""

    def _event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()


def _chunk(delta: dict[str, str], end: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": end}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
