"""What a heading is, and the lines of a text as a reader sees them: with what stands above."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

MIXED: Final = " / "
"""Between the headings of two articles whose texts a reading of columns has mixed."""
MARKS: Final = " .:*#–—-"
"""Signs around a heading that are not part of it."""

ARABIC_LETTER: Final = re.compile("[\u0621-\u064a]")
LATIN_LETTER: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ÿœŒ]")

_ENDED: Final = re.compile(r"[.;:!?؛؟»”\")\]…]\W*$")
# A line that ends so goes on: what stands first on the next line is the object of its last word.
_GOES_ON: Final = re.compile(
    r"(?:(?<!\w)(?:في|من|إلى|على|عن|بين|أو|حسب|وفق|معنى|هذه|هذا|بموجب|بمقتضى|طبقا|تاريخ|مقتضيات"
    r"|[لوب]?أحكام|و?المادتين|[لوب]*المادة|الفقرة|الفقرتين|المواد"
    r"|à|au|aux|de|du|des|la|le|les|par|et|ou|dans|sous|en|cet|cette|l['’]|d['’]|in|of|to|by|the|and|with|this)"
    r"|[,،])$",
    re.IGNORECASE,
)
# Under the last article: place and date, and who signed.
_SIGNATURE: Final = re.compile(
    r"^(?:Fait\s+à\s+\w+|Pour\s+contreseing|Done\s+(?:at|in)\s|و?حرر(?:ت)?\s+ب\w+|وقعه\s+بالعطف)", re.IGNORECASE
)
_LONGEST_SIGNATURE: Final = 160
_LONGEST_TITLE_LINE: Final = 60
_TAIL: Final = 60


class Level(IntEnum):
    """How deep a heading stands: one closes all that are as deep or deeper."""

    INSTRUMENT = 0
    ANNEX = 1
    BOOK = 2
    PART = 3
    TITLE = 4
    CHAPTER = 5
    BRANCH = 6
    SUBSECTION = 7
    PARAGRAPH = 8
    MARKDOWN = 9
    BYLINE = 15
    NUMBERED = 16
    OBJECTIVE = 17
    ARTICLE = 18
    QUOTED_DIVISION = 19
    QUOTED = 20
    RULE = 21
    QUESTION = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: `text` is stripped and begins at `at`; the line itself begins at `start`."""

    start: int
    at: int
    text: str
    before: str
    apart: bool

    @property
    def opens(self) -> bool:
        """Whether something new may begin here, going by how the text above ends."""
        ended = self.apart or len(self.before) < _LONGEST_TITLE_LINE or bool(_ENDED.search(self.before[-_TAIL:]))
        return ended and not self.goes_on

    @property
    def goes_on(self) -> bool:
        """Whether this is the rest of a sentence that breaks off above at a word that needs an object."""
        return bool(_GOES_ON.search(self.before[-_TAIL:]))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at `text[start:end]`; `foreign` marks one of another instrument that a note shows."""

    start: int
    end: int
    level: int
    label: str
    article: str | None = None
    foreign: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The lines of `text` that are not blank, in order."""
    start = 0
    before = ""
    apart = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            yield Line(start, start + len(raw) - len(raw.lstrip()), stripped, before, apart)
            before = stripped
        apart = not stripped
        start += len(raw) + 1


def is_signature(line: Line) -> bool:
    """Whether this line closes an instrument: no article goes on below it."""
    return len(line.text) <= _LONGEST_SIGNATURE and line.opens and bool(_SIGNATURE.match(line.text))
