"""Legal instruments as people and texts name them, in French, Arabic and English.

One instrument has one key: `09-08`, `09.08`, `n° 09/08` and `٠٩.٠٨` all give number `09-08`. The order of
the parts is never changed: law 20-05 is another law than law 05-20.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_EASTERN_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

_AR: Final = "(?:[وف]?[بلك]?(?:ال)?|[وف]?لل)"
_LAW_AR: Final = rf"(?:{_AR}قانون(?:ين|ان)?|{_AR}قوانين)"
_TYPES: Final = {
    "loi_organique": rf"lois?\s+organiques?|{_LAW_AR}\s+(?:ال)?تنظيمي(?:ة|ين|ان)?|organic\s+laws?",
    "loi_cadre": rf"lois?[-\s]cadres?|{_AR}قانون[-\s]+(?:ال)?إطار|framework\s+laws?",
    "decret_loi": rf"d[ée]crets?[-\s]lois?|{_AR}مرسوم\s+بقانون|decree[-\s]laws?",
    "dahir": rf"dahirs?(?:\s?,?\s+portant\s+loi)?|{_AR}ظهير(?:ين|ان)?(?:\s+(?:ال)?شريف(?:ين|ان)?)?"
    rf"(?:\s+(?:ال)?(?:معتبر\s+)?بمثابة\s+قانون)?"
    rf"|{_AR}ظهائر(?:\s+(?:ال)?شريفة)?",
    "decret": rf"d[ée]crets?|decrees?|{_AR}مرسوم(?:ين|ان)?|{_AR}مراسيم|l?marsoum",
    "arrete": rf"arr[êe]t[ée]s?(?:\s+conjoints?)?|orders?|{_AR}قرار(?:ين|ان|ات)?(?:\s+(?:ال)?مشتركة?)?",
    "decision": rf"d[ée]cisions?|{_AR}مقرر(?:ين|ان|ات)?",
    "deliberation": rf"d[ée]lib[ée]rations?|{_AR}مداولة",
    "circulaire": rf"circulaires?|circulars?|{_AR}منشور(?:ين|ان)?|{_AR}دورية",
    "directive": rf"directives?|{_AR}توجيه(?:ين|ان)?",
    "convention": rf"conventions?|trait[ée]s?|accords?|{_AR}اتفاقي(?:ة|ات|تين|تان)|{_AR}معاهدة",
    "loi": rf"lois?|laws?|(?:code|{_AR}مدونة)(?:\s+[^\W\d]+){{1,3}}|{_LAW_AR}|l?(?:9|q|k)anoun",
}
"""A code bears the number of its law. What begins like another comes before it: the first that fits is taken."""

_PLURAL: Final = re.compile(
    r"(?:\w+s|\w+ين|\w+ان|\w+ات|\w*(?:قوانين|مراسيم|ظهائر)|[^\W\d]+s\s.*|.*\s(?:شريفة|تنظيمية))\Z", re.IGNORECASE
)
_SEPARATOR: Final = r"\s?[-–./]\s?"
_SIGN: Final = r"n\s?[°ºo]s?\.?|n['’](?=\s?\d)|nos?\.?|numbers?|num[ée]ros?|رقمي?[.،]?|عدد|ra9m|#"
_YEAR: Final = r"(?:19|20)\d\d"
# Thousands are no number of an instrument: `توجيه 50.000 شاب`, where the first word may also name a directive.
_NUMBER: Final = rf"(?!\d{{1,3}}\.000(?!\d))\d{{1,4}}{_SEPARATOR}\d{{2,3}}(?:{_SEPARATOR}\d{{1,4}})?(?![\d٪%])"
_SIGNED_NUMBER: Final = rf"{_NUMBER}|\d{{1,4}}{_SEPARATOR}{_YEAR}(?!\d)|D-\d{{1,4}}(?:-[A-Z]{{2,4}})?[-/]{_YEAR}(?!\d)"
TYPE_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_TYPES.values())}|codes?|{_AR}مدونة)(?!\w)", re.IGNORECASE)
"""A word that names a type of instrument, with or without a number."""

_TYPE: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TYPES.items())
_ANY_TYPE: Final = "|".join(_TYPES.values())
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:{_TYPE})"
    rf"(?:\s{{1,3}}(?!(?:{_ANY_TYPE}|{_SIGN})(?!\w))[^\W\d]+){{0,4}}?"
    rf"\s{{0,3}}(?:(?:{_SIGN})\s{{0,3}}(?P<signed>{_SIGNED_NUMBER}|\d{{2,3}}(?![\d.,/-]))|(?P<number>{_NUMBER}))",
    re.IGNORECASE,
)
# Orders name their authors before the number: `Arrêté conjoint du ministre … et de la ministre … n° 1148-25`.
_AUTHORED: Final = re.compile(
    rf"(?<!\w)(?P<arrete>{_TYPES['arrete']})\s{{1,3}}(?:du|de|des|ل[^\W\d]+)(?!\w)"
    rf"(?:\s{{1,3}}(?!(?:{_ANY_TYPE}|{_SIGN})(?!\w))[^\W\d]+(?:['’-][^\W\d]+){{0,2}},?){{1,40}}?"
    rf"\s{{1,3}}(?:{_SIGN})\s{{0,3}}(?P<signed>{_SIGNED_NUMBER})",
    re.IGNORECASE,
)
_FURTHER: Final = re.compile(
    rf"\s?(?:,|،|;|؛|et|and|ou|or|أو|و)\s?(?:و\s?)?(?:(?:{_SIGN})\s{{0,2}})?(?P<number>{_NUMBER})", re.IGNORECASE
)
_LIKE_A_NUMBER: Final = re.compile(rf"\d{_SEPARATOR}\d|(?:{_SIGN})\s{{0,3}}[\dD]", re.IGNORECASE)
_LONGEST_NAME: Final = 500
_LONGEST_NUMBER: Final = 30
_BARE: Final = re.compile(rf"(?<![\d./-])(?P<number>{_NUMBER})")
_DATE: Final = re.compile(r"[0-3]?\d-[01]?\d-(?:19|20)\d\d")
# Decrees and orders begin with one digit (2-22-687); other bare numbers in three parts are something else.
_BARE_LIKELY: Final = re.compile(r"\d{2,3}-\d{2}|\d-\d{2}-\d{1,4}")

_PARTS: Final = {
    "loi": 2,
    "loi_cadre": 2,
    "loi_organique": 2,
    "decret": 3,
    "decret_loi": 3,
    "dahir": 3,
    "convention": 1,
}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal text by its type (`loi`, `decret`, …) and number (`09-08`)."""

    type: str
    number: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument with the slice `text[start:end]` that names it; of an enumeration, the number alone."""

    instrument: Instrument
    start: int
    end: int


def western_digits(text: str) -> str:
    """Arabic-Indic digits as 0-9; the length of the text does not change."""
    return text.translate(_EASTERN_DIGITS)


def mentions_in(text: str) -> list[Mention]:
    """Every place where `text` names an instrument by type and number; `les lois n° 09-08 et 05-20` are two."""
    text = western_digits(text)
    windows = list(_windows(text))
    found = [
        mention for pattern in (_NAMED, _AUTHORED) for window in windows for mention in _mentions(pattern, text, window)
    ]
    return sorted(dict.fromkeys(found), key=lambda mention: mention.start)


def instruments_in(text: str) -> list[Instrument]:
    """Instruments that `text` names by type and number, in order of appearance, each once."""
    return list(dict.fromkeys(mention.instrument for mention in mentions_in(text)))


def numbers_in(text: str) -> list[str]:
    """Numbers in `text` that look like those of an instrument (`09-08`, `2-21-406`), named or bare, each once."""
    text = western_digits(text)
    named = [_number_key(_number_of(match)) for match in _NAMED.finditer(text)]
    bare = [_number_key(match.group("number")) for match in _BARE.finditer(text)]
    likely = [number for number in bare if _BARE_LIKELY.fullmatch(number)]
    numbers = [number for number in dict.fromkeys(named + likely) if "-" in number]
    return [number for number in numbers if not _DATE.fullmatch(number)]


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that end in something like a number, far enough back for the words before it; most text has none."""
    start = end = 0
    for match in _LIKE_A_NUMBER.finditer(text):
        if match.start() - _LONGEST_NAME > end:
            if end:
                yield start, end
            start = max(0, match.start() - _LONGEST_NAME)
        end = match.end() + _LONGEST_NUMBER
    if end:
        yield start, end


