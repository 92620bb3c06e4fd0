"""Request bodies: whole, in time, not too large, in JSON, before anything else spends time on them."""

from typing import Final

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access_table import is_guarded
from api.problems import Problem, ProblemError, refusal

# The chat page sends its whole conversation with each question.
_PAGE_BYTES: Final = 4 * 1024 * 1024
# What stays unread of a refused body makes the server close the connection.
_CLOSING: Final = {"Connection": "close"}


class Bodies:
    """ASGI middleware that reads a body before the application is called and hands it on in one message.

    `most` is in bytes and holds for the API; `patience_s` is for the whole body, so that a trickle does not renew it.
    """

    def __init__(self, app: ASGIApp, most: int, patience_s: float) -> None:
        self.app = app
        self._most, self._patience_s = most, patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._whole(scope, receive)
        except ProblemError as refused:
            await refusal(scope, refused.problem)(scope, receive, send)
            return
        if body is not None:
            whole: Message = {"type": "http.request", "body": body, "more_body": False}
            await self.app(scope, replayed(whole, receive), send)

    async def _whole(self, scope: Scope, receive: Receive) -> bytes | None:
        guarded, headers = is_guarded(scope["path"]), Headers(scope=scope)
        most = self._most if guarded else _PAGE_BYTES
        announced = headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced) > most:
            raise _too_large(most)
        try:
            with anyio.fail_after(self._patience_s):
                body = await _arrived(receive, most)
        except TimeoutError as error:
            facts = {"seconds": f"{self._patience_s:g}"}
            raise ProblemError(Problem("slow-body", facts, headers=_CLOSING)) from error
        if body and guarded and not _is_json(headers.get("content-type", "")):
            facts = {"received": headers.get("content-type", "")[:80]}
            raise ProblemError(Problem("unsupported-media-type", facts))
        return body


def replayed(first: Message, receive: Receive) -> Receive:
    """What receives `first`, and then what was to come after it, such as the client's leaving."""
    kept = [first]

    async def receive_again() -> Message:
        return kept.pop() if kept else await receive()

    return receive_again


async def left(receive: Receive) -> None:
    """Return once the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _arrived(receive: Receive, most: int) -> bytes | None:
    """The body, None when the client left before its end. Raises ProblemError as soon as there is too much of it."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return bytes(body)


def _too_large(most: int) -> ProblemError:
    return ProblemError(Problem("body-too-large", {"limit": most}, headers=_CLOSING))


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))
