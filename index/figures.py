"""Kinds of figures that questions ask for, and whether a text states one: an amount, a duration, a term, a share.

Few passages state any, so one that states what was asked for is likelier to be the answer than its neighbour.
"""

import re
from typing import Final, Literal, get_args

from index.analysis import fold

Figure = Literal["amount", "duration", "prison", "share"]
FIGURES: Final[tuple[Figure, ...]] = get_args(Figure)

_NUMBER: Final = (
    r"(?:\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|soixante|one|two|three|four"
    r"|five|six|seven|ten|thirty|sixty)"
)
_UNIT: Final = r"(?:jours?|mois|ans?|annees?|heures?|semaines?|days?|months?|years?|hours?|weeks?)"
# Folded text: without case, accents, hamza or ta marbuta.
_STATED: Final[dict[Figure, re.Pattern[str]]] = {
    "amount": re.compile(
        r"(?<!\w)(?:dirhams?|dh|mad|درهما?|دراهم|amendes?|fines?|غرامه|gratuit\w*|مجان\w*|free of charge)(?!\w)"
    ),
    "duration": re.compile(
        rf"(?<!\w){_NUMBER}\W{{1,3}}(?:\(\w+\)\s)?{_UNIT}(?!\w)"
        r"|(?<!\w)(?:يوما?|ايام|يومين|شهرا?|اشهر|شهور|شهرين|سنوات|سنه|سنتين|ساعه|ساعات|اسبوع|اسبوعين)(?!\w)"
    ),
    "prison": re.compile(
        r"(?<!\w)(?:emprisonnement|prison|reclusion|imprisonment|(?:وب|ب|ال|بال)?حبس|(?:ال|بال)?سجن)(?!\w)"
    ),
    "share": re.compile(r"\d ?%|pour cent|per ?cent|في الم(?:ايه|يه|اءه)|بالم(?:ايه|يه)"),
}


def figures_in(text: str) -> tuple[Figure, ...]:
    """The kinds of figures that `text` states."""
    folded = fold(text)
    return tuple(figure for figure in FIGURES if _STATED[figure].search(folded))


def figure_term(figure: Figure) -> str:
    """The index term of a passage that states such a figure; no word of any text looks like it."""
    return f"#{figure}"
