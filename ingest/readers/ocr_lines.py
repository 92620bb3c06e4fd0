"""Words that OCR found on a picture of a page, to its lines in the order of reading.

Tesseract orders the columns well, yet on a page that was scanned aslant it gives the first or last words of a line to
another block, and of a word that it doubts it says so although the line leaves no doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final, NamedTuple

from ingest.languages import arabic_share

_LEAST_CONFIDENCE: Final = 30
"""Of 100: what Tesseract makes of drawings and coats of arms lies under it, and some real words with an apostrophe."""
_SURE_LINE: Final = 85
_FEWEST_SURE: Final = 3
_WIDEST_SPACE: Final = 4
"""Between two words of a justified line, in heights of a word; the gutter between columns is seldom wider."""
_NEAR: Final = 5
"""How far up and down lines tell whether a space is a gutter, in heights of a word."""
_TOUCH: Final = 2
"""Pixels by which the boxes of neighbouring words may overlap."""


class Box(NamedTuple):
    """Edges in pixels."""

    left: int
    top: int
    right: int
    bottom: int


LineKey = tuple[int, int, int, int]
"""(look, block, paragraph, line)"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the line that Tesseract gives it, its place on the page and how sure it is, of 100."""

    text: str
    line: LineKey
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class _Line:
    words: tuple[Word, ...]
    box: Box


def legible(words: Sequence[Word]) -> list[Word]:
    """Without drawings that were taken for letters; a doubtful word among sure ones on its line is one of them."""
    lines = _by_line(words)
    return [word for word in words if word.confidence >= _LEAST_CONFIDENCE or _is_sure(lines[word.line], word)]


def _is_sure(line: _Line, doubtful: Word) -> bool:
    others = [word.confidence for word in line.words if word is not doubtful]
    return len(others) >= _FEWEST_SURE and mean(others) >= _SURE_LINE


def lines_of(words: Sequence[Word]) -> Iterator[str]:
    """Lines in the order of Tesseract's blocks, which follow the columns; an empty line between blocks."""
    block: tuple[int, int] | None = None
    for key, line in _rejoined(_by_line(words)).items():
        if block not in {None, key[:2]}:
            yield ""
        block = key[:2]
        yield " ".join(word.text for word in line.words)


def _by_line(words: Sequence[Word]) -> dict[LineKey, _Line]:
    lines: dict[LineKey, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return {key: _line(line) for key, line in lines.items()}


def _line(words: Sequence[Word]) -> _Line:
    left, top, right, bottom = zip(*(word.box for word in words), strict=True)
    return _Line(tuple(words), Box(min(left), min(top), max(right), max(bottom)))


def _rejoined(lines: dict[LineKey, _Line]) -> dict[LineKey, _Line]:
    """Parts of one line that several blocks hold stand together, in the block of the first look or of most lines."""
    sizes = Counter(key[:2] for key in lines)
    rank = {key: (-key[0], sizes[key[:2]]) for key in lines}
    for key in sorted(lines, key=rank.__getitem__):
        hosts = (other for other in lines if other[:2] != key[:2] and rank[other] >= rank[key])
        host = next((other for other in hosts if _is_one_line(lines[other], lines[key], lines.values())), None)
        if host is not None:
            lines[host] = _with(lines[host], lines.pop(key))
    return lines


def _is_one_line(host: _Line, part: _Line, lines: Iterable[_Line]) -> bool:
    if not _share_a_baseline(part.box, host.box):
        return False
    before = [word.box for word in host.words if word.box.right <= part.box.left + _TOUCH]
    after = [word.box for word in host.words if word.box.left >= part.box.right - _TOUCH]
    if len(before) + len(after) < len(host.words):
        return False
    ends = [word.box for word in part.words]
    spaces = [(max(before, key=_right), min(ends))] if before else []
    spaces += [(max(ends, key=_right), min(after))] if after else []
    fits = all(_share_a_baseline(*space) and _is_narrow(*space) for space in spaces)
    # Where the part fills a hole, Tesseract itself took one line through.
    return fits and (len(spaces) > 1 or not _is_gutter(*spaces[0], lines))


def _right(box: Box) -> int:
    return box.right


def _share_a_baseline(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return 2 * shared > min(one.bottom - one.top, other.bottom - other.top)


def _height(one: Box, other: Box) -> int:
    return max(one.bottom - one.top, other.bottom - other.top)


def _is_narrow(one: Box, other: Box) -> bool:
    return other.left - one.right <= _WIDEST_SPACE * _height(one, other)


def _is_gutter(one: Box, other: Box, lines: Iterable[_Line]) -> bool:
    """Whether the lines above and below end or begin at the space between the two boxes rather than run through it."""
    reach = _NEAR * _height(one, other)
    near = [line.box for line in lines if one.top - reach < line.box.top and line.box.bottom < one.bottom + reach]
    near = [box for box in near if not _share_a_baseline(box, one)]
    through = sum(box.left < one.right and box.right > other.left for box in near)
    end = sum(box.right <= other.left and box.left < one.right for box in near)
    begin = sum(box.left >= one.right and box.right > other.left for box in near)
    return through <= min(end, begin)


def _with(host: _Line, part: _Line) -> _Line:
    """`part` at its place in `host`; a line of Arabic begins on the right."""
    if arabic_share(" ".join(word.text for word in host.words + part.words)) > 0.5:
        place = sum(word.box.right > part.box.right for word in host.words)
    else:
        place = sum(word.box.left < part.box.left for word in host.words)
    return _line([*host.words[:place], *part.words, *host.words[place:]])
