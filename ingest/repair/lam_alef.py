"""Undo the exchange of lam and alef that PDF text extraction leaves in Arabic.

A font draws lam followed by alef as one ligature; many extractors write its two letters in the order in
which they lie on the page, left to right: `األمن` for `الأمن`, `إال` for `إلا`, `ال` for the negation `لا`.
In a damaged text every such pair is exchanged, while pairs that really are alef + lam (`العمل`, `إلى`,
`مجال`) look just the same. Each word is therefore read both ways, and the likelier reading wins.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Final

from ingest.repair.arabic_words import ArabicWords, arabic_words
from ingest.repair.lam_alef_ties import told_by_neighbours

ALEFS: Final = "اأإآ"

_WORD: Final = re.compile(r"[\u0621-\u064a\u064b-\u0652\u0670]+")
# After a word's last letter (`الطلبةوالموظفين`) the article begins, and nothing but `إلى` ends so.
# The alef of a ligature carries no vowel sign, a lam does; an accusative `ً` stands on the last letter before an alef.
_PAIR: Final = re.compile("(?:ا(?<![ةى]ا)(?<![ةى][وفبك]ا)(?!ل[\u064e\u0650\u0652](?!\u0651)|ل\u064bا)|[أآ]|إ(?!لى))ل")
_SURE_PAIR: Final = re.compile("ال\u064b(?!ا)")
_TWO_ALEFS: Final = re.compile("[اأإآ]{2}")
# Alef followed by a hamza-bearing alef and a lam hardly exists in correct Arabic; its repaired form abounds.
_DAMAGE: Final = re.compile("ا[أإآ]ل")
# A damaged text has lam before alef only where another lam followed: `خلالها` is `خاللها`, `للأمن` is `لألمن`.
_HEALTH: Final = re.compile("ل([اأإآ])(?!ل)")
# The name of God is a ligature of its own, and comes out in three wrong orders.
_GOD: Final = re.compile("هللا$|اهلل$|^هلل$")
_NAMES_OF_GOD: Final = {"هللا": "الله", "اهلل": "الله", "هلل": "لله"}
_MAX_PAIRS: Final = 6
_LONGEST_WORD: Final = 40

_LISTED: Final = 1.0
"""Zipf frequency from which a word is taken as one, whatever its parts are."""
_CARELESS_COST: Final = 0.5
_TWO_ALEFS_COST: Final = 3.0
_UNLISTED: Final = -5.0
_UNKNOWN_PARTS: Final = -1.0
# Log10 odds that an unknown word begins with the article that it shows, beyond what its letters tell.
_ARTICLE_ODDS: Final = 0.9

# A word bears witness of damage when it reads far better exchanged.
_WITNESS_FREQUENCY: Final = 2.5
_WITNESS_GAIN: Final = 1.5
_LEAST_FREQUENCY: Final = 0.5
_FEWEST_MARKS: Final = 2
_PART: Final = re.compile(r"(\f|\n[ \t]*\n)")


@dataclass(frozen=True, slots=True)
class LamAlefRepair:
    """What was done to a text: the text, and the words that were read the other way, before and after, in order."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Marks:
    """Signs of damage and of health in a text, by the alef that they speak of."""

    damaged: Counter[str] = field(default_factory=Counter)
    healthy: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of_all(cls, parts: Iterable["_Marks"]) -> "_Marks":
        whole = cls()
        for part in parts:
            whole.damaged.update(part.damaged)
            whole.healthy.update(part.healthy)
        return whole

    def exchanged(self, around: str) -> str:
        """The alefs that stand on the wrong side of their lam; those of `around` where no mark speaks of any.

        Fonts differ by ligature: one alef may be exchanged throughout, and the others in order.
        """
        told = around or ALEFS
        damaged, healthy = self.damaged.total(), sum(self.healthy[alef] for alef in told)
        if not damaged and not healthy:
            return around
        sure = damaged > healthy
        unseen = told if sure else around if damaged else ""
        return "".join(alef for alef in ALEFS if self._is_exchanged(alef, sure=sure, around=around, unseen=unseen))

    def _is_exchanged(self, alef: str, *, sure: bool, around: str, unseen: str) -> bool:
        damaged, healthy = self.damaged[alef], self.healthy[alef]
        if not damaged and not healthy:
            return alef in unseen
        return damaged > healthy and (sure or alef in around or damaged >= _FEWEST_MARKS)


