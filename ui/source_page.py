"""`/source/{id}`: the evidence behind a citation, in its place."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from corpus.instrument import Instrument
from corpus.register import Entry, Register
from corpus.source import Source
from index.search import Index
from rag.wording import day_in, provision
from ui.legal_reference import article_in, gazette_of, legal_reference, named
from ui.links import SOURCE, image_address
from ui.page import missing, page, words_for
from ui.provision import Shown, Span, authentic_of, nature_of, shown, whole
from ui.wording import Interface, interface

_COPIED_IN = ("fr", "ar")


def source_page(index: Callable[[], Index], register: Register, today: Callable[[], date]) -> APIRouter:
    """The page of a source; offsets that are none are left out instead of refused, as links get mangled."""
    router = APIRouter(include_in_schema=False)
    entries = {entry.instrument: entry for entry in register.entries if entry.instrument}

    @router.get(f"{SOURCE}/{{source_id}}")
    def evidence(
        request: Request,
        source_id: str,
        start: Annotated[str, Query()] = "",
        end: Annotated[str, Query()] = "",
        whole_text: Annotated[str, Query(alias="whole")] = "",
    ) -> HTMLResponse:
        found = shown(index(), source_id, _span(start, end), today())
        if found is None:
            return missing(request)
        words, entry = words_for(request), _entry(entries, found.source)
        return page(
            request,
            "source.html",
            one=whole(found) if whole_text else found,
            asked=bool(start or end),
            is_whole=bool(whole_text) or found.span is None,
            path=_path(found, words),
            nature=_nature(found.source, entry, words),
            standing=_standing(found, words),
            gazette=gazette_of(found.document.facts, entry),
            original=_original(found.source, entry),
            image=_image(found),
            references=[(tongue, _reference(found, entry, tongue)) for tongue in map(interface, _COPIED_IN)],
        )

    return router


def _span(start: str, end: str) -> Span | None:
    return (int(start), int(end)) if _is_offset(start) and _is_offset(end) else None


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len("999999999")


def _entry(entries: dict[Instrument, Entry], source: Source) -> Entry | None:
    return entries.get(source.instrument) if source.instrument else None


def _nature(source: Source, entry: Entry | None, words: Interface) -> str:
    prevails = authentic_of(source, entry) or ""
    return words.nature[nature_of(source, entry)].format(language=words.languages.get(prevails, prevails))


def _path(found: Shown, words: Interface) -> list[str]:
    """Law, chapter, article; the heading of an article says no more than its number."""
    steps = [named(found.source, words)]
    if found.passage is None:
        return steps
    headings = [heading for heading in found.passage.path if heading != found.source.title]
    if found.article is None:
        return [*steps, *headings]
    article = words.reference.article.format(article=article_in(found.article, words))
    return [*steps, *headings[:-1], " — ".join(filter(None, [article, found.passage.place]))]


def _standing(found: Shown, words: Interface) -> str:
    said, standing = words.evidence, found.standing
    change = standing.change
    if change is not None:
        by = provision(change.by.number, change.by_article, change.by.type, words.speaks) if change.by else ""
        template = {"repealed": said.repealed, "replaced": said.replaced}.get(change.status, said.amended)
        since = said.since.format(day=day_in(change.since, words.speaks)) if change.since else ""
        return template.format(by=said.by.format(reference=by) if by else "", since=since)
    if standing.outdated:
        return said.outdated
    return said.in_force if standing.in_force else said.unknown


def _original(source: Source, entry: Entry | None) -> str | None:
    """The address of the document where it was published; some catalogues say in words where it was found."""
    if source.url and source.url.startswith(("https://", "http://")) and " " not in source.url:
        return source.url
    published = (str(file.url) for file in entry.files if file.language == source.language) if entry else ()
    return next(iter(published), None)


def _image(found: Shown) -> str | None:
    page_number = found.passage.page if found.passage else None
    if page_number is None or not found.source.path.lower().endswith(".pdf"):
        return None
    start, end = found.span or (None, None)
    return image_address(found.source.id, page_number, start, end)


def _reference(found: Shown, entry: Entry | None, words: Interface) -> str:
    return legal_reference(found.document, found.article, entry, words)
