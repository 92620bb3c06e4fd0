"""The one Answer, in the shape that every front end shows and every test checks."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal

Language = Literal["fr", "ar", "en", "ary", "ary-Latn"]
Status = Literal["answered", "partial", "not_found", "out_of_scope", "needs_clarification", "refused"]
Confidence = Literal["high", "medium", "low"]
Fallback = Literal["evidence", "timeout", "failed", "unsupported"]
SentenceKind = Literal["quote", "lead", "generated", "frame"]
LANGUAGES: Final = ("fr", "ar", "en", "ary", "ary-Latn")


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """Type (`loi`, `decret`, …) and number (`09-08`) of the legal text that a citation is from."""

    type: str
    number: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A pinpoint reference: `quote` is `stored_text[start:end]` of the source, character for character."""

    n: int
    source_path: str
    source_id: str
    passage_id: str
    title: str
    kind: str
    issuer: str | None
    instrument: CitedInstrument | None
    article: str | None
    page: int | None
    language: str
    quote: str
    start: int
    end: int
    published: str | None
    in_force: bool | None
    note: str | None
    official_language: bool
    url: str | None
    score: float
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer with the citations that carry it.

    A frame comes from the wording file only, a lead is a slice of the quote that it cites, shown before it.
    """

    text: str
    citations: tuple[int, ...]
    kind: SentenceKind
    support: float | None = None


def frame(text: str) -> Sentence:
    """What Sanad says by itself."""
    return Sentence(text, (), "frame")


@dataclass(frozen=True, slots=True)
class Engine:
    """What made the answer: the index generation, the embedder, and `quotes` or the language model's name.

    `fallback` says why a model that is set has not made it: the evidence is such that it is only quoted, the model was
    too slow, it failed, or nothing that it wrote held.
    """

    index: str
    embedder: str
    generator: str
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What Sanad says to a question. Markers `[n]` in `answer` refer to `citations[].n`.

    `dropped` counts sentences of a language model that were not shown. Of a stream of drafts, the last is the answer.
    """

    id: str
    question: str
    language: Language
    direction: Literal["ltr", "rtl"]
    status: Status
    answer: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    confidence: Confidence
    suggestions: tuple[str, ...]
    as_of: date
    engine: Engine
    timings_ms: dict[str, float]
    dropped: int = 0

    def __add__(self, later: "Answer") -> "Answer":
        """A later draft replaces an earlier one: so LangChain makes one answer of a stream."""
        return later

    def as_json(self) -> dict[str, object]:
        """The answer with JSON types only."""
        return asdict(self) | {"as_of": self.as_of.isoformat()}
