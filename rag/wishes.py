"""What a reader asks of the answer before: the whole article, the text in another language, what has changed."""

import re
import tomllib
from functools import cache, reduce
from pathlib import Path
from typing import Final, Literal, get_args

from index.analysis import fold, terms
from rag.languages import framing_language, question_language

Wish = Literal["changes", "ar", "fr", "more"]
WISHES: Final[tuple[Wish, ...]] = get_args(Wish)

_MOST_WORDS: Final = 9
_MASK: Final = re.compile(r"\[[a-z]+\]")
"""What stands for personal data (`rag.masking`)."""
_FILE: Final = Path(__file__).parent / "wishes.toml"


def wish_of(text: str) -> Wish | None:
    """The wish that a short text expresses; None where it is a question of its own, or has a subject of its own."""
    if len(text.split()) > _MOST_WORDS:
        return None
    folded = _MASK.sub(" ", fold(text))
    wish = next((wish for wish, pattern in _patterns().items() if pattern.search(folded)), None)
    if wish is None:
        return None
    rest = reduce(lambda left, pattern: pattern.sub(" ", left), (*_patterns().values(), _courtesy()), folded)
    own = any(map(str.isdigit, rest)) or terms(rest, framing_language(question_language(text)))
    return None if own else wish


@cache
def _written() -> dict[str, list[str]]:
    written: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return written


@cache
def _patterns() -> dict[Wish, re.Pattern[str]]:
    return {wish: re.compile(rf"(?<!\w)(?:{'|'.join(_written()[wish])})(?!\w)") for wish in WISHES}


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_written()['courtesy'])})(?!\w)")
