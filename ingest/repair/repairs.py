"""The record of what cleaning changed in a document: how often, and a few samples of each kind."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from ingest.document import Repair

MOST_SAMPLES: Final = 5
"""Samples that are kept of each kind of repair."""

_CONTEXT: Final = 16
_SPACES: Final = re.compile(r"\s+")
_LONGEST_SAMPLE: Final = 120


class RepairLog:
    """Counts repairs by name while a document is cleaned, and keeps the first samples that differ."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._samples: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}

    def note(self, name: str, before: str, after: str, around: tuple[str, str] = ("", "")) -> None:
        """Record one repair; `around` is the text on its left and right, of which a few words go into the sample."""
        self._counts[name] += 1
        samples = self._samples.setdefault(name, {})
        if len(samples) < MOST_SAMPLES and (before, after) not in samples:
            left, right = _last_words(around[0]), _first_words(around[1])
            samples[before, after] = _shown(left + before + right), _shown(left + after + right)

    def sub(
        self, name: str, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], text: str
    ) -> str:
        """`pattern.sub(replacement, text)`, recording every place that it changes."""

        def replace(match: re.Match[str]) -> str:
            before = match.group()
            after = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            if after != before:
                start, end = match.span()
                self.note(name, before, after, (text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]))
            return after

        return pattern.sub(replace, text)

    def repairs(self) -> tuple[Repair, ...]:
        """All repairs in the order in which the first of each name was made."""
        return tuple(Repair(name, count, tuple(self._samples[name].values())) for name, count in self._counts.items())


def _last_words(text: str) -> str:
    """The end of `text`, without a word that is cut, no farther than its last line."""
    line = text[-_CONTEXT:].rsplit("\n", 1)[-1]
    return line if len(text) < _CONTEXT or len(line) < _CONTEXT else line.partition(" ")[2]


def _first_words(text: str) -> str:
    line = text[:_CONTEXT].split("\n", 1)[0]
    return line if len(line) < _CONTEXT else line.rpartition(" ")[0]


def _shown(text: str) -> str:
    return _SPACES.sub(" ", text).strip()[:_LONGEST_SAMPLE]
