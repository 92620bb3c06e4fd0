"""The language of a text among those of the corpus: Arabic by its script, French or English by `lingua`."""

import re
from functools import cache
from typing import Final

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_ARABIC_LETTER: Final = re.compile("[\u0621-\u064a]")
_LATIN_LETTER: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ÿœŒ]")
_SAMPLE: Final = 2000


def arabic_share(text: str) -> float:
    """Share of Arabic letters among the Arabic and Latin letters of `text`; 0.0 when it has neither."""
    arabic = len(_ARABIC_LETTER.findall(text))
    letters = arabic + len(_LATIN_LETTER.findall(text))
    return arabic / letters if letters else 0.0


def language_of(text: str) -> str:
    """`ar`, `fr` or `en`; `fr` when the text gives no hint."""
    if arabic_share(text) > 0.5:
        return "ar"
    return "en" if _latin_detector().detect_language_of(text[:_SAMPLE]) == Language.ENGLISH else "fr"


@cache
def _latin_detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(Language.FRENCH, Language.ENGLISH).build()
