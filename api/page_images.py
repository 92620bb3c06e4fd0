"""The route that shows the page behind a quote, with the quote marked on it."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Response

from api.backend import Backend
from api.documents import held
from api.parameters import PageNumber, QuotePlace, SourceId
from index.originals import DRAWN, MissingOriginalError, original
from ingest.document import Document
from ingest.isolation import Isolation
from ingest.readers.marking import MarkedPage, marked_page
from ingest.readers.reader import UnreadableError

_KEPT: Final = 64
"""Pictures, of some 200 KB each: the same quote is looked at again and again."""
_AT_ONCE: Final = 4
_PNG: Final = "image/png"

Draw = Callable[[Path, int, str], MarkedPage]


def page_images(backend: Backend) -> APIRouter:
    """`/v1/documents/{id}/pages/{n}.png`."""
    router = APIRouter(prefix="/v1/documents", tags=["documents"])
    draw = _drawing(backend.isolation)

    @router.get(
        "/{source_id}/pages/{number}.png",
        response_class=Response,
        responses={
            200: {"content": {_PNG: {"schema": {"type": "string", "contentMediaType": _PNG}}}},
            404: {"description": "There is no such page to draw, and why."},
            503: {"description": "As many pages as can be are drawn now: try again."},
        },
    )
    def page(source_id: SourceId, number: PageNumber, place: Annotated[QuotePlace, Query()]) -> Response:
        """A page of a PDF or a picture; `X-Quote-Boxes` counts the boxes around `text[start:end]`, 0 if not found."""
        index = backend.index
        document = held(index, source_id).document
        _refuse_without_pages(document, number)
        try:
            file = original(index.folder, document.original)
            marked = draw(file, number, _part_on(document, number, place))
        except MissingOriginalError as error:
            raise HTTPException(404, f"the pages of {source_id} cannot be drawn: {error}") from error
        except UnreadableError as error:
            raise HTTPException(404, f"page {number} of {source_id} cannot be drawn: {error}") from error
        headers = {"X-Quote-Boxes": str(marked.boxes), "Cache-Control": "private, max-age=3600"}
        return Response(marked.png, media_type=_PNG, headers=headers)

    return router


def _drawing(isolation: Isolation | None) -> Draw:
    """Draws a few pages at a time and remembers them: others wait for no page, and no page is drawn twice in a row."""
    free = BoundedSemaphore(_AT_ONCE)

    @lru_cache(maxsize=_KEPT)
    def draw(file: Path, number: int, quote: str) -> MarkedPage:
        if isolation is None:
            raise HTTPException(404, "page images need a process to be drawn in, this server has none")
        if not free.acquire(blocking=False):
            raise HTTPException(503, f"{_AT_ONCE} pages are drawn at once: try again", {"Retry-After": "5"})
        try:
            return isolation.run(marked_page, file, number, quote)
        finally:
            free.release()

    return draw


def _refuse_without_pages(document: Document, number: int) -> None:
    source = document.source.id
    if document.reader not in DRAWN:
        rule = "pages are drawn of PDF files and pictures"
        raise HTTPException(
            404, f"{rule}, {source} was read as {document.reader!r}: see GET /v1/documents/{source}/text"
        )
    known = {span.number for span in document.pages}
    if number not in known:
        last = max(known, default=0)
        raise HTTPException(404, f"a page with text of {source} (the last is {last}) is needed, got {number}")


def _part_on(document: Document, number: int, place: QuotePlace) -> str:
    """What of the quote stands on the page: it may begin on the page before, or end on the next."""
    start, end = place.span
    parts = [
        document.text[max(span.start, start) : min(span.end, end)]
        for span in document.pages
        if span.number == number and span.start < end and start < span.end
    ]
    return "\n".join(parts)
