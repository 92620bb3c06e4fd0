"""The articles of a text: which candidates count, which are quoted, which the text has out of order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.article import article_order
from ingest.structure.article_count import count_articles
from ingest.structure.article_headings import Candidate
from ingest.structure.headings import MARKS, MIXED, Heading, Level
from ingest.structure.number_repair import with_numbers_repaired
from ingest.structure.quotations import end_of_quotation, quoted_places

_ENOUGH_TO_JUDGE: Final = 8
_CLEAN_SHARE: Final = 0.8
_TRUSTED_SHARE: Final = 0.5
_TRUSTED_STEPS: Final = 0.3
_COUNTS_LANGUAGE: Final = 5
_LONGEST_LABEL: Final = 80


@dataclass(frozen=True, slots=True)
class Articles:
    """Article headings in order of place.

    `resumed` are offsets at which the own text goes on after a quotation, `counts` those at which a count of articles
    begins. `bilingual` says that two languages number the articles side by side.
    """

    headings: tuple[Heading, ...]
    resumed: tuple[int, ...]
    counts: tuple[int, ...]
    bilingual: bool


def place_articles(text: str, candidates: Sequence[Candidate]) -> Articles:
    """Decide on every candidate; French or English and Arabic each count by themselves."""
    parts = [
        _of_one_language(text, with_numbers_repaired([each for each in candidates if each.arabic == arabic]))
        for arabic in (False, True)
    ]
    larger = max(parts, key=lambda part: len(part.headings))
    return Articles(
        headings=tuple(sorted(parts[0].headings + parts[1].headings, key=lambda heading: heading.start)),
        resumed=parts[0].resumed + parts[1].resumed,
        counts=larger.counts,
        bilingual=all(sum(bool(heading.article) for heading in part.headings) >= _COUNTS_LANGUAGE for part in parts),
    )


def _of_one_language(text: str, candidates: list[Candidate]) -> Articles:
    quoted = quoted_places(text, candidates)
    own = [candidate for place, candidate in enumerate(candidates) if place not in quoted]
    headings, counts = _own_headings(text, own)
    resumed = []
    limits = [*(candidate.start for candidate in candidates[1:]), len(text)]
    for place in sorted(quoted):
        candidate = candidates[place]
        # Quoted words are no title of an article.
        label = text[candidate.start : candidate.end].strip(MARKS + '«»"“”')[:_LONGEST_LABEL]
        headings.append(Heading(candidate.start, candidate.end, Level.QUOTED, label, foreign=candidate.noted))
        end = end_of_quotation(text, candidate.start, limits[place])
        if end is not None:
            resumed.append(end)
    return Articles(tuple(headings), tuple(resumed), tuple(counts), bilingual=False)


def _own_headings(text: str, candidates: list[Candidate]) -> tuple[list[Heading], list[int]]:
    numbered = [candidate for candidate in candidates if article_order(candidate.number)[0] > 0]
    count = count_articles(numbered)
    counted = {numbered[place].start for place in count.own}
    sure = sum(candidate.sure for candidate in candidates)
    share = len(counted) / max(1, sure)
    trusted = sure < _ENOUGH_TO_JUDGE or share >= _CLEAN_SHARE
    trusted = trusted or (share >= _TRUSTED_SHARE and count.steps >= _TRUSTED_STEPS * sure)
    foreign = {numbered[place].start for place in count.inserted}
    own = [candidate for candidate in candidates if candidate.start not in foreign]
    headings = _standing(own, counted, trusted=trusted)
    headings += [_unnumbered(candidate) for candidate in candidates if candidate.start in foreign]
    headings.sort(key=lambda heading: heading.start)
    return _uncontested(text, headings, counted), [numbered[place].start for place in count.restarts]


def _unnumbered(candidate: Candidate) -> Heading:
    return Heading(candidate.start, candidate.end, Level.QUOTED, candidate.label, foreign=True)


def _standing(candidates: list[Candidate], counted: set[int], *, trusted: bool) -> list[Heading]:
    """Headings of what counts, and of sure ones that do not: columns that were read in a wrong order, wrong figures.

    A number that the text has already is not given twice, and where hardly any figures count up, none is believed.
    """
    known = {candidate.number for candidate in candidates if candidate.start in counted}
    headings = []
    current = ""
    for candidate in candidates:
        counts = candidate.start in counted
        if not counts and (not candidate.sure or (trusted and candidate.number == current)):
            continue
        new = candidate.number not in known and article_order(candidate.number)[0] > 0
        article = candidate.number if trusted and (counts or new) else None
        known.add(candidate.number)
        current = candidate.number
        headings.append(Heading(candidate.start, candidate.end, Level.ARTICLE, candidate.label, article))
    return headings


def _uncontested(text: str, headings: list[Heading], counted: set[int]) -> list[Heading]:
    """Two headings with nothing between, one of them out of order, are of two columns: what follows is of either."""
    kept: list[Heading] = []
    for heading in headings:
        above = kept[-1] if kept else None
        ordered = above is not None and {above.start, heading.start} <= counted
        if above is None or ordered or text[above.end : heading.start].strip():
            kept.append(heading)
        else:
            label = above.label if MIXED in above.label else f"{above.label}{MIXED}{heading.label}"
            kept[-1] = Heading(above.start, heading.end, Level.ARTICLE, label)
    return kept
