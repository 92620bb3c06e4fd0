"""Sections to slices of text: one article where it fits, else cut at paragraph, list and sentence borders."""

import re
from dataclasses import dataclass, replace
from typing import Final

from ingest.structure import MARKS, Section

TARGET: Final = 700
"""Characters up to which paragraphs are packed into one slice."""
LONGEST: Final = 1000
"""Characters that a section may have and still stay whole."""
SHORTEST: Final = 150
"""A section without article that has less is read together with what follows it."""

_BARE_ARTICLE: Final = 25

BORDER: Final = re.compile(r"\n+|(?<=[.!?؟؛;…])(?<!\d\.)(?<![Aa]rt\.)\s+(?=[^\s\d])")
"""Where a paragraph, a list item or a sentence ends: the white space after it."""

_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice `text[start:end]` that becomes a passage, with the section that it belongs to."""

    section: Section
    start: int
    end: int


def pieces(text: str, found: list[Section]) -> list[Piece]:
    """Cut sections into slices of about TARGET characters, in order, none overlapping.

    Only white space and headings with nothing under them are left out; the latter live on in `Section.path`.
    """
    trimmed = [_trim(text, section) for section in found]
    kept = [section for section in trimmed if not _heading_alone(text, section)]
    return [piece for section in _gather(kept) for piece in _cut(text, section)]


def _trim(text: str, section: Section) -> Section:
    body = text[section.start : section.end]
    start = section.start + len(body) - len(body.lstrip())
    return replace(section, start=start, end=max(start, section.end - (len(body) - len(body.rstrip()))))


def _heading_alone(text: str, section: Section) -> bool:
    body = text[section.start : section.end]
    if not body or not section.path or "\n" in body or body.strip(MARKS) != section.path[-1].strip(MARKS):
        return not body
    # `Article 4 : l'article 9 est abrogé` and `1.2 Tenir un registre` say all that they say in their heading.
    return section.article is None or len(body) <= _BARE_ARTICLE


def _gather(found: list[Section]) -> list[Section]:
    """Join short sections without article to the next such one, so that a caption is not a passage alone."""
    gathered: list[Section] = []
    for section in found:
        before = gathered[-1] if gathered else None
        short = before is not None and before.end - before.start < SHORTEST
        if before and short and before.article is None and section.article is None:
            gathered[-1] = replace(section, path=before.path or section.path, start=before.start)
        else:
            gathered.append(section)
    return gathered


def _cut(text: str, section: Section) -> list[Piece]:
    if section.end - section.start <= LONGEST:
        return [Piece(section, section.start, section.end)]
    cut: list[Piece] = []
    for unit_start, unit_end in _units(text, section):
        if cut and unit_end - cut[-1].start <= TARGET:
            cut[-1] = replace(cut[-1], end=unit_end)
        else:
            cut.append(Piece(section, unit_start, unit_end))
    return cut


def _units(text: str, section: Section) -> list[tuple[int, int]]:
    """(start, end) of sentences and list items; one longer than LONGEST is cut at white space."""
    units: list[tuple[int, int]] = []
    start = section.start
    borders = [(match.start(), match.end()) for match in BORDER.finditer(text, section.start, section.end)]
    for end, next_start in [*borders, (section.end, section.end)]:
        while end - start > LONGEST:
            space = next(_SPACE.finditer(text, start + TARGET, end), None)
            if space is None:
                break
            units.append((start, space.start()))
            start = space.end()
        if end > start:
            units.append((start, end))
        start = next_start
    return units
