"""Pages that the server renders: answers, evidence, what is covered, what Sanad is; none needs a script.

They stand beside the chat, for readers with old phones, slow lines, screen readers or a printer.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse
from langchain_core.runnables import Runnable

from corpus.register import Register, project_register
from index.search import Index
from rag.answer import Answer
from rag.question import Question
from ui.covered_page import covered_page
from ui.links import ABOUT, ASSETS
from ui.page import page
from ui.simple_page import simple_page
from ui.source_page import source_page

_ASSETS: Final = Path(__file__).parent / "static"
_MEDIA: Final = {
    "pages.css": "text/css",
    "pages.js": "text/javascript",
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "mark.svg": "image/svg+xml",
}


def mount_pages(
    app: FastAPI, index: Callable[[], Index], chain: Runnable[Question, Answer], today: Callable[[], date]
) -> FastAPI:
    """Serve the pages beside what `app` has already, with the register that this project brings."""
    app.include_router(pages(index, chain, project_register(), today))
    return app


def pages(
    index: Callable[[], Index], chain: Runnable[Question, Answer], register: Register, today: Callable[[], date]
) -> APIRouter:
    """All pages with their style, over the index as it is when one is asked for; `today` is the day of the law."""
    router = APIRouter(include_in_schema=False)
    router.include_router(simple_page(index, chain))
    router.include_router(source_page(index, register, today))
    router.include_router(covered_page(index, register, today))

    @router.get(ABOUT)
    def about(request: Request) -> HTMLResponse:
        served = index()
        return page(request, "about.html", index=served.generation, documents=served.manifest.documents)

    router.include_router(assets())
    return router


def assets() -> APIRouter:
    """Style, script and sign of every page."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"{ASSETS}/{{name}}")
    def asset(name: str) -> FileResponse:
        if name not in _MEDIA:
            raise HTTPException(404, f"one of {', '.join(_MEDIA)} is needed, got {name!r}")
        return FileResponse(_ASSETS / name, media_type=_MEDIA[name], headers={"Cache-Control": "max-age=300"})

    return router
