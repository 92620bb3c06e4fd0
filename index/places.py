"""Where passages stand: of which instrument and article each is, and since when it is no longer in force, as arrays."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from corpus.article import articles_in
from corpus.instrument import numbers_in
from corpus.source import Source, published_on
from corpus.validity import Validity
from index.embedder import FloatArray
from index.pools import IntArray
from ingest.document import Passage

_OUTDATED: Final = 0.4
_SAME_ARTICLE_NUMBER: Final = 0.5
_INSTRUMENT: Final = 1.0
_ARTICLE: Final = 2.0

Rows = Sequence[int]


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of passages by source, instrument, article and by these two; arrays have a number a passage, in store order.

    A note stands for the provisions that it sums up; `held` are the articles whose own text is there, by instrument.
    `published` is the ordinal of the day, 0 where it is unknown or no instrument is; `ended` are the rows of what is no
    longer in force, `ended_on` the days from which that holds.
    """

    sources: Mapping[str, Rows]
    instruments: Mapping[str, Rows]
    articles: Mapping[str, Rows]
    provisions: Mapping[tuple[str, str], Rows]
    held: Mapping[str, frozenset[str]]
    ended: IntArray
    ended_on: IntArray
    outdated: FloatArray
    footnote: FloatArray
    published: FloatArray

    def reference(self, numbers: Sequence[str], articles: Sequence[str]) -> FloatArray:
        """How far each passage is what a question names: 1.0 its instrument, 2.0 the article too.

        Without an instrument, 0.5 for every article of a number that is named.
        """
        found = np.zeros(len(self.footnote), dtype=np.float32)
        for number in numbers:
            found[list(self.instruments.get(number, ()))] = _INSTRUMENT
        for article in articles:
            for number in numbers:
                found[list(self.provisions.get((number, article), ()))] = _ARTICLE
            if not numbers:
                found[list(self.articles.get(article, ()))] = _SAME_ARTICLE_NUMBER
        return found

    def out_of_force(self, day: date | None, on: date | None) -> FloatArray:
        """1.0 for a provision not in force on `day`, no longer, or not yet on the day `on` that a question speaks of.

        Less for one of an edition that is outdated elsewhere.
        """
        found = self.outdated * _OUTDATED if day is None else np.zeros(len(self.footnote), dtype=np.float32)
        found[self.ended if day is None else self.ended[self.ended_on <= day.toordinal()]] = 1.0
        if on is not None:
            found[self.published > on.toordinal()] = 1.0
        return found


def places_in(passages: Sequence[Passage], sources: Mapping[str, Source], validity: Validity) -> Places:
    """The places of `passages`, whose position in the sequence is their row."""
    of_source: defaultdict[str, list[int]] = defaultdict(list)
    instruments: defaultdict[str, list[int]] = defaultdict(list)
    articles: defaultdict[str, list[int]] = defaultdict(list)
    provisions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    held: defaultdict[str, set[str]] = defaultdict(set)
    ended: list[tuple[int, int]] = []
    for row, passage in enumerate(passages):
        source = sources[passage.source_id]
        of_source[source.id].append(row)
        if passage.article is not None:
            articles[passage.article].append(row)
        for number, named in _stands_for(source, passage).items():
            instruments[number].append(row)
            for article in named:
                provisions[number, article].append(row)
        if source.instrument is not None and passage.article is not None:
            held[source.instrument.number].add(passage.article)
        ended += [(row, _ordinal(change.since)) for change in validity.changes_of(source, passage.article)]
    outdated = {source.id for source in sources.values() if validity.is_outdated(source, None)}
    published = {source.id: _ordinal(source.published) if source.instrument else 0 for source in sources.values()}
    rows, days = np.asarray(ended, dtype=np.int64).reshape(-1, 2).T
    return Places(
        of_source,
        instruments,
        articles,
        provisions,
        {number: frozenset(found) for number, found in held.items()},
        rows,
        days,
        np.array([passage.source_id in outdated for passage in passages], dtype=np.float32),
        np.array([passage.role == "footnote" for passage in passages], dtype=np.float32),
        np.array([published[passage.source_id] for passage in passages], dtype=np.float32),
    )


def _stands_for(source: Source, passage: Passage) -> dict[str, list[str]]:
    """The instruments of which a passage is evidence, with its articles: its own, or those that a note refers to."""
    if source.instrument is not None:
        return {source.instrument.number: [passage.article] if passage.article else []}
    if source.kind == "note":
        articles = articles_in(passage.text)
        return dict.fromkeys(numbers_in(passage.text), articles)
    return {}


def _ordinal(day: str | None) -> int:
    known = published_on(day)
    return known.toordinal() if known else 0
