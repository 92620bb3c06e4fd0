"""One file to one document: read, clean, find the structure, cut into passages."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from corpus.instrument import Instrument, instruments_in
from corpus.source import Source
from ingest.cleaning import Block, clean
from ingest.document import Document, PageSpan, Passage, Role
from ingest.languages import arabic_share, language_of
from ingest.reading import UnreadableError, read_pages
from ingest.splitting import pieces
from ingest.structure import Section, sections

PIPELINE_VERSION: Final = 1
"""Raise it when the stored text or the passages of an unchanged file would come out otherwise."""

_OPENING: Final = 2500
_TYPES_BY_KIND: Final = {
    "law": ("loi_organique", "loi", "dahir"),
    "decree": ("decret",),
    "order": ("arrete", "decret"),
    "directive": ("directive",),
}
_SPACES: Final = re.compile(r"\s+")
_LONGEST_TITLE: Final = 140
_SHORTEST_SAMPLE: Final = 200


@dataclass(frozen=True, slots=True)
class _StoredText:
    text: str
    body_end: int
    pages: tuple[PageSpan, ...]


def ingest_file(path: Path, source: Source) -> Document:
    """Read `path` into a document. Raises UnreadableError when it holds no usable text."""
    cleaned = clean(read_pages(path))
    stored = _assemble(cleaned.blocks)
    if not stored.text.strip():
        raise UnreadableError("no_text", "only invisible characters were found in the file: replace or remove it")
    language = language_of(stored.text)
    instrument = source.instrument or _instrument_of(source, stored.text)
    source = replace(source, instrument=instrument, language=source.language or language)
    passages = _passages(source, stored, language)
    repairs = {name: count for name, count in cleaned.repairs.items() if count}
    return Document(source, stored.text, language, passages, repairs)


def _assemble(blocks: tuple[Block, ...]) -> _StoredText:
    """Join the pages; footnotes stand together after the body."""
    text = ""
    body_end = 0
    spans: list[PageSpan] = []
    for block in blocks:
        start = len(text)
        text += block.text + "\n"
        if block.page is not None:
            spans.append(PageSpan(block.page, start, len(text)))
        if block.role == "body":
            body_end = len(text)
    return _StoredText(text, body_end, tuple(spans))


def _passages(source: Source, stored: _StoredText, language: str) -> tuple[Passage, ...]:
    body = sections(stored.text[: stored.body_end])
    notes = Section((), None, stored.body_end, len(stored.text))
    passages = []
    cut = pieces(stored.text, body) + pieces(stored.text, [notes])
    for position, piece in enumerate(cut):
        text = stored.text[piece.start : piece.end]
        role: Role = "body" if piece.start < stored.body_end else "footnote"
        passage = Passage(
            source_id=source.id,
            position=position,
            start=piece.start,
            end=piece.end,
            text=text,
            language=_passage_language(text, language),
            path=piece.section.path,
            article=piece.section.article,
            page=_page_at(stored.pages, piece.start),
            role=role,
            context=_context(source, piece.section),
        )
        passages.append(passage)
    return tuple(passages)


def _passage_language(text: str, document_language: str) -> str:
    if arabic_share(text) > 0.5:
        return "ar"
    too_short = len(text) < _SHORTEST_SAMPLE and document_language != "ar"
    return document_language if too_short else language_of(text)


def _page_at(pages: tuple[PageSpan, ...], offset: int) -> int | None:
    return next((page.number for page in pages if page.start <= offset < page.end), None)


def _context(source: Source, section: Section) -> str:
    """What a reader of the whole document knows when he reaches the passage."""
    title = source.title[:_LONGEST_TITLE]
    number = source.instrument.number if source.instrument else ""
    known = title if number in title else f"{title} ({number})"
    return " › ".join([known, *section.path[-2:]])


def _instrument_of(source: Source, text: str) -> Instrument | None:
    """The number that the title or the opening of a legal text gives it, of the type that its kind expects."""
    expected = _TYPES_BY_KIND.get(source.kind, ())
    named = instruments_in(f"{source.title}\n{re.sub(_SPACES, ' ', text[:_OPENING])}")
    return next((instrument for kind in expected for instrument in named if instrument.type == kind), None)
