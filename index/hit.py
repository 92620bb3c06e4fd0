"""What the index hands on: a passage that was found, its source, and where its score comes from."""

from dataclasses import dataclass
from datetime import date

from corpus.source import Kind, Source
from ingest.document import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: a question in a language of the index, and the filters that it or its asker sets.

    With `dialect`, words of `text` are spelled as no text of `language` spells them: missing them means nothing.
    """

    text: str
    language: str
    dialect: bool = False
    numbers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a hit's score.

    `dense` is the cosine of query and passage; `words` the BM25 score, `coverage` the share of the query's
    rare words that the passage holds (both 0.0 for a passage in another language); `reference` is 1.0 when the
    passage is of the instrument, or 2.0 of the very article, that the query names. `total` ranks.
    """

    total: float
    dense: float
    words: float
    coverage: float
    reference: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, best first in a list."""

    passage: Passage
    source: Source
    score: Score
