"""Articles as people and texts number them: `52`, `607-3`, `premier`, `7 bis`, `المادة السابعة والعشرون`, `7 مكررة`."""

import re
from typing import Final

from corpus.instrument import western_digits

_UNITS: Final = (
    "premier première first 1er الأولى الأول الاولى الاول الحادية الحادي",
    "deuxième الثانية الثاني",
    "troisième الثالثة الثالث",
    "quatrième الرابعة الرابع",
    "cinquième الخامسة الخامس",
    "sixième السادسة السادس",
    "septième السابعة السابع",
    "huitième الثامنة الثامن",
    "neuvième التاسعة التاسع",
    "dixième العاشرة العاشر",
)
_ORDINALS: Final = {name: value for value, names in enumerate(_UNITS, start=1) for name in names.split()}
_TENS: Final = {
    name: 10 * value
    for value, stem in enumerate(("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for name in (f"ال{stem}ون", f"ال{stem}ين")
}
REPEATS: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies")
_ARABIC_TIMES: Final = {"مرتين": 2, "ثلاث مرات": 3, "أربع مرات": 4, "خمس مرات": 5}

_ORDINAL: Final = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_TEN: Final = "|".join(_TENS)
_TIMES: Final = "|".join(name.replace(" ", r"\s+") for name in _ARABIC_TIMES)
ARTICLE_NUMBER: Final = (
    rf"(?:(?P<unit>{_ORDINAL})\s+(?:(?P<teen>عشرة?)|و(?P<tens>{_TEN}))(?!\w)|(?P<round>{_TEN})(?!\w)"
    rf"|(?P<ordinal>{_ORDINAL})(?!\w)|(?P<digits>\d{{1,4}}(?:-\d{{1,2}}(?!\d))*))"
)
"""Pattern of an article's number, for `article_key`; it matches western digits only."""

ARTICLE_REPEAT: Final = (
    rf"(?:\s*(?P<repeat>{'|'.join(sorted(REPEATS, key=len, reverse=True))}"
    rf"|(?:ال)?مكرر(?:ة)?(?:\s*(?:{_TIMES}|[2-9]))?)(?!\w))?"
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
    if named["unit"]:
        number = str(_ORDINALS[named["unit"].lower()] + (10 if named["teen"] else _TENS[named["tens"]]))
    elif named["round"]:
        number = str(_TENS[named["round"]])
    elif named["ordinal"]:
        number = str(_ORDINALS[named["ordinal"].lower()])
    else:
        number = named["digits"]
    return f"{number} {_repeat_key(named['repeat'])}" if named["repeat"] else number


def _repeat_key(repeat: str) -> str:
    """`bis` for مكررة, `ter` for مكررة مرتين, `quater` for مكرر 3: the Arabic counts the repetitions."""
    latin = repeat.lower()
    if latin in REPEATS:
        return latin
    spoken = next((times for name, times in _ARABIC_TIMES.items() if name in " ".join(repeat.split())), 1)
    times = int(repeat[-1]) if repeat[-1].isdigit() else spoken
    return REPEATS[times - 1]
