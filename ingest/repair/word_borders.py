"""Spaces that extraction lost or put in: `القانونرقم` is two words, `ا لطابع` is one.

A border is moved only where it is certain: what stands there is no word, and what comes out is frequent.
"""

import re
from functools import lru_cache
from typing import Final

from ingest.repair.arabic_words import arabic_words
from ingest.repair.repairs import RepairLog

_ARABIC: Final = "\u0621-\u064a"
_WORD: Final = re.compile(rf"(?<![\w@./#-])[{_ARABIC}]{{5,40}}(?![\w@#])")
_NOT: Final = re.compile(r"(?<!\w)([وف]?)لاسيما(?!\w)")
# A letter alone before a word; one that numbers an item of a list is followed by a mark.
_STRAY_FIRST: Final = re.compile(rf"(?<![\w'’/.-])([{_ARABIC}]) ([{_ARABIC}]{{2,20}})(?![\w)/-])")
_STRAY_LAST: Final = re.compile(rf"(?<!\w)([{_ARABIC}]{{3,20}}) ([{_ARABIC}])(?![\w)./:-])")
_WITH_ARTICLE: Final = re.compile("[وفبكل]?ال..|لل..")

_UNKNOWN: Final = 1.0
_UNLIKELY_PARTS: Final = 0.3
_FREQUENT: Final = 4.2
_KNOWN_WITH_ARTICLE: Final = 3.3
_KNOWN_AFTER_ENDING: Final = 2.5
_SHORT_WORD: Final = 6.0
_SHORTEST: Final = 3
_SHORTEST_WITH_ARTICLE: Final = 5
_KNOWN_WHOLE: Final = 3.0
_GAIN: Final = 1.5


def words_in_place(text: str, log: RepairLog) -> str:
    """Put spaces back between words that stand together and take them out of words that are broken."""
    text = log.sub("words joined", _STRAY_FIRST, _with_first_letter, text)
    text = log.sub("words joined", _STRAY_LAST, _with_last_letter, text)
    text = log.sub("words split", _NOT, r"\1لا سيما", text)
    return log.sub("words split", _WORD, lambda match: _split(match.group()), text)


def _with_first_letter(match: re.Match[str]) -> str:
    letter, rest = match.groups()
    whole, alone = _frequency(letter + rest), _frequency(rest)
    # No word is an alef; the others may be an initial, a clitic or a unit.
    certain = whole >= _KNOWN_WHOLE if letter == "ا" else whole >= _FREQUENT and letter not in "وأء"
    return letter + rest if certain and whole - max(alone, _UNKNOWN) >= _GAIN else match.group()


def _with_last_letter(match: re.Match[str]) -> str:
    stem, letter = match.groups()
    certain = _frequency(stem) < _UNKNOWN and letter != "و" and _frequency(stem + letter) >= _KNOWN_WHOLE
    return stem + letter if certain else match.group()


@lru_cache(maxsize=50_000)
def _split(word: str) -> str:
    if not _is_no_word(word):
        return word
    splits = [(word[:place], word[place:]) for place in range(2, len(word) - 1)]
    certain = [(first, second) for first, second in splits if _are_words(first, second)]
    return " ".join(max(certain, key=lambda split: min(map(_frequency, split)))) if certain else word


def _are_words(first: str, second: str) -> bool:
    if len(second) < _SHORTEST or (len(first) < _SHORTEST and _frequency(first) < _SHORT_WORD):
        return False
    if first.startswith("ال") and len(first) < _SHORTEST_WITH_ARTICLE:
        return False
    least = _FREQUENT
    if _WITH_ARTICLE.match(second):
        # A noun and its adjective, each with the article of its own.
        least = _KNOWN_AFTER_ENDING if _WITH_ARTICLE.match(first) else _KNOWN_WITH_ARTICLE
    if first[-1] in "ةى":
        least = _KNOWN_AFTER_ENDING
    return min(_frequency(first), _frequency(second)) >= least


def _is_no_word(word: str) -> bool:
    words = arabic_words()
    return words.frequency(word) < _UNKNOWN and words.derived_frequency(word) < _UNLIKELY_PARTS


def _frequency(word: str) -> float:
    return arabic_words().frequency(word)
