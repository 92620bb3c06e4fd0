"""How near a word in Latin letters is to one in Arabic letters: consonant by consonant, with the vowels between."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

TABLES: Final[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "arabizi.toml").read_text(encoding="utf-8"))
_CONSONANTS: Final[dict[str, dict[str, float]]] = TABLES["consonants"]
_VOWELS: Final[dict[str, dict[str, float]]] = TABLES["vowels"]
_UNWRITTEN: Final[dict[str, float]] = TABLES["unwritten"]
# Letters that Arabizi confuses are one class; gaf counts as kaf, and a soft `g` is tried as `j` besides.
_CLASSES: Final = {
    letter: letters[0]
    for letters in ("تطث", "دضذظ", "سص", "ز", "كقڭگ", "حه", "خ", "غ", "ع", "ش", "ج", "فڤ", "بپ", "ل", "م", "ن", "ر")
    for letter in letters
}
_SIGN_CLASSES: Final = _CLASSES | {sign: _CLASSES[next(iter(letters))] for sign, letters in _CONSONANTS.items()}
_ARABIC_KEY: Final = str.maketrans(_CLASSES | dict.fromkeys("اأإآىةويءئؤـ", None))
_LATIN_SIGNS: Final = re.compile(r"[csktgdp]h|ou|.", re.DOTALL)
# What sounds otherwise by the letters around: a soft `c`; `a`, short before a doubled consonant and first in `talab`;
# `iy`, one sound.
_CONTEXTS: Final = (
    (re.compile("c(?=[eiyéèê])"), "s"),
    (re.compile(r"a(?=([^\Waeiouy_])\1[aeiouy]|[^\Waeiouyw_]a[^\Waeiouyw_]$)"), "ä"),
    (re.compile("iy"), "y"),
)
_SAME_SIGN: Final = {
    "sh": "ch", "x": "ch", "5": "kh", "8": "gh", "q": "9", "c": "k", "ph": "f", "ç": "s",
    "à": "a", "â": "a", "é": "e", "è": "e", "ê": "e", "î": "i", "ï": "i", "o": "u", "ou": "u", "ô": "u",
}  # fmt: skip
_REPEATED: Final = re.compile(r"(.)\1+")
_FIRST_LETTER: Final = {
    sign: min(letters, key=letters.__getitem__) for sign, letters in (_CONSONANTS | _VOWELS).items()
}
# A vowel at either end of a word is nearly always written in both scripts.
_OUTER_VOWEL: Final = 0.6
_SEMIVOWELS: Final = ("ي", "و")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as its consonants, repeated ones once, and the vowels before, between and after them (one more).

    A consonant repeated after a vowel is told among the vowels, by a `+`.
    """

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]

    @property
    def key(self) -> str:
        """Classes of the consonants: equal for a word in Latin letters and the same in Arabic letters."""
        return "".join(_SIGN_CLASSES[sign] for sign in self.consonants)


def arabic_key(word: str) -> str:
    """Classes of the consonants of a word in Arabic letters, repeated ones once."""
    return _REPEATED.sub(r"\1", word.translate(_ARABIC_KEY))


def latin_spellings(word: str) -> list[Spelling]:
    """The consonants, by their names in `arabizi.toml`, and vowels (`a`, `e`, `i`, `u`) of a word in small letters.

    More than one where a sign stands for letters far apart: a soft `g`, `aa` for ain, an apostrophe for qaf.
    """
    words = {word, word.replace("g", "j"), word.replace("aa", "3"), word.replace("'", "9")}
    return [_spelling(_signs(variant)) for variant in sorted(words, key=word.__ne__)]


def letter_by_letter(word: str) -> str:
    """Arabic letters for those of a word in small letters: all that can be done for a word that no list holds."""
    letters = "".join(_FIRST_LETTER[sign] for sign in _signs(word))
    return _REPEATED.sub(r"\1", letters)


def _signs(word: str) -> list[str]:
    for letters, sound in _CONTEXTS:
        word = letters.sub(sound, word)
    signs = (_SAME_SIGN.get(sign, sign) for sign in _LATIN_SIGNS.findall(word))
    return [sign for sign in signs if sign in _CONSONANTS or sign in _VOWELS]


@lru_cache(maxsize=30_000)
def arabic_spelling(word: str) -> Spelling:
    """The same of a word in Arabic letters; the alef of its article, which Arabizi leaves out, is left out."""
    bare = word[1:] if word.startswith("ال") else f"أ{word[1:]}" if word[0] == "ا" else word
    return _spelling(list(bare))


def _spelling(signs: list[str]) -> Spelling:
    consonants: list[str] = []
    vowels = [""]
    for sign in signs:
        if sign not in _SIGN_CLASSES:
            vowels[-1] += sign
        elif not consonants or _SIGN_CLASSES[consonants[-1]] != _SIGN_CLASSES[sign]:
            consonants.append(sign)
            vowels.append("")
        elif vowels[-1] or sign in _CLASSES:
            vowels[-1] += "+"
    return Spelling(tuple(consonants), tuple(vowels))


def misspelling(latin: Spelling, arabic: Spelling, limit: float) -> float:
    """What reading `latin` as `arabic`, of the same key, costs; given up, at a cost above `limit`, as soon as it is."""
    cost = sum(
        _CONSONANTS[sign].get(letter, 1.0) for sign, letter in zip(latin.consonants, arabic.consonants, strict=True)
    )
    for written, meant in zip(latin.vowels[:-1], arabic.vowels[:-1], strict=True):
        if cost > limit:
            return cost
        if written or meant:
            cost += _vowel_cost(written, meant)
    first, last = latin.vowels[0].strip("e"), latin.vowels[-1].rstrip("e+")
    last_meant = arabic.vowels[-1].rstrip("ء+")
    cost += _OUTER_VOWEL * (
        bool(arabic.vowels[0]) < bool(first) or (arabic.vowels[0].startswith(_SEMIVOWELS) and not first)
    )
    cost += _OUTER_VOWEL * (bool(last) != bool(last_meant) or (last[-1:] == "a" and last_meant.endswith(_SEMIVOWELS)))
    return cost + _vowel_cost(latin.vowels[-1], arabic.vowels[-1])


@lru_cache(maxsize=30_000)
def _vowel_cost(written: str, meant: str) -> float:
    """The cheapest alignment of Latin vowels with Arabic ones."""
    above = [0.0]
    for letter in meant:
        above.append(above[-1] + _UNWRITTEN.get(letter, 1.0))
    for sign in written:
        costs = _VOWELS[sign]
        row = [above[0] + costs[""]]
        for letter, (diagonal, up) in zip(meant, pairwise(above), strict=True):
            row.append(min(diagonal + costs.get(letter, 1.0), up + costs[""], row[-1] + _UNWRITTEN.get(letter, 1.0)))
        above = row
    return above[-1]
