"""What the index hands on: a passage that was found, its source, and where its score comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus.headnote import Tongue
from corpus.source import Kind, Source
from corpus.validity import Standing
from index.figures import Figure
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
    `also` are further readings of the same question, each of which may find what the others do not; `expansions` are
    official names of what it calls otherwise, each with its language; `named` are numbers of instruments that it calls
    by their usual names, without insisting; `figures` are the kinds of figures that it asks for. `as_of` leaves out
    what was published later; `on` is a day that the question itself speaks of, whose law ranks first.
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
    named: tuple[str, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    figures: tuple[Figure, ...] = ()
    on: date | None = None

    @property
    def day(self) -> date | None:
        """The day whose law is asked for; None for today."""
        return self.on or self.as_of

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
    headnote of its provision is, in standard deviations of all headnotes; `figure` is 1.0 when the passage states a
    figure of a kind that the query asks for; `validity` is -1.0 for text no longer in force. `total` ranks;
    it is the sum of `shares`, what each part gives after its weight.
    """

    total: float
    dense: float
    words: float
    coverage: float
    reference: float
    headnote: float = 0.0
    figure: float = 0.0
    validity: float = 0.0
    shares: tuple[tuple[str, float], ...] = ()


NO_SCORE: Final = Score(0.0, 0.0, 0.0, 0.0, 0.0)
"""Of what no search found: it comes with another hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, best first in a list.

    `clues` are the texts, by tongue, of the headnote of its provision that fits the question best.
    """

    passage: Passage
    source: Source
    score: Score
    standing: Standing = Standing()
    clues: Mapping[str, str] = field(default_factory=dict)

    @property
    def clue(self) -> str:
        """That headnote in the passage's own language: in words that the passage may use, what the question says."""
        return self.clues.get(self.passage.language, "")
