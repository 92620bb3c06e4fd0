"""The scores of ragas without a language model, against values worked out by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
import requests
from ragas._analytics import IsCompleteEvent, track

from evals.ragas_scores import bounded, with_ragas
from evals.record import Record
from evals.reference import Reference
from index.embedder import FloatArray
from tests.evaluation import answer, citation, frame, gold_question, quoting, run_of, unanswerable
from tests.fakes import FakeEmbedder

PRECISION, RECALL = "ragas context precision", "ragas context recall"
STRINGS, MEANINGS = "ragas string similarity", "ragas semantic similarity"


class BrokenEmbedder(FakeEmbedder):
    """Raises for every text."""

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        raise RuntimeError("no memory left")


class EmptyEmbedder(FakeEmbedder):
    """Gives every text the vector that has no direction."""

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return np.zeros((len(texts), self.dimension), np.float32)


def record(
    quotes: Sequence[str] = (),
    reference: str = "",
    contexts: Sequence[str] = (),
    scores: dict[str, float] | None = None,
    *,
    answerable: bool = True,
) -> Record:
    """A record whose answer says and cites `quotes`; each of the sentences of `reference` is a context of it."""
    gold = gold_question((("loi.txt", None),)) if answerable else unanswerable()
    wanted = Reference(reference, tuple(reference.split(". ")) if reference else ())
    citations = [citation("loi.txt", None, quote, n) for n, quote in enumerate(quotes, start=1)]
    said = [quoting(cited.n, text=cited.quote) for cited in citations]
    given = answer(*citations, status="answered" if quotes else "not_found", sentences=(frame("Voici."), *said))
    return Record(gold, (), given, scores or {}, "right", tuple(contexts), wanted)


def scores_of(scored: Record) -> dict[str, float]:
    run, failed = with_ragas(run_of([scored]), FakeEmbedder(), lambda *_: None)
    assert failed == 0
    return run.records[0].scores


def test_context_scores_worked_out_by_hand() -> None:
    scores = scores_of(record(["aaaa"], "aaaa. bbbb. cccc", ["zzzz", "aaaa", "bbbb"]))
    assert scores[PRECISION] == pytest.approx((1 / 2 + 2 / 3) / 2), "precision at ranks 2 and 3, where the hits are"
    assert scores[RECALL] == pytest.approx(2 / 3)


def test_similarities_worked_out_by_hand() -> None:
    scores = scores_of(record(["amende", "délaX"], "amende délai", ["amende"]))
    assert scores[STRINGS] == pytest.approx(1 - 1 / 12), "one of twelve characters differs"
    assert scores[MEANINGS] == pytest.approx(1 / math.sqrt(2)), "one of two concepts is shared"


@pytest.mark.parametrize("text", ["Une amende de mille dirhams", "غرامة قدرها ألف درهم"])
def test_what_is_the_same_scores_one(text: str) -> None:
    scores = scores_of(record([text], text, [text]))
    assert scores == {name: pytest.approx(1.0) for name in (PRECISION, RECALL, STRINGS, MEANINGS)}
    assert max(scores.values()) <= 1.0


def test_what_has_nothing_in_common_scores_zero() -> None:
    scores = scores_of(record(["loi"], "zzzz délai", ["kkkk"]))
    assert (scores[PRECISION], scores[RECALL], scores[MEANINGS]) == (0.0, 0.0, 0.0)


def test_an_answer_without_quotes_and_a_search_without_hits_score_zero() -> None:
    assert set(scores_of(record([], "amende")).values()) == {0.0}


def test_scores_are_added_to_the_answerable_only() -> None:
    seen: list[tuple[int, int]] = []
    before = run_of([record(["amende"], "amende", ["amende"], {"correct": 1.0}), record(answerable=False)])
    run, failed = with_ragas(before, FakeEmbedder(), lambda done, total: seen.append((done, total)))
    first, second = run.records
    assert (first.scores["correct"], first.scores[STRINGS]) == (1.0, 1.0)
    assert second == before.records[1]
    assert (failed, seen) == (0, [(1, 1)])


@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@pytest.mark.parametrize("embedder", [BrokenEmbedder(), EmptyEmbedder()])
def test_an_exception_and_nan_count_as_zero(embedder: FakeEmbedder) -> None:
    run, failed = with_ragas(run_of([record(["amende"], "amende", ["amende"])]), embedder, lambda *_: None)
    assert (run.records[0].scores[MEANINGS], run.records[0].scores[STRINGS], failed) == (0.0, 1.0, 1)


def test_gold_without_a_reference_is_a_failure_of_every_score() -> None:
    run, failed = with_ragas(run_of([record(["amende"], "", ["amende"])]), FakeEmbedder(), lambda *_: None)
    assert (set(run.records[0].scores.values()), failed) == ({0.0}, 4)


def test_a_score_is_between_zero_and_one() -> None:
    assert [bounded(value) for value in (-0.3, 0.0, 0.5, 1.0, 1.0 + 1e-9)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    for value in (math.nan, math.inf, 1.5):
        with pytest.raises(ValueError, match="from 0 to 1"):
            bounded(value)


def test_ragas_reports_nothing_to_its_makers(monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[object] = []
    monkeypatch.setattr(requests, "post", lambda *arguments, **_: posted.append(arguments))
    track(IsCompleteEvent(event_type="score"))
    assert posted == []
