"""Near copies among many texts without comparing every pair: bottom-k sketches of word shingles, and buckets.

Broder, "On the resemblance and containment of documents" (1997): the smallest hashes of two sets are a fair sample
of their union, so that what they share tells what the texts share.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.instrument import western_digits

_WORDS: Final = re.compile(r"\w+")
_ALIKE: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
"""Letters that copies of one Arabic text write differently, and the signs of vowels."""

_SHINGLE: Final = 5
_KEPT: Final = 1024
_BUCKETS: Final = 32
_CROWD: Final = 60
"""A shingle that more texts begin with is a menu or a formula; it makes no candidates."""

_FEWEST: Final = 40
_RESEMBLES: Final = 0.7
_CONTAINS: Final = 0.85
_CONTAINS_LEAST: Final = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """The smallest distinct hashes of a text's shingles, rising; `reach` is the largest that it would hold.

    `digest` is equal for texts of equal words.
    """

    hashes: NDArray[np.uint64]
    reach: int
    digest: int


def sketch_of(text: str) -> Sketch:
    """Sketch the words of `text`, whatever their case, digits, vowel signs and layout."""
    words = _WORDS.findall(western_digits(text).lower().translate(_ALIKE))
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    digest = zlib.crc32(codes.tobytes())
    width = min(_SHINGLE, len(codes))
    shingles = np.zeros(len(codes) - width + 1 if width else 0, dtype=np.uint64)
    for place in range(width):
        shingles = _mixed(shingles + codes[place : place + len(shingles)])
    distinct = np.unique(shingles)
    reach = int(distinct[_KEPT - 1]) if len(distinct) > _KEPT else 2**64 - 1
    return Sketch(distinct[:_KEPT], reach, digest)


def near_copies(sketches: Mapping[str, Sketch]) -> dict[tuple[str, str], float]:
    """Pairs of keys (in order) whose texts resemble each other or of which one holds the other; 1.0 for equal words."""
    found = {}
    for first, second in sorted(_candidates(sketches)):
        resemblance = _resemblance(sketches[first], sketches[second])
        if resemblance is not None:
            found[first, second] = resemblance
    return found


def _candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    buckets: dict[int, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        for value in sketches[key].hashes[:_BUCKETS].tolist():
            buckets[value].append(key)
    return {pair for keys in buckets.values() if len(keys) <= _CROWD for pair in combinations(keys, 2)}


def _resemblance(first: Sketch, second: Sketch) -> float | None:
    """Share of the union that both hold, or None below what makes a copy."""
    if first.digest == second.digest and np.array_equal(first.hashes, second.hashes):
        return 1.0
    reach = np.uint64(min(first.reach, second.reach))
    one, other = first.hashes[first.hashes <= reach], second.hashes[second.hashes <= reach]
    smaller = min(len(one), len(other))
    if smaller == 0 or min(len(first.hashes), len(second.hashes)) < _FEWEST:
        return None
    shared = len(np.intersect1d(one, other, assume_unique=True))
    resemblance = shared / (len(one) + len(other) - shared)
    contained = shared / smaller >= _CONTAINS and resemblance >= _CONTAINS_LEAST
    return min(resemblance, 0.999) if resemblance >= _RESEMBLES or contained else None


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One round of splitmix64; overflow is what it counts on."""
    with np.errstate(over="ignore"):
        values = values + np.uint64(0x9E3779B97F4A7C15)
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
