"""Strokes that stretch a line of Arabic to the margin, which some fonts give out as the letter heh."""

import re
from typing import Final

from ingest.repair.arabic_words import arabic_words
from ingest.repair.repairs import RepairLog

_LETTER: Final = "[\u0621-\u064a]"
# No word has a heh after teh marbuta: a text with many of them was stretched.
_MARK: Final = re.compile("ةه")
_FEWEST_MARKS: Final = 5
_ALONE: Final = re.compile(r"(?<!\w)ه+(?!\w)|(?<=[ةى])ه+(?!\w)|(?<=[\d،؛.:)])ه+(?!\w)")
_BETWEEN: Final = re.compile(
    rf"(?<=[ةى\d،؛.:)])ه+(?={_LETTER}{{2}})|(?<={_LETTER}{{2}})ه+(?=[وفب]?ال{_LETTER}{{3}})|(?<={_LETTER})هه+(?={_LETTER}{{2}})"
)
_BEFORE: Final = re.compile(rf"(?<!\w)ه(?=[وفب]?ا[لأإآا]{_LETTER}{{3}})")
_AFTER: Final = re.compile(rf"(?<!\w)([وفبكل]?(?:ال|األ|اإل){_LETTER}{{3,20}}?)ه(?!\w)")
_BLANKS: Final = re.compile(" {2,}")
_GAIN: Final = 1.0


def without_kashida(pages: list[str], log: RepairLog) -> list[str]:
    """The pages without strokes; untouched unless the document shows them where no heh can stand."""
    if sum(len(_MARK.findall(page)) for page in pages) < _FEWEST_MARKS:
        return pages
    return [_without(page, log) for page in pages]


def _without(page: str, log: RepairLog) -> str:
    page = log.sub("strokes removed", _ALONE, "", page)
    page = log.sub("strokes removed", _BETWEEN, " ", page)
    page = log.sub("strokes removed", _BEFORE, "", page)
    return _BLANKS.sub(" ", log.sub("strokes removed", _AFTER, _unstretched, page))


def _unstretched(match: re.Match[str]) -> str:
    """A word with the article has no pronoun at its end, so that its heh is a stroke, unless it is its own letter."""
    frequency = arabic_words().frequency
    stroke = frequency(match.group(1)) >= max(0.0, frequency(match.group())) + _GAIN
    return match.group(1) if stroke else match.group()
