"""Dates as Moroccan legal texts state them: Gregorian, Hijri, or both side by side."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from hijridate import Hijri

from corpus.instrument import western_digits

_GREGORIAN: Final = (
    "janvier|january|يناير",
    "f[ée]vrier|february|فبراير|يبراير",
    "mars|march|مارس",
    "avril|april|أبريل|ابريل|إبريل",
    "mai|may|ماي|مايو",
    "juin|june|يونيو|يونيه",
    "juillet|july|يوليو|يوليوز|يوليه",
    "ao[ûu]t|august|أغسطس|اغسطس|غشت",
    "septembre|september|سبتمبر|شتنبر",
    "octobre|october|أكتوبر|اكتوبر",
    "novembre|november|نوفمبر|نونبر",
    "d[ée]cembre|december|ديسمبر|دجنبر",
)
_FIRST: Final = r"(?:I(?!I)|1(?:er)?(?!\d)|al\s?-?\s?awa?l|premier)"
_SECOND: Final = r"(?:II|2(?!\d)|ath?\s?-?\s?thani|al\s?-?\s?akhir)"
_HIJRI: Final = (
    "mo?u?harr[ae]m|محرم(?:\\s+الحرام)?",
    "safar|صفر(?:\\s+الخير)?",
    rf"rab[iï]?[aâiï]*\s+{_FIRST}|ربيع\s+(?:الأول|الاول)",
    rf"rab[iï]?[aâiï]*\s+{_SECOND}|ربيع\s+(?:الثاني|الآخر|الاخر|الأخير)",
    rf"jo?u?mada\s+{_FIRST}|جمادى\s+(?:الأولى|الاولى|الأول)",
    rf"jo?u?mada\s+{_SECOND}|جمادى\s+(?:الآخرة|الاخرة|الثانية)",
    "r[ae]j[ae]b|رجب",
    "cha[aâ]?ba?ne?|شعبان",
    "ramadh?an|رمضان",
    "cha(?:ou|w)w?al|شوال",
    "(?:d[h]?ou\\s+(?:al[\\s-]?|el[\\s-]?)?)?[kq][aâi]+da|ذي\\s+القعدة|ذو\\s+القعدة",
    "(?:d[h]?ou\\s+(?:al[\\s-]?|el[\\s-]?)?)?hijj?a|ذي\\s+الحجة|ذو\\s+الحجة",
)


def _names(prefix: str, months: tuple[str, ...]) -> str:
    return "|".join(f"(?P<{prefix}{number}>{names})" for number, names in enumerate(months, start=1))


_DAY: Final = r"\d{1,2}|1er|فاتح"
_NOISE: Final = r"[\s()،,.:]{0,6}"
_FOOTNOTE_CALL: Final = r"(?:\d\s{1,2}\(\s?)?"
_GREGORIAN_DATE: Final = rf"(?P<day>{_DAY})\s?(?:{_names('g', _GREGORIAN)}){_NOISE}(?P<year>(?:1[89]|20)\d\d)(?!\d)"
# Right-to-left layout may put the Gregorian day before the Hijri year: `22 صفر 18( 1430 فبراير )2009`.
_HIJRI_DATE: Final = (
    rf"(?P<hday>{_DAY})\s(?:من\s+)?(?:{_names('h', _HIJRI)})\s{{0,2}}(?:(?P<strayed>\d{{1,2}})\s?[()]\s?)?"
    r"[()]?\s?(?P<hyear>1[345]\d\d)(?!\d)"
)
_WITHOUT_DAY: Final = rf"(?:(?P<day>{_DAY})\s?)?(?:{_names('g', _GREGORIAN)}){_NOISE}(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_PAIR: Final = re.compile(rf"(?<!\d)(?:{_HIJRI_DATE}(?:{_NOISE}{_FOOTNOTE_CALL}(?:{_WITHOUT_DAY}))?)", re.IGNORECASE)
_PLAIN: Final = re.compile(rf"(?<!\d){_GREGORIAN_DATE}", re.IGNORECASE)
_MONTH: Final = re.compile(rf"(?<!\w)(?:{_names('g', _GREGORIAN)})\s{{1,2}}(?P<year>20\d\d)(?!\d)", re.IGNORECASE)
_SIGHTING: Final = 3
"""Days by which a month that the new moon opens in Morocco may differ from the computed calendar."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that `text[start:end]` states: `hijri` is `1430-02-22`, `day` computed where no Gregorian date stands."""

    day: date
    hijri: str | None
    start: int
    end: int


def dates_in(text: str) -> list[StatedDate]:
    """Full dates (day, month, year) that `text` states, in order; impossible ones are left out."""
    text = western_digits(text)
    found = [read for match in _PAIR.finditer(text) if (read := _both(match))]
    taken = {position for stated in found for position in range(stated.start, stated.end)}
    plain = (match for match in _PLAIN.finditer(text) if match.start() not in taken)
    found += [StatedDate(day, None, *match.span()) for match in plain if (day := _gregorian(match, None))]
    return sorted(found, key=lambda stated: stated.start)


def month_in(text: str) -> str | None:
    """The first month of a year that `text` states, as `2024-02`."""
    match = _MONTH.search(western_digits(text))
    return f"{match.group('year')}-{_month(match, 'g'):02}" if match else None


def agree(day: date, hijri: str) -> bool:
    """Whether both mean one day, as far as the sighting of the moon allows; True where it cannot be computed."""
    computed = _computed(*map(int, hijri.split("-")))
    return computed is None or abs((day - computed).days) <= _SIGHTING


def _both(match: re.Match[str]) -> StatedDate | None:
    hijri = (int(match.group("hyear")), _month(match, "h"), _day(match.group("hday")))
    day = _gregorian(match, match.group("strayed")) if match.group("year") else None
    stated = day or _computed(*hijri)
    return StatedDate(stated, "{:04}-{:02}-{:02}".format(*hijri), *match.span()) if stated else None


def _computed(year: int, month: int, day: int) -> date | None:
    """The computed calendar begins in 1343; a 30th of a month of 29 days is no date there."""
    try:
        converted = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(converted.year, converted.month, converted.day)


def _gregorian(match: re.Match[str], strayed: str | None) -> date | None:
    day = match.group("day") or strayed
    if day is None:
        return None
    try:
        return date(int(match.group("year")), _month(match, "g"), _day(day))
    except ValueError:
        return None


def _month(match: re.Match[str], prefix: str) -> int:
    return next(number for number in range(1, 13) if match.group(f"{prefix}{number}"))


def _day(written: str) -> int:
    return int(written) if written.isdigit() else 1
