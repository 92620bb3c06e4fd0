"""What ingestion hands on: a document with its stored text, and the passages that are searched and quoted."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.source import Source

Role = Literal["body", "footnote"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader gives it; `number` is None where the format has no pages."""

    number: int | None
    text: str


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
    number alone (`52`, `7 bis`). `context` goes before the text when it is searched, never into a quote.
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

    @property
    def id(self) -> str:
        """Made from the source and the position only, never from the model or the metadata."""
        return f"{self.source_id}#{self.position}"


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its stored text (repaired, normalised; what every offset refers to) and its passages."""

    source: Source
    text: str
    language: str
    passages: tuple[Passage, ...]
    repairs: dict[str, int] = field(default_factory=dict)
