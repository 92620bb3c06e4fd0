"""What is no question about Moroccan policy, told by its words: another country's law, or instructions to Sanad.

Both resemble answerable questions in all else: « quelle amende en Tunisie » is next to « quelle amende au Maroc ».
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from index.analysis import fold

_FILE: Final = Path(__file__).parent / "outside.toml"
_WORD: Final = re.compile(r"[\w.-]*\w")
# A preposition may be part of the word: `فتونس`, `للجزائر`, `l'espagne`.
_PREFIX: Final = re.compile(r"^(?:و?[بفلك](?=\w{3})|و(?=ال))")
_TONGUE: Final = re.compile(r"(?:version|texte?|langue|traduction|translation|نسخه|النص|اللغه)s? (?:ال)?\w+")
_LAW: Final = (
    "(?:lois?|droit|code|laws?|fines?|penalty|amendes?|sanctions?|l?[9qk]anoun|l?gharama"
    "|(?:ال|لل)?(?:قانون|غرامه|عقوبه|تشريع))"
)


def gives_instructions(text: str) -> bool:
    """Whether the question speaks to the machine instead of asking about the law."""
    return _instructions().search(fold(text)) is not None


def speaks_to_the_machine(passage: str) -> bool:
    """Whether a passage of a document gives instructions to whatever reads it: that is no evidence of anything."""
    return _addressed().search(fold(passage)) is not None


def may_be_reworded(passage: str) -> bool:
    """Whether nothing in a passage might be meant for the language model that is asked to word it."""
    folded = fold(passage)
    return _addressed().search(folded) is None and _machines().search(folded) is None


def is_elsewhere(text: str, evidence: Iterable[str]) -> bool:
    """Whether the question is about another country, of which no text of `evidence` speaks.

    One that names Morocco or its bodies is about Morocco; who lives abroad may ask about Morocco too, but not for the
    law of that country.
    """
    folded = _TONGUE.sub(" ", fold(text))
    if _home().search(folded):
        return False
    named = _countries_in(folded)
    foreign = _foreign_law().search(folded) is not None
    if not named or (_abroad().search(folded) and not foreign):
        return False
    told = set[int]().union(*(_countries_in(fold(one)) for one in evidence))
    return foreign or not named <= told


def _countries_in(folded: str) -> set[int]:
    known = _countries()
    words = _WORD.findall(folded.replace("'", " ").replace("’", " "))
    found = {known.get(word, known.get(_PREFIX.sub("", word))) for word in words}
    found |= {known.get(f"ال{word[2:]}") for word in words if word.startswith("لل")}
    return {country for country in found if country is not None}


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _countries() -> dict[str, int]:
    """The line of each word; foreign authorities count as countries."""
    tables = _tables()
    lines = [*tables["places"]["countries"].split("\n"), *tables["law"]["authorities"].split()]
    return {word: number for number, line in enumerate(lines) for word in fold(line).split()}


@cache
def _foreign_law() -> re.Pattern[str]:
    """ "loi française", "القانون ديال فرنسا", "German law": a word of law beside a country or its adjective."""
    word = "(?:" + "|".join(sorted(map(re.escape, _countries()), key=len, reverse=True)) + ")"
    return re.compile(
        rf"(?<!\w){_LAW} (?:ديال |dyal |d'|de (?:la |l')?|of |en |in |f )?{word}(?!\w)|(?<!\w){word} {_LAW}(?!\w)"
    )


@cache
def _instructions() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _tables()["instructions"]["patterns"]))


@cache
def _addressed() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _tables()["addressed"]["patterns"]), re.DOTALL)


@cache
def _machines() -> re.Pattern[str]:
    table = _tables()["machines"]
    name, telling = rf"(?<!\w){table['names']}(?!\w)", rf"(?<!\w){table['telling']}(?!\w)"
    return re.compile(f"{name}.{{0,110}}?{telling}|{telling}.{{0,60}}?{name}|{table['tricks']}", re.DOTALL)


@cache
def _abroad() -> re.Pattern[str]:
    return re.compile(_tables()["abroad"]["pattern"].replace("\n", ""))


@cache
def _home() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _tables()['places']['home'].split()))})(?!\w)")
