"""Articles as people and texts number them: `52`, `607-3`, `premier`, `7 bis`, `المادة السابعة والعشرون`, `7 مكررة`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from corpus.instrument import western_digits

_UNITS: Final = (
    "premier première first one 1er ier الأولى الأول الاولى الاول الحادية الحادي",
    "deuxième deux second seconde two الثانية الثاني",
    "troisième trois third three الثالثة الثالث",
    "quatrième quatre fourth four الرابعة الرابع",
    "cinquième cinq fifth five الخامسة الخامس",
    "sixième six sixth السادسة السادس",
    "septième sept seventh seven السابعة السابع",
    "huitième huit eighth eight الثامنة الثامن",
    "neuvième neuf ninth nine التاسعة التاسع",
    "dixième dix tenth ten العاشرة العاشر",
    "onzième onze",
    "douzième douze",
    "treizième treize",
    "quatorzième quatorze",
    "quinzième quinze",
    "seizième seize",
    "dix-septième dix-sept",
    "dix-huitième dix-huit",
    "dix-neuvième dix-neuf",
    "vingtième vingt",
)
_NAMES: Final = {name: value for value, names in enumerate(_UNITS, start=1) for name in names.split()}
# Capitals often stand without their accents.
_ORDINALS: Final = _NAMES | {name.replace("è", "e"): value for name, value in _NAMES.items()}
_TENS: Final = {
    name: 10 * value
    for value, stem in enumerate(("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for name in (f"ال{stem}ون", f"ال{stem}ين")
}
_HUNDREDS: Final = {"المائة": 100, "المئة": 100, "المائتين": 200, "المئتين": 200, "المائتان": 200, "المئتان": 200}
REPEATS: Final = (
    *("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies"),
    *("undecies", "duodecies"),
)
_ARABIC_TIMES: Final = {"مرتين": 2, "ثلاث مرات": 3, "أربع مرات": 4, "خمس مرات": 5, "ست مرات": 6, "سبع مرات": 7}


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_ORDINAL: Final = _longest_first(_ORDINALS)
_TEN: Final = "|".join(_TENS)
_HUNDRED: Final = "|".join(_HUNDREDS)
_TIMES: Final = "|".join(name.replace(" ", r"\s+") for name in _ARABIC_TIMES)
SPOKEN_NUMBER: Final = (
    rf"(?:(?:(?P<unit>{_ORDINAL})\s+(?:(?P<teen>عشرة?)|و(?P<tens>{_TEN}))(?!\w)|(?P<round>{_TEN})(?!\w)"
    rf"|(?P<ordinal>{_ORDINAL})(?!\w))(?:\s+بعد\s+(?P<after>{_HUNDRED})(?!\w))?|(?P<hundred>{_HUNDRED})(?!\w))"
)
"""Pattern of an article's number in words, for `article_key`."""

ARTICLE_NUMBER: Final = rf"(?:{SPOKEN_NUMBER}|(?P<digits>\d{{1,4}}(?:[-.]\d{{1,2}}(?!\d)){{0,3}}))"
"""Pattern of an article's number, for `article_key`; it matches western digits only."""

ARTICLE_REPEAT: Final = (
    rf"(?:\s*\(?(?P<repeat>{_longest_first(REPEATS)}"
    rf"|(?:ال)?مكرر(?:ة|ا)?(?:\s*(?:{_TIMES}|[2-9](?!\d)))?)(?!\w)\)?)?"
)
"""Pattern of what may follow the number: `bis`, `مكررة مرتين`."""

_NAMED: Final = re.compile(
    r"(?<!\w)(?:l['’]|d['’]|بال|لل|وال|ال)?(?P<word>articles?|art\.?|مادة|ماده|مادتين|مادتان|مواد|فصل|فصلين|فصول"
    rf"|lmadda|madda|lmada|mada|lfasl|fasl)\s*(?:n[°ºo]\s*)?{ARTICLE_NUMBER}{ARTICLE_REPEAT}",
    re.IGNORECASE,
)
_PLURALS: Final = frozenset({"articles", "مادتين", "مادتان", "مواد", "فصلين", "فصول"})
_FURTHER: Final = re.compile(
    r"\s*(?:,|،|;|et|and|ou|or|à|to|أو|إلى|و|w)\s*(?P<digits>\d{1,4}(?:-\d{1,2})?)(?![\w./]|-\d)"
)


def articles_in(text: str) -> list[str]:
    """Articles that `text` names, in order of appearance, each once; `les articles 43 et 44` names two."""
    text = western_digits(text)
    found: list[str] = []
    for match in _NAMED.finditer(text):
        found.append(article_key(match))
        if match.group("word").lower() in _PLURALS:
            found += _further(text, match.end())
    return list(dict.fromkeys(found))


def _further(text: str, position: int) -> list[str]:
    found = []
    while match := _FURTHER.match(text, position):
        found.append(match.group("digits"))
        position = match.end()
    return found


def article_key(match: re.Match[str]) -> str:
    """The article that a match of ARTICLE_NUMBER and ARTICLE_REPEAT names, e.g. `52`, `607-3`, `7 bis`."""
    named = match.groupdict()
    digits = re.findall(r"\d+", named["digits"] or "")
    number = "-".join(str(int(part)) for part in digits) if named["digits"] else str(_spoken(named))
    return f"{number} {_repeat_key(named['repeat'])}" if named["repeat"] else number


def _spoken(named: dict[str, str | None]) -> int:
    """The value of a number in words: its parts add up."""
    words = [named["unit"] or named["ordinal"], named["tens"] or named["round"], named["after"] or named["hundred"]]
    values = (_ORDINALS, _TENS, _HUNDREDS)
    total = sum(known[word.lower()] for known, word in zip(values, words, strict=True) if word)
    return total + 10 if named["teen"] else total


@lru_cache(maxsize=8192)
def article_order(article: str) -> tuple[int, ...]:
    """A key that sorts articles as texts number them: `7`, `7 bis`, `7-1`, `7-1 bis`, `8`."""
    number, _, repeat = article.partition(" ")
    first, *parts = map(int, number.split("-"))
    times = [REPEATS.index(repeat) + 1] if repeat else []
    return (first, *(len(REPEATS) + 1 + part for part in parts), *times)


def _repeat_key(repeat: str) -> str:
    """`bis` for مكررة, `ter` for مكررة مرتين, `quater` for مكرر 3: the Arabic counts the repetitions."""
    latin = repeat.lower()
    if latin in REPEATS:
        return latin
    spoken = next((times for name, times in _ARABIC_TIMES.items() if name in " ".join(repeat.split())), 1)
    times = int(repeat[-1]) if repeat[-1].isdigit() else spoken
    return REPEATS[times - 1]
