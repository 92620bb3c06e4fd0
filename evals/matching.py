"""When does a text show a fact? Case, accents, Arabic letter variants, apostrophes and spaces do not count."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from index.analysis import fold

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ`", "'"))
# A number goes on with a digit, with a separator and a digit, or with a space and a group of three: `1 500`.
_NUMBER_BEGINS: Final = re.compile(r"(?<!\d)(?<!\d[.,٫٬])(?!(?<=\d )\d{3}(?!\d))")
_NUMBER_ENDS: Final = re.compile(r"(?!\d|[.,٫٬]\d| \d{3}(?!\d))")


def plain(text: str) -> str:
    """`text` as facts are looked up in it."""
    return " ".join(fold(text).translate(_APOSTROPHES).split())


def shows(plain_text: str, fact: Sequence[str]) -> bool:
    """Whether one of the spellings of a fact stands in a text that `plain` made, not as part of a longer number."""
    return any(_stands_in(plain(spelling), plain_text) for spelling in fact)


def shows_all(texts: Iterable[str], facts: Iterable[Sequence[str]]) -> bool:
    """Whether every fact stands in one of `texts`; what stands across two of them stands nowhere."""
    prepared = [plain(text) for text in texts]
    return all(any(shows(text, fact) for text in prepared) for fact in facts)


def _stands_in(spelling: str, text: str) -> bool:
    """`3 ans` does not stand in `13 ans`; a word may go on, for Arabic joins its particles to it."""
    start = text.find(spelling) if spelling else -1
    while start >= 0:
        begins = not spelling[0].isdigit() or _NUMBER_BEGINS.match(text, start)
        ends = not spelling[-1].isdigit() or _NUMBER_ENDS.match(text, start + len(spelling))
        if begins and ends:
            return True
        start = text.find(spelling, start + 1)
    return False
