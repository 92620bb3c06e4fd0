"""Request bodies: whole, in time, not too large, in JSON, before anything else spends time on them.

Only the files of maintainers pass in parts, counted, on their way to the disk.
"""

from typing import Final

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access_table import is_guarded, is_upload
from api.problems import Problem, ProblemError, refusal

# The chat page sends its whole conversation with each question.
_PAGE_BYTES: Final = 4 * 1024 * 1024
_UPLOAD_PATIENCE_S: Final = 600.0
_MEGABYTE: Final = 1 << 20
# What stays unread of a refused body makes the server close the connection.
_CLOSING: Final = {"Connection": "close"}


class Bodies:
    """ASGI middleware that reads a body before the application is called and hands it on in one message.

    `most` is in bytes and holds for the API; `patience_s` is for the whole body, so that a trickle does not renew it.
    A body with a file has at most `most_uploaded` bytes, and a time of its own.
    """

    def __init__(self, app: ASGIApp, most: int, patience_s: float, most_uploaded: int) -> None:
        self.app = app
        self._most, self._patience_s, self._most_uploaded = most, patience_s, most_uploaded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            if is_upload(scope["method"], scope["path"]):
                await self.app(scope, self._counted(scope, receive), send)
                return
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
        if _announced(headers) > most:
            raise _too_large(most)
        try:
            with anyio.fail_after(self._patience_s):
                body = await _arrived(receive, most)
        except TimeoutError as error:
            facts = {"seconds": f"{self._patience_s:g}"}
            raise ProblemError(Problem("slow-body", facts, headers=_CLOSING)) from error
        if body and guarded and not _is_json(_media_type(headers)):
            raise _of_another_type(headers, "application/json")
        return body

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        """The body in its parts. Raises ProblemError, where it is read from too, when there is too much of it."""
        headers, most = Headers(scope=scope), self._most_uploaded
        too_large = ProblemError(Problem("file-too-large", {"limit": most // _MEGABYTE}, headers=_CLOSING))
        if _announced(headers) > most:
            raise too_large
        if _media_type(headers) not in {"", "multipart/form-data"}:
            raise _of_another_type(headers, "multipart/form-data")
        taken, ends = 0, anyio.current_time() + _UPLOAD_PATIENCE_S

        async def counted() -> Message:
            nonlocal taken
            with anyio.move_on_at(ends):
                message = await receive()
                taken += len(message.get("body", b""))
                if taken > most:
                    raise too_large
                return message
            return {"type": "http.disconnect"}

        return counted


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


def _announced(headers: Headers) -> int:
    """Bytes by the header `Content-Length`, 0 where it says nothing."""
    announced = headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _of_another_type(headers: Headers, needed: str) -> ProblemError:
    facts = {"needed": needed, "received": headers.get("content-type", "")[:80]}
    return ProblemError(Problem("unsupported-media-type", facts, headers=_CLOSING))


def _media_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))
