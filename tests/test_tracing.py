"""Spans of requests reach a collector, without the question."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fastapi.testclient import TestClient
from langchain_core.runnables import Runnable

from api.app import create_app
from api.backend import Backend
from api.tracing import trace
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """An address that takes traces, and what it was sent."""
    sent: list[bytes] = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collect)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_span_names_the_route_and_not_the_question(
    index: Index, chain: Runnable[Question, Answer], tmp_path: Path
) -> None:
    app = create_app(Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl")))
    with collector() as (address, sent):
        provider = trace(app, address)
        client = TestClient(app)
        assert client.post("/v1/ask", json={"question": "Quelle amende sans déclaration ?"}).status_code == 200
        assert client.get("/readyz").status_code == 200
        provider.shutdown()
    (spans,) = sent
    assert b"/v1/ask" in spans
    assert b"readyz" not in spans
    assert "déclaration".encode() not in spans
