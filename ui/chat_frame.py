"""The conversation at `/` in the frame of all pages: language, direction, menu and style are there before any script.

Gradio's own page says `lang="en"`, knows no direction and names images of other servers: of it, only what starts the
application is taken over.
"""

import re
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.links import CHAT, address
from ui.page import page, words_for
from ui.page_language import FIELD
from ui.wording import DEFAULT, interfaces

_PIECE: Final = re.compile(
    r"<script>window\.gradio_.*?</script>|<script data-gradio-mode>.*?</script>"
    r'|<script type="module"[^>]*></script>|<link rel="stylesheet"[^>]*>',
    re.DOTALL,
)


def page_path(language: str) -> str:
    """Where the conversation stands in `language`: Gradio finds its pages by their address."""
    return CHAT if language == DEFAULT else f"{CHAT}{language}"


class ChatFrame:
    """ASGI application around that of Gradio; everything but the pages themselves goes through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = _language_of(scope)
        if wanted is None:
            await self._app(scope, receive, send)
        elif scope["path"] == page_path(wanted):
            await self._framed(wanted, scope, receive, send)
        else:
            there = page_path(wanted) if wanted != DEFAULT else address(CHAT, wanted)
            moved = RedirectResponse(there, headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"})
            await moved(scope, receive, send)

    async def _framed(self, language: str, scope: Scope, receive: Receive, send: Send) -> None:
        inner = await _text_of(self._app, _uncompressed(scope), receive)
        chosen = Request({**scope, "path": CHAT, "query_string": urlencode({FIELD: language}).encode()})
        shown = page(chosen, "chat.html", gradio=Markup("\n".join(_PIECE.findall(inner))))
        shown.headers["Cache-Control"] = "no-store"
        await shown(scope, receive, send)


def _language_of(scope: Scope) -> str | None:
    """The language in which a page is asked for, None where something else is asked for."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    named = scope["path"].removeprefix(CHAT)
    said = Request(scope).query_params.get(FIELD)
    if not named or (named in interfaces() and said in interfaces()):
        return words_for(Request(scope)).code
    return named if named in interfaces() else None


def _uncompressed(scope: Scope) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "method": "GET", "query_string": b"", "headers": kept}


async def _text_of(app: ASGIApp, scope: Scope, receive: Receive) -> str:
    body = bytearray()

    async def collect(message: Message) -> None:
        body.extend(message.get("body", b""))

    await app(scope, receive, collect)
    return body.decode()
