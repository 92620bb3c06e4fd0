"""Sections to slices of text: one article where it fits, else cut at paragraph, list and sentence borders."""

import re
from dataclasses import dataclass, replace
from typing import Final

from ingest.structure.paragraphs import Points, Range, covered, paragraph_starts, points_of
from ingest.structure.sections import Section

Span = tuple[int, int]

TARGET: Final = 700
"""Characters up to which paragraphs are packed into one slice."""
LONGEST: Final = 1000
"""Characters that a section may have and still stay whole."""
SHORTEST: Final = 150
"""A section without article that has less is read together with what follows it."""

_BARE_MARK: Final = 4
"""Characters of the mark of a list point that stands alone on its line: it goes with what follows."""

BORDER: Final = re.compile(r"\n+|(?<=[.!?؟؛;…])(?<!\d\.)(?<![Aa]rt\.)\s+(?=[^\s\d])")
"""Where a paragraph, a list item or a sentence ends: the white space after it."""

_RULE_NUMBER: Final = re.compile(r"\d+(?:\.\d+)+ ")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice `text[start:end]` that becomes a passage, with the section that it belongs to.

    `paragraphs` and `points` are those of the section's article that the slice covers.
    """

    section: Section
    start: int
    end: int
    paragraphs: Range | None = None
    points: Points | None = None


def pieces(text: str, found: list[Section]) -> list[Piece]:
    """Cut sections into slices of about TARGET characters, in order, none overlapping.

    Only white space and headings with nothing under them are left out; the latter live on in `Section.path`.
    """
    trimmed = [_trim(text, section) for section in found]
    bare = [_heading_alone(text, section, below) for section, below in zip(trimmed, [*trimmed[1:], None], strict=True)]
    return [piece for section in _gather(trimmed, bare) for piece in _placed(text, section)]


def _trim(text: str, section: Section) -> Section:
    body = text[section.start : section.end]
    start = section.start + len(body) - len(body.lstrip())
    return replace(section, start=start, end=max(start, section.end - (len(body) - len(body.rstrip()))))


def _heading_alone(text: str, section: Section, below: Section | None) -> bool:
    """Whether nothing stands under the heading; that of a chapter of rules lives on in the path of its rules."""
    body = text[max(section.start, section.body) : section.end].strip()
    above = below is not None and below.path[:-1] == section.path and _RULE_NUMBER.match("".join(section.path[-1:]))
    return not body or bool(above and "\n" not in body)


def _gather(found: list[Section], bare: list[bool]) -> list[Section]:
    """Leave out `bare` headings, and join short sections outside articles: a caption is not a passage alone."""
    gathered: list[Section] = []
    joinable = False
    for section, alone in zip(found, bare, strict=True):
        outside = section.article is None and not section.apart
        if alone:
            joinable = joinable and outside
            continue
        before = gathered[-1] if gathered else None
        if before and joinable and outside and before.end - before.start < SHORTEST:
            gathered[-1] = replace(section, path=before.path or section.path, start=before.start)
        else:
            gathered.append(section)
        joinable = outside
    return gathered


def _placed(text: str, section: Section) -> list[Piece]:
    """The pieces of a section; those of an article say which of its paragraphs and points they cover."""
    cut = _cut(text, section)
    if not section.whole:
        return cut
    starts = paragraph_starts(text, section)
    return [
        replace(
            piece,
            paragraphs=covered(starts, piece.start, piece.end),
            points=points_of(text, piece.start, piece.end) if piece.start > section.start else None,
        )
        for piece in cut
    ]


def _cut(text: str, section: Section) -> list[Piece]:
    """Pack sentences and list items: what introduces a list goes with its first item."""
    if section.end - section.start <= LONGEST:
        return [Piece(section, section.start, section.end)]
    packed: list[list[Span]] = []
    for unit in _units(text, section):
        if packed and _fits(text, packed[-1], unit, section):
            packed[-1].append(unit)
        else:
            packed.append([*_introduction(text, packed, unit), unit])
    spans = [(units[0][0], units[-1][1]) for units in packed]
    if len(spans) > 1 and spans[-1][1] - spans[-1][0] < SHORTEST and spans[-1][1] - spans[-2][0] <= LONGEST:
        spans[-2:] = [(spans[-2][0], spans[-1][1])]
    return [Piece(section, start, end) for start, end in spans]


def _fits(text: str, above: list[Span], unit: Span, section: Section) -> bool:
    """Whether a unit goes into the piece above: the first of a line only when the whole line does."""
    start, end = above[0][0], unit[1]
    if "\n" in text[above[-1][1] : unit[0]] and unit[0] - start >= SHORTEST:
        line_end = text.find("\n", unit[0], min(section.end, start + LONGEST))
        end = max(end, min(section.end, start + LONGEST) if line_end == -1 else line_end)
    return end - start <= TARGET


def _introduction(text: str, packed: list[list[Span]], unit: Span) -> list[Span]:
    """Taken off the piece above: its last sentence when that ends with a colon and fits before `unit`."""
    above = packed[-1] if packed else []
    if len(above) < 2 or text[above[-1][1] - 1] != ":" or unit[1] - above[-1][0] > LONGEST:
        return []
    return [above.pop()]


def _units(text: str, section: Section) -> list[Span]:
    """(start, end) of sentences and list items; one longer than LONGEST is cut at white space."""
    units: list[Span] = []
    start = section.start
    borders = [(match.start(), match.end()) for match in BORDER.finditer(text, section.start, section.end)]
    for end, next_start in [*borders, (section.end, section.end)]:
        while end - start > LONGEST:
            space = next(_SPACE.finditer(text, start + TARGET, end), None)
            if space is None:
                break
            units.append((start, space.start()))
            start = space.end()
        if next_start < section.end and end - start <= _BARE_MARK:
            continue
        if end > start:
            units.append((start, end))
        start = next_start
    return units
