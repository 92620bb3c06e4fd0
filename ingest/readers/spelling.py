"""Arabic letters that recognition confuses because a small mark tells them apart: hamza on alef, dots of final ya."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ingest.repair.arabic_words import arabic_words

_WORD: Final = re.compile("[\u0621-\u064a]{2,}")
_ALEFS: Final = "\u0627\u0623\u0625\u0622"
_ENDS: Final = {"\u0649": "\u064a", "\u0647": "\u0629"}
"""Alef maqsura for ya, ha for ta marbuta."""
_MORE_FREQUENT: Final = 0.65
"""Zipf units, that is four to five times. Word lists of the web leave out many a hamza, so more cannot be asked."""


def spelled(text: str) -> str:
    """`text` with each word in the spelling that is clearly more frequent, if only such marks differ."""
    return _WORD.sub(lambda match: _spelled(match.group()), text)


@lru_cache(maxsize=100_000)
def _spelled(word: str) -> str:
    frequency = arabic_words().frequency
    best = max(_readings(word), key=frequency, default=word)
    return best if frequency(best) > frequency(word) + _MORE_FREQUENT else word


def _readings(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        if letter in _ALEFS:
            yield from (word[:place] + other + word[place + 1 :] for other in _ALEFS if other != letter)
    if word[-1] in _ENDS:
        yield word[:-1] + _ENDS[word[-1]]
