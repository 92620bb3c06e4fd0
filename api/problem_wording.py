"""The words of every problem, from `wordings/*.toml`, and which language a caller reads best."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

LANGUAGES: Final = ("en", "fr", "ar")
"""The first is spoken to who names none of them."""
_FOLDER: Final = Path(__file__).parent / "wordings"
_MOST_WISHES: Final = 20


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in words: its title, the detail of one case with `{}` fields for facts, and what to do about it."""

    title: str
    detail: str
    about: str


@dataclass(frozen=True, slots=True)
class ProblemWording:
    """What one language says; `rules` words the rules of fields by their stable names."""

    direction: str
    heading: str
    all_problems: str
    status: str
    problems: dict[str, Said]
    rules: dict[str, str]


@cache
def problem_wording(language: str) -> ProblemWording:
    """The wording for one of `LANGUAGES`. Raises ValueError when its file lacks a sentence."""
    text = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return TypeAdapter(ProblemWording).validate_python(tomllib.loads(text))


def preferred_language(accept_language: str) -> str:
    """The language of `LANGUAGES` that weighs most in an `Accept-Language` header; what cannot be read is skipped."""
    best, most = LANGUAGES[0], 0.0
    for wish in accept_language.split(",")[:_MOST_WISHES]:
        tag, _, weight = wish.partition(";")
        language = tag.strip().lower().partition("-")[0]
        value = _weight(weight)
        if language in LANGUAGES and value > most:
            best, most = language, value
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
