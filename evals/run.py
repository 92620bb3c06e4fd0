"""Ask every question and score what comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.runnables import Runnable

from evals.questions import Asked, GoldQuestion
from evals.ranking import DEPTH, is_gold, rank_scores
from evals.record import Found, Made, Record, Run
from evals.reference import reference_of
from evals.scores import FIRST, answer_scores, diagnose, retrieval_scores
from index.hit import Hit
from index.search import Index
from rag.answer import Answer
from rag.chain import query_of
from rag.question import Question, understand


@dataclass(frozen=True, slots=True)
class _Observed:
    gold: GoldQuestion
    hits: tuple[Hit, ...]
    answer: Answer


def run(
    asked: Asked,
    index: Index,
    chain: Runnable[Question, Answer],
    made: Made,
    progress: Callable[[int, int], None],
) -> Run:
    """Score retrieval (the first ten hits) and answers, one question after the other, so that times mean something."""
    observed = []
    for done, gold in enumerate(asked.questions, start=1):
        question = gold.as_question()
        hits = index.search(query_of(understand(question)), DEPTH)
        observed.append(_Observed(gold, tuple(hits), chain.invoke(question)))
        progress(done, len(asked.questions))
    return Run(made, tuple(_records(observed, index)), asked.left_out)


def _records(observed: Sequence[_Observed], index: Index) -> list[Record]:
    ranks = rank_scores([(seen.gold, seen.hits) for seen in observed])
    return [_record(seen, ranks.get(seen.gold.id, {}), index) for seen in observed]


def _record(seen: _Observed, ranks: dict[str, float], index: Index) -> Record:
    gold, answer = seen.gold, seen.answer
    found = tuple(
        Found(hit.source.path, hit.passage.article, hit.passage.id, round(hit.score.total, 4), is_gold(gold, hit))
        for hit in seen.hits
    )
    verbatim = [
        (index.store.text(cited.source_id) or "")[cited.start : cited.end] == cited.quote for cited in answer.citations
    ]
    return Record(
        gold=gold,
        found=found,
        answer=answer,
        scores=ranks | retrieval_scores(gold, seen.hits) | answer_scores(gold, answer, verbatim),
        diagnosis=diagnose(gold, found, answer),
        contexts=tuple(hit.passage.text for hit in seen.hits[:FIRST]),
        reference=reference_of(gold, index),
    )
