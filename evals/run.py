"""Ask every question and score what comes back."""

from collections.abc import Callable
from dataclasses import dataclass

from langchain_core.runnables import Runnable

from evals.questions import Asked
from evals.scores import QuestionScore, score
from index.search import Index
from rag.answer import Answer
from rag.chain import query_of
from rag.question import Question, understand

_RANKS = 5


@dataclass(frozen=True, slots=True)
class Results:
    """Scores of a run, with what it was run on."""

    scores: tuple[QuestionScore, ...]
    left_out: int
    index: str
    documents: int


def run(asked: Asked, index: Index, chain: Runnable[Question, Answer], progress: Callable[[int, int], None]) -> Results:
    """Score retrieval (the first five hits) and answers, one question after the other, so that times mean something."""
    scores = []
    for done, gold in enumerate(asked.questions, start=1):
        question = gold.as_question()
        hits = index.search(query_of(understand(question)), _RANKS)
        scores.append(score(gold, hits, chain.invoke(question)))
        progress(done, len(asked.questions))
    return Results(tuple(scores), asked.left_out, index.generation, index.manifest.documents)
