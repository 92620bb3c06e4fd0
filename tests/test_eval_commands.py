"""`sanad eval` and what belongs to it, run as its user runs it."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import sanad
from evals.gate import read_baseline, write_baseline
from evals.questions import GoldQuestion
from evals.record import Record, load_run, save_run
from index.embedder import Embedder
from rag.feedback import Cited, Feedback, FeedbackLog
from settings import Settings
from tests.evaluation import LAW, LAW_AR, gold_question, record, run_of, unanswerable
from tests.fakes import FakeEmbedder

FINE = gold_question(id="fr-1", question="Quelle amende pour qui traite des données sans déclaration ?", group="fine")
FINE_AR = gold_question(id="ar-1", question="ما الغرامة على من عالج معطيات دون تصريح؟", language="ar", group="fine")
NOWHERE = unanswerable(id="fr-2", question="Que dit l'article 3 de la loi 99-99 ?")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder that nothing was written to; the key is one that must not be kept."""
    return Settings.model_validate({"data_dir": tmp_path / "data", "judge_api_key": "a key of nobody's concern"})


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The fake embedder in the place of the model."""

    def embedder(_settings: Settings) -> Embedder:
        return FakeEmbedder()

    monkeypatch.setattr(sanad, "_embedder", embedder)
    monkeypatch.setattr(sanad, "_settings", lambda: settings)


@pytest.fixture
def asking(index_folder: Path, tmp_path: Path) -> list[str]:
    """The arguments that ask three questions of the small corpus and keep the run in `run`."""
    file = write_questions(tmp_path / "questions.jsonl", FINE, FINE_AR, NOWHERE)
    return ["--no-ragas", "--index", str(index_folder), "--questions", str(file), "--out", str(tmp_path / "run")]


def write_questions(file: Path, *questions: GoldQuestion) -> Path:
    file.write_text("\n".join(question.model_dump_json() for question in questions), encoding="utf-8")
    return file


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(sanad.app, ["eval", *arguments])


def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What the command says on the error stream when it ends with 2, as from a shell."""
    monkeypatch.setattr(sys, "argv", ["sanad", "eval", *arguments])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit) as ended:
        sanad.main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def saved(folder: Path, records: Sequence[Record]) -> str:
    save_run(run_of(records), folder)
    return str(folder)


def six(value: float) -> list[Record]:
    return [record(gold_question(id=f"q{place}"), scores={"correct": value}) for place in range(6)]


def test_a_run_is_printed_saved_and_shown(asking: list[str], tmp_path: Path) -> None:
    result = evaluate(*asking, "--details")
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n")[1].split() == ["questions", "3", "2", "1"]
    assert f"run and report in {tmp_path / 'run'}" in result.stdout
    assert "nan" not in result.stdout
    run = load_run(tmp_path / "run")
    assert [made.gold.id for made in run.records] == ["fr-1", "ar-1", "fr-2"]
    assert [made.diagnosis for made in run.records] == ["right", "right", "rightly_refused"]
    assert (run.made.documents, run.made.embedder, run.left_out) == (3, "fake", 0)
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "ما الغرامة على من عالج معطيات دون تصريح؟" in page


def test_no_secret_is_kept_with_a_run(asking: list[str], tmp_path: Path) -> None:
    assert evaluate(*asking).exit_code == 0
    settings = load_run(tmp_path / "run").made.settings
    assert settings["judge_api_key"] == "**********"
    for file in (tmp_path / "run").iterdir():
        assert "nobody's concern" not in file.read_text(encoding="utf-8")


def test_without_a_folder_runs_lie_with_the_data(asking: list[str], settings: Settings) -> None:
    assert evaluate(*asking[:-2]).exit_code == 0
    (folder,) = (settings.data_dir / "evals").iterdir()
    assert len(load_run(folder).records) == 3


