"""What a question asks for, told by its words: kinds of figures, a quantity in a year, a day of the past, a premise."""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from index.analysis import fold
from index.figures import FIGURES, Figure

_FILE: Final = Path(__file__).parent / "asks.toml"
_YEAR: Final = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./-])")

Premise = Literal["reference", "report"]
"""What is taken for granted: the content of a text that the question names by number, or what some text reports."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a question asks for. `years` are those of which a quantity is asked; `on` is the day it speaks of."""

    figures: tuple[Figure, ...] = ()
    years: tuple[str, ...] = ()
    on: date | None = None
    premise: Premise | None = None


def asks_of(text: str, readings: tuple[str, ...] = ()) -> Asks:
    """What `text` asks for; `readings` are further spellings of the same question."""
    folded = fold(text)
    whole = "\n".join([folded, *map(fold, readings)])
    patterns = _patterns()
    return Asks(
        figures=tuple(figure for figure in FIGURES if patterns[figure].search(whole)),
        years=tuple(_YEAR.findall(folded)) if patterns["quantity"].search(whole) else (),
        on=_day(folded),
        premise=_premise(folded),
    )


def _premise(folded: str) -> Premise | None:
    patterns = _patterns()
    if any(patterns[form].search(folded) for form in ("opening", "participle", "stated")):
        return "reference"
    return "report" if patterns["reported"].search(folded) else None


def _day(folded: str) -> date | None:
    """The last day of the month or year that the question places itself in."""
    found = _patterns()["past"].search(folded)
    if found is None:
        return None
    year = int(found["year"])
    month = _months()[found["month"]] if found["month"] else 12
    return date(year, month, monthrange(year, month)[1])


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    rows = _tables()["past"]["months"]
    return {name: number for number, names in enumerate(rows, start=1) for name in names.split()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    tables = _tables()
    before = tables["past"]["before_year"].replace("{months}", "|".join(_months()))
    written = tables["figures"] | tables["premise"] | {"quantity": tables["quantity"]["pattern"]}
    found = {name: re.compile(pattern.replace("\n", "")) for name, pattern in written.items()}
    return found | {"past": re.compile(rf"(?<!\w){before}(?P<year>(?:19|20)\d\d)(?![\d./-])")}
