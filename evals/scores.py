"""Scores of one question, and their means; an empty group has a count of 0 and no mean, never `nan`."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.questions import GoldQuestion
from index.analysis import fold
from index.hit import Hit
from rag.answer import Answer, Citation


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What was right for one question; scores that do not apply to it are None.

    `recall_at_5`: a gold source is among the first five hits. `source_at_1`: the first citation is from one.
    `article_at_1`: and from a gold article, where the gold names one. `correct`: every fact is shown in a quote from a
    gold source. `false_answer` is for unanswerable questions, `false_refusal` for answerable ones.
    """

    question: GoldQuestion
    status: str
    milliseconds: float
    recall_at_5: bool | None = None
    source_at_1: bool | None = None
    article_at_1: bool | None = None
    correct: bool | None = None
    false_answer: bool | None = None
    false_refusal: bool | None = None


def score(question: GoldQuestion, hits: Sequence[Hit], answer: Answer) -> QuestionScore:
    """Compare what was found and said with the gold."""
    answered = answer.status in {"answered", "partial"}
    total = answer.timings_ms["total"]
    if not question.answerable:
        return QuestionScore(question, answer.status, total, false_answer=answered)
    first = answer.citations[0] if answer.citations else None
    named = any(source.article for source in question.sources)
    return QuestionScore(
        question,
        answer.status,
        total,
        recall_at_5=any(hit.source.path in question.paths for hit in hits[:5]),
        source_at_1=first is not None and first.source_path in question.paths,
        article_at_1=_is_gold_article(question, first) if named else None,
        correct=answered and _shows_facts(question, answer),
        false_refusal=not answered,
    )


def _is_gold_article(question: GoldQuestion, first: Citation | None) -> bool:
    """A gold source without article, one of a text that has none, is right wherever it is cited."""
    return first is not None and any(
        first.source_path == gold.path and gold.article in {None, first.article} for gold in question.sources
    )


def _shows_facts(question: GoldQuestion, answer: Answer) -> bool:
    quotes = [citation.quote for citation in answer.citations if citation.source_path in question.paths]
    shown = _plain("\n".join(quotes))
    return bool(quotes) and all(any(_plain(spelling) in shown for spelling in fact) for fact in question.facts)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def mean(values: Iterable[bool | None]) -> tuple[float, int] | None:
    """(mean, count) of the values that apply, or None when none does."""
    known = [value for value in values if value is not None]
    return (sum(known) / len(known), len(known)) if known else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie (nearest rank); 0.0 when there are none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
