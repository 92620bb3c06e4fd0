"""What a reader asks of the answer before: the whole article, the text in another language, what has changed."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from index.analysis import fold

Wish = Literal["changes", "ar", "fr", "more"]
WISHES: Final[tuple[Wish, ...]] = get_args(Wish)

_MOST_WORDS: Final = 9
_FILE: Final = Path(__file__).parent / "wishes.toml"


def wish_of(text: str) -> Wish | None:
    """The wish that a short text expresses; None where it is a question of its own."""
    if len(text.split()) > _MOST_WORDS:
        return None
    folded = fold(text)
    return next((wish for wish, pattern in _patterns().items() if pattern.search(folded)), None)


@cache
def _patterns() -> dict[Wish, re.Pattern[str]]:
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {wish: re.compile("|".join(written[wish])) for wish in WISHES}
