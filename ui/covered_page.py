"""`/covered`: what is covered, by theme, and the same as CSV."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from corpus.register import Register, Theme
from index.coverage import Covered, counts, coverage, coverage_csv
from index.search import Index
from rag.wording import number_in
from ui.links import COVERED, COVERED_CSV
from ui.page import missing, page, words_for
from ui.wording import Interface

ALL: Final = "all"
OTHERS: Final = "others"
"""What stands for every theme, and for documents of no theme, in the address."""

POOR: Final = 0.85
"""Legibility under which a reader is warned: official texts that were read well have more."""


def covered_page(index: Callable[[], Index], register: Register, today: Callable[[], date]) -> APIRouter:
    """The page and its CSV; counts always, the texts of one theme or of all where they are asked for."""
    router = APIRouter(include_in_schema=False)

    @router.get(COVERED)
    def covered(request: Request, theme: Annotated[str, Query()] = "") -> HTMLResponse:
        lines = coverage(index(), register, today())
        chosen = [line for line in lines if theme in {ALL, theme_id(line.theme)}]
        if theme and not chosen:
            return missing(request)
        words = words_for(request)
        return page(
            request,
            "covered.html",
            counts=counts(lines),
            groups=_groups(chosen),
            theme=theme,
            key=theme_id,
            numbered=lambda line: _numbered(line, words),
            poor=POOR,
        )

    @router.get(COVERED_CSV)
    def table(theme: Annotated[str, Query()] = ALL) -> Response:
        lines = coverage(index(), register, today())
        chosen = [line for line in lines if theme in {ALL, theme_id(line.theme)}]
        headers = {"Content-Disposition": 'attachment; filename="sanad-covered.csv"'}
        return Response(coverage_csv(chosen), media_type="text/csv; charset=utf-8", headers=headers)

    return router


def theme_id(theme: Theme | None) -> str:
    """The name of a theme in an address."""
    return theme.id if theme else OTHERS


def _numbered(line: Covered, words: Interface) -> str:
    """`Loi n° 09-08`; of what has no number, its type."""
    type_ = words.types.get(line.type, words.types["other"])
    if line.instrument is None:
        return type_
    return words.reference.numbered.format(type=type_, number=number_in(line.instrument.number, words.speaks))


def _groups(lines: Sequence[Covered]) -> list[tuple[Theme | None, list[Covered]]]:
    """The lines of each theme together; they come in the order of themes."""
    return [(some[0].theme, some) for some in (list(group) for _, group in groupby(lines, lambda one: one.theme))]
