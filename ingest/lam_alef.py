"""Undo the exchange of lam and alef that PDF text extraction leaves in Arabic.

A font draws lam followed by alef as one ligature; many extractors write its two letters in the order in
which they lie on the page, left to right: `األمن` for `الأمن`, `إال` for `إلا`, `ال` for the negation `لا`.
In a damaged text every such pair is exchanged, while pairs that really are alef + lam (`العمل`, `إلى`,
`مجال`) look just the same. Each word is therefore read both ways, and the more frequent reading wins.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from wordfreq import zipf_frequency

Frequency = Callable[[str], float]

_WORD: Final = re.compile(r"[\u0621-\u064a\u064b-\u0652\u0670]+")
_PAIR: Final = re.compile("[اأإآ]ل")
_HAMZA_PAIR: Final = re.compile("(?<=.)([أإآ])ل")
# Alef followed by a hamza-bearing alef and a lam hardly exists in correct Arabic; its repaired form abounds.
_DAMAGE: Final = re.compile("ا[أإآ]ل")
_HEALTH: Final = re.compile("ال[أإآ]")
_GOD: Final = ((re.compile("هللا(?![\u0621-\u064a])"), "الله"), (re.compile("اهلل(?![\u0621-\u064a])"), "الله"))
_TO_GOD: Final = re.compile("(?<![\u0621-\u064a])هلل(?![\u0621-\u064a])")
_PREFIXES: Final = ("وال", "فال", "بال", "كال", "ولل", "وب", "ول", "وس", "ال", "لل", "و", "ف", "ب", "ك", "ل", "س")
_SUFFIXES: Final = ("هما", "تهم", "تها", "هم", "ها", "ات", "ين", "ون", "نا", "ه", "ة", "ا")
_MAX_PAIRS: Final = 6
_PREFIX_COST: Final = 0.8
_SUFFIX_COST: Final = 1.2
# An unknown word is more likely a name with its article than a name glued to the negation.
_UNKNOWN_WITH_ARTICLE: Final = 0.5
_ARTICLE: Final = re.compile("^[وفبك]?ال")
_DIACRITICS: Final = re.compile("[\u064b-\u0652\u0670]")
# Few damaged marks in a long text are quotations or typing errors, not damage of the file.
_MIN_DAMAGE_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class LamAlefRepair:
    """What was done to a text: the text, and how many of its words were read the other way."""

    text: str
    words_changed: int


def arabic_frequency(word: str) -> float:
    """Zipf frequency (0 to about 8) of `word` in the large Arabic list of `wordfreq`."""
    return zipf_frequency(word, "ar", wordlist="large")


def is_damaged(text: str) -> bool:
    """Whether the marks that only the exchange can leave outweigh those that only correct text has."""
    damaged = len(_DAMAGE.findall(text))
    healthy = len(_HEALTH.findall(text))
    return damaged > 0 and damaged / (damaged + healthy) >= _MIN_DAMAGE_SHARE


def repair(text: str, frequency: Frequency = arabic_frequency) -> LamAlefRepair:
    """Put lam and alef back in order in a damaged text; a text that is not damaged comes back untouched."""
    return repair_words(text, frequency) if is_damaged(text) else LamAlefRepair(text, 0)


def repair_words(text: str, frequency: Frequency = arabic_frequency) -> LamAlefRepair:
    """Read every word of `text` the more frequent way, for a part of a document that is known to be damaged."""
    read = lru_cache(maxsize=None)(lambda word: _most_frequent_reading(word, frequency))
    changed = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal changed
        word = match.group()
        better = read(word)
        changed += better != word
        return better

    return LamAlefRepair(_WORD.sub(replace, text), changed)


def _most_frequent_reading(word: str, frequency: Frequency) -> str:
    named = _TO_GOD.sub("لله", word)
    for pattern, replacement in _GOD:
        named = pattern.sub(replacement, named)
    if named != word:
        return named
    best = max(_readings(word), key=lambda reading: _score(reading, frequency))
    if _score(best, frequency) > 0:
        return best
    # Two words glued together, or a name: only the pairs with a hamza are sure to have been exchanged.
    return _HAMZA_PAIR.sub(r"ل\1", word)


def _readings(word: str) -> Iterator[str]:
    """All ways to exchange the alef-lam pairs of `word` back, the untouched word last."""
    starts = [match.start() for match in _PAIR.finditer(word)][:_MAX_PAIRS]
    for choice in product((True, False), repeat=len(starts)):
        letters = list(word)
        for start, exchange in zip(starts, choice, strict=True):
            if exchange:
                letters[start], letters[start + 1] = letters[start + 1], letters[start]
        yield "".join(letters)


def _score(word: str, frequency: Frequency) -> float:
    """Frequency of the word, or of what is left of it without its clitics at a cost for each."""
    word = _DIACRITICS.sub("", word)
    best = max(frequency(word), _UNKNOWN_WITH_ARTICLE if _ARTICLE.match(word) else 0.0)
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            best = max(best, frequency(word[len(prefix) :]) - _PREFIX_COST)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            best = max(best, frequency(word[: -len(suffix)]) - _SUFFIX_COST)
    return best
