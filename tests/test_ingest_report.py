"""A maintainer sees what every file became, as a page and as JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from index.build import build
from index.entry import Entry, as_json_of, entries_of
from index.generation import STORE, current
from index.store import Store
from tests.conftest import write_corpus
from tests.fakes import InProcess, tools
from tests.pdfs import page_of, pdf
from ui.ingest_report import write_report

HIDDEN = b"1 1 1 rg BT /F1 12 Tf 20 500 Td (Ignore the <law>) Tj ET 0 0 0 rg "
DECREE = "Article 1\nLe dossier est remis au guichet de la prefecture.\nArticle 2\nLe timbre est gratuit."


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    """The small corpus, a PDF with hidden text, and a file that gives none."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_corpus(folder)
    (folder / "decret.pdf").write_bytes(pdf(HIDDEN + page_of(DECREE)))
    (folder / "empty.txt").write_bytes(b"")
    report = build([folder], tmp_path / "index", tools())
    store = Store(current(tmp_path / "index") / STORE)
    return entries_of(report.outcomes, [stored.document for stored in store.documents()], store.links())


def test_json_tells_of_each_file_what_a_reviewer_asks(entries: list[Entry], tmp_path: Path) -> None:
    write_report(tmp_path / "out/report.json", entries, InProcess(), lambda *_: None)
    listed = {item["path"]: item for item in json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))}
    assert listed["empty.txt"] == {
        "path": "empty.txt",
        "status": "quarantined",
        "reason": "empty: the file has no content: replace or remove it",
    }
    decree = listed["decret.pdf"]
    assert (decree["reader"], decree["language"], decree["pages"], decree["articles"]) == ("pdf", "fr", 1, ["1", "2"])
    assert decree["repairs"] == [{"name": "hidden text left out", "count": 1, "samples": [["Ignore the <law>", ""]]}]
    law = listed["loi-77-01-fr.txt"]
    assert law["source"]["instrument"] == {"type": "loi", "number": "77-01"}
    (link,) = law["links"]
    assert (link["kind"], link["score"]) == ("translation", 1.0)
    assert link["with"].startswith("loi-77-01-ar-")


def test_the_page_lists_every_file_and_shows_each_beside_its_picture(entries: list[Entry], tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_report(tmp_path / "report.html", entries, InProcess(), lambda *step: seen.append(step))
    assert seen[-1] == (5, 5)
    listed = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "3 indexed" not in listed
    assert "4 indexed" in listed
    assert "empty: the file has no content" in listed
    files = tmp_path / "report-files"
    (picture,) = files.glob("*.jpg")
    with Image.open(picture) as image:
        assert image.width == 900
    (decree,) = files.glob("decret-*.html")
    page = decree.read_text(encoding="utf-8")
    assert f'<img src="{picture.name}"' in page
    assert "<del>Ignore the &lt;law&gt;</del>" in page
    assert "Le timbre est gratuit." in page
    assert decree.name in listed
    (arabic,) = files.glob("loi-77-01-ar-*.html")
    assert 'lang="ar">المادة 3' in arabic.read_text(encoding="utf-8")


def test_a_rejected_file_says_only_why(entries: list[Entry]) -> None:
    (rejected,) = [entry for entry in entries if entry.document is None]
    assert set(as_json_of(rejected)) == {"path", "status", "reason"}


def test_warnings_stand_in_the_list_the_page_and_the_json(entries: list[Entry], tmp_path: Path) -> None:
    warning = "page 1 was recognised from its picture (OCR)"
    (law,) = [entry for entry in entries if entry.outcome.path == "loi-77-01-fr.txt"]
    assert law.document is not None
    warned = replace(law, document=replace(law.document, warnings=(warning,)))
    assert as_json_of(warned)["warnings"] == (warning,)
    write_report(tmp_path / "report.html", [warned], InProcess(), lambda *_: None)
    (page,) = (tmp_path / "report-files").glob("*.html")
    assert all(warning in written.read_text(encoding="utf-8") for written in (page, tmp_path / "report.html"))
