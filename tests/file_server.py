"""A host of files on this machine that answers as it is told, faults of real hosts included."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.addresses import Resolve
from corpus.web import Asking, Web, polite_web

OFFICIAL = "official.test"


@dataclass(frozen=True)
class Reply:
    """One answer. With an `etag`, conditions and ranges are honoured; the connection ends after `cut` bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    cut: int | None = None
    pause: float = 0.0


class FileServer(ThreadingHTTPServer):
    """Answers a path with its replies in turn, and with the last one from then on; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def host(self) -> str:
        return f"{OFFICIAL}:{self.server_address[1]}"

    def url(self, path: str, name: str = OFFICIAL) -> str:
        """The address of `path` at a host of that name, which all lead here."""
        return f"http://{name}:{self.server_address[1]}{path}"

    def say(self, path: str, *replies: Reply) -> None:
        """From now on."""
        self.replies[path] = list(replies)

    def paths(self) -> list[str]:
        """What was asked for, but robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[FileServer]:
    """A server that answers until the end of the block."""
    server = FileServer()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class FakeClock:
    """Time that passes only by sleeping, and by `step` at each look."""

    time: float = 0.0
    step: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@contextmanager
def web_of(server: FileServer, clock: FakeClock, timeout: float = 5.0, resolve: Resolve | None = None) -> Iterator[Web]:
    """The web of which the server is the only official host."""
    asking = Asking(frozenset({server.host}), "Sanad/test", timeout=timeout, loopback=True)
    with polite_web(asking, resolve or (lambda _: ["127.0.0.1"]), clock) as web:
        yield web


class _Handler(BaseHTTPRequestHandler):
    server: FileServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        replies = self.server.replies.get(self.path, [Reply(404)])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        time.sleep(reply.pause)
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        status, body, extra = reply.status, reply.body, dict(reply.headers)
        if reply.etag:
            extra["ETag"] = reply.etag
            if self.headers["If-None-Match"] == reply.etag:
                status, body = 304, b""
            elif self.headers["Range"] and self.headers["If-Range"] == reply.etag:
                start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
                extra["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                status, body = 206, body[start:]
        self.send_response(status)
        length = {} if "Transfer-Encoding" in extra else {"Content-Length": str(len(body))}
        for name, value in {**length, **extra}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: reply.cut])

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what it expects."""
