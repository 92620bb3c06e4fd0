"""Does the evidence suffice? A verdict on the hits, before anything is said.

Rules come first: instructions to Sanad and questions about another country's law are none of its questions; a
numbered text that the index does not hold, and an article that a held text does not have, cannot be answered whatever
else was found; what a question takes for granted is not confirmed; nor is a question answered that resembles those of
other fields, names no subject, or asks for a number of a year that no hit names. The rest is a probability that the
right provision is quoted, a logistic regression on the development questions
(`docs/decisions/0012-question-and-law.md`). It cannot tell questions of the field that nothing answers.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from corpus.instrument import western_digits
from index.hit import Hit
from index.nearness import nearness
from index.reranker import SHARE
from index.search import Index
from rag.answer import Confidence
from rag.outside import gives_instructions, is_elsewhere
from rag.question import Understood

Reason = Literal[
    "sufficient",
    "weak",
    "out_of_scope",
    "elsewhere",
    "instructions",
    "unknown_instrument",
    "unknown_article",
    "premise",
    "vague",
]

# Of nearness, of the strength of the best hit or of the shared rare words, and the rest.
_WITH_HEADNOTE: Final = (0.586, 1.03, -2.101)
_WITHOUT_HEADNOTE: Final = (4.14, 1.0, -2.04)
_DECISION: Final = 0.5
_OUT_OF_SCOPE: Final = -0.03
_UNLIKELY: Final = 0.02
"""Probability given where a rule and not the regression decides."""
_MEDIUM: Final = 0.6
_HIGH: Final = 0.8
_CONSIDERED: Final = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer, why not, and how sure that is. `detail` names the reference that was not found."""

    reason: Reason
    probability: float
    detail: str = ""

    @property
    def sufficient(self) -> bool:
        return self.reason == "sufficient"

    @property
    def confidence(self) -> Confidence:
        if self.probability >= _HIGH:
            return "high"
        return "medium" if self.probability >= _MEDIUM else "low"


def judge(understood: Understood, hits: list[Hit], index: Index, scope_margin: float) -> Verdict:
    """Decide whether `hits` answer the question; `scope_margin` is that of `rag.scope`, in cosine."""
    considered = hits[:_CONSIDERED]
    refused = (
        _not_ours(understood, considered) or _unknown_reference(understood, index) or _taken_for_granted(understood)
    )
    if refused is not None:
        return refused
    if understood.vague:
        return Verdict("vague", _UNLIKELY)
    unrelated, related = index.manifest.scale
    if scope_margin / (related - unrelated) < _OUT_OF_SCOPE and not understood.numbers:
        return Verdict("out_of_scope", _UNLIKELY)
    if not hits or not _speaks_of(understood.asks.years, considered):
        return Verdict("weak", _UNLIKELY)
    probability = _probability(considered, index, understood.search_language)
    return Verdict("sufficient" if probability >= _DECISION else "weak", probability)


def _not_ours(understood: Understood, hits: list[Hit]) -> Verdict | None:
    if gives_instructions(understood.text):
        return Verdict("instructions", 0.0)
    if not understood.numbers and is_elsewhere(understood.text, [hit.passage.text for hit in hits]):
        return Verdict("elsewhere", _UNLIKELY)
    return None


def _taken_for_granted(understood: Understood) -> Verdict | None:
    """A question that builds on what a text is said to settle: nothing here can tell whether it does."""
    named = understood.numbers or understood.articles
    premise = understood.asks.premise
    if premise is None or (premise == "reference" and not named):
        return None
    return Verdict("premise", _UNLIKELY)


def _speaks_of(years: tuple[str, ...], hits: list[Hit]) -> bool:
    """Whether one of the hits names one of the years in which a quantity is asked for."""
    return not years or any(year in western_digits(hit.passage.text) for hit in hits for year in years)


def _probability(hits: list[Hit], index: Index, language: str) -> float:
    """That the right provision is quoted, from the nearest meaning and the strength of the best hit.

    Scores are in standard deviations, and the best of many passages is further from their mean than the best of few:
    strength is the total by what the best of so many draws from a normal distribution is expected to be. What has no
    headnote lacks that part of the score: there, the share of rare words decides as it did before.
    """
    near = nearness(max(hit.score.dense for hit in hits), index.manifest.scale)
    if hits[0].clue:
        weights, other = _WITH_HEADNOTE, _first_total(hits[0]) / math.sqrt(2 * math.log(max(2, index.rivals(language))))
    else:
        weights, other = _WITHOUT_HEADNOTE, max(hit.score.coverage for hit in hits)
    return 1 / (1 + math.exp(-(weights[0] * near + weights[1] * other + weights[2])))


def _first_total(hit: Hit) -> float:
    """What the regression was fitted on: the total before a reranker had its say."""
    return hit.score.total - dict(hit.score.shares).get(SHARE, 0.0)


def _unknown_reference(understood: Understood, index: Index) -> Verdict | None:
    """A numbered text that is not in the index, or an article that a text, indexed by its articles, does not have."""
    missing = [number for number in understood.numbers if number not in index.places.instruments]
    if missing and len(missing) == len(understood.numbers):
        return Verdict("unknown_instrument", 0.0, missing[0])
    for number in understood.numbers:
        articles = index.articles_of(number)
        absent = [article for article in understood.articles if article not in articles]
        if articles and absent and len(absent) == len(understood.articles):
            return Verdict("unknown_article", 0.0, f"{number} {absent[0]}")
    return None
