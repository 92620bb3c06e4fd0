"""Scores by ragas that need no language model: what was found and said, compared with the reference as text."""

import math
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import ragas.metrics as legacy
from ragas.dataset_schema import SingleTurnSample
from ragas.embeddings.base import BaseRagasEmbedding
from ragas.metrics.collections import NonLLMStringSimilarity, SemanticSimilarity

from evals.record import Record, Run
from index.embedder import Embedder

# No setting of ours: ragas reads it at its first score, and would report each use to its makers without it.
os.environ["RAGAS_DO_NOT_TRACK"] = "true"  # noqa: TID251

_ROUNDING: Final = 1e-6

T = TypeVar("T", str, tuple[str, ...])


class PassageEmbedding(BaseRagasEmbedding):
    """Our embedder as ragas asks for one; every text is embedded as a passage, so that like is compared with like."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__()
        self._embedder = embedder

    def embed_text(self, text: str, **_: object) -> list[float]:
        return self.embed_texts([text])[0]

    async def aembed_text(self, text: str, **_: object) -> list[float]:
        return self.embed_text(text)

    def embed_texts(self, texts: list[str], **_: object) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    async def aembed_texts(self, texts: list[str], **_: object) -> list[list[float]]:
        return self.embed_texts(texts)


def with_ragas(run: Run, embedder: Embedder, progress: Callable[[int, int], None]) -> tuple[Run, int]:
    """The run with four more scores on each answerable question, and how many of these ragas could not give.

    What it could not give counts as 0.0. Cosines of e5 models are high even for unrelated texts, so "ragas semantic
    similarity" can tell runs apart but is no share of anything.
    """
    measures = _measures(embedder)
    total = sum(record.gold.answerable for record in run.records)
    done = failed = 0
    records: list[Record] = []
    for record in run.records:
        if not record.gold.answerable:
            records.append(record)
            continue
        outcomes = measures.outcomes(record)
        failed += sum(outcome is None for outcome in outcomes.values())
        scores = {name: outcome or 0.0 for name, outcome in outcomes.items()}
        records.append(replace(record, scores=record.scores | scores))
        done += 1
        progress(done, total)
    return replace(run, records=tuple(records)), failed


@contextmanager
def quiet() -> Iterator[None]:
    """Without what Python says of ragas itself: names that it means to drop, and a file that it leaves open."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Importing .* from 'ragas.metrics' is deprecated", DeprecationWarning)
        warnings.filterwarnings("ignore", "unclosed file .*ragas.uuid.json", ResourceWarning)
        yield


def bounded(value: float) -> float:
    """A value of ragas as a score from 0.0 to 1.0, to which a negative cosine is 0.0.

    Raises ValueError for NaN and for more than 1.0, which a language model can bring about by a verdict of 2.
    """
    if math.isnan(value) or value > 1 + _ROUNDING:
        raise ValueError(f"a score from 0 to 1 is needed, got {value}")
    return min(1.0, max(0.0, float(value)))


@dataclass(frozen=True, slots=True)
class _Measures:
    """By name of the score: comparisons of passages, and of texts, with the reference. Any may raise anything."""

    passages: dict[str, Callable[[tuple[str, ...], tuple[str, ...]], float]]
    texts: dict[str, Callable[[str, str], float]]

    def outcomes(self, record: Record) -> dict[str, float | None]:
        """None where ragas failed, as it does where the gold gives nothing to compare with."""
        reference, quotes = record.reference, " ".join(citation.quote for citation in record.answer.citations)
        found = {
            name: _outcome(measure, record.contexts, reference.contexts) for name, measure in self.passages.items()
        }
        return found | {name: _outcome(measure, quotes, reference.answer) for name, measure in self.texts.items()}


def _measures(embedder: Embedder) -> _Measures:
    with quiet():  # only the old interface has these two
        precision, recall = legacy.NonLLMContextPrecisionWithReference(), legacy.NonLLMContextRecall()
    strings, meanings = NonLLMStringSimilarity(), SemanticSimilarity(PassageEmbedding(embedder))
    return _Measures(
        passages={
            "ragas context precision": lambda found, wanted: precision.single_turn_score(_sample(found, wanted)),
            "ragas context recall": lambda found, wanted: recall.single_turn_score(_sample(found, wanted)),
        },
        texts={
            "ragas string similarity": lambda said, wanted: strings.score(reference=wanted, response=said).value,
            "ragas semantic similarity": lambda said, wanted: meanings.score(reference=wanted, response=said).value,
        },
    )


def _sample(found: tuple[str, ...], wanted: tuple[str, ...]) -> SingleTurnSample:
    return SingleTurnSample(retrieved_contexts=list(found), reference_contexts=list(wanted))


def _outcome(measure: Callable[[T, T], float], given: T, wanted: T) -> float | None:
    """0.0 for nothing given, which ragas would refuse to compare; None when it fails."""
    if not wanted:
        return None
    if not given:
        return 0.0
    try:
        with quiet():
            return bounded(measure(given, wanted))
    except Exception:  # noqa: BLE001 - whatever the parts of ragas raise, one score must not end the run
        return None
