"""The ways to cut a Darija word in Latin letters into a core and what is glued to it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from rag.arabizi_spelling import TABLES

_Costs = dict[str, dict[str, float]]
_CLITICS: Final[_Costs] = TABLES["clitics"]
_VERB_PREFIXES: Final[_Costs] = TABLES["verb_prefixes"]
_ENDINGS: Final[_Costs] = TABLES["endings"]
# After `t` a pronoun goes with a noun rather than with a verb.
_FEMININE_GAIN: Final = 0.3
_NEGATIONS: Final[_Costs] = TABLES["negations"]
_ARTICLE: Final = re.compile(r"[ae]?l(?=..)|e?(ch|sh|[tdsznr])(?=\1.)")
_ARTICLE_COST: Final = 0.15
# A first letter written twice is nearly always the article.
_DOUBLED: Final = re.compile(r"([ltdsznr]|[cs]h)\1.")
_DOUBLED_COST: Final = 0.25
_PERSONS: Final = {"n": "ن", "t": "ت"}
_PERSON_COST: Final = 0.3
_VERB_STARTS: Final = ("n", "t", "y", "i")
_LONGEST_ENDING: Final = max(map(len, _ENDINGS))


class Form(NamedTuple):
    """A core to look up, and what is put around the Arabic word found for it; `cost` is in vowels misread."""

    core: str
    cost: float = 0.0
    head: str = ""
    tail: str = ""
    person: str = ""
    """Put for the first letter of the word found, which is then a verb in the third person."""
    negated: str = ""
    """Put last."""
    feminine: bool = False
    """The word found must end in ta marbuta, which is opened before the tail."""

    def around(self, word: str) -> str | None:
        """The whole word with `word` for its core; None when the two do not go together."""
        if (self.person and word[0] != "ي") or (self.feminine and word[-1] != "ة"):
            return None
        if self.head.endswith("ال") and word.startswith(("ال", "لل")):
            return None
        if (self.tail or self.negated) and not self.feminine and word[-1] == "ة":
            return None
        word = self.person + word[1:] if self.person else word
        word = word[:-1] + "ت" if self.feminine else word
        word = f"{word[:-1]}ا" if word[-1] == "ى" and (self.tail or self.negated) else word
        # The article loses its alef after the preposition.
        word = word[1:] if self.head == "ل" and word.startswith("ال") else word
        return self.head.replace("لال", "لل") + word + self.tail + self.negated


def forms(word: str) -> Iterator[Form]:
    """Cuts of a word in small letters, itself first; many are nonsense, and none of their cores is empty."""
    for form in (Form(word, _DOUBLED_COST * bool(_DOUBLED.match(word))), *_after(_CLITICS, word)):
        yield form
        yield from _after_article(form._replace(cost=form.cost - _DOUBLED_COST * bool(_DOUBLED.match(form.core))))
        yield from _before_endings(form)
        yield from _in_person(form)
    for form in _verbs(word):
        yield form
        yield from _before_endings(form)
        yield from _in_person(form)


def french_cores(word: str) -> Iterator[tuple[str, str]]:
    """What may be glued to a French word, in Arabic letters and with a space, and the French word."""
    yield "", word
    for form in (Form(word), *_after(_CLITICS, word)):
        head = f"{form.head.strip()} " if form.head else ""
        if head:
            yield head, form.core
        yield from ((head, article.core) for article in _after_article(form))


def _verbs(word: str) -> Iterator[Form]:
    for form in _after(_VERB_PREFIXES, word):
        if form.core.startswith(_VERB_STARTS):
            yield form
    if word.endswith(("ch", "sh")):
        for form in _after(_NEGATIONS, word[:-2]):
            yield form._replace(negated="ش")


def _after(prefixes: _Costs, word: str) -> Iterator[Form]:
    for length in range(1, min(5, len(word) - 1)):
        for arabic, cost in prefixes.get(word[:length], {}).items():
            yield Form(word[length:], cost, arabic)


def _after_article(form: Form) -> Iterator[Form]:
    match = _ARTICLE.match(form.core)
    if match:
        yield Form(form.core[match.end() :], form.cost + _ARTICLE_COST, f"{form.head}ال")


def _before_endings(form: Form) -> Iterator[Form]:
    core = form.core
    for length in range(1, min(_LONGEST_ENDING, len(core) - 2) + 1):
        for arabic, cost in _ENDINGS.get(core[-length:], {}).items():
            rest, cost = core[:-length], form.cost + cost
            yield form._replace(core=rest, cost=cost, tail=arabic)
            if rest.endswith("t"):
                yield form._replace(core=f"{rest[:-1]}a", cost=cost - _FEMININE_GAIN, tail=arabic, feminine=True)


def _in_person(form: Form) -> Iterator[Form]:
    person = _PERSONS.get(form.core[0])
    if person and len(form.core) > 3:
        third = form._replace(core=f"y{form.core[1:]}", cost=form.cost + _PERSON_COST, person=person)
        yield third
        yield from _before_endings(third)
