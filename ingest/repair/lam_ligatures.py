"""Undo the exchange of lam and meem that some fonts of the official gazette leave: `املادة` for `المادة`.

These fonts draw lam with the meem (or jeem, hah, khah, heh) after it as one sign, and its letters come out in the
reverse order: `حملاربة` is `لمحاربة`, `احلق` is `الحق`. A text is taken for damaged only by words that are none
until they are turned.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from ingest.repair.arabic_words import arabic_words
from ingest.repair.lam_alef import ALEFS
from ingest.repair.repairs import RepairLog

_WORD: Final = re.compile("(?<![\u0621-\u0652])[\u0621-\u064a]{2,40}(?![\u0621-\u0652])")
# The sign begins a word, or follows a letter that joins no next one; elsewhere these fonts write lam by itself.
_SIGN: Final = re.compile("(?<![بةتثجحخسشصضطظعغفقكلمنهىيئ])(?:[جحخ]مل|[مجحخه]ل)")
# The article, whose lam a sign took: nothing else stands before so many words.
_AFTER_ARTICLE: Final = re.compile("[وفبك]{0,2}ا(?:[جحخ]?م|[جحخه])ل[^\\W\\d_]{2}")
_FEWEST_WITNESSES: Final = 3
_MOST_SIGNS: Final = 4
_NO_WORD: Final = 1.5
_WITNESS_FREQUENCY: Final = 3.0
_LEAST_FREQUENCY: Final = 0.5
_GAIN: Final = 1.5


def lam_in_order(texts: list[str], log: RepairLog) -> list[str]:
    """The pages of one document with every lam before the letter that it was drawn with, where its fonts lost that."""
    words = Counter(word for text in texts for word in _WORD.findall(text) if _AFTER_ARTICLE.match(word))
    if sum(count for word, count in words.items() if _bears_witness(word)) < _FEWEST_WITNESSES:
        return texts
    return [log.sub("lam put first", _WORD, lambda match: _read(match.group()), text) for text in texts]


@lru_cache(maxsize=50_000)
def _bears_witness(word: str) -> bool:
    return arabic_words().frequency(word) < _NO_WORD and _frequency(_likeliest(word)) >= _WITNESS_FREQUENCY


@lru_cache(maxsize=50_000)
def _read(word: str) -> str:
    likeliest = _likeliest(word)
    if likeliest == word and _AFTER_ARTICLE.match(word) and arabic_words().frequency(word) < _NO_WORD:
        return _SIGN.sub(_reversed, word, count=1)
    return likeliest


def _likeliest(word: str) -> str:
    """The word with those of its signs turned that make it a far more frequent one; as it stands where none do."""
    places = list(_SIGN.finditer(word))[:_MOST_SIGNS]
    ways = [word]
    for place in places:
        ways += [way[: place.start()] + _reversed(place) + way[place.end() :] for way in ways]
    best = max(ways, key=_frequency)
    return best if _frequency(best) >= max(_LEAST_FREQUENCY, _frequency(word)) + _GAIN else word


def _reversed(match: re.Match[str]) -> str:
    return match.group()[::-1]


def _frequency(word: str) -> float:
    """That of the word, or of the word with its lams and alefs exchanged back: one font may do both damages."""
    words = arabic_words()
    exchanged = re.sub(f"(?<=.)([{ALEFS}])ل", r"ل\1", word)
    return max(words.frequency(word), words.frequency(exchanged), words.derived_frequency(word))
