"""Does a quote support a sentence? A check by rules, before the sentence is shown; what it cannot verify is not shown.

No model of entailment for Arabic, French and English comes with the project, and similarity of vectors does not see
what matters in law: a sentence and its negation are near each other (`docs/decisions/0013-check-by-rules.md`). So a
sentence must state no figure, date or reference that its quote lacks, be made mostly of words of the quote in the
quote's order, and neither bring in nor lose words that turn the sense. A quote in another language cannot be compared.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from index.analysis import fold, terms, words
from ingest.structure.splitting import BORDER
from rag.answer import Citation
from rag.names import names_in
from rag.stated import Stated, number_words, stated_in
from rag.wording import day_in, reference

Fault = Literal["number", "unit", "date", "reference", "name", "link", "language", "words", "order", "sense"]

_FILE: Final = Path(__file__).parent / "turns.toml"
_NEW_WORDS: Final = 0.2
_IN_ORDER: Final = 0.8
_FURTHER_PART: Final = (2, 0.15)
"""Words, and share of its words, that a further sentence of the quote must add to be compared with a claim."""
_WORD: Final = re.compile(r"\w+(?:[-./]\w+)*")
_LINK: Final = re.compile(r"https?:|www\.|!\[|\]\(|<[a-z/!]|@\w", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"(?<!\w)[A-Z][A-Z0-9-]*[A-Z](?!\w)")
_REPORTING: Final = {
    "fr": "selon article loi décret prévoit dispose terme vertu conformément texte arrêté directive indique précise",
    "ar": "طبقا للمادة بموجب القانون المرسوم القرار ينص تنص وفق حسب النص رقم مقتضيات",
    "en": "according article law decree under states provides order text pursuant no",
}
"""Words with which a sentence names its source."""


@dataclass(frozen=True, slots=True)
class Support:
    """What is wrong with a sentence, nothing if it may be shown; `share` of its words are the quote's, 0.0 to 1.0."""

    faults: tuple[Fault, ...]
    share: float

    @property
    def given(self) -> bool:
        return not self.faults


def support(sentence: str, language: str, cited: Sequence[Citation]) -> Support:
    """Compare a sentence in `language` with the quotes it cites; those in other languages count for facts only."""
    quotes = [stated_in(one.quote) for one in cited]
    records = [stated_in(_record(one, language)) for one in cited]
    said, naming = _parts(sentence, language)
    # What it says is in the quotes; where it names its source, that may be what we know of the source.
    told = stated_in(said)
    faults = _of_facts(told, quotes)
    faults += ["number"] if not _in_place(told, quotes) else []
    faults += ["unit"] if told.beside - frozenset[object]().union(*(one.beside for one in quotes)) else []
    faults += [fault for part in naming for fault in _of_facts(stated_in(part), [*quotes, *records])]
    sources = "\n".join(f"{one.quote}\n{_record(one, language)}" for one in cited)
    faults += ["name"] if _names(sentence) - _names(sources) else []
    faults += ["link"] if _LINK.search(sentence) else []
    readable = [one for one in cited if one.language == language]
    if not readable:
        return Support(tuple(dict.fromkeys([*faults, "language"])), 0.0)
    quote = "\n".join(one.quote for one in readable)
    named = " ".join(f"{one.title} {_record(one, language)}" for one in readable)
    share, in_order = _words(sentence, quote, named, language)
    faults += ["words"] if share < 1 - _NEW_WORDS else []
    faults += ["order"] if in_order < _IN_ORDER else []
    faults += ["sense"] if _turns(sentence, _compared(sentence, quote, language)) else []
    return Support(tuple(dict.fromkeys(faults)), share)


def _parts(sentence: str, language: str) -> tuple[str, tuple[str, ...]]:
    """What a sentence says, and the words at its head and end with which it names its source."""
    places = [match.span() for match in _WORD.finditer(sentence)]
    naming = [_may_name(sentence[start:end], language) for start, end in places]
    head = places[naming.index(False)][0] if False in naming else len(sentence)
    end = places[len(naming) - 1 - naming[::-1].index(False)][1] if False in naming else len(sentence)
    start = head if _reports(sentence[:head], language) else 0
    stop = end if _reports(sentence[end:], language) else len(sentence)
    return sentence[start:stop], (sentence[:start], sentence[stop:])


def _may_name(word: str, language: str) -> bool:
    """Whether a word may stand in the naming of a source: one of reporting, a number, or a word without content."""
    return any(map(str.isdecimal, word)) or set(terms(word, language)) <= set(terms(_REPORTING[language], language))


