"""The titles of the texts that one document holds: the dahir, the law that it promulgates, an annexed convention."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.structure.division_headings import division
from ingest.structure.headings import MARKS, Heading, Level, Line

_TITLE: Final = re.compile(
    r"^[#*«\"\s]{0,4}(?:(?i:dahir|loi|code|d[ée]cret|arr[êe]t[ée]|convention|accord|protocole|statuts?|r[èe]glement|charte"
    r"|cahier\s+des\s+charges|law|decree|agreement|protocol|act)(?!\w)"
    r"|ظهير|الظهير|قانون|القانون|مرسوم|المرسوم|قرار|القرار|اتفاقية|الاتفاقية|اتفاق|بروتوكول|البروتوكول|نظام|النظام|ميثاق"
    r"|الميثاق|مدونة|مجموعة|دفتر\s+ال?تحملات)(?!\w)"
)
_LONGEST: Final = 300
_LONGEST_LINE: Final = 120
_FARTHEST: Final = 6000
_WORDS: Final = re.compile(r".*[^\W\d_]{3}.*[^\W\d_]{3}.*\w")
_UNFINISHED: Final = (";", "؛", ",", "،", ":")


def instrument_titles(lines: Sequence[Line], counts: Sequence[int]) -> list[Heading]:
    """For each count of articles that opens at an offset in `counts`, the title of its text.

    The first count belongs to the first title of the document, a later one to the title that stands last above it, or
    else to the line just above, or to an annex. Nothing when one count is without: its articles would seem to be of
    the text before.
    """
    if len(counts) < 2:
        return []
    starts = [line.start for line in lines]
    places = [0, *(bisect_left(starts, count) for count in counts)]
    spans = [lines[above:place] for above, place in pairwise(places)]
    found = [_title_in(span, first=place == 0) for place, span in enumerate(spans)]
    if any(title is None and not _in_annex(span) for title, span in zip(found, spans, strict=True)):
        return []
    own: dict[str, Heading] = {}
    # What the document and its last text have as title is not that of the dahir between them: the last one stays.
    for line in found:
        if line is not None:
            heading = Heading(line.start, line.at + len(line.text), Level.INSTRUMENT, line.text.strip(MARKS))
            own[heading.label] = heading
    return list(own.values())


def _title_in(lines: Sequence[Line], *, first: bool) -> Line | None:
    titles = [line for line in lines if _is_title(line) and (first or line.start > lines[-1].start - _FARTHEST)]
    if titles:
        return titles[0 if first else -1]
    last = lines[-1] if lines else None
    if last is None or division(last) is not None or _in_annex(lines):
        return None
    return last if len(last.text) <= _LONGEST_LINE and _WORDS.fullmatch(last.text) else None


def _in_annex(lines: Sequence[Line]) -> bool:
    """Whether an annex opens here: its articles are told apart by its heading."""
    found = (division(line) for line in lines)
    return any(known is not None and known.heading.level == Level.ANNEX for known in found)


def _is_title(line: Line) -> bool:
    latin = line.text.lstrip("#* ")[:1]
    return (
        len(line.text) <= _LONGEST
        and line.opens
        and not latin.islower()
        and not line.text.endswith(_UNFINISHED)
        and bool(_TITLE.match(line.text))
    )
