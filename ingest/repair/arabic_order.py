"""Figures, dates and marks that the mixture of two directions of writing moved in Arabic text."""

import re
from typing import Final

from ingest.repair.repairs import RepairLog

_ARABIC: Final = "\u0621-\u064a"
_ARABIC_WORD: Final = re.compile(f"[{_ARABIC}]{{2}}")
_MONTH: Final = rf"([{_ARABIC}]{{2,12}}(?: [{_ARABIC}]{{2,12}})?)"
_RTL_DATE: Final = re.compile(rf"(\d{{1,2}})\( ?(\d{{4}}) ?{_MONTH} ?([،؛.:]?) ?[()] ?(\d{{4}})(?!\d)")
_RTL_DATE_OPEN: Final = re.compile(rf"(\d{{1,2}})\) ?(\d{{4}}) ?{_MONTH}\s*([،؛.:]?) ?\( ?(\d{{4}})(?!\d)")
_RTL_YEAR: Final = re.compile(rf"(\d{{4}}|(?<![^\s]))( ?)\( ?(\d{{1,2}}) ?{_MONTH} ?([،؛.:]?) ?[()] ?(\d{{4}})(?!\d)")
_EMPTY_BRACKETS: Final = re.compile(rf"\( ?\) ?(\d{{1,4}})(?![\d.])( ?(?=[{_ARABIC}]))?")
_EMPTY_LATIN_BRACKETS: Final = re.compile(r"\( ?([،؛.:]?) ?\) ?([A-Za-z][A-Za-z0-9-]{0,30})(?![A-Za-z0-9-])")
_EMPTY_LATIN_QUOTES: Final = re.compile(r"« ?» ?(\.?[A-Za-z][A-Za-z0-9-]{0,30})(?![A-Za-z0-9-])")
_ROMAN_AFTER_MARK: Final = re.compile(rf"(?<=[{_ARABIC}]) ?([:-]) ?([IVXLC]{{1,5}})(?=[{_ARABIC}])")
_MIRRORED_QUOTES: Final = re.compile(r"» ?([^«»\n]{1,90}?) ?«( ?:)?")
_GLUED_DIGIT: Final = re.compile(rf"(?<=\d)(?=[{_ARABIC}])|(?<=[{_ARABIC}]{{3}})(?=\d)")
# One letter in brackets is the ending of the other gender: `المستفيد(ة)ات`.
_GLUED_BRACKET: Final = re.compile(rf"(?:(?<=[\w»\"]{{2}}\))|(?<=[A-Za-z]»))(?=[{_ARABIC}]{{2}})")
_GLUED_LATIN: Final = re.compile(rf"(?<=[A-Za-z])(?=[{_ARABIC}]{{2}})|(?<=[{_ARABIC}]{{3}})(?<!ال)(?=[A-Za-z]{{2}})")
_FLOATING_MARK: Final = re.compile(
    rf"(?<=[{_ARABIC}\d)»\"]) +([،؛:.؟!])(?=[{_ARABIC}\d(«\"])|(?<=\))([،؛])(?=[{_ARABIC}])"
)
# What names a thing by its number: a mark between the two stood behind the number.
_NUMBERED: Final = r"رقم|عدد|(?:[وبفك]?ال|لل)(?:مادة|مادتين|مواد|فصل|فصلين|فصول|فقرة)"
_MARK_BEFORE_NUMBER: Final = re.compile(
    rf"(?<!\w)((?:{_NUMBERED})|\d و) ?([،؛]) ?(\d[\d.-]{{0,12}})(?![\d,])(?= ?[^\W\d])"
)
_MARK_IN_HEADING: Final = re.compile(r"(?m)^(المادة|الفصل) ?: ?(\d{1,3})(?![\w.-])")
_ISSUE_AND_DAY: Final = re.compile(rf"(?<!\w)(عدد) ?(\d{{1,2}}) ?، ?(\d{{4}})(?= ?{_MONTH})")
# Numbers of decrees and dahirs begin with one digit and the year: `2.19.190`.
_REVERSED_NUMBER: Final = re.compile(r"(?<![\d.-])(\d{2,4})([.-])(\d\d)\2([1-4])(?![\d.-])(?=(.{0,60}))")
_YEAR: Final = re.compile(r"(?<!\d)(1[34]|19|20)(\d\d)(?!\d)")
_FIRST_HIJRI: Final = 622


