"""What is no question about Moroccan policy, told by its words: another country's law, or instructions to Sanad.

Both resemble answerable questions in all else: « quelle amende en Tunisie » is next to « quelle amende au Maroc ».
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from index.analysis import fold

Outside = Literal["elsewhere", "instructions"]

_FILE: Final = Path(__file__).parent / "outside.toml"
_IN: Final = r"(?:en|au|aux|in|dans|f|fi|b|في)"
_LAW: Final = (
    "(?:lois?|droit|code|laws?|fines?|penalty|amendes?|sanctions?|l?[9qk]anoun|l?gharama"
    "|(?:ال|لل)?(?:قانون|غرامه|عقوبه|تشريع))"
)


def outside(text: str) -> Outside | None:
    """Why a question is not one for Sanad, or None. One that names Morocco too is about Morocco."""
    folded = fold(text)
    if _instructions().search(folded):
        return "instructions"
    if _elsewhere().search(folded) and not _home().search(folded):
        return "elsewhere"
    return None


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _instructions() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _tables()["instructions"]["patterns"]))


@cache
def _elsewhere() -> re.Pattern[str]:
    """A country's law or its fines, or a foreign authority. Who lives abroad may ask about Morocco all the same."""
    tables = _tables()
    places, adjectives = _any(tables["places"]["names"]), _any(tables["law"]["adjectives"])
    return re.compile(
        rf"(?<!\w){_LAW}(?!\w).{{0,60}}(?<!\w)(?:{_IN} (?:la |l')?|[فب](?:ي )?){places}(?!\w)"
        rf"|(?<!\w){_LAW} (?:ديال |dyal |d'|de (?:la |l')?|of ){places}(?!\w)"
        rf"|(?<!\w){_LAW} {adjectives}(?!\w)|(?<!\w){adjectives} {_LAW}(?!\w)"
        rf"|(?<!\w){_any(tables['law']['authorities'])}(?!\w)"
    )


@cache
def _home() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any(_tables()['places']['home'])}(?!\w)")


def _any(words: str) -> str:
    return "(?:" + "|".join(map(re.escape, words.split())) + ")"
