"""Where passages stand: of which instrument and article each is, and since when it is no longer in force, as arrays."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

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
    """Rows of passages by instrument, by article and by both; arrays have one number a passage, in store order.

    `published` is the ordinal of the day, 0 where it is unknown or no instrument is; `ended` are the rows of what is no
    longer in force, `ended_on` the days from which that holds.
    """

    instruments: Mapping[str, Rows]
    articles: Mapping[str, Rows]
    provisions: Mapping[tuple[str, str], Rows]
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
    instruments: defaultdict[str, list[int]] = defaultdict(list)
    articles: defaultdict[str, list[int]] = defaultdict(list)
    provisions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    ended: list[tuple[int, int]] = []
    for row, passage in enumerate(passages):
        source = sources[passage.source_id]
        if passage.article is not None:
            articles[passage.article].append(row)
        if source.instrument is None:
            continue
        instruments[source.instrument.number].append(row)
        if passage.article is not None:
            provisions[source.instrument.number, passage.article].append(row)
        ended += [(row, _ordinal(change.since)) for change in validity.changes_of(source, passage.article)]
    outdated = {source.id for source in sources.values() if validity.is_outdated(source, None)}
    published = {source.id: _ordinal(source.published) if source.instrument else 0 for source in sources.values()}
    rows, days = np.asarray(ended, dtype=np.int64).reshape(-1, 2).T
    return Places(
        instruments,
        articles,
        provisions,
        rows,
        days,
        np.array([passage.source_id in outdated for passage in passages], dtype=np.float32),
        np.array([passage.role == "footnote" for passage in passages], dtype=np.float32),
        np.array([published[passage.source_id] for passage in passages], dtype=np.float32),
    )


def _ordinal(day: str | None) -> int:
    known = published_on(day)
    return known.toordinal() if known else 0
