"""Finished files outlive the process that read them."""

from pathlib import Path

from corpus.instrument import Instrument
from corpus.source import Source
from index.journal import Journal
from index.store import Rejected, StoredDocument
from ingest.document import Document
from ingest.intake import ingest_file
from tests.conftest import LAW_AR
from tests.fakes import InProcess


def document(folder: Path) -> Document:
    (folder / "loi.txt").write_text(LAW_AR, encoding="utf-8")
    source = Source("loi.txt", "القانون رقم 77.01", "law", instrument=Instrument("loi", "77-01"))
    return ingest_file(folder / "loi.txt", source, InProcess())


def test_what_is_written_is_read_by_another_process(tmp_path: Path) -> None:
    stored, rejected = StoredDocument(document(tmp_path), "f1"), Rejected("b.pdf", "encrypted", "…", "f2")
    for outcome in (stored, rejected):
        Journal(tmp_path / "journal.sqlite").write(outcome)
    assert Journal(tmp_path / "journal.sqlite").read() == {"f1": stored, "f2": rejected}


def test_the_same_file_is_kept_once_and_nothing_after_a_clear(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.read() == {}
    journal.write(Rejected("b.pdf", "too_slow", "…", "f"))
    journal.write(Rejected("b.pdf", "corrupt", "…", "f"))
    assert journal.read() == {"f": Rejected("b.pdf", "corrupt", "…", "f")}
    journal.clear()
    journal.clear()
    assert journal.read() == {}
