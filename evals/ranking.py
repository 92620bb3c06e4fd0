"""Rank metrics of what was found, by ir-measures (pytrec_eval, the code of TREC)."""

from collections.abc import Mapping, Sequence
from typing import Final

import ir_measures
from ir_measures import RR, R, nDCG

from evals.questions import GoldQuestion
from evals.record import Scores
from index.hit import Hit

MEASURES: Final = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
DEPTH: Final = 10
"""How many hits are looked at."""

_GOLD: Final = "gold"


def rank_scores(found: Sequence[tuple[GoldQuestion, Sequence[Hit]]]) -> dict[str, Scores]:
    """Rank scores of each answerable question by its id.

    Passages of one article, in all its languages, count as one result, and all gold sources of a question as the one
    relevant result: a law and its translation say the same, so finding either is finding it.
    """
    asked = [(gold, hits) for gold, hits in found if gold.answerable]
    ranked = {gold.id: {unit: -rank for rank, unit in enumerate(_units(gold, hits))} for gold, hits in asked}
    return measured({gold.id: {_GOLD: 1} for gold, _ in asked}, ranked)


def measured(relevant: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Mapping[str, float]]) -> dict[str, Scores]:
    """Every measure of every query of `relevant` (query → result → grade), given scores (query → result → score)."""
    scores: dict[str, Scores] = {query: dict.fromkeys(MEASURES, 0.0) for query in relevant}
    names = {measure: name for name, measure in MEASURES.items()}
    for value in ir_measures.iter_calc(list(names), relevant, ranked):
        scores[value.query_id][names[value.measure]] = float(value.value)
    return scores


def is_gold(gold: GoldQuestion, hit: Hit) -> bool:
    """Whether a hit is of a gold source, and of its article where the gold names one."""
    return any(
        hit.source.path == source.path and source.article in {None, hit.passage.article} for source in gold.sources
    )


def _units(gold: GoldQuestion, hits: Sequence[Hit]) -> list[str]:
    """The distinct results in their order; the gold ones have one name."""
    units = (_GOLD if is_gold(gold, hit) else _unit(hit) for hit in hits)
    return list(dict.fromkeys(units))


def _unit(hit: Hit) -> str:
    instrument, article = hit.source.instrument, hit.passage.article
    if instrument and article:
        return f"{instrument.number} {article}"
    return f"{hit.source.id} {article}" if article else hit.passage.id
