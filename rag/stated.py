"""What a text states that can be compared across languages: numbers, measures, months, texts and articles.

`trois mois`, `3 months` and `ثلاثة أشهر` are one measure; `10.000`, `10 000`, `dix mille` and `عشرة آلاف` one number.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from corpus.article import articles_in
from corpus.instrument import numbers_in
from index.analysis import fold

_FILE: Final = Path(__file__).parent / "stated.toml"
_THOUSANDS: Final = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+"
_TOKEN: Final = re.compile(
    rf"(?<![a-z])\d+(?:[-/]\d+)+|(?<![a-z]){_THOUSANDS}(?![\d.]\d|\d)(?:,\d+)?|(?<![a-z])\d+(?:[.,]\d+)*|%"
    r"|[^\W\d_]+|[^\w\s]"
)
_GROUPED: Final = re.compile(rf"{_THOUSANDS}(?:,\d+)?")
_WRITTEN_APART: Final = (
    (re.compile(r"(?<!\w)quatre[- ]vingts?(?!\w)"), "quatrevingt"),
    (re.compile(r"(?<!\w)(?:ال)?(?:احد|احدي|حادي|حاديه) عشره?(?!\w)"), "11"),
)
_ALSO_NO_MONTH: Final = frozenset({"may", "march", "mars"})
_NUMERIC_DATE: Final = re.compile(r"(?<!\d)\d{1,2}[/-](?P<month>0?[1-9]|1[0-2])[/-](?:19|20)\d\d(?!\d)")
_JOINTS: Final = frozenset({"et", "and", "و", "-"})
_TO: Final = frozenset({"a", "to", "et", "and", "ou", "or", "الي", "و", "او", "-", "–"})
_PREFIXED: Final = re.compile(r"^(?:[وفبل]|لل)?(?:ال)?(?=\w{3})")
_TENS: Final = 10
_HUNDRED: Final = 100
_SHORT_WORD: Final = 2
_MONTH: Final = "day of month "
_VIGESIMAL: Final = frozenset({60, 80})
"""Tens to which French adds up to nineteen."""
_FIRST_ARABIC: Final = "\u0600"

Number = Fraction
Measure = tuple[Fraction, str]
"""A number with its unit: `(Fraction(3), "month")`."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The comparable facts of a text.

    `numbers`, in order, include those of `measures` and `articles`, not those of `instruments`; a one in words is none
    of them. `units` stand without a number. `around` pairs each number with the words next to it, `beside` each such
    unit; a day with its month is a measure too.
    """

    numbers: tuple[Number, ...]
    measures: frozenset[Measure]
    units: frozenset[str]
    around: frozenset[tuple[Number, str]]
    beside: frozenset[tuple[str, str]]
    months: frozenset[int]
    instruments: frozenset[str]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number in a row of tokens, with its unit where one follows."""

    value: Number
    unit: str | None
    start: int
    end: int


def stated_in(text: str) -> Stated:
    """Read `text` in any of the three languages."""
    instruments, articles = numbers_in(text), articles_in(text)
    tokens = _tokens(text, frozenset(instruments))
    quantities = list(_shared_units(tokens, list(_quantities(tokens))))
    months = {month for place in range(len(tokens)) if (month := _month(tokens, place))}
    months |= {match["month"].lstrip("0") for match in _NUMERIC_DATE.finditer(fold(text))}
    lone = list(_lone_units(tokens, quantities))
    counted = [one for one in quantities if tokens[one.start] not in _ones()]
    return Stated(
        numbers=tuple(one.value for one in counted),
        measures=frozenset((one.value, one.unit) for one in quantities if one.unit),
        units=frozenset(unit for _, unit in lone),
        beside=frozenset((unit, word) for place, unit in lone for word in _next_to(tokens, place, place + 1)),
        around=frozenset((one.value, word) for one in counted for word in _next_to(tokens, one.start, one.end)),
        months=frozenset(map(int, months)),
        instruments=frozenset(instruments),
        articles=frozenset(articles),
    )


@cache
def number_words() -> frozenset[str]:
    """The words, folded, that numbers are written with."""
    return frozenset([*_table("numbers"), *_table("multiples")])


def _tokens(text: str, references: frozenset[str]) -> list[str]:
    """Folded words and numbers; the numbers of instruments are left out, ranges of numbers taken apart."""
    found: list[str] = []
    folded = fold(text)
    for apart, together in _WRITTEN_APART:
        folded = apart.sub(together, folded)
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if re.sub(r"[./]", "-", token) in references:
            continue
        found += re.split(r"[-/]", token) if re.fullmatch(r"\d+(?:[-/]\d+)+", token) else [token]
    return found


def _month(tokens: list[str], place: int) -> str | None:
    """The month that a token names; what is also another word needs the year behind it."""
    if tokens[place] in _ALSO_NO_MONTH and not any(after[0].isdecimal() for after in tokens[place + 1 : place + 2]):
        return None
    return _word(tokens[place], "months")


def _quantities(tokens: list[str]) -> Iterator[_Quantity]:
    place = 0
    while place < len(tokens):
        value, end = _number(tokens, place)
        if value is None:
            dual = _word(tokens[place], "duals")
            if dual:
                yield _Quantity(Fraction(2), dual, place, place + 1)
            place += 1
            continue
        unit, after = _unit(tokens, end, value)
        if value != 1 or unit:
            yield _Quantity(value, unit, place, after)
        place = after if unit else end


