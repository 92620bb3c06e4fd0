"""A run in figures: scores with intervals per language and per kind, parity between languages, latency."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from evals.intervals import Change, Estimate, change, estimate, percentile
from evals.record import Record, records_of
from evals.scores import SCORES, ScoreKind
from rag.answer import LANGUAGES

PARITY: Final = ("recall@5", "correct", "article@1", "refused")
"""Scores that should be the same whichever language a question is asked in."""
_BASE: Final = "fr"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score over all questions and by group; None where it applies to no question of the group."""

    kind: ScoreKind
    overall: Estimate
    groups: dict[str, Estimate | None]


@dataclass(frozen=True, slots=True)
class ParityRow:
    """How much a language differs from French over the same questions."""

    score: str
    language: str
    change: Change


@dataclass(frozen=True, slots=True)
class LatencyRow:
    """Milliseconds of one step of the chain."""

    step: str
    p50: float
    p95: float


def score_rows(records: Sequence[Record], group_of: Callable[[Record], str]) -> list[ScoreRow]:
    """Every score that applies to some question, by the groups that `group_of` makes."""
    groups = {name: [record for record in records if group_of(record) == name] for name in _names(records, group_of)}
    rows = []
    for kind in SCORES:
        overall = _estimate(records, kind.name)
        if overall is not None:
            parts = {name: _estimate(members, kind.name) for name, members in groups.items()}
            rows.append(ScoreRow(kind, overall, parts))
    return rows


def parity_rows(records: Sequence[Record]) -> list[ParityRow]:
    """Differences from French over the questions that were asked in both languages."""
    rows = []
    for score in PARITY:
        base = _by_group(records_of(records, _BASE), score)
        for language in LANGUAGES:
            other = _by_group(records_of(records, language), score)
            found = change(base, other, {group: group for group in base}) if language != _BASE else None
            if found is not None:
                rows.append(ParityRow(score, language, found))
    return rows


def latency_rows(records: Sequence[Record]) -> list[LatencyRow]:
    """p50 and p95 of each step and of the whole, in the order of the chain."""
    rows = []
    for step in dict.fromkeys(step for record in records for step in record.answer.timings_ms):
        times = [record.answer.timings_ms[step] for record in records if step in record.answer.timings_ms]
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        if p50 is not None and p95 is not None:
            rows.append(LatencyRow(step, p50, p95))
    return rows


def confidence_rows(records: Iterable[Record]) -> dict[str, Estimate | None]:
    """How often answers given with each word of confidence were right; an answer to the unanswerable never is."""
    answered = [record for record in records if record.answer.status in {"answered", "partial"}]
    return {
        word: estimate([
            (record.gold.cluster, float(record.diagnosis == "right"))
            for record in answered
            if record.answer.confidence == word
        ])
        for word in ("high", "medium", "low")
    }


def _names(records: Sequence[Record], group_of: Callable[[Record], str]) -> list[str]:
    """Languages in their usual order, other groups by the alphabet."""
    found = {group_of(record) for record in records}
    known = [language for language in LANGUAGES if language in found]
    return known + sorted(found - set(known))


def _estimate(records: Iterable[Record], score: str) -> Estimate | None:
    return estimate([(record.gold.cluster, record.scores[score]) for record in records if score in record.scores])


def _by_group(records: Iterable[Record], score: str) -> dict[str, float]:
    return {
        record.gold.group: record.scores[score] for record in records if record.gold.group and score in record.scores
    }
