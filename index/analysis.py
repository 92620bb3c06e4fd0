"""Text to index terms, per language: folding, clitics and elisions, stop words, Snowball stems."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, Protocol

import Stemmer

from corpus.instrument import western_digits
from index.stop_words import STOP_WORDS

ANALYSIS_VERSION: Final = 2
"""Raise it when the terms of an unchanged text would come out otherwise: old indexes are then refused."""

_WORD: Final = re.compile(r"\d+(?:[-./]\d+)+|[^\W_]+", re.UNICODE)
_ARABIC_MARKS: Final = re.compile("[\u0640\u064b-\u065f\u0670]")
_COMBINING: Final = re.compile("[\u0300-\u036f]+")
_ARABIC_FOLD: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_ARABIC_CLITICS: Final = re.compile(
    "^(?:وال|فال|بال|كال|ولل|فلل|لل|ال|و(?=..{3})|ف(?=..{4})|ب(?=..{4})|ل(?=..{4})|ك(?=..{4}))"
)
_SNOWBALL: Final = {"ar": "arabic", "fr": "french", "en": "english"}
_ELISION: Final = re.compile(r"\b(?:[ldjnmtcs]|qu|lorsqu|puisqu|jusqu|quelqu)['’](?=\w)", re.IGNORECASE)
_DASH: Final = re.compile(r"(?<=\d) ?[–‑] ?(?=\d)")
_AMOUNT: Final = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?![\d/-]|\.\d)")


class _StemmerLike(Protocol):
    def stemWords(self, words: list[str]) -> list[str]: ...


def fold(text: str) -> str:
    """Spelling that nobody should be judged by: case, accents, Arabic letter variants, digits of either script."""
    text = western_digits(unicodedata.normalize("NFKC", text)).lower()
    text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_FOLD)
    decomposed = unicodedata.normalize("NFD", text)
    bare = _COMBINING.sub("", decomposed)
    return bare.replace("œ", "oe").replace("æ", "ae")


def words(text: str) -> list[str]:
    """Folded words and numbers of `text`; `09-08`, `09.08` and `09/08` are one word, `10.000` is `10000`."""
    hyphenated = _DASH.sub("-", western_digits(text))
    joined = _AMOUNT.sub(lambda match: re.sub(r"\D", "", match.group()), hyphenated)
    folded = _ELISION.sub("", fold(joined))
    return [re.sub(r"[./]", "-", word) if word[0].isdigit() else word for word in _WORD.findall(folded)]


def terms(text: str, language: str) -> list[str]:
    """Index terms of `text` read as `language` (`ar`, `fr` or `en`), stop words left out."""
    kept = [word for word in words(text) if word not in STOP_WORDS[language] and (len(word) > 1 or word.isdigit())]
    if language == "ar":
        kept = [_ARABIC_CLITICS.sub("", word) if len(word) > 4 else word for word in kept]
    return _stemmer(language).stemWords(kept)


@lru_cache(maxsize=4096)
def vocabulary(text: str, language: str) -> frozenset[str]:
    """The different terms of `text`; those of passages that come up often are kept."""
    return frozenset(terms(text, language))


@cache
def _stemmer(language: str) -> _StemmerLike:
    stemmer: _StemmerLike = Stemmer.Stemmer(_SNOWBALL[language])
    return stemmer