def _lone_units(tokens: list[str], quantities: list[_Quantity]) -> Iterator[tuple[int, str]]:
    """Units that belong to no number, with their places."""
    taken = {place for one in quantities for place in range(one.start, one.end)}
    for place, token in enumerate(tokens):
        if place not in taken and (unit := _word(token, "units")):
            yield place, unit


def _next_to(tokens: list[str], start: int, end: int) -> Iterator[str]:
    """The nearest word on each side that is no number, without what is written together with it."""
    for side in (reversed(tokens[:start]), tokens[end:]):
        words = (_bares(token)[-1] for token in side if token[0].isalpha() and len(token) > _SHORT_WORD)
        yield from islice((word for word in words if word not in number_words()), 1)


def _number(tokens: list[str], place: int) -> tuple[Number | None, int]:
    """The number that starts at `place`, and where it ends; None where none does."""
    value = _simple(tokens[place])
    if value is None:
        return None, place
    place += 1
    while place < len(tokens):
        multiple = _word(tokens[place], "multiples")
        if multiple and value < int(multiple):
            value, place = value * int(multiple), place + 1
            continue
        joined = place + (tokens[place] in _JOINTS)
        part, end = _addend(tokens, joined, value)
        if part is None or not _adds(value, part, tokens[joined]):
            break
        value, place = value + part, end
    return value, place


def _addend(tokens: list[str], place: int, before: Number) -> tuple[Number | None, int]:
    """A further part of a number in words, with its own multiples: `deux cents` of `mille deux cents`."""
    if place >= len(tokens) or tokens[place][0].isdecimal():
        return None, place
    part = _simple(tokens[place])
    if part is None or part == 1:
        return None, place
    place += 1
    while place < len(tokens) and (multiple := _word(tokens[place], "multiples")):
        if part * int(multiple) >= before:  # another number begins: عشرين ألف ومائتي ألف
            return (None if before >= int(multiple) else part), place
        part, place = part * int(multiple), place + 1
    return part, place


def _adds(value: Number, part: Number, word: str) -> bool:
    """Whether two numbers side by side are parts of one: larger first, or in Arabic the unit before its ten."""
    if value.denominator != 1:
        return False
    if value < _TENS <= part < _HUNDRED:
        return part % _TENS == 0 and word >= _FIRST_ARABIC
    if value in _VIGESIMAL:
        return part < 2 * _TENS
    size = _TENS if value < _HUNDRED else _HUNDRED
    while value % (size * _TENS) == 0:
        size *= _TENS
    return value >= _TENS and part < size and value % size == 0


def _simple(token: str) -> Number | None:
    if token[0].isdecimal():
        return _digits(token)
    word = _word(token, "numbers")
    return Fraction(word) if word else (Fraction(1) if token in _ones() else None)


def _digits(token: str) -> Number | None:
    if _GROUPED.fullmatch(token):
        head, _, decimals = token.partition(",") if re.search(r"[. \u00a0\u202f]\d{3},", token) else (token, "", "")
        return Fraction(re.sub(r"\D", "", head) + (f".{decimals}" if decimals else ""))
    parts = re.split(r"[.,]", token)
    return Fraction(f"{parts[0]}.{parts[1]}") if len(parts) == 2 else (Fraction(token) if len(parts) == 1 else None)


def _unit(tokens: list[str], place: int, value: Number) -> tuple[str | None, int]:
    """The unit at `place`, past the same number in brackets and the preposition of a percentage."""
    while place < len(tokens) and (tokens[place] in {"(", ")", "في", "de", "pour", "per"} or tokens[place].isdecimal()):
        if tokens[place].isdecimal() and (tokens[place - 1] != "(" or Fraction(tokens[place]) != value):
            return None, place
        place += 1
    month = _word(tokens[place], "months") if place < len(tokens) else None
    if month:
        return f"{_MONTH}{month}", place + 1
    if place < len(tokens) and tokens[place] in {"cent", "cents"} and tokens[place - 1] in {"pour", "per"}:
        return "percent", place + 1
    unit = _word(tokens[place], "units") if place < len(tokens) else None
    return unit, place + 1


def _shared_units(tokens: list[str], found: list[_Quantity]) -> Iterator[_Quantity]:
    """`de trois à cinq ans`: the first number has the unit of the second."""
    for one, following in zip(found, [*found[1:], None], strict=False):
        between = tokens[one.end - 1 : following.start] if following and one.unit is None else []
        if following and between and len(between) <= 2 and between[-1] in _TO:
            yield _Quantity(one.value, following.unit, one.start, one.end)
        yield one


def _word(token: str, table: str) -> str | None:
    return next((found for bare in _bares(token) if (found := _table(table).get(bare))), None)


def _bares(token: str) -> tuple[str, ...]:
    """A word as it stands and, in Arabic, without what is written together with it."""
    return token, _PREFIXED.sub("", token)


@cache
def _table(name: str) -> dict[str, str]:
    rows: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))[name]
    return {fold(word): key for key, words in rows.items() for word in words.split()}


@cache
def _ones() -> frozenset[str]:
    return frozenset(tomllib.loads(_FILE.read_text(encoding="utf-8"))["one"]["words"].split())
