"""Bodies, programmes and terms as people write them, with the names that official texts give them (`names.toml`).

A question on « la CNDP » shares no word with the Arabic law that sets it up; its official name does.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from index.analysis import fold

_FILE: Final = Path(__file__).parent / "names.toml"
_WORD: Final = re.compile(r"[\w-]+(?:\.\w+)*")
_BRACKETED: Final = re.compile(r"\s*\([^)]*\)")
_PREFIX: Final = re.compile(r"^(?:[وف]?(?:ب|ل|ك)?(?:ال)?|لل|l|d|f|b)(?=\w{3})")
_CASED: Final = 3
"""Acronyms of up to so many letters are compared in capitals: `ADD` is the agency, `add` a word."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called in each language of the index."""

    fr: str
    ar: str
    en: str

    def in_language(self, language: str) -> str:
        """The name in `fr`, `ar` or `en`, without the acronym in brackets."""
        return _BRACKETED.sub("", {"fr": self.fr, "ar": self.ar, "en": self.en}[language])


def names_in(text: str) -> list[Name]:
    """The names that `text` gives in any of their forms, longest first where they overlap, each once."""
    words = _WORD.findall(text)
    folded = [fold(word) for word in words]
    forms, longest = _forms()
    found: dict[Name, None] = {}
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            name = _lookup(forms, words[place : place + length], folded[place : place + length])
            if name is not None:
                found[name] = None
                place += length
                break
        else:
            place += 1
    return list(found)


def _lookup(forms: dict[tuple[str, ...], Name], words: list[str], folded: list[str]) -> Name | None:
    if len(words) == 1 and len(words[0]) <= _CASED:
        return forms.get((words[0],))
    return forms.get(tuple(folded)) or forms.get((_PREFIX.sub("", folded[0]), *folded[1:]))


@cache
def _forms() -> tuple[dict[tuple[str, ...], Name], int]:
    """Every form, as words (folded but for short acronyms), and the number of words of the longest."""
    forms: dict[tuple[str, ...], Name] = {}
    for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["name"]:
        name = Name(entry["fr"], entry["ar"], entry["en"])
        for form in [*entry["forms"], *entry["forms_ar"], name.fr, name.ar, name.en]:
            words = _WORD.findall(form)
            short = len(words) == 1 and len(words[0]) <= _CASED
            folded = tuple(words) if short else tuple(map(fold, words))
            for key in (folded, (_PREFIX.sub("", folded[0]), *folded[1:])) if folded else ():
                forms.setdefault(key, name)
    return forms, max(map(len, forms))
