"""Pages to one document: clean them, find the structure, cut into passages."""

from dataclasses import dataclass, replace
from typing import Final

from corpus.source import Source
from ingest.document import Document, PageSpan, Passage, Repair, Role
from ingest.facts.agreement import completed, contradictions
from ingest.facts.metadata import facts_of
from ingest.facts.relations import relations_in
from ingest.languages import arabic_share, language_of
from ingest.readers.reader import Reading, UnreadableError
from ingest.repair.cleaning import Block, clean
from ingest.repair.legibility import LEAST_LEGIBLE, legibility
from ingest.structure.sections import Section, sections
from ingest.structure.splitting import pieces

PIPELINE_VERSION: Final = 3
"""Raise it when the stored text or the passages of an unchanged file would come out otherwise."""

_LONGEST_TITLE: Final = 140
_SHORTEST_SAMPLE: Final = 200
_LONGEST_SAMPLE: Final = 300
_MOST_SAMPLES: Final = 5
_EXPLAINING: Final = frozenset({"press", "faq"})


@dataclass(frozen=True, slots=True)
class _StoredText:
    text: str
    body_end: int
    pages: tuple[PageSpan, ...]


def document_of(reading: Reading, source: Source) -> Document:
    """The document that the pages of `reading` make. Raises UnreadableError when they hold no usable text."""
    cleaned = clean(list(reading.pages))
    stored = _assemble(cleaned.blocks)
    if not stored.text.strip():
        raise UnreadableError("no_text", "only invisible characters were found in the file: replace or remove it")
    legible = legibility(stored.text)
    if legible < LEAST_LEGIBLE:
        raise UnreadableError(
            "garbled_font",
            f"{LEAST_LEGIBLE:.0%} of the words must be real, {legible:.0%} are: the letters were lost where the text "
            "was taken from its font, find another copy or the PDF",
        )
    language = language_of(stored.text)
    facts = facts_of(stored.text)
    warnings = reading.warnings + contradictions(source, facts, language)
    source = completed(replace(source, language=source.language or language), facts)
    passages = _passages(source, stored, language)
    return Document(
        source=source,
        text=stored.text,
        language=language,
        passages=passages,
        repairs=(*_left_out(reading), *cleaned.repairs),
        facts=facts,
        warnings=warnings,
        relations=relations_in(stored.text, passages, source.instrument),
        reader=reading.reader,
        legibility=round(legible, 3),
        pages=stored.pages,
    )


def _left_out(reading: Reading) -> tuple[Repair, ...]:
    """What the reader did not take because nobody sees it on the page."""
    hidden = [page.hidden for page in reading.pages if page.hidden]
    samples = tuple((" ".join(text.split())[:_LONGEST_SAMPLE], "") for text in hidden[:_MOST_SAMPLES])
    return (Repair("hidden text left out", len(hidden), samples),) if hidden else ()


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
    # An article that a piece of the press explains under a heading of its own is not the law's own text.
    enacts = source.instrument is not None or source.kind not in _EXPLAINING
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
            article=piece.section.article if enacts else None,
            page=_page_at(stored.pages, piece.start),
            role=role,
            context=_context(source, piece.section),
            paragraphs=piece.paragraphs if enacts else None,
            points=piece.points if enacts else None,
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
