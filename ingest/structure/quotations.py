"""Articles of another text that an amending law or a note quotes: they are sections of the article that quotes them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from corpus.article import article_order
from ingest.structure.article_headings import Candidate

_FORMULA: Final = re.compile(
    r"(?:(?:ainsi\s+con[çc]ue?s?|comme\s+suit|ainsi\s+qu['’]il\s+suit|ainsi\s+r[ée]dig[ée]+s?"
    r"|كما\s+يلي|على\s+(?:النحو|الوجه|الشكل)\s+(?:التالي|الآتي)|كالتالي|ما\s+يلي)\s*:?"
    r"|(?:suivante?s?|الآتية?|التالية?)\s*\d?\s*:)\s*$",
    re.IGNORECASE,
)
_AMENDS: Final = re.compile(
    r"modifi|compl[ée]t|remplac|abrog|ajout|ins[ée]r|تغيير|يغير|تغير|غيرت|تتم|تتميم|يتمم|عوض|تنسخ|نسخت|تضاف|يضاف|إضافة|أضيف",
    re.IGNORECASE,
)
_ENACTS: Final = re.compile(r"(?:رسم|قرر|قررنا|بما|يرسم)\s+(?:ما\s+)?يلي|d[ée]cr[èe]te|arr[êe]te\b", re.IGNORECASE)
_CLOSING: Final = re.compile(r"[»”\"]\s*[.;:؛،]?$")
_OPENING: Final = re.compile(r"^\W{0,2}[«\"“]")
_WINDOW: Final = 600
_MOST_HEADINGS: Final = 4
_LONGEST_HEADING: Final = 100
_NEAR: Final = 10
_LONGEST_STEP: Final = 50
_REACH: Final = 3000
"""Characters below an amending formula within which an article that continues nothing is taken for quoted."""
_LONGEST_QUOTATION: Final = 20_000


def quoted_places(text: str, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Places in `candidates` that open an article of another text."""
    reader = _Reader(text)
    return frozenset(place for place, candidate in enumerate(candidates) if reader.takes(candidate))


class _Reader:
    """Goes through the candidates in order and remembers where the own count and the quoted one stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._own: tuple[int, ...] = (0,)
        self._quoted: tuple[int, ...] | None = None
        self._in_marks = False
        self._since = 0

    def takes(self, candidate: Candidate) -> bool:
        """Whether this candidate is quoted."""
        order = article_order(candidate.number)
        if candidate.quoted or candidate.noted or self._follows_formula(candidate):
            self._quoted, self._in_marks = (None if candidate.noted else order), candidate.quoted
            self._since = candidate.start
            return True
        if self._quoted is not None and not self._resumes(order, candidate.start - self._since):
            self._quoted = order
            return True
        self._quoted = None
        if candidate.sure and (self._own == (0,) or order[0] <= self._own[0] + _LONGEST_STEP):
            self._own = order
        return False

    def _resumes(self, order: tuple[int, ...], distance: int) -> bool:
        """Whether the own count goes on here, `distance` characters below the last formula or mark."""
        if self._in_marks or self._quoted is None or _follows(self._own, order):
            return True
        near = self._own < order and order[0] <= self._own[0] + _NEAR
        return (near or distance > _REACH) and not _follows(self._quoted, order)

    def _follows_formula(self, candidate: Candidate) -> bool:
        """`L'article 3 est modifié comme suit :` stands above, with no more than headings between."""
        if self._own == (0,):
            return False
        above = self._text[max(0, candidate.start - _WINDOW) : candidate.start].rstrip().split("\n")
        for line in reversed([line.strip() for line in above if line.strip()][-_MOST_HEADINGS:]):
            if _FORMULA.search(line[-80:]) and _AMENDS.search(line) and not _ENACTS.search(line[-80:]):
                return True
            if len(line) > _LONGEST_HEADING or not line[-1].isalnum():
                return False
        return False


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    return after[0] == before[0] + 1 or (after[0] == before[0] and after > before)


def end_of_quotation(text: str, start: int, limit: int) -> int | None:
    """Where the text goes on after a quotation that opens at `start` or on the line below; None when it never closes.

    Each paragraph of a quotation may open with a mark of its own, so the last closing mark of such a run counts.
    """
    closed = None
    opened = False
    position = start
    lines = text[start : min(limit, start + _LONGEST_QUOTATION)].split("\n")
    for line in _with_ends(lines):
        position, stripped = start + line[0], line[1].strip()
        if not stripped:
            continue
        if closed is not None and not _OPENING.match(stripped):
            return closed
        opened = opened or bool(_OPENING.match(stripped))
        closed = position if opened and _CLOSING.search(stripped) else None
    return closed if closed is not None and closed < limit else None


def _with_ends(lines: Iterable[str]) -> Iterable[tuple[int, str]]:
    end = 0
    for line in lines:
        end += len(line) + 1
        yield end, line
