"""What the API returns besides the Answer."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field

from corpus.source import Kind, Source
from index.hit import Hit
from ingest.document import Passage
from rag.request import AskRequest

MOST_HITS = 50


class SearchRequest(AskRequest):
    """A question whose best passages are wanted without an answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "الغرامة عن عدم التصريح لدى اللجنة الوطنية", "top_k": 3}]},
    )

    top_k: Annotated[int, Field(ge=1, le=MOST_HITS)] = 10


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A source of the index as its catalogue describes it."""

    id: str
    path: str
    title: str
    kind: Kind
    language: str | None
    issuer: str | None
    published: str | None
    instrument: str | None
    url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with its place: `text` is `stored_text[start:end]` of the document."""

    id: str
    article: str | None
    page: int | None
    path: tuple[str, ...]
    language: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A passage found, its document, and the parts of its score."""

    document: DocumentView
    passage: PassageView
    score: float
    dense: float
    words: float
    coverage: float
    reference: float


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Best hits first, from the index generation that is named."""

    hits: tuple[HitView, ...]
    index: str


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with all its passages."""

    document: DocumentView
    passages: tuple[PassageView, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Documents of the index in order of path."""

    documents: tuple[DocumentView, ...]
    index: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions can be answered, and by what."""

    ready: bool
    index: str
    created: str
    documents: int
    passages: int
    embedder: str
    today: date


def document_view(source: Source) -> DocumentView:
    """A source as the API shows it."""
    number = source.instrument.number if source.instrument else None
    known = (source.id, source.path, source.title, source.kind, source.language, source.issuer, source.published)
    return DocumentView(*known, number, source.url, source.note)


def passage_view(passage: Passage) -> PassageView:
    """A passage as the API shows it."""
    place = (passage.id, passage.article, passage.page, passage.path, passage.language, passage.start, passage.end)
    return PassageView(*place, passage.text)


def hit_view(hit: Hit) -> HitView:
    """A hit as the API shows it."""
    score = hit.score
    parts = (score.total, score.dense, score.words, score.coverage, score.reference)
    return HitView(document_view(hit.source), passage_view(hit.passage), *parts)
