"""The notes against the official texts, where the shared inputs hold these: articles exist, wording is our own."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from corpus.article import articles_in
from corpus.catalogue import STARTER, read_catalogue
from corpus.instrument import numbers_in

NOTES = sorted(path.name for path in STARTER.glob("*.md"))
LONGEST_RUN = 12
"""Words that a note may share with a source in a row."""
PARENTHESES = re.compile(r"\(([^()]*)\)")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@cache
def texts(core: Path) -> dict[str, str]:
    """The plain texts of the corpus by their file names; the repaired text differs from them in spaces and letters."""
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(core.glob("*.[tm][xd]*"))}


@cache
def articles(core: Path) -> dict[str, frozenset[str]]:
    """The articles that the texts of each instrument name, their own among them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    catalogue = read_catalogue(core)
    for name, text in texts(core).items():
        instrument = catalogue.source(name).instrument
        if instrument is not None:
            found[instrument.number] |= set(articles_in(text))
    return {number: frozenset(held) for number, held in found.items()}


@cache
def runs(core: Path) -> frozenset[int]:
    """Hashes of all runs of one word more than may be shared."""
    found = set()
    for text in texts(core).values():
        spoken = words(text)
        found |= {hash(tuple(spoken[i : i + LONGEST_RUN + 1])) for i in range(len(spoken) - LONGEST_RUN)}
    return frozenset(found)


@pytest.mark.parametrize("name", NOTES)
def test_every_article_that_a_note_cites_exists(name: str, shared: Path) -> None:
    held = articles(shared / "corpus/core")
    missing = []
    for inside in PARENTHESES.findall((STARTER / name).read_text(encoding="utf-8")):
        for part in re.split("[;؛]", inside):
            for number in numbers_in(part):
                missing += [(number, one) for one in articles_in(part) if number in held and one not in held[number]]
    assert missing == []


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_in_our_own_words(name: str, shared: Path) -> None:
    spoken = words((STARTER / name).read_text(encoding="utf-8"))
    pieces = (spoken[i : i + LONGEST_RUN + 1] for i in range(len(spoken) - LONGEST_RUN))
    assert [" ".join(piece) for piece in pieces if hash(tuple(piece)) in runs(shared / "corpus/core")] == []
