"""How much of a text is made of real words: a font without its table of characters gives letters that spell none."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from wordfreq import get_frequency_dict

from ingest.repair.arabic_words import arabic_words

LEAST_LEGIBLE: Final = 0.75
"""Share of real words under which a text of FEWEST_WORDS cannot be read.

For clean text: characters that cleaning repairs count as no letters. Measured on some 3,000 pieces of 2,500
characters of official texts in Arabic, French and English: the least legible has 0.81; with the letters shifted along
the alphabet, 99 in 100 have less than 0.75, and half of them less than 0.25.
"""
FEWEST_WORDS: Final = 20
"""Words under which the share says nothing."""

_TOKEN: Final = re.compile(r"\S{1,60}")
_EDGES: Final = re.compile(r"^\W+|\W+$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS: Final = 3
# Addresses, numbers of files and names of programs are no words of a language.
_CODE: Final = re.compile(r"[\d@_]|://")
_PART: Final = re.compile(r"[-'’/.&,()]+")
_ARABIC_LETTER: Final = re.compile("[\u0621-\u064a]")
# Signs that stand for letters where a font's table is lost, and that hardly two of stand together elsewhere.
_ODD_SIGNS: Final = re.compile(r"[\\^`{}~$¢£¤¥¦§¬¶µ¿¡]")
_FEWEST_ODD_SIGNS: Final = 2
_LISTED: Final = 1.0
_LIKELY_PARTS: Final = 0.3


def legibility(text: str) -> float:
    """Share of the words of `text` that a large list of Arabic, French or English knows; 1.0 when too few to say."""
    verdicts = [verdict for token in _TOKEN.findall(text) if (verdict := _is_real(token)) is not None]
    return sum(verdicts) / len(verdicts) if len(verdicts) >= FEWEST_WORDS else 1.0


@lru_cache(maxsize=200_000)
def _is_real(token: str) -> bool | None:
    """Whether `token` is a word of a language; None for figures, marks and codes, which say nothing."""
    if len(_ODD_SIGNS.findall(token)) >= _FEWEST_ODD_SIGNS:
        return False
    word = _EDGES.sub("", token).lower()
    if len(_LETTER.findall(word)) < _FEWEST_LETTERS or _CODE.search(word):
        return None
    if _ARABIC_LETTER.search(word):
        return all(_is_arabic(part) for part in _PART.split(word) if _ARABIC_LETTER.search(part))
    return all(any(part in words for words in _latin_lists()) for part in _PART.split(word) if part)


def _is_arabic(word: str) -> bool:
    words = arabic_words()
    known = words.frequency(word) >= _LISTED or words.derived_frequency(word) >= _LIKELY_PARTS
    return known or words.glued_frequency(word) > 0


@cache
def _latin_lists() -> tuple[Mapping[str, float], ...]:
    return tuple(get_frequency_dict(language, wordlist="large") for language in ("fr", "en"))
