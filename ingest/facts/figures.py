"""Amounts of money and lengths of time that a text states, alike in French, Arabic and English."""

import re
from typing import Final

from corpus.instrument import western_digits

_FRENCH: Final = (
    "un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit"
    "|dix-neuf|vingt"
)
_ENGLISH: Final = "one a|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_ARABIC: Final = (
    "واحد واحدة|اثنان اثنين اثنتين|ثلاث ثلاثة|أربع أربعة|خمس خمسة|ست ستة|سبع سبعة|ثمان ثمانية ثماني|تسع تسعة|عشر عشرة"
)
_OTHERS: Final = (
    (12, "اثني عشر|اثنا عشر|اثنتي عشرة"),
    (15, "خمسة عشر|خمس عشرة"),
    (18, "ثمانية عشر"),
    (20, "twenty|عشرين|عشرون"),
    (24, "vingt-quatre|أربع وعشرين|أربعة وعشرين"),
    (30, "trente|thirty|ثلاثين|ثلاثون"),
    (40, "quarante|forty|أربعين|أربعون"),
    (45, "quarante-cinq|خمسة وأربعين"),
    (48, "quarante-huit|ثمان وأربعين"),
    (50, "cinquante|fifty|خمسين|خمسون"),
    (60, "soixante|sixty|ستين|ستون"),
    (90, "quatre-vingt-dix|ninety|تسعين|تسعون"),
)
_VALUES: Final = {word: value for value, words in _OTHERS for word in words.split("|")} | {
    word: value
    for numbers in (_FRENCH, _ENGLISH, _ARABIC)
    for value, words in enumerate(numbers.split("|"), start=1)
    for word in words.split()
}
_UNITS: Final = {
    "hour": r"heures?|hours?|ساع(?:ة|ات|تين)",
    "day": r"jours?|days?|أيام|يوما?|يومين",
    "month": r"mois|months?|أشهر|شهور|شهرا?|شهرين|شهران",
    "year": r"ans?|années?|years?|سنوات|سنة|سنتين|سنتان|أعوام",
}
_WORDS: Final = "|".join(sorted(map(re.escape, _VALUES), key=len, reverse=True))
_VALUE: Final = rf"(?:(?P<word>{_WORDS})(?:\s?\(\s?(?P<noted>\d{{1,3}})\s?\))?|\(?(?P<digits>\d{{1,3}})\)?)"
_LOW: Final = re.sub(r"\?P<", "?P<low_", _VALUE)
_UNIT: Final = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_TERM: Final = re.compile(rf"(?<![\w.])(?:{_VALUE}\s{{1,2}}(?:{_UNIT})(?!\w))", re.IGNORECASE)
_RANGE: Final = re.compile(
    rf"(?<![\w.])(?:de|d['’]|from|من)\s?{_LOW}\s(?:à|to|إلى)\s"
    rf"{_VALUE}\s{{1,2}}(?:{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"(?<!\w)(?:من\s|إلى\s|أجل\s|لمدة\s|مدة\s|في\s)(?P<unit>سنة|شهر|يوم)(?!\s\d)(?!\w)|(?<!\w)(?P<single>سنة|شهر|يوم)\sواحدة?"
)
_DUAL: Final = re.compile(r"(?<!\w)[وبل]?(?P<unit>سنت|شهر|يوم|ساعت)(?:ين|ان)(?!\w)")
_ARABIC_UNITS: Final = {"سنة": "year", "سنت": "year", "شهر": "month", "يوم": "day", "ساعت": "hour"}
_AMOUNT: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[.\s]\d{3})+(?![\d])")


def amounts_in(text: str) -> frozenset[int]:
    """Figures with thousands set apart, as sums of money are written."""
    return frozenset(int(re.sub(r"\D", "", match.group())) for match in _AMOUNT.finditer(western_digits(text)))


def terms_in(text: str) -> frozenset[tuple[int, str]]:
    """Lengths of time: `(3, "month")` for `trois mois`, `ثلاثة أشهر` and `3 أشهر`; `de 3 à 6 mois` gives both."""
    text = western_digits(text).lower()
    found = {(_value(match, ""), _unit(match)) for match in _TERM.finditer(text)}
    found |= {(_value(match, "low_"), _unit(match)) for match in _RANGE.finditer(text)}
    found |= {(1, _ARABIC_UNITS[match.group("unit") or match.group("single")]) for match in _ALONE.finditer(text)}
    return frozenset(found | {(2, _ARABIC_UNITS[match.group("unit")]) for match in _DUAL.finditer(text)})


def _value(match: re.Match[str], prefix: str) -> int:
    digits = match.group(f"{prefix}noted") or match.group(f"{prefix}digits")
    return int(digits) if digits else _VALUES[match.group(f"{prefix}word")]


def _unit(match: re.Match[str]) -> str:
    return next(name for name in _UNITS if match.group(name))
