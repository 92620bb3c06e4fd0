"""What the gate lets pass and what it refuses, with p-values worked out by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.gate import (
    Compared,
    baseline_of,
    check_comparable,
    compare,
    failures,
    read_baseline,
    write_baseline,
)
from evals.record import Record, Scores
from evals.scores import SCORES
from rag.answer import Language
from tests.evaluation import answer, citation, gold_question, record, run_of

STRICT = [kind.name for kind in SCORES if kind.strict]
LOWER = [kind.name for kind in SCORES if kind.better == "lower"]
LANGUAGES: tuple[Language, ...] = ("fr", "ar", "en", "ary", "ary-Latn")


def asked(scores: Mapping[str, Scores], language: Language = "fr") -> list[Record]:
    return [record(gold_question(id=name, language=language), scores=values) for name, values in scores.items()]


def digits(values: str, score: str = "correct") -> dict[str, Scores]:
    """Scores of questions q0, q1, …: a digit a question."""
    return {f"q{place}": {score: float(value)} for place, value in enumerate(values)}


def compared(before: str, after: str, score: str = "correct") -> list[Compared]:
    """The rows of one score, over all and for French."""
    return compare(digits(before, score), asked(digits(after, score)))


def overall(rows: Sequence[Compared]) -> Compared:
    (row,) = [row for row in rows if row.language == "all"]
    return row


def test_a_score_is_compared_over_all_and_by_language() -> None:
    row, french = compared("1100", "1000")
    assert (row.language, french.language) == ("all", "fr")
    assert (row.before, row.after, row.change.mean, row.change.count) == (0.5, 0.25, -0.25, 4)


def test_one_up_and_one_down_is_noise() -> None:
    assert failures(compared("10" * 10, "01" + "10" * 9)) == []


def test_a_loss_of_six_of_twenty_is_refused() -> None:
    rows = compared("1" * 20, "0" * 6 + "1" * 14)
    assert [(row.language, row.p_corrected) for row in failures(rows)] == [("all", 0.03125), ("fr", 0.03125)]


def test_a_loss_of_five_of_twenty_may_be_chance() -> None:
    rows = compared("1" * 20, "0" * 5 + "1" * 15)
    assert overall(rows).p_corrected == pytest.approx(2 / 32)
    assert failures(rows) == []


def test_a_gain_passes_however_great() -> None:
    rows = compared("0" * 20, "1" * 20)
    assert overall(rows).p_corrected < 0.001
    assert failures(rows) == []


@pytest.mark.parametrize("score", LOWER)
def test_of_some_scores_less_is_better(score: str) -> None:
    assert failures(compared("1" * 20, "0" * 20, score)) == []
    assert len(failures(compared("0" * 20, "1" * 6 + "0" * 14, score))) == 2


@pytest.mark.parametrize("score", STRICT)
def test_of_a_strict_score_nothing_may_be_lost(score: str) -> None:
    assert [row.language for row in failures(compared("1" * 50, "0" + "1" * 49, score))] == ["all", "fr"]
    assert failures(compared("0" + "1" * 49, "1" * 50, score)) == []
    assert failures(compared("1" * 50, "1" * 50, score)) == []


def test_the_trust_scores_are_strict() -> None:
    assert {"verbatim", "supported", "cited"} <= set(STRICT)
    assert {"refused", "invented", "stale"} <= set(LOWER)


@given(st.lists(st.sampled_from([0.0, 1 / 7, 1 / 3, 2 / 3, 6 / 7, 1.0]), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_run_passes_against_its_own_baseline(shares: list[float]) -> None:
    records = asked({f"q{place}": {"verbatim": share, "correct": share} for place, share in enumerate(shares)})
    rows = compare(baseline_of(run_of(records)).scores, records)
    assert {row.change.mean for row in rows} == {0.0}
    assert failures(rows) == []


def test_a_gain_of_a_third_makes_up_for_the_loss_of_one() -> None:
    before = {"q0": {"verbatim": 0.0}, "q1": {"verbatim": 1.0}}
    after = {"q0": {"verbatim": 1 / 3}, "q1": {"verbatim": 2 / 3}}
    assert failures(compare(before, asked(after))) == []


def test_among_languages_p_values_are_corrected() -> None:
    names = {language: [f"{language}-{place}" for place in range(6)] for language in LANGUAGES}
    before = {name: {"correct": 1.0} for held in names.values() for name in held}
    after = [
        record(gold_question(id=name, language=language), scores={"correct": float(language != "ar")})
        for language, held in names.items()
        for name in held
    ]
    rows = {row.language: row for row in compare(before, after)}
    # Six drops of six: 2/64 over all questions, and for Arabic as the least of five p-values.
    assert rows["all"].p_corrected == 0.03125
    assert rows["ar"].p_corrected == 5 * 0.03125
    assert rows["fr"].p_corrected == 1.0
    assert [row.language for row in failures(list(rows.values()))] == ["all"]


def test_a_language_that_falls_is_refused_though_another_makes_up_for_it() -> None:
    scores = [kind.name for kind in SCORES if kind.better == "higher" and not kind.strict]
    before: dict[str, Scores] = {}
    after: list[Record] = []
    for language in LANGUAGES:
        for place in range(40):
            question = gold_question(id=f"{language}-{place}", language=language)
            fell = dict.fromkeys(scores, float(language != "ar"))
            before[question.id] = dict.fromkeys(scores, 1.0) if language == "ar" else dict.fromkeys(scores, 0.0)
            after.append(record(question, scores=fell))
    refused = failures(compare(before, after))
    assert {row.language for row in refused} == {"ar"}
    assert [row.score.name for row in refused] == scores


def test_the_same_question_in_many_languages_is_one_drop() -> None:
    names = [f"{language}-{place}" for place in range(2) for language in LANGUAGES]
    before = {name: {"correct": 1.0} for name in names}
    after = [record(gold_question(id=name, group=name[-1]), scores={"correct": 0.0}) for name in names]
    rows = compare(before, after)
    assert overall(rows).p_corrected == 2 / 4
    assert failures(rows) == []


def test_only_what_both_runs_scored_is_compared() -> None:
    before = {"a": {"correct": 1.0}, "b": {"correct": 1.0, "stale": 0.0}, "gone": {"correct": 0.0}}
    after = asked({"a": {"language": 1.0}, "b": {"correct": 1.0}, "new": {"correct": 0.0}})
    assert [(row.score.name, row.language, row.change.count) for row in compare(before, after)] == [
        ("correct", "all", 1),
        ("correct", "fr", 1),
    ]


def test_without_a_question_in_common_nothing_is_compared() -> None:
    assert compare(digits("11"), asked({"other": {"correct": 1.0}})) == []


def test_a_gate_does_not_pass_by_asking_less() -> None:
    baseline = baseline_of(run_of(asked(digits("111"))))
    check_comparable(baseline, run_of(asked(digits("1111"))))
    with pytest.raises(ValueError, match=r"got none of 2 of them \(q1, …\): index their sources, or write a new"):
        check_comparable(baseline, run_of(asked(digits("1"))))


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = run_of(asked({"ر-1": {"correct": 1.0, "verbatim": 2 / 3}, "b": {}}))
    run = replace(run, made=replace(run.made, commit=None))
    file = tmp_path / "new" / "baseline.json"
    write_baseline(run, file)
    baseline = read_baseline(file)
    assert baseline == baseline_of(run)
    assert baseline.scores == {"ر-1": {"correct": 1.0, "verbatim": 0.6667}, "b": {}}
    assert baseline.made == {
        "when": "2026-11-21T10:00:00+00:00",
        "commit": "",
        "embedder": "fake",
        "fingerprint": "0123456789abcdef",
    }


def test_an_empty_baseline_is_one_too(tmp_path: Path) -> None:
    write_baseline(run_of([]), tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json").scores == {}


def test_a_baseline_holds_nothing_of_questions_and_sources(tmp_path: Path) -> None:
    question = gold_question(facts=(["Wert zwei"],), id="q1", question="Frage eins ?")
    given = replace(answer(citation(quote="Zitat vier")), answer="Antwort fünf")
    asked = replace(record(question, given, {"correct": 1.0}), contexts=("Stelle drei",))
    write_baseline(run_of([asked]), tmp_path / "baseline.json")
    text = (tmp_path / "baseline.json").read_text(encoding="utf-8")
    assert '"q1": {"correct": 1.0}' in text
    for word in ("eins", "zwei", "drei", "vier", "fünf", "second", "loi-77-01", "test machine"):
        assert word not in text


def test_a_baseline_is_a_line_a_question_in_their_order(tmp_path: Path) -> None:
    write_baseline(run_of(asked({"b": {"correct": 0.0}, "a": {"correct": 1.0}})), tmp_path / "baseline.json")
    lines = (tmp_path / "baseline.json").read_text(encoding="utf-8").splitlines()
    assert lines[-4:] == ['"scores": {', '  "a": {"correct": 1.0},', '  "b": {"correct": 0.0}', "}}"]


def test_a_missing_baseline_is_told_with_its_remedy(tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    with pytest.raises(FileNotFoundError, match=r"`sanad eval --write-baseline .*none\.json` makes one"):
        read_baseline(file)


@pytest.mark.parametrize("content", ["", "{}", '{"made": {}, "scores": {"q": {"correct": "much"}}}', "[1]", "\udcff"])
def test_what_is_not_a_baseline_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ValueError, match=r"other\.json is not a baseline \(.+\): write it again"):
        read_baseline(file)