def _reports(part: str, language: str) -> bool:
    return bool(set(terms(part, language)) & set(terms(_REPORTING[language], language)))


def _record(cited: Citation, language: str) -> str:
    day = day_in(cited.published, language) if cited.published else ""
    return f"{reference(cited, language)} {day} {cited.title}"


def _of_facts(said: Stated, held: Sequence[Stated]) -> list[Fault]:
    """Figures, dates and references that are stated, and that none of `held` has."""
    measures = frozenset[object]().union(*(one.measures for one in held))
    units = {unit for one in held for unit in one.units}
    numbers = Counter[Fraction]()
    for one in held:
        numbers.update(one.numbers)
    months = frozenset[int]().union(*(one.months for one in held))
    named = {number for one in held for number in one.instruments} | {part for one in held for part in one.articles}
    faults: list[Fault] = []
    if Counter(said.numbers) - numbers:
        faults.append("number")
    if said.units - units or said.measures - measures:
        faults.append("unit")
    if said.months - months:
        faults.append("date")
    if (said.instruments | said.articles) - named:
        faults.append("reference")
    return faults


def _in_place(said: Stated, held: Sequence[Stated]) -> bool:
    """Whether each number stands next to words that it stands next to where it is from; with a unit, to one."""
    placed = {pair for one in held for pair in one.around}
    measured = {value for value, _ in said.measures}
    for number in {value for one in held for value in one.numbers}.intersection(said.numbers):
        beside = [pair in placed for pair in said.around if pair[0] == number]
        if beside and not (any(beside) if number in measured else all(beside)):
            return False
    return True


def _names(text: str) -> set[str]:
    """Bodies, texts and programmes that are named, in one form each, and acronyms."""
    return {name.fr for name in names_in(text)} | set(_ACRONYM.findall(text))


def _words(sentence: str, quote: str, named: str, language: str) -> tuple[float, float]:
    """The share of a sentence's words that its source has, and of these the share in the order of the quote."""
    worded = " ".join(word for word in words(sentence) if not (word[0].isdecimal() or word in number_words()))
    own = terms(worded, language)
    quoted = terms(quote, language)
    known = set(quoted) | set(terms(f"{named} {_REPORTING[language]}", language))
    common = [term for term in own if term in set(quoted)]
    share = sum(term in known for term in own) / len(own) if own else 0.0
    return share, _longest_common(common, quoted) / len(common) if common else 0.0


def _longest_common(one: Sequence[str], two: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    lengths = [0] * (len(two) + 1)
    for term in one:
        diagonal = 0
        for place, other in enumerate(two, start=1):
            above = lengths[place]
            lengths[place] = diagonal + 1 if term == other else max(above, lengths[place - 1])
            diagonal = above
    return lengths[-1]


def _compared(sentence: str, quote: str, language: str) -> str:
    """The sentences of the quote that the claim draws on: the nearest, and each that adds two of its words."""
    parts = [part for part in BORDER.split(quote) if part.strip()]
    held = [set(terms(part, language)) for part in parts]
    left, chosen = set(terms(sentence, language)), list[int]()
    fewest, share = _FURTHER_PART
    enough = max(fewest, share * len(left))
    while left and parts:
        best = max(range(len(parts)), key=lambda place: len(left & held[place]))
        if len(left & held[best]) < (enough if chosen else 1):
            break
        chosen.append(best)
        left -= held[best]
    return "\n".join(parts[place] for place in sorted(chosen))


def _turns(sentence: str, quote: str) -> bool:
    """Whether words that turn the sense are brought in, lost, or negate once more or once less."""
    said, quoted = _kinds(sentence), _kinds(quote)
    brought = any(said[kind] > quoted[kind] for kind in said)
    lost = any(quoted[kind] and not said[kind] for kind in _tables()["kept"])
    negated = sum(said[kind] - quoted[kind] for kind in _tables()["negations"]) % 2 == 1
    return brought or lost or negated


def _kinds(text: str) -> dict[str, int]:
    folded = re.sub("['’]", " ", fold(text))
    return {kind: len(pattern.findall(folded)) for kind, pattern in _patterns().items()}


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    written = {kind: pattern.replace("\n", "") for kind, pattern in _tables()["kinds"].items()}
    # A broken kashida leaves a ه before the word.
    clitics = "(?:[وفلبه](?=[\u0600-\u06ff]))?"
    return {kind: re.compile(rf"(?<!\w){clitics}(?:{pattern})(?!\w)") for kind, pattern in written.items()}
