"""Tables of a run, counted by hand."""

from dataclasses import replace

import pytest

from evals.intervals import Change, Estimate
from evals.record import Diagnosis, Record
from evals.scores import SCORES
from evals.tables import LatencyRow, confidence_rows, latency_rows, parity_rows, score_rows
from rag.answer import Confidence, Language, Status
from tests.evaluation import answer, citation, gold_question, record

NAMES = {kind.name for kind in SCORES}


def asked(name: str, language: Language, group: str | None = None, **scores: float) -> Record:
    """A question in a language, with its scores."""
    assert scores.keys() <= NAMES
    return record(gold_question(id=name, language=language, group=group), scores=scores)


def timed(**milliseconds: float) -> Record:
    return record(given=replace(answer(), timings_ms=milliseconds))


def trusted(name: str, confidence: Confidence, diagnosis: Diagnosis, status: Status = "answered") -> Record:
    given = replace(answer(citation(), status=status), confidence=confidence)
    return record(gold_question(id=name), given, diagnosis=diagnosis)


def test_a_score_is_a_row_with_all_questions_and_each_language() -> None:
    records = [
        asked("1", "fr", correct=1.0),
        asked("2", "fr", correct=0.0),
        asked("3", "ar", correct=1.0),
        asked("4", "ar", refused=0.0),
    ]
    correct, refused = score_rows(records, lambda asked: asked.gold.language)
    assert (correct.kind.name, refused.kind.name) == ("correct", "refused")
    assert correct.overall is not None
    assert (round(correct.overall.mean, 4), correct.overall.count) == (0.6667, 3)
    assert correct.groups == {"fr": Estimate(0.5, 0.0, 1.0, 2), "ar": Estimate(1.0, 0.0, 1.0, 1)}
    assert refused.groups == {"fr": None, "ar": Estimate(0.0, 0.0, 1.0, 1)}


def test_rows_come_in_the_order_of_the_scores() -> None:
    records = [asked("1", "fr", stale=1.0, correct=1.0, refused=0.0)]
    assert [row.kind.name for row in score_rows(records, lambda _: "all")] == ["correct", "stale", "refused"]


def test_languages_come_in_their_own_order_and_other_groups_by_the_alphabet() -> None:
    languages: tuple[Language, ...] = ("ary-Latn", "en", "ar", "ary", "fr")
    records = [asked(language, language, correct=1.0) for language in languages]
    (row,) = score_rows(records, lambda asked: asked.gold.language)
    assert list(row.groups) == ["fr", "ar", "en", "ary", "ary-Latn"]
    named = [asked(name, "fr", correct=1.0) for name in ("scope", "date", "sanction")]
    (row,) = score_rows(named, lambda asked: asked.gold.id)
    assert list(row.groups) == ["date", "sanction", "scope"]


def test_a_question_in_five_languages_is_one_observation() -> None:
    languages: tuple[Language, ...] = ("fr", "ar", "en")
    same = [asked(language, language, "fine", correct=1.0) for language in languages]
    (row,) = score_rows(same, lambda asked: asked.gold.language)
    assert row.overall == Estimate(1.0, 0.0, 1.0, 3)


def test_nothing_asked_gives_no_rows() -> None:
    assert score_rows([], lambda asked: asked.gold.language) == []
    assert parity_rows([]) == []
    assert latency_rows([]) == []
    assert confidence_rows([]) == {"high": None, "medium": None, "low": None}


def test_languages_are_held_against_french_over_the_same_questions() -> None:
    records = [
        asked("1-fr", "fr", "one", correct=1.0),
        asked("1-ar", "ar", "one", correct=0.0),
        asked("2-fr", "fr", "two", correct=1.0),
        asked("2-ar", "ar", "two", correct=1.0),
        asked("3-fr", "fr", "three", correct=0.0),
        asked("4-ar", "ar", None, correct=0.0),
        asked("2-en", "en", "four", correct=0.0),
    ]
    (row,) = parity_rows(records)
    assert (row.score, row.language) == ("correct", "ar")
    assert row.change == Change(-0.5, -1.0, 0.0, 1.0, 2)


def test_questions_of_no_group_have_no_pair() -> None:
    assert parity_rows([asked("1", "fr", correct=1.0), asked("2", "ar", correct=0.0)]) == []


def test_parity_is_of_few_scores_in_their_order() -> None:
    french = asked("1-fr", "fr", "one", refused=0.0, correct=1.0, stale=0.0)
    rows = parity_rows([french, asked("1-en", "en", "one", refused=0.0, correct=1.0, stale=0.0)])
    assert [(row.score, row.language) for row in rows] == [("correct", "en"), ("refused", "en")]


def test_latency_is_of_each_step_that_was_taken() -> None:
    records = [timed(search=float(number), total=10.0 * number) for number in range(1, 21)]
    records.append(timed(total=1000.0))
    # Of 20 searches the 10th and the 19th; of 21 questions the 11th and the 20th.
    assert latency_rows(records) == [LatencyRow("search", 10.0, 19.0), LatencyRow("total", 110.0, 200.0)]


@pytest.mark.parametrize("word", ["high", "medium", "low"])
def test_confidence_is_right_as_often_as_its_answers(word: Confidence) -> None:
    rows = confidence_rows([
        trusted("1", word, "right"),
        trusted("2", word, "cut", "partial"),
        trusted("3", word, "wrongly_refused", "not_found"),
        trusted("4", word, "rightly_refused", "out_of_scope"),
        trusted("5", word, "not_retrieved", "not_found"),
    ])
    assert rows.pop(word) == Estimate(0.5, 0.0, 1.0, 2)
    assert set(rows.values()) == {None}


def test_an_answer_to_the_unanswerable_is_never_right() -> None:
    rows = confidence_rows([trusted("1", "high", "right"), trusted("2", "high", "invented")])
    assert rows["high"] == Estimate(0.5, 0.0, 1.0, 2)
