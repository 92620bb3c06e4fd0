"""What ingestion hands on: a document with its stored text, and the passages that are searched and quoted."""

from dataclasses import dataclass
from typing import Final, Literal

from corpus.authority import Authority
from corpus.instrument import Instrument
from corpus.source import Kind, Source

Role = Literal["body", "footnote"]

_PARAGRAPH_WORDS: Final = {"fr": ("al.", "al."), "ar": ("الفقرة", "الفقرات"), "en": ("para.", "paras.")}


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader gives it; `number` is None where the format has no pages.

    `hidden` is text of the file that no reader sees on the page; `margin`, notes that stand beside its column of text.
    A `pictured` page must be recognised (OCR).
    """

    number: int | None
    text: str
    hidden: str = ""
    pictured: bool = False
    margin: str = ""


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where a page lies in the stored text: `text[start:end]`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document's stored text that can be searched and quoted.

    `text == document.text[start:end]`; `path` holds the headings above it, outermost first; `article` is the
    number alone (`52`, `7 bis`), `paragraphs` the first and last of its alinéas that the slice covers, counted from 1,
    and `points` the marks of the first and last list point where it begins with one. `context` goes before the text
    when it is searched, never into a quote.
    """

    source_id: str
    position: int
    start: int
    end: int
    text: str
    language: str
    path: tuple[str, ...] = ()
    article: str | None = None
    page: int | None = None
    role: Role = "body"
    context: str = ""
    paragraphs: tuple[int, int] | None = None
    points: tuple[str, str] | None = None

    @property
    def place(self) -> str:
        """Where in its article it stands, for a reader: `al. 2-4`, `al. 1, a)-c)`; empty outside articles."""
        if self.paragraphs is None:
            return ""
        one, many = _PARAGRAPH_WORDS.get(self.language, _PARAGRAPH_WORDS["en"])
        first, last = self.paragraphs
        place = f"{one} {first}" if first == last else f"{many} {first}-{last}"
        return f"{place}, {'-'.join(dict.fromkeys(self.points))}" if self.points else place

    @property
    def id(self) -> str:
        """Made from the source and the position only, never from the model or the metadata."""
        return f"{self.source_id}#{self.position}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself; None where it does not. Dates are `YYYY-MM-DD`, `hijri` is `1430-02-22`.

    `signed` is the day of signature (of a law: of the dahir that promulgates it), `published` the day of this version
    (of a law with amendments worked in: of the last); the Bulletin officiel number `gazette` came on `gazette_date`.
    """

    title: str | None = None
    instrument: Instrument | None = None
    kind: Kind | None = None
    issuer: str | None = None
    signed: str | None = None
    hijri: str | None = None
    published: str | None = None
    gazette: str | None = None
    gazette_date: str | None = None
    authority: Authority | None = None

    @property
    def dated(self) -> str | None:
        """The day that a citation gives: of this version, else of the signature, else of the Bulletin officiel."""
        return self.published or self.signed or self.gazette_date


RelationKind = Literal["repeals", "replaces", "amends", "applies", "promulgates"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that the instrument `by` acts on the instrument `target`; `document.text[start:end]` states it.

    Either may be the document's own instrument. `articles` are those of the target that are named; `whole` is True
    where no part of it is. `article` is the one of this document in which the statement stands.
    """

    kind: RelationKind
    by: Instrument
    target: Instrument
    articles: tuple[str, ...]
    whole: bool
    article: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of change that cleaning made: how often, and samples of it as (before, after)."""

    name: str
    count: int
    samples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its stored text (repaired, normalised; what every offset refers to) and its passages.

    `legibility` is the share of real words; `pages` lie in the text in the order of reading, footnotes after the body.
    `original` is the SHA-256 under which the untouched file is kept, of files whose pages can be drawn.
    """

    source: Source
    text: str
    language: str
    passages: tuple[Passage, ...]
    repairs: tuple[Repair, ...] = ()
    facts: Facts = Facts()
    warnings: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    reader: str = "text"
    legibility: float = 1.0
    pages: tuple[PageSpan, ...] = ()
    original: str | None = None