def repair(text: str, words: ArabicWords | None = None) -> LamAlefRepair:
    """Put lam and alef back in order where they were exchanged; whatever was in order comes back untouched.

    Each line is judged by its own marks, else by those of its page or paragraph, else by those of the document.
    """
    if not _WORD.search(text):
        return LamAlefRepair(text)
    words = words or arabic_words()
    parts = _PART.split(text)
    lines = [[(line, _marks(line, words)) for line in part.split("\n")] for part in parts]
    document = _Marks.of_all(marks for part in lines for _, marks in part).exchanged("")
    repaired: list[str] = []
    changes: list[tuple[str, str]] = []
    for part in lines:
        around = _Marks.of_all(marks for _, marks in part).exchanged(document)
        results = [_repair_line(line, marks.exchanged(around), words) for line, marks in part]
        repaired.append("\n".join(result.text for result in results))
        changes += [change for result in results for change in result.changes]
    return LamAlefRepair("".join(repaired), tuple(changes))


def _repair_line(line: str, alefs: str, words: ArabicWords) -> LamAlefRepair:
    if not alefs:
        return LamAlefRepair(line)
    changes: list[tuple[str, str]] = []

    def replace(match: re.Match[str]) -> str:
        reading = _read(match, alefs, words)
        if reading != match.group():
            changes.append((match.group(), reading))
        return reading

    return LamAlefRepair(_WORD.sub(replace, line), tuple(changes))


def _marks(line: str, words: ArabicWords) -> _Marks:
    marks = _Marks()
    for match in _WORD.finditer(line):
        word = match.group()
        if "ل" not in word:
            continue
        if not _GOD.search(word):
            marks.healthy.update(_HEALTH.findall(word))
        if _PAIR.search(word) or _GOD.search(word):
            reading = _read(match, ALEFS, words)
            if reading != word and _bears_witness(word, reading, words):
                marks.damaged.update(_exchanges(word, reading))
    return marks


def _bears_witness(word: str, reading: str, words: ArabicWords) -> bool:
    if _DAMAGE.search(word) or _GOD.search(word):
        return True
    frequency = words.frequency(reading)
    return frequency >= _WITNESS_FREQUENCY and frequency - max(words.frequency(word), _LEAST_FREQUENCY) >= _WITNESS_GAIN


def _exchanges(word: str, reading: str) -> set[str]:
    """The alefs that `reading` moves behind their lam."""
    return {before for before, after in zip(word, reading, strict=True) if before != after and before in ALEFS}


def _read(match: re.Match[str], alefs: str, words: ArabicWords) -> str:
    """The likeliest reading of a word, in its line, with none but `alefs` moved."""
    word = match.group()
    if "ل" not in word or len(word) > _LONGEST_WORD:
        return word
    told = told_by_neighbours(match)
    if told is not None and _exchanges(word, told) <= set(alefs):
        return told
    return _likeliest(word, alefs, words)


@lru_cache(maxsize=100_000)
def _likeliest(word: str, alefs: str, words: ArabicWords) -> str:
    if _GOD.search(word):
        return _GOD.sub(lambda match: _NAMES_OF_GOD[match.group()], word)
    return max(_readings(word, alefs), key=lambda reading: _likelihood(word, reading, words))


def _readings(word: str, alefs: str) -> Iterator[str]:
    """All ways to exchange the alef-lam pairs of `word` back, the untouched word last."""
    starts = [match.start() for match in _PAIR.finditer(word) if match.group()[0] in alefs][:_MAX_PAIRS]
    choices = [(True,) if _SURE_PAIR.match(word, start) else (True, False) for start in starts]
    for choice in product(*choices):
        letters = list(word)
        for start, exchange in zip(starts, choice, strict=True):
            if exchange:
                letters[start], letters[start + 1] = letters[start + 1], letters[start]
        yield "".join(letters)


def _likelihood(word: str, reading: str, words: ArabicWords) -> float:
    """Log10 of how often `reading` is written, in Zipf units; below zero for what no list holds."""
    frequency = words.frequency(reading)
    if frequency >= _LISTED:
        return frequency - _CARELESS_COST * words.lacks_hamza(reading)
    parts = max(_UNKNOWN_PARTS, words.derived_frequency(reading), words.glued_frequency(reading))
    score = _UNLISTED + parts - _TWO_ALEFS_COST * bool(_TWO_ALEFS.search(reading))
    for match in _PAIR.finditer(word):
        place = match.start()
        odds = words.lam_first_odds(word[place], word[:place], word[place + 2 :])
        odds -= _ARTICLE_ODDS if word.startswith("ا") and not place else 0.0
        score += odds if reading[place] == "ل" else -odds
    return score
