"""Legal instruments as people and texts name them, in French, Arabic and English.

One instrument has one key: `09-08`, `09.08`, `n° 09/08` and `٠٩.٠٨` all give number `09-08`. The order of
the parts is never changed: law 20-05 is another law than law 05-20.
"""

import re
from dataclasses import dataclass
from typing import Final

_EASTERN_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

_TYPES: Final = {
    "loi_organique": r"loi\s+organique|القانون\s+التنظيمي|قانون\s+تنظيمي|organic\s+law",
    "loi": r"loi|law|القانون|للقانون|بالقانون|والقانون|قانون|9anoun|l9anoun|qanoun|lqanoun|kanoun|lkanoun|la\s+loi",
    "decret": r"d[ée]cret|decree|المرسوم|للمرسوم|بالمرسوم|مرسوم|marsoum|lmarsoum",
    "dahir": r"dahir|الظهير(?:\s+الشريف)?|ظهير\s+شريف|ظهير",
    "arrete": r"arr[êe]t[ée](?:\s+conjoint)?|order|القرار|قرار(?:\s+مشترك)?",
    "directive": r"directive|circulaire|circular|المنشور|منشور|دورية",
}
_NUMBER: Final = r"(?P<number>\d{1,4}\s?[-–./]\s?\d{2,3}(?:\s?[-–./]\s?\d{1,4})?)(?!\d)"
_TYPE: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TYPES.items())
_ANY_TYPE: Final = "|".join(_TYPES.values())
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:{_TYPE})"
    rf"(?:\s+(?!(?:{_ANY_TYPE})(?!\w))[^\W\d]+){{0,4}}?"
    r"\s*(?:n[°ºo]?\.?|no\.?|number|num[ée]ro|رقم|ra9m|#)?\s*" + _NUMBER,
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"(?<![\d./-]){_NUMBER}")
_DATE: Final = re.compile(r"[0-3]?\d-[01]?\d-(?:19|20)\d\d")
# Decrees and orders begin with one digit (2-22-687); other bare numbers in three parts are something else.
_BARE_LIKELY: Final = re.compile(r"\d{2,3}-\d{2}|\d-\d{2}-\d{1,4}")

_PARTS: Final = {"loi": 2, "loi_organique": 2, "decret": 3, "dahir": 3}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal text by its type (`loi`, `decret`, …) and number (`09-08`)."""

    type: str
    number: str


def western_digits(text: str) -> str:
    """Arabic-Indic digits as 0-9; the length of the text does not change."""
    return text.translate(_EASTERN_DIGITS)


def instruments_in(text: str) -> list[Instrument]:
    """Instruments that `text` names by type and number, in order of appearance, each once."""
    matches = _NAMED.finditer(western_digits(text))
    found = [Instrument(_type_of(match), _number_key(match.group("number"))) for match in matches]
    return [instrument for instrument in dict.fromkeys(found) if _fits(instrument)]


def numbers_in(text: str) -> list[str]:
    """Numbers in `text` that look like those of an instrument (`09-08`, `2-21-406`), named or bare, each once."""
    text = western_digits(text)
    named = [_number_key(match.group("number")) for match in _NAMED.finditer(text)]
    bare = [_number_key(match.group("number")) for match in _BARE.finditer(text)]
    likely = [number for number in bare if _BARE_LIKELY.fullmatch(number)]
    return [number for number in dict.fromkeys(named + likely) if not _DATE.fullmatch(number)]


def _fits(instrument: Instrument) -> bool:
    """Decrees and dahirs are numbered in three parts, laws in two: another count is a broken or mistaken reference."""
    parts = instrument.number.count("-") + 1
    return parts == _PARTS.get(instrument.type, parts) and not _DATE.fullmatch(instrument.number)


def _number_key(number: str) -> str:
    return re.sub(r"\s?[-–./]\s?", "-", number)


def _type_of(match: re.Match[str]) -> str:
    return next(name for name in _TYPES if match.group(name))
