"""One line a request, with nothing about who asked or what: no address, no query string, no text of a question."""

import json
import logging
import secrets
import time
import traceback
from datetime import UTC, datetime
from typing import Final, Literal, TextIO

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, refusal

_LOGGER: Final = logging.getLogger("sanad.access")
# What proxies write for a client that left before it was answered.
_LEFT: Final = 499
_UNKNOWN_PATH: Final = "-"


class AccessLog:
    """ASGI middleware, the outermost: each request gets an id, a line, and a problem where something breaks.

    The id is our own, stands in the header `X-Request-Id`, and says nothing about the request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, start, status = secrets.token_hex(8), time.perf_counter(), _LEFT
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - whatever broke, the caller gets a problem and the log the place
            _LOGGER.error("fault", extra={"facts": {"request_id": request_id, **_place(error)}})
            if status == _LEFT:
                await refusal(scope, Problem("internal-error"))(scope, receive, send_with_id)
        finally:
            took = round((time.perf_counter() - start) * 1000, 1)
            _LOGGER.info(
                "request", extra={"facts": {"request_id": request_id, **_line(scope), "status": status, "ms": took}}
            )


def log_to(stream: TextIO, form: Literal["json", "text"]) -> None:
    """Send every log line of the process to `stream`; of libraries, warnings and worse only."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _LOGGER.setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """A record as one JSON object: time in UTC, level, logger, event, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Line breaks in what is logged cannot make a second line."""
        content = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_facts(record),
        }
        return json.dumps(content, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same for eyes."""

    def format(self, record: logging.LogRecord) -> str:
        """Facts stand behind the event as name=value."""
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        stamp = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        return f"{stamp} {record.levelname.lower()} {record.name} {record.getMessage()} {facts}".rstrip()


def _facts(record: logging.LogRecord) -> dict[str, object]:
    facts: dict[str, object] = dict(getattr(record, "facts", {}))
    error = record.exc_info[1] if record.exc_info else None
    return facts | _place(error) if error is not None else facts


def _line(scope: Scope) -> dict[str, object]:
    state = scope["state"]
    route = getattr(scope.get("route"), "path", None)
    path = route or state.get("entry", _UNKNOWN_PATH)
    return {"method": scope["method"], "path": path, "key": state.get("caller", "anonymous")}


def _place(error: BaseException) -> dict[str, object]:
    """Where it broke. The message of an error may hold what somebody asked: it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