def quotes_are_mirrored(text: str) -> bool:
    """Whether more quotations open with `»` than with `«`, as right-to-left extraction leaves them."""
    if not _ARABIC_WORD.search(text):
        return False
    return len(re.findall(r"(?:^|[\s(])»(?=\s?\w)", text)) > len(re.findall(r"(?:^|[\s(])«(?=\s?\w)", text))


def turn_quotes(text: str, log: RepairLog) -> str:
    """Put the marks around a quotation the right way round."""
    return log.sub("quotation marks turned", _MIRRORED_QUOTES, _turned, text)


def _turned(match: re.Match[str]) -> str:
    return f"«{match.group(1)}»{(match.group(2) or '').strip()}"


def figures_in_place(text: str, log: RepairLog) -> str:
    """Put back what right-to-left layout moved: `18( 1430 فبراير )2009` is `1430 (18 فبراير 2009)`."""
    if not _ARABIC_WORD.search(text):
        return text
    text = log.sub("dates reordered", _RTL_DATE, r"\2 (\1 \3 \5)\4", text)
    text = log.sub("dates reordered", _RTL_DATE_OPEN, r"\2 (\1 \3 \5)\4", text)
    text = log.sub("dates reordered", _RTL_YEAR, _closed_date, text)
    text = log.sub("punctuation moved", _MARK_BEFORE_NUMBER, r"\1 \3\2 ", text)
    text = log.sub("punctuation moved", _MARK_IN_HEADING, r"\1 \2:", text)
    text = log.sub("numbers turned", _ISSUE_AND_DAY, r"\1 \3، \2 ", text)
    text = log.sub("numbers turned", _REVERSED_NUMBER, _turned_number, text)
    text = log.sub("brackets closed around figures", _EMPTY_BRACKETS, _closed, text)
    text = log.sub("brackets closed around names", _EMPTY_LATIN_BRACKETS, r"(\2)\1", text)
    text = log.sub("brackets closed around names", _EMPTY_LATIN_QUOTES, r"«\1»", text)
    text = log.sub("punctuation moved", _ROMAN_AFTER_MARK, r" \2 \1 ", text)
    text = log.sub("digits unglued", _GLUED_DIGIT, " ", text)
    text = log.sub("brackets unglued", _GLUED_BRACKET, " ", text)
    return log.sub("names unglued", _GLUED_LATIN, " ", text)


def _closed(match: re.Match[str]) -> str:
    return f"({match.group(1)})" + (" " if match.group(2) is not None else "")


def _closed_date(match: re.Match[str]) -> str:
    before, space, day, month, mark, year = match.groups()
    return f"{before}{' ' if before else space}({day} {month} {year}){mark}"


def _turned_number(match: re.Match[str]) -> str:
    """The one way to turn a number whose year is that of the date after it; as it stands when none or both are."""
    number, mark, year, kind, after = match.groups()
    years = {_gregorian(century + rest) for century, rest in _YEAR.findall(after)}
    ways = {(kind, year, number), (kind, year[::-1], number[::-1])}
    fitting = [way for way in ways if any(f"{near % 100:02}" == way[1] for known in years for near in known)]
    return mark.join(fitting[0]) if len(fitting) == 1 else f"{number}{mark}{year}{mark}{kind}"


def _gregorian(year: str) -> tuple[int, ...]:
    """The Gregorian years that a year of either calendar may be."""
    number = int(year)
    if number >= 1900:
        return (number,)
    start = int(number * 0.970225) + _FIRST_HIJRI - 1
    return start, start + 1


def marks_in_place(text: str, log: RepairLog) -> str:
    """Move a mark that slipped to the next word back to its own: `الوزير ،والإدارة` is `الوزير، والإدارة`."""
    return log.sub("punctuation moved", _FLOATING_MARK, lambda match: f"{match.group(1) or match.group(2)} ", text)
