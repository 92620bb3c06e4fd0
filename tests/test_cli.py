"""The `sanad` command, run as its user runs it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sanad
from index.embedder import Embedder
from rag.feedback import Feedback, FeedbackLog
from settings import Settings
from tests.conftest import LAW_FR
from tests.evaluation import gold_question
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).parents[1]


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, index_folder: Path) -> CliRunner:
    """The command over the small corpus, with the fake embedder in the place of the model."""

    def embedder(_settings: Settings) -> Embedder:
        return FakeEmbedder()

    monkeypatch.setattr(sanad, "_embedder", embedder)
    monkeypatch.setattr(sanad, "_settings", lambda: Settings(data_dir=index_folder.parent))
    return CliRunner()


def test_help_comes_at_once_and_names_the_commands() -> None:
    start = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, "sanad.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = "import sys, sanad; print(sorted({'torch', 'gradio', 'faiss', 'langchain_core'} & set(sys.modules)))"
    imported = subprocess.run([sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True)
    assert imported.stdout.strip() == "[]", f"after {time.perf_counter() - start:.1f} s"
    for command in ("ingest", "ask", "search", "text", "status", "serve", "eval"):
        assert command in finished.stdout


def test_ask_prints_the_answer_with_its_places(runner: CliRunner, index_folder: Path) -> None:
    result = runner.invoke(sanad.app, ["ask", "Quelle amende sans déclaration ?", "--index", str(index_folder)])
    assert result.exit_code == 0
    assert "Ce que prévoit la loi n° 77-01, article 3 (1er mai 2020) :" in result.stdout
    assert "loi-77-01-fr.txt [" in result.stdout


def test_ask_json_gives_the_documented_shape(runner: CliRunner, index_folder: Path) -> None:
    arguments = ["ask", "الغرامة دون تصريح", "--json", "--as-of", "2025-01-01", "--index", str(index_folder)]
    answer = json.loads(runner.invoke(sanad.app, arguments).stdout)
    assert (answer["status"], answer["direction"], answer["as_of"]) == ("answered", "rtl", "2025-01-01")


def test_text_prints_exactly_what_citations_index(runner: CliRunner, index_folder: Path) -> None:
    asked = ["ask", "Quelle amende sans déclaration ?", "--json", "--index", str(index_folder)]
    cited = json.loads(runner.invoke(sanad.app, asked).stdout)["citations"][0]
    stored = runner.invoke(sanad.app, ["text", cited["source_path"], "--index", str(index_folder)]).stdout
    assert stored[cited["start"] : cited["end"]] == cited["quote"]


def test_search_shows_hits_and_their_scores(runner: CliRunner, index_folder: Path) -> None:
    arguments = ["search", "délai de déclaration", "--top-k", "2", "--index", str(index_folder)]
    shown = runner.invoke(sanad.app, arguments).stdout
    assert "loi-77-01-fr.txt" in shown
    assert "meaning" not in shown
    explained = runner.invoke(sanad.app, [*arguments, "--explain"]).stdout
    assert "language          fr" in explained
    assert "asks for          duration" in explained
    assert "= meaning" in explained
    hits = json.loads(runner.invoke(sanad.app, [*arguments, "--json"]).stdout)
    assert len(hits) == 2
    assert {"passage", "source", "score"} <= set(hits[0])


def test_status_counts_and_checks(runner: CliRunner, index_folder: Path) -> None:
    shown = runner.invoke(sanad.app, ["status", "--sources", "--index", str(index_folder)]).stdout
    assert "documents    3 (law 2, press 1)" in shown
    assert "files match their checksums" in shown
    assert "Trade fair" in shown


def test_status_counts_what_readers_thought(
    runner: CliRunner, index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path)
    monkeypatch.setattr(sanad, "_settings", lambda: settings)
    log = FeedbackLog(settings.feedback_file)
    for answer, useful in (("a", False), ("b", False), ("a", True)):
        log.add(Feedback(answer, "Quelle amende ?", "fr", "answered", useful, index="gen-1", generator="quotes"))
    with log.path.open("a", encoding="utf-8") as file:
        file.write('{"id": "c"')
    arguments = ["status", "--index", str(index_folder)]
    shown = runner.invoke(sanad.app, arguments).stdout
    assert "feedback     1 useful, 1 not useful, 1 unreadable lines" in shown
    assert "feedback.jsonl line 4 is left out: line: Invalid JSON" in shown
    counted = json.loads(runner.invoke(sanad.app, [*arguments, "--json"]).stdout)["feedback"]
    assert counted == {"useful": 1, "not_useful": 1, "unreadable_lines": 1}


def test_ingest_reports_every_file(runner: CliRunner, tmp_path: Path) -> None:
    folder, index = tmp_path / "docs", tmp_path / "index"
    folder.mkdir()
    (folder / "note.txt").write_text("Le délai de déclaration est de dix jours.", encoding="utf-8")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\x00")
    (folder / "empty.txt").write_bytes(b"")
    shown = runner.invoke(sanad.app, ["ingest", str(folder), "--index", str(index)]).stdout
    assert "indexed      note.txt  (1 passages)" in shown
    assert "skipped      old.doc" in shown
    assert "quarantined  empty.txt" in shown
    assert "3 files: 1 indexed, 1 quarantined, 1 skipped." in shown


def test_ingest_writes_a_report(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Le délai de déclaration est de dix jours.", encoding="utf-8")
    arguments = ["ingest", str(tmp_path / "note.txt"), "--index", str(tmp_path / "index")]
    shown = runner.invoke(sanad.app, [*arguments, "--report", str(tmp_path / "report.json")]).stdout
    assert "report in" in shown
    (listed,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (listed["path"], listed["status"], listed["passages"]) == ("note.txt", "indexed", 1)


def test_inspect_shows_a_file_without_indexing_it(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "loi.txt").write_text(LAW_FR, encoding="utf-8")
    shown = runner.invoke(sanad.app, ["inspect", str(tmp_path / "loi.txt")]).stdout
    assert "read as      text, language fr, legibility 1.00" in shown
    assert "articles     3: 1, 2, 3" in shown
    assert "Chapitre premier" in shown
    as_json = json.loads(runner.invoke(sanad.app, ["inspect", str(tmp_path / "loi.txt"), "--json"]).stdout)
    assert (as_json["status"], as_json["articles"]) == ("read", ["1", "2", "3"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loi.txt"]


def test_inspect_says_why_a_file_gives_nothing(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = runner.invoke(sanad.app, ["inspect", str(tmp_path / "empty.txt")])
    assert result.exit_code == 2
    assert "empty.txt gives no document: empty: the file has no content" in result.stderr


def test_batch_writes_one_line_a_question(runner: CliRunner, index_folder: Path, tmp_path: Path) -> None:
    asked, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text('{"id": "1", "question": "Quelle amende ?"}\n{"id": "2"}\n', encoding="utf-8")
    arguments = ["ask", "--batch", str(asked), "--out", str(answers), "--index", str(index_folder)]
    assert "1 questions answered, 1 bad lines" in runner.invoke(sanad.app, arguments).stdout
    assert [json.loads(line)["id"] for line in answers.read_text(encoding="utf-8").splitlines()] == ["1", "2"]


def test_eval_without_a_command_asks_and_keeps_the_run(runner: CliRunner, index_folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(gold_question(question="Quelle amende sans déclaration ?").model_dump_json(), encoding="utf-8")
    arguments = ["eval", "--no-ragas", "--questions", str(questions), "--out", str(tmp_path / "run")]
    shown = runner.invoke(sanad.app, [*arguments, "--index", str(index_folder)]).stdout
    assert re.search(r"^recall@5 +100 \[0–100\] +100 \[0–100\]", shown, re.MULTILINE)
    assert f"run and report in {tmp_path / 'run'}" in shown
    assert sorted(file.name for file in (tmp_path / "run").iterdir()) == ["report.html", "run.json"]


def test_eval_names_its_commands(runner: CliRunner) -> None:
    shown = runner.invoke(sanad.app, ["eval", "--help"]).stdout
    for command in ("--beir", "compare", "check", "add-from-feedback"):
        assert command in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "one question, or --batch IN.jsonl with --out OUT.jsonl, is needed"),
        (["ask", "Amende ?", "--language", "de"], "Invalid value for '--language'"),
        (["text", "none.txt"], "a source of the index is needed, got 'none.txt'"),
    ],
)
def test_misuse_is_explained(runner: CliRunner, index_folder: Path, arguments: list[str], message: str) -> None:
    result = runner.invoke(sanad.app, [*arguments, "--index", str(index_folder)])
    assert result.exit_code == 2
    assert message in result.stderr


def run_main(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SANAD_DATA_DIR": str(data)}  # noqa: TID251 - the command's own environment is the subject
    command = [sys.executable, "sanad.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_missing_index_is_told_in_one_line_with_its_remedy(tmp_path: Path) -> None:
    finished = run_main("ask", "Quelle amende ?", data=tmp_path)
    assert finished.returncode == 2
    assert finished.stderr.startswith("sanad: an index is needed in ")
    assert "run `sanad ingest PATH`" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_taken_port_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        finished = run_main("serve", "--port", str(taken.getsockname()[1]), data=tmp_path)
    assert finished.returncode == 2
    assert "cannot be taken (Address already in use): choose another --port" in finished.stderr


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    environment = os.environ | {"SANAD_THREADS": "many"}  # noqa: TID251 - the command's own environment is the subject
    command = [sys.executable, "sanad.py", "status"]
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 2
    assert "threads" in finished.stderr
    assert "Traceback" not in finished.stderr
