"""The tables of a run on the terminal, written out by hand."""

from dataclasses import replace

from evals.gate import compare
from evals.intervals import Estimate
from evals.questions import Asked
from evals.record import Diagnosis, Record
from evals.report import comparison_text, percent, run_text, soundness_text
from evals.soundness import Fault, Soundness
from rag.answer import Language
from tests.evaluation import answer, gold_question, record, run_of, unanswerable

MADE = (
    "Index gen-000007 (0123456789abcdef) of 12 documents, fake; code abc123; a test machine. "
    "3 questions left out: none of their sources is indexed."
)
LEGEND = "Per cent [95 % interval]; ↓ less is better. seen from: "


def asked(name: str, language: Language, diagnosis: Diagnosis = "right", **scores: float) -> Record:
    return record(gold_question(id=name, language=language), scores=scores, diagnosis=diagnosis)


def closed_up(text: str) -> list[str]:
    """The lines of a table without what sets its columns apart."""
    return [" ".join(line.split()) for line in text.split("\n")]


def blocks(*records: Record, details: bool = False) -> list[str]:
    """The parts of a report, which empty lines divide."""
    return run_text(run_of(records), details=details).split("\n\n")


def test_scores_are_a_line_each_and_languages_a_column() -> None:
    table = blocks(
        asked("1", "fr", correct=1.0, refused=0.0),
        asked("2", "ary", correct=1.0),
        asked("3", "fr", correct=0.0, refused=1.0),
    )[0]
    # Of three questions, two right: none is drawn in 1 of 27 draws, and that is more than 2.5 %.
    assert closed_up(table)[:-1] == [
        "all fr ary seen from",
        "questions 3 2 1",
        "correct 67 [0–100] 50 [0–100] 100 [0–100] 101",
        "refused ↓ 50 [0–100] 50 [0–100] – 101",
    ]
    assert table.split("\n")[-1].startswith(LEGEND)


def test_columns_stand_under_their_headings() -> None:
    records = [asked("1", "fr", correct=1.0, refused=0.0), asked("2", "ary-Latn", correct=0.0)]
    head, sizes, correct, *_ = lines = blocks(*records)[0].split("\n")[:-1]
    assert len({len(line) for line in lines}) == 1
    assert head.index("fr") + len("fr") == correct.index("100 [0–100]") + len("100 [0–100]") == sizes.index("1") + 1


def test_the_parts_come_in_order() -> None:
    french = record(gold_question(id="1", group="one"), scores={"correct": 1.0})
    arabic = record(gold_question(id="2", group="one", language="ar"), scores={"correct": 0.0}, diagnosis="cut")
    parts = blocks(french, arabic)[1:]
    assert closed_up(parts[0]) == [
        "Difference from French, same questions, points [95 % interval]:",
        "correct ar -100 [-100, +100] (1 questions)",
    ]
    assert parts[1:] == [
        "    1  cited, but the fact was cut off\n    1  right",
        "Right answers by word of confidence: high 50 [0–100] of 2",
        "Milliseconds p50 / p95: understand 2 / 2, total 12 / 12",
        MADE,
    ]


def test_a_run_without_questions_has_no_means_and_no_nan() -> None:
    text = run_text(run_of([]), details=True)
    assert "nan" not in text
    assert closed_up(text)[:2] == ["all seen from", "questions 0"]
    assert text.endswith("\n\n" + MADE)


def test_groups_to_which_no_score_applies_show_a_dash_and_no_nan() -> None:
    silent = record(unanswerable(id="2", language="en"), answer(status="not_found"), {"invented": 0.0})
    text = run_text(run_of([asked("1", "fr", correct=1.0), replace(silent, diagnosis="rightly_refused")]), details=True)
    assert "nan" not in text
    assert "correct 100 [0–100] 100 [0–100] – 101" in closed_up(text)
    assert "invented ↓ 0 [0–100] – 0 [0–100] 101" in closed_up(text)


def test_details_say_what_went_wrong_and_nothing_of_what_went_right() -> None:
    given = [
        asked("fr-1", "fr"),
        asked("fr-2", "fr", "not_retrieved"),
        asked("ary-1", "ary", "cut"),
        asked("en-1", "en", "rightly_refused"),
        asked("en-2", "en", "invented"),
    ]
    assert blocks(*given, details=True)[-1] == (
        "fr-2             not_retrieved    Quelle amende ?\n"
        "ary-1            cut              Quelle amende ?\n"
        "en-2             invented         Quelle amende ?"
    )
    assert blocks(*given)[-1] == MADE


def test_code_outside_a_repository_is_unknown() -> None:
    made = run_of([])
    assert "; code unknown; " in run_text(replace(made, made=replace(made.made, commit=None)), details=False)


def test_a_share_is_told_in_per_cent_with_its_interval() -> None:
    assert percent(Estimate(0.625, 0.504, 1.0, 8)) == "62 [50–100]"
    assert percent(None) == "–"


def test_a_comparison_is_of_what_moved_and_marks_harm() -> None:
    before = {f"q{place}": {"correct": 1.0, "stale": 0.0} for place in range(6)}
    after = [asked(f"q{place}", "fr", correct=0.0, stale=0.0) for place in range(6)]
    # Six drops of six: p is 2/64, and over two rows of one language after Holm 4/64.
    assert closed_up(comparison_text(compare(before, after))) == [
        "score of before after change 95 % p n",
        "correct all 100.0 0.0 -100.0 [-100.0, -100.0] 0.031 6 HARMED",
        "correct fr 100.0 0.0 -100.0 [-100.0, -100.0] 0.062 6",
    ]


def test_equal_runs_are_told_in_a_line() -> None:
    records = [asked("1", "fr", correct=1.0), asked("2", "ar", correct=1 / 3)]
    rows = compare({"1": {"correct": 1.0}, "2": {"correct": 0.3333}}, records)
    assert comparison_text(rows) == "No score changed (3 compared)."
    assert comparison_text([]) == "No score changed (0 compared)."


def test_faults_of_the_gold_are_a_line_each() -> None:
    questions = (gold_question(id="1"), gold_question(id="2").model_copy(update={"checked_by": None}))
    sound = Soundness((Fault("1", "no source holds the fact ['x']"),), sharing=("2",), answerable=2)
    first, last = soundness_text(sound, Asked(questions, 4)).split("\n")
    assert first == "1                no source holds the fact ['x']"
    assert last == (
        "1 faults in 2 questions (4 left out: none of their sources is indexed); 1 of 2 answerable ones "
        "share a rare word with their source (half may); 1 have not been read by a second person."
    )
