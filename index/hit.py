"""What the index hands on: a passage that was found, its source, and where its score comes from."""

from dataclasses import dataclass
from datetime import date

from corpus.headnote import Tongue
from corpus.source import Kind, Source
from ingest.document import Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: its text, the language whose passages may share its words, tongues of headnotes."""

    text: str
    language: str
    tongues: tuple[Tongue, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: a question in a language of the index, and the filters that it or its asker sets.

    With `dialect`, words of `text` are spelled as no text of `language` spells them: missing them means nothing.
    `also` are further readings of the same question, each of which may find what the others do not.
    """

    text: str
    language: str
    dialect: bool = False
    numbers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    as_of: date | None = None
    tongues: tuple[Tongue, ...] = ()
    also: tuple[Reading, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings, the question as it was written first."""
        return Reading(self.text, self.language, self.tongues), *self.also


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a hit's score.

    `dense` is the cosine of query and passage; `words` the BM25 score, `coverage` the share of the query's
    rare words that the passage holds (both 0.0 for a passage in another language); `reference` is 1.0 when the
    passage is of the instrument, or 2.0 of the very article, that the query names; `headnote` how near the nearest
    headnote of its provision is, in standard deviations of all headnotes. `total` ranks.
    """

    total: float
    dense: float
    words: float
    coverage: float
    reference: float
    headnote: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, best first in a list."""

    passage: Passage
    source: Source
    score: Score
