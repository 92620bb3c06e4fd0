"""What the page of a source shows: a quote inside its article, what the document is, whether it holds, its twins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.authority import Level, authority_of
from corpus.register import Entry
from corpus.source import Kind, Source
from corpus.validity import Standing
from index.hit import NO_SCORE, Hit
from index.search import Index
from ingest.document import Document, Passage
from ui.wording import Nature

Span = tuple[int, int]

_LEGAL: Final = frozenset({"law", "decree", "order"})
_NATURES: Final[dict[Kind, Nature]] = {"directive": "official", "note": "note", "press": "press", "faq": "information"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the stored text, character for character; `marked` where it is the quote."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """The same provision, or without `span` the same document, in another language."""

    source: Source
    language: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A document, with the passage that was asked for (`span`, `passage`) where there is one.

    `around` is the slice shown: its article, or the passage with its neighbours; the whole text where none is asked.
    """

    document: Document
    span: Span | None
    passage: Passage | None
    around: Span
    standing: Standing
    twins: tuple[Twin, ...]

    @property
    def source(self) -> Source:
        return self.document.source

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is shown, cut at the borders of the quote; joined, it is `text[around[0]:around[1]]`."""
        text, (first, last) = self.document.text, self.around
        if self.span is None:
            return (Piece(text[first:last]),)
        start, end = self.span
        cut = (Piece(text[first:start]), Piece(text[start:end], marked=True), Piece(text[end:last]))
        return tuple(piece for piece in cut if piece.text)

    @property
    def begins_before(self) -> bool:
        return self.around[0] > 0

    @property
    def goes_on(self) -> bool:
        return self.around[1] < len(self.document.text)

    @property
    def article(self) -> str | None:
        return self.passage.article if self.passage else None

    @property
    def level(self) -> Level | None:
        """The level in the order of norms, as ingest found it, else by kind."""
        found = self.document.facts.authority or authority_of(self.source.kind, self.source.instrument)
        return found.level if found else None


def shown(index: Index, source_id: str, span: Span | None, day: date) -> Shown | None:
    """A source of the index with what is around a slice of its text, as the law stands on `day`.

    None for an unknown id; a span that is no slice of the text is left out.
    """
    stored = index.store.document(source_id)
    if stored is None:
        return None
    document = stored.document
    span = span if span and 0 <= span[0] < span[1] <= len(document.text) else None
    passage = _at(document.passages, span) if span else None
    around = _around(document.passages, passage, span) if span else (0, len(document.text))
    standing = index.validity.standing(document.source, passage.article if passage else None, day)
    return Shown(document, span, passage, around, standing, _twins(index, document, passage, day))


def whole(one: Shown) -> Shown:
    """The same with the whole text around the quote."""
    everything = (0, len(one.document.text))
    return Shown(one.document, one.span, one.passage, everything, one.standing, one.twins)


def authentic_of(source: Source, entry: Entry | None) -> str | None:
    """The language whose text prevails: as the register says, else Arabic of texts of the kingdom; None if unknown."""
    if entry is not None and entry.authentic is not None:
        return entry.authentic
    named = entry.type if entry else source.instrument and source.instrument.type
    return "ar" if source.kind in _LEGAL and named != "convention" else None


def nature_of(source: Source, entry: Entry | None) -> Nature:
    """What a reader may rely on; a text of law in another language than the one that prevails is a translation."""
    if source.kind in _LEGAL:
        authentic = authentic_of(source, entry)
        if authentic is None:
            return "document"
        return "official" if source.language == authentic else "translation"
    return _NATURES.get(source.kind, "document")


def _at(passages: Sequence[Passage], span: Span) -> Passage | None:
    return next((one for one in passages if one.start < span[1] and span[0] < one.end), None)


def _around(passages: Sequence[Passage], passage: Passage | None, span: Span) -> Span:
    """From the first to the last passage of the same article that stand together, never less than the quote."""
    if passage is None:
        return span
    place = passages.index(passage)
    if passage.article is None:
        near = list(passages[max(0, place - 1) : place + 2])
    else:
        near = [passage]
        for step in (-1, 1):
            at = place + step
            while 0 <= at < len(passages) and _together(passages[at], passage):
                near.append(passages[at])
                at += step
    return min(span[0], *(one.start for one in near)), max(span[1], *(one.end for one in near))


def _together(one: Passage, other: Passage) -> bool:
    return (one.article, one.role, one.path) == (other.article, other.role, other.path)


def _twins(index: Index, document: Document, passage: Passage | None, day: date) -> tuple[Twin, ...]:
    own = document.source
    found = []
    for language in index.manifest.passages:
        if language == own.language:
            continue
        parts = index.twins(Hit(passage, own, NO_SCORE), language, day) if passage else []
        if parts:
            span = (min(part.passage.start for part in parts), max(part.passage.end for part in parts))
            found.append(Twin(parts[0].source, language, span))
        elif (version := _version(index, own, language)) is not None:
            found.append(Twin(version, language))
    return tuple(found)


def _version(index: Index, own: Source, language: str) -> Source | None:
    """The same instrument, or the translation that its name tells, in `language`."""
    same = (
        other
        for other in index.sources.values()
        if other.language == language
        and (other.instrument == own.instrument if own.instrument else other.family == own.family)
    )
    return next(same, None)
