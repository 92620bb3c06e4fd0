"""Numbers of articles that extraction damaged, set right where the count leaves no doubt.

The call of a footnote is glued to a number: `Article 3010` after article 29 is article 30 with note 10. Right-to-left
layout turns the parts around: `المادة 1-15` after article 15 is article 15-1.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from corpus.article import article_order
from ingest.structure.article_headings import Candidate

_FEWEST: Final = 2
_HIGHEST_CALL: Final = 1000
_NEAR: Final = 10
_REACH: Final = 12
"""Candidates below in which a number that shows the count going on is looked for."""
_LONGEST_STEP: Final = 40


def with_numbers_repaired(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of one language, changed where the text shows such damage more than once."""
    repaired: list[Candidate] = []
    before = "0"
    changes = 0
    for place, candidate in enumerate(candidates):
        following = candidates[place + 1 : place + 1 + _REACH]
        number = candidate.number
        if not candidate.quoted and before != "0":
            number = _turned(candidate, before) or _freed(candidate, before, following)
        # One number that fits twice over, `19-308` after 308-18, is as good as two.
        next_part = number in _successors(before, further=False)[:-1] and "-" in before
        changes += (1 + next_part) * (number != candidate.number)
        repaired.append(candidate if number == candidate.number else _renumbered(candidate, number))
        if not candidate.quoted and (before == "0" or _goes_on(before, number)):
            before = number
    return repaired if changes >= _FEWEST else list(candidates)


def _turned(candidate: Candidate, before: str) -> str | None:
    """`1-15` is 15-1 after 15, and `3-7` is 7-3 after 6; None when the number was not turned around."""
    parts = candidate.number.split("-")
    last = int(re.split("[- ]", before)[0])
    if len(parts) != 2 or not candidate.arabic or not all(part.isdigit() for part in parts):
        return None
    turned = "-".join(reversed(parts))
    return turned if int(parts[1]) in {last, last + 1} and not _goes_on(before, candidate.number) else None


def _freed(candidate: Candidate, before: str, following: Sequence[Candidate]) -> str:
    """The number without the call of a note: it comes soon after `before`, and the count falls back below."""
    order = article_order(candidate.number)
    damaged = re.search(r"-\d{3,}$", candidate.number)
    if not damaged and not any(article_order(before) < article_order(later.number) < order for later in following):
        return candidate.number
    for successor in _successors(before, further=not _goes_on(before, candidate.number)):
        call = candidate.number.removeprefix(successor)
        if call != candidate.number and call.isdigit() and call[0] != "0" and int(call) < _HIGHEST_CALL:
            return successor
    return candidate.number


def _successors(before: str, *, further: bool) -> list[str]:
    bare = before.split(" ")[0]
    base, _, parts = bare.partition("-")
    upper, _, last = bare.rpartition("-")
    numbers = [f"{upper}-{int(last) + 1}"] if parts else []
    numbers += [f"{bare}-1", str(int(base) + 1)]
    return numbers + ([str(int(base) + step) for step in range(2, _NEAR + 1)] if further else [])


def _goes_on(before: str, number: str) -> bool:
    """Whether the count may have come from `before` to here; a far step is a reference or damage that was not seen."""
    earlier, later = article_order(before), article_order(number)
    parts = zip_longest(earlier, later, fillvalue=0)
    step = next((after - first for first, after in parts if after != first), 0)
    return 0 < step <= _LONGEST_STEP


def _renumbered(candidate: Candidate, number: str) -> Candidate:
    label = re.sub(r"\d[\d.–-]*", number, candidate.label, count=1)
    return replace(candidate, number=number, label=label)
