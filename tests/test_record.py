"""A run is saved and loaded whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.made import made_with
from evals.questions import GoldQuestion, GoldSource
from evals.record import RUN_FILE, Found, Record, load_run, records_of, save_run
from evals.reference import Reference
from index.search import Index
from rag.answer import CitedInstrument, Sentence
from rag.request import TurnRequest
from tests.evaluation import LAW_AR, answer, citation, frame, gold_question, record, run_of, unanswerable

ARABIC = "يعاقب بغرامة من 1.000 إلى 5.000 درهم"

QUESTION = GoldQuestion(
    id="ar-1",
    question="ما الغرامة؟",
    language="ar",
    kind="sanction",
    audience="citizen",
    history=[TurnRequest(question="وما الأجل؟", answer_gist="عشرة أيام")],
    answerable=True,
    sources=[GoldSource(path=LAW_AR, article="3"), GoldSource(path="note.txt")],
    facts=[[ARABIC, "1.000 à 5.000"]],
    superseded=["old.txt"],
    as_of=date(2025, 3, 1),
    group="fine",
    split="gate",
    author="somebody",
    checked_by=None,
)
CITED = replace(
    citation(LAW_AR, quote=ARABIC),
    instrument=CitedInstrument("loi", "77-01"),
    path=("الباب الأول", "المادة 3"),
    page=4,
)
ANSWER = replace(
    answer(CITED, language="ar", sentences=(frame("ينص القانون:"), Sentence(ARABIC, (1,), "generated", 0.75))),
    direction="rtl",
    suggestions=("وما الأجل؟",),
    as_of=date(2025, 3, 1),
)
WHOLE = Record(
    gold=QUESTION,
    found=(Found(LAW_AR, "3", "id#2", 0.1234, gold=True), Found("note.txt", None, "n#0", -1.0, gold=False)),
    answer=ANSWER,
    scores={"correct": 1.0, "verbatim": 2 / 3},
    diagnosis="cut",
    contexts=(ARABIC, "Line one\nline “two” \u202f<script>"),
    reference=Reference(ARABIC, ("سياق",)),
)


def test_a_run_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    run = run_of([WHOLE, record(unanswerable(id="none"), answer(status="not_found"), diagnosis="rightly_refused")])
    run = replace(run, made=replace(run.made, commit=None))
    file = save_run(run, tmp_path / "runs" / "one")
    assert file == tmp_path / "runs" / "one" / RUN_FILE
    assert load_run(file) == run
    assert load_run(file.parent) == run


def test_a_saved_run_can_be_read_by_people(tmp_path: Path) -> None:
    text = save_run(run_of([WHOLE]), tmp_path).read_text(encoding="utf-8")
    assert ARABIC in text
    assert '"as_of": "2025-03-01"' in text


def test_a_run_of_nothing_comes_back_too(tmp_path: Path) -> None:
    assert load_run(save_run(run_of([]), tmp_path)) == run_of([])


@pytest.mark.parametrize("name", ["none", "none.json", ""])
def test_a_missing_run_is_told_with_its_remedy(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError, match=r"a saved run is needed, got .*: `sanad eval` writes one"):
        load_run(tmp_path / name)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"made": {}, "scores": {}}'])
def test_what_is_not_a_run_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / RUN_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"run\.json is not a saved run of this version \(\d+ faults\): run it again"):
        load_run(tmp_path)


def test_a_score_that_is_no_number_does_not_come_back(tmp_path: Path) -> None:
    file = save_run(run_of([record(scores={"correct": float("nan")})]), tmp_path)
    with pytest.raises(ValueError, match="not a saved run"):
        load_run(file)


def test_records_are_chosen_by_language() -> None:
    french, arabic = record(), record(gold_question(language="ar"))
    assert records_of([french, arabic], "ar") == [arabic]
    assert records_of([french, arabic], "en") == []
    assert records_of([french, arabic], None) == [french, arabic]


def test_a_run_says_how_it_was_made(index: Index) -> None:
    made = made_with(index, {"threads": "2"})
    assert (made.index, made.documents, made.embedder) == ("gen-000001", 3, "fake")
    assert made.settings == {"threads": "2"}
    assert {"numpy", "scipy", "torch"} <= made.versions.keys()
    assert len(made.fingerprint) == 16
    assert made.fingerprint == made_with(index, {}).fingerprint


def test_outside_a_repository_the_commit_is_unknown(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert made_with(index, {}).commit is None
