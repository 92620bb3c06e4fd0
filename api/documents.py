"""Routes to the documents behind the answers."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import PlainTextResponse

from api.backend import Backend
from api.cursor import cursor_after, path_of
from api.document_views import (
    ArticleDetail,
    DocumentDetail,
    DocumentList,
    article_views,
    change_view,
    document_view,
    listed_view,
    passage_view,
    path_at,
    standing_view,
    twin_views,
    version_views,
)
from api.faults import quoted
from api.parameters import ArticleNumber, DayOption, DetailOptions, DocumentFilter, SourceId
from corpus.article import article_order
from corpus.instrument import number_key
from corpus.source import Source
from index.search import Index
from index.store import StoredDocument
from ingest.facts.identity import articles_of
from rag.verification import article_named

_MOST_NAMED: Final = 100
_LISTED: Final[dict[int | str, dict[str, Any]]] = {
    404: {"description": "No document has the value that was asked for, or no page begins at the cursor."},
    410: {"description": "The cursor is of another index generation."},
}


def documents(backend: Backend) -> APIRouter:
    """`/v1/documents` but for the pictures of pages."""
    router = APIRouter(prefix="/v1/documents", tags=["documents"])

    @router.get("", responses=_LISTED)
    def listed(wanted: Annotated[DocumentFilter, Query()]) -> DocumentList:
        """What the index holds, in order of path, a page at a time."""
        return _page(backend, wanted)

    @router.get("/{source_id}")
    def document(source_id: SourceId, options: Annotated[DetailOptions, Query()]) -> DocumentDetail:
        """One document: its articles, other versions of its text, what changed it, its passages."""
        index = backend.index
        return _detail(index, held(index, source_id), options, options.as_of or backend.today())

    @router.get("/{source_id}/articles/{number}")
    def article(source_id: SourceId, number: ArticleNumber, option: Annotated[DayOption, Query()]) -> ArticleDetail:
        """The whole text of an article (`52`, `7 bis`, `premier`, `المادة 52`), and whether it is in force on a day."""
        index = backend.index
        return _article(index, held(index, source_id), article_named(number), option.as_of or backend.today())

    @router.get("/{source_id}/text", response_class=PlainTextResponse)
    def text(source_id: SourceId) -> str:
        """The stored text, exactly as citations index it."""
        found = backend.index.store.text(source_id)
        if found is None:
            raise unknown(source_id)
        return found

    return router


def held(index: Index, source_id: str) -> StoredDocument:
    """The document of that id. Raises HTTPException 404."""
    stored = index.store.document(source_id)
    if stored is None:
        raise unknown(source_id)
    return stored


def unknown(source_id: str) -> HTTPException:
    """That no document has this id."""
    return HTTPException(404, f"a document id of the index is needed, got {quoted(source_id)}: see GET /v1/documents")


def _page(backend: Backend, wanted: DocumentFilter) -> DocumentList:
    index, day = backend.index, backend.today()
    _refuse_unheld(wanted, index.sources.values())
    fitting = [
        listed_view(source, standing)
        for source in index.sources.values()
        if _fits(source, wanted)
        and _holds((standing := index.validity.standing(source, None, day)).in_force, wanted.in_force)
    ]
    start = 0
    if wanted.cursor is not None:
        start = bisect_right(fitting, path_of(wanted.cursor, index.generation), key=lambda one: one.path)
    page = fitting[start : start + wanted.limit]
    more = start + wanted.limit < len(fitting)
    following = cursor_after(page[-1].path, index.generation) if more else None
    return DocumentList(tuple(page), index.generation, len(fitting), following)


def _fits(source: Source, wanted: DocumentFilter) -> bool:
    number = source.instrument.number if source.instrument else None
    asked = (wanted.kind, wanted.issuer, wanted.language, wanted.instrument and number_key(wanted.instrument))
    has = (source.kind, source.issuer, source.language, number)
    return all(want in {None, have} for want, have in zip(asked, has, strict=True))


def _holds(in_force: bool | None, wanted: str | None) -> bool:
    return wanted is None or in_force is (wanted == "true")


def _refuse_unheld(wanted: DocumentFilter, sources: Iterable[Source]) -> None:
    """For a value that no document has: an empty list would hide a misspelling."""
    known = list(sources)
    number = wanted.instrument and number_key(wanted.instrument)
    for name, value, values in (
        ("issuer", wanted.issuer, {source.issuer for source in known}),
        ("language", wanted.language, {source.language for source in known}),
        ("instrument", number, {source.instrument.number for source in known if source.instrument}),
    ):
        if value is not None and value not in values:
            raise HTTPException(
                404, f"{name}: one of {_named(sorted(filter(None, values)))} is needed, got {quoted(value)}"
            )


def _named(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST_NAMED} more" if len(values) > _MOST_NAMED else ""
    return f"{', '.join(values[:_MOST_NAMED])}{more}"


def _detail(index: Index, stored: StoredDocument, options: DetailOptions, day: date) -> DocumentDetail:
    document, source = stored.document, stored.document.source
    numbers = [source.instrument.number] if source.instrument else []
    return DocumentDetail(
        document=document_view(source),
        characters=len(document.text),
        pages=len({span.number for span in document.pages}),
        standing=standing_view(index, source, None, day),
        articles=tuple(article_views(index, document, day)),
        versions=tuple(version_views(index, source)),
        changes=tuple(change_view(change, index, day) for change in index.changes_to(numbers)),
        passages=tuple(map(passage_view, document.passages)) if options.passages == "true" else None,
        index=index.generation,
    )


def _article(index: Index, stored: StoredDocument, number: str, day: date) -> ArticleDetail:
    document = stored.document
    spans = articles_of(document)
    if number not in spans:
        has = f"its articles are {_named(sorted(spans, key=article_order))}" if spans else "it has no articles"
        raise HTTPException(404, f"an article of {document.source.id} is needed, got {quoted(number)}: {has}")
    start, end = spans[number]
    return ArticleDetail(
        document=document_view(document.source),
        number=number,
        path=path_at(document, start),
        start=start,
        end=end,
        text=document.text[start:end],
        standing=standing_view(index, document.source, number, day),
        twins=tuple(twin_views(index, document.source, number)),
        index=index.generation,
    )
