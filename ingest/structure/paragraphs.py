"""Which paragraphs (alinéas, فقرات) and list points of an article a slice of it covers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from ingest.structure.sections import Section

Range = tuple[int, int]
"""First and last, counted from 1."""
Points = tuple[str, str]
"""Marks of the first and the last point, as in the text: `1°`, `a)`, `أ)`."""

# Right-to-left damage leaves `-3` and `.2` where the text has `3-` and `2.`.
_ITEM: Final = re.compile(
    r"(?:[-–—•▪●○*►▶·]|[-–.(]?\s?(?P<mark>\d{1,2}\s?°|\d{1,2}\s?\)|(?:[a-z]|[ivx]{1,4})\s?\)|[أ-ي]\s?\)"
    r"|\d{1,2}(?=\s?[-–.]\D)|(?<=[-.])\d{1,2}(?=\s)|[a-z](?=\s?[-.]\s)|[أ-ي](?=\s?[-.–]\s)))"
)
_ENDED: Final = re.compile(r"[.!?؟…»”\")]\s*\d{0,3}$")
_TAIL: Final = 12
_LONGEST_TITLE: Final = 80


def paragraph_starts(text: str, section: Section) -> list[int]:
    """Where the paragraphs of an article begin; points of a list belong to the paragraph that introduces them."""
    starts: list[int] = []
    before = "."
    for start, line in _body_lines(text, section):
        if not starts or (_ENDED.search(before) and not _ITEM.match(line)):
            starts.append(start)
        before = line[-_TAIL:]
    return starts


def _body_lines(text: str, section: Section) -> Iterator[tuple[int, str]]:
    """Lines below the number of the article that are not blank; a title beside the number is none of them."""
    start = max(section.body, section.start)
    lines = text[start : section.end].split("\n")
    beside = text[section.start : start].strip() != "" and "\n" not in text[section.start : start].strip()
    for place, line in enumerate(lines):
        stripped = line.strip()
        below = any(other.strip() for other in lines[place + 1 : place + 3])
        title = place == 0 and beside and below and len(stripped) <= _LONGEST_TITLE and stripped[-1:].isalnum()
        if stripped and not title:
            yield start + len(line) - len(line.lstrip()), stripped
        start += len(line) + 1


def covered(starts: list[int], start: int, end: int) -> Range | None:
    """The paragraphs that `text[start:end]` touches; None when it holds none, as a heading alone."""
    last = bisect_left(starts, end)
    return (max(1, bisect_right(starts, start)), last) if last else None


def points_of(text: str, start: int, end: int) -> Points | None:
    """The first and the last point in `text[start:end]`, when it begins with one."""
    marks = [_mark(line.strip()) for line in text[start:end].split("\n") if line.strip()]
    known = [mark for mark in marks if mark]
    return (known[0], known[-1]) if marks and marks[0] else None


def _mark(line: str) -> str:
    match = _ITEM.match(line)
    return re.sub(r"\s", "", match["mark"] or "") if match else ""