def _mentions(pattern: re.Pattern[str], text: str, window: tuple[int, int]) -> Iterator[Mention]:
    for match in pattern.finditer(text, *window):
        kind = _type_of(match)
        named = [(match.start(), match.end(), _number_of(match))]
        if _PLURAL.match(match.group(kind)):
            named += _further(text, match.end())
        for start, end, number in named:
            instrument = Instrument(kind, _number_key(number))
            if _fits(instrument):
                yield Mention(instrument, start, end)


def _further(text: str, position: int) -> list[tuple[int, int, str]]:
    found = []
    while match := _FURTHER.match(text, position):
        found.append((match.start("number"), match.end(), match.group("number")))
        position = match.end()
    return found


def _fits(instrument: Instrument) -> bool:
    """Decrees and dahirs are numbered in three parts, laws in two: another count is a broken or mistaken reference."""
    parts = instrument.number.count("-") + 1
    wanted = _PARTS.get(instrument.type)
    return (parts == wanted if wanted else parts > 1) and not _DATE.fullmatch(instrument.number)


def _number_of(match: re.Match[str]) -> str:
    return str(match.groupdict().get("signed") or match.group("number"))


def _number_key(number: str) -> str:
    return re.sub(_SEPARATOR, "-", number).upper()


def _type_of(match: re.Match[str]) -> str:
    named = match.groupdict()
    return next(name for name in _TYPES if named.get(name))
