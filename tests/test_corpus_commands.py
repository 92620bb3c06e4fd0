"""`sanad corpus …` as a maintainer runs it."""

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from corpus import register_check
from corpus.register import entry_schema
from corpus.register_check import Fault
from index.search import Index
from ui.corpus_commands import corpus_app


@pytest.fixture
def opened(index: Index) -> SimpleNamespace:
    def open_index(folder: Path | None) -> Index:
        return index

    return SimpleNamespace(open_index=open_index)


def run(*words: str, opened: object = None) -> str:
    result = CliRunner().invoke(corpus_app, words, obj=opened, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_list_counts_what_is_indexed_by_theme(opened: SimpleNamespace) -> None:
    told = run("list", opened=opened)
    assert "Données personnelles" in told
    assert "2 of    2  in no entry" in told
    assert "loi-77-01" not in run("list", "--theme", "telecoms", opened=opened)


def test_the_list_as_csv_has_a_line_for_each_entry(opened: SimpleNamespace) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("list", "--theme", "telecoms", "--csv", opened=opened).lstrip("\ufeff")))
    )
    assert {row["theme"] for row in rows} == {"telecoms"}
    assert "loi-24-96" in {row["id"] for row in rows}


def test_an_unknown_theme_is_refused_with_those_there_are(opened: SimpleNamespace) -> None:
    with pytest.raises(
        ValueError, match="a theme of the register is needed, got 'nope': choose one of data-protection"
    ):
        run("list", "--theme", "nope", opened=opened)


def test_the_check_names_gaps_and_passes_without_contradiction() -> None:
    told = run("check")
    assert "0 contradictions" in told
    assert "…" in told
    assert len(run("check", "--details")) > len(told)


def test_a_contradiction_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_check, "check", lambda *_: [Fault("contradiction", "loi-77-01", "refers to itself")])
    result = CliRunner().invoke(corpus_app, ["check"])
    assert (result.exit_code, "contradiction: loi-77-01 refers to itself" in result.output) == (1, True)


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema")) == entry_schema()