def test_questions_of_which_no_source_is_indexed_cannot_be_asked(index_folder: Path, tmp_path: Path) -> None:
    absent = gold_question(sources=(("absent.txt", "1"),))
    file = write_questions(tmp_path / "q.jsonl", absent, NOWHERE)
    result = evaluate("--no-ragas", "--index", str(index_folder), "--questions", str(file))
    assert result.exit_code == 2
    assert "questions that this index can be asked are needed, got none: 2 have no source in it" in result.stderr


def test_a_bad_question_file_is_told_with_its_line(
    asking: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions.jsonl").write_text("\n{}", encoding="utf-8")
    message = told(capsys, monkeypatch, *asking)
    assert message.startswith("sanad: questions.jsonl line 2 is not a valid question")


def test_a_run_passes_against_its_own_baseline(asking: list[str], tmp_path: Path) -> None:
    file = tmp_path / "kept" / "baseline.json"
    written = evaluate(*asking, "--write-baseline", str(file))
    assert (written.exit_code, written.stdout.splitlines()[-1]) == (0, f"baseline in {file}")
    assert read_baseline(file).scores.keys() == {"fr-1", "ar-1", "fr-2"}
    assert "amende" not in file.read_text(encoding="utf-8")
    result = evaluate(*asking, "--gate", str(file))
    assert result.exit_code == 0, result.output
    assert f"Against {file}:\nNo score changed" in result.stdout
    assert result.stdout.endswith("gate passed: nothing fell beyond chance\n")


def test_a_run_that_lost_ends_with_1(asking: list[str], tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    names = [f"q{place}" for place in range(6)]
    write_baseline(run_of([record(gold_question(id=name), scores={"language": 1.0}) for name in names]), baseline)
    # They are asked in French and said to be in English: the language of all six is not recognised.
    english = [NOWHERE.model_copy(update={"id": name, "language": "en"}) for name in names]
    write_questions(tmp_path / "questions.jsonl", *english)
    result = evaluate(*asking, "--gate", str(baseline))
    assert result.exit_code == 1
    assert "HARMED" in result.stdout
    assert "sanad eval: 2 scores fell beyond chance: see HARMED above" in result.stderr
    assert "gate passed" not in result.stdout
    assert load_run(tmp_path / "run").records, "the run is kept, to see what was lost"


def test_a_gate_is_not_passed_by_writing_the_baseline_anew(asking: list[str], tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    write_baseline(run_of([record(FINE, scores={"verbatim": 1.0}), record(NOWHERE, scores={"cited": 1.0})]), baseline)
    before = read_baseline(baseline)
    result = evaluate(*asking, "--gate", str(baseline), "--write-baseline", str(baseline))
    assert result.exit_code == 0
    assert "No score changed (2 compared)." in result.stdout, "only `verbatim` of one question is in both"
    assert read_baseline(baseline) != before


def test_a_gate_is_not_passed_by_asking_less(
    asking: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = tmp_path / "baseline.json"
    write_baseline(run_of([record(FINE), record(gold_question(id="more"))]), baseline)
    message = told(capsys, monkeypatch, *asking, "--gate", str(baseline))
    assert "the run must ask every question of the baseline, got none of 1 of them (more, …)" in message


def test_a_bad_baseline_is_told_before_anything_is_asked(
    asking: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "baseline.json"
    assert "sanad: a baseline is needed, got " in told(capsys, monkeypatch, *asking, "--gate", str(file))
    file.write_text('{"made": {}}', encoding="utf-8")
    message = told(capsys, monkeypatch, *asking, "--gate", str(file))
    assert "baseline.json is not a baseline (Field required): write it again" in message
    assert not (tmp_path / "run").exists()


def test_runs_are_compared_and_shown_side_by_side(tmp_path: Path) -> None:
    before, after = saved(tmp_path / "a", six(1.0)), saved(tmp_path / "b", six(0.0))
    page = tmp_path / "new" / "page.html"
    result = evaluate("compare", before, f"{after}/run.json", "--report", str(page))
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n")[1].split()[:5] == ["correct", "all", "100.0", "0.0", "-100.0"]
    assert "HARMED" in result.stdout
    assert result.stdout.endswith(f"report in {page}\n")
    assert "6 questions in common" in page.read_text(encoding="utf-8")


def test_equal_runs_are_told_so(tmp_path: Path) -> None:
    run = saved(tmp_path / "a", six(1 / 3))
    result = evaluate("compare", run, run)
    assert (result.exit_code, result.stdout) == (0, "No score changed (2 compared).\n")


def test_runs_of_other_questions_cannot_be_compared(tmp_path: Path) -> None:
    one = saved(tmp_path / "a", six(1.0))
    other = saved(tmp_path / "b", [record(FINE, scores={"correct": 1.0})])
    result = evaluate("compare", one, other)
    assert result.exit_code == 2
    assert "two runs of the same questions are needed, got none in common" in result.stderr


def test_what_is_not_a_run_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = saved(tmp_path / "a", six(1.0))
    assert "sanad: a saved run is needed, got " in told(capsys, monkeypatch, "compare", run, str(tmp_path / "none"))
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert "other.json is not a saved run of this version" in told(capsys, monkeypatch, "compare", str(other), run)


def test_sound_gold_is_proved(index_folder: Path, tmp_path: Path) -> None:
    paraphrased = gold_question(id="fr-1", question="Que risque-t-on ?")
    file = write_questions(tmp_path / "q.jsonl", paraphrased, NOWHERE)
    result = evaluate("check", "--questions", str(file), "--index", str(index_folder))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("0 faults in 2 questions (0 left out: none of their sources is indexed); 0 of 1")


def test_gold_that_is_not_in_its_source_ends_with_1(index_folder: Path, tmp_path: Path) -> None:
    wrong = gold_question(((LAW, "3"), (LAW_AR, "33")), (["9.000 dirhams"],), id="fr-1", question="Que risque-t-on ?")
    file = write_questions(tmp_path / "q.jsonl", wrong)
    result = evaluate("check", "--questions", str(file), "--index", str(index_folder))
    assert result.exit_code == 1
    assert f"fr-1             {LAW_AR} has no article '33'" in result.stdout
    assert "fr-1             no source holds the fact ['9.000 dirhams']" in result.stdout


def test_borrowed_words_end_with_1_too(index_folder: Path, tmp_path: Path) -> None:
    borrowed = gold_question(id="fr-1", question="Est puni quiconque fait quoi ?")
    file = write_questions(tmp_path / "q.jsonl", borrowed)
    result = evaluate("check", "--questions", str(file), "--index", str(index_folder))
    assert result.exit_code == 1
    assert "0 faults in 1 questions" in result.stdout
    assert "1 of 1 answerable ones share a rare word" in result.stdout


def test_thumbs_down_become_candidates_once(settings: Settings, tmp_path: Path) -> None:
    log = FeedbackLog(settings.feedback_file)
    for name, useful in (("a", False), ("b", True)):
        cited = (Cited(LAW, "3"),)
        log.add(Feedback(name, f"Question {name} ?", "fr", "answered", useful, "gen-1", "quotes", cited=cited))
    out = tmp_path / "candidates.jsonl"
    assert evaluate("add-from-feedback", str(out)).stdout.startswith(f"1 candidates added to {out}, 0 were there")
    again = evaluate("add-from-feedback", str(out), "--feedback", str(settings.feedback_file))
    assert again.stdout.startswith(f"0 candidates added to {out}, 1 were there already")
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["question"] == "Question a ?"


def test_without_feedback_there_are_no_candidates(tmp_path: Path) -> None:
    result = evaluate("add-from-feedback", str(tmp_path / "candidates.jsonl"))
    assert result.exit_code == 2
    assert "a feedback file is needed, got " in result.stderr
    assert not (tmp_path / "candidates.jsonl").exists()
