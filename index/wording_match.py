"""Where words stand in a text: word for word, or in a spelling that differs in nothing that carries meaning."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from index.analysis import fold

_ALIKE: Final = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("“”«»„", '"') | dict.fromkeys("‐‑–—−", "-"))

Place = tuple[int, int]
"""`text[start:end]`."""


def places_of(quote: str, text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Where `quote` stands in `text[start:end]`, character for character; places do not overlap."""
    at = text.find(quote, start, end)
    while quote and at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + len(quote), end)


def similar_places(quote: str, text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """The same where spaces, case, accents, quotation marks, dashes, scripts of digits or Arabic variants differ."""
    wanted = "".join(_spelled(quote)[0]).strip()
    letters, offsets = _spelled(text[start:end])
    whole = "".join(letters)
    for first, last in places_of(wanted, whole):
        yield start + offsets[first], start + offsets[last - 1] + 1


def _spelled(text: str) -> tuple[list[str], list[int]]:
    """Folded characters, each with the offset that it comes from; any white space is one space."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for letter in _folded(character):
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                offsets.append(offset)
    return letters, offsets


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":
        return ""
    return fold(character.translate(_ALIKE))
