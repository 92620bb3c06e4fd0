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
from rag.wording import reference

Fault = Literal["number", "unit", "date", "reference", "name", "link", "language", "words", "order", "sense"]

_FILE: Final = Path(__file__).parent / "turns.toml"
_NEW_WORDS: Final = 0.2
_IN_ORDER: Final = 0.8
_FURTHER_PART: Final = 2
"""Words that a further sentence of the quote must add to belong to what a claim is compared with."""
_LINK: Final = re.compile(r"https?:|www\.|!\[|\]\(|<[a-z/!]|@\w", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"(?<!\w)[A-Z][A-Z0-9-]*[A-Z](?!\w)")
_OPENING: Final = 40
"""Characters at the head of a sentence in which it may name the article that it reports."""
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
    said, record = stated_in(sentence), [stated_in(_record(one, language)) for one in cited]
    quotes = [stated_in(one.quote) for one in cited]
    faults = _of_facts(said, quotes, record)
    faults += ["reference"] if "reference" not in faults and _refers_elsewhere(sentence, quotes) else []
    sources = "\n".join(f"{one.quote}\n{_record(one, language)}" for one in cited)
    faults += ["name"] if _names(sentence) - _names(sources) else []
    faults += ["link"] if _LINK.search(sentence) else []
    readable = [one for one in cited if one.language == language]
    if not readable:
        return Support((*faults, "language"), 0.0)
    quote = "\n".join(one.quote for one in readable)
    named = " ".join(f"{one.title} {_record(one, language)}" for one in readable)
    share, in_order = _words(sentence, quote, named, language)
    faults += ["words"] if share < 1 - _NEW_WORDS else []
    faults += ["order"] if in_order < _IN_ORDER else []
    faults += ["sense"] if _turns(sentence, _compared(sentence, quote, language)) else []
    return Support(tuple(faults), share)


def _record(cited: Citation, language: str) -> str:
    return f"{reference(cited, language)} {cited.published or ''} {cited.title}"


def _of_facts(said: Stated, quotes: Sequence[Stated], records: Sequence[Stated]) -> list[Fault]:
    """Figures, dates and references of a sentence that neither quotes nor records have."""
    held = (*quotes, *records)
    measures = frozenset[object]().union(*(one.measures for one in held))
    units = {unit for one in quotes for unit in one.units} | {unit for one in quotes for _, unit in one.measures}
    numbers = Counter[Fraction]()
    for one in held:
        numbers.update(one.numbers)
    months = frozenset[int]().union(*(one.months for one in held))
    named = {number for one in held for number in one.instruments} | {part for one in held for part in one.articles}
    faults: list[Fault] = []
    if Counter(said.numbers) - numbers or not _in_place(said, quotes, records):
        faults.append("number")
    if said.units - units or said.measures - measures:
        faults.append("unit")
    if said.months - months:
        faults.append("date")
    if (said.instruments | said.articles) - named:
        faults.append("reference")
    return faults


def _refers_elsewhere(sentence: str, quotes: Sequence[Stated]) -> bool:
    """Its own article is named at its head; further on, a sentence names only what its quotes do, where they do."""
    _, _, rest = sentence[_OPENING:].partition(" ")
    further = stated_in(rest)
    named = frozenset[str]().union(*(one.articles for one in quotes))
    return bool(further.articles - named) or not _in_place(further, quotes, ())


def _in_place(said: Stated, quotes: Sequence[Stated], records: Sequence[Stated]) -> bool:
    """Whether each number of the quotes stands next to the words that it stands next to there; with a unit, to one."""
    own = {Fraction(article) for one in records for article in one.articles if article.isdecimal()}
    placed = {pair for one in quotes for pair in one.around}
    measured = {value for value, _ in said.measures}
    for number in {value for one in quotes for value in one.numbers}.intersection(said.numbers) - own:
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
    while left and parts:
        best = max(range(len(parts)), key=lambda place: len(left & held[place]))
        if len(left & held[best]) < (_FURTHER_PART if chosen else 1):
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
    clitics = "(?:[وفلب](?=[\u0600-\u06ff]))?"
    return {kind: re.compile(rf"(?<!\w){clitics}(?:{pattern})(?!\w)") for kind, pattern in written.items()}
