"""Untouched files of PDFs and pictures: kept by their checksum, as long as a generation names them."""

import hashlib
from pathlib import Path

import pytest

from index.generation import STORE, current
from index.originals import MissingOriginalError, original
from tests.ingests import ingest, statuses, store
from tests.pdfs import page_of, pdf

FIRST = pdf(page_of("The first report is about signature tools and about their makers in the country."))
SECOND = pdf(page_of("The second report is about declarations and about the days in which they are made."))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(FIRST)
    (folder / "b.txt").write_text("A plain text has no pages that can be drawn.", encoding="utf-8")
    return folder


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(served: Path) -> set[str]:
    return {file.name for file in (served / "originals").glob("*")}


def named(served: Path) -> dict[str, str | None]:
    return {one.document.source.path: one.document.original for one in store(served).documents()}


def test_the_file_of_a_pdf_is_kept_as_it_is(reports: Path, served: Path) -> None:
    ingest(served, reports)
    assert named(served) == {"a.pdf": digest(FIRST), "b.txt": None}
    assert original(served, digest(FIRST)).read_bytes() == FIRST
    assert kept(served) == {digest(FIRST)}
    assert store(served).originals() == {digest(FIRST)}


def test_an_original_goes_with_the_last_generation_that_names_it(reports: Path, served: Path) -> None:
    ingest(served, reports)
    (reports / "a.pdf").write_bytes(SECOND)
    ingest(served, reports)
    assert kept(served) == {digest(FIRST), digest(SECOND)}
    (reports / "b.txt").write_text("Another plain text without pages that can be drawn.", encoding="utf-8")
    ingest(served, reports)
    assert kept(served) == {digest(SECOND)}


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_a_lost_or_damaged_original_is_refused_and_the_next_ingest_mends_it(
    reports: Path, served: Path, content: bytes | None
) -> None:
    ingest(served, reports)
    file = original(served, digest(FIRST))
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(MissingOriginalError, match="is missing or differs from its checksum: run `sanad ingest`"):
        original(served, digest(FIRST))
    assert statuses(ingest(served, reports))["a.pdf"] == "unchanged"
    assert original(served, digest(FIRST)).read_bytes() == FIRST


def test_a_document_without_an_original_says_how_to_get_one(served: Path) -> None:
    with pytest.raises(MissingOriginalError, match="was not kept when this document was read: run `sanad ingest`"):
        original(served, None)


def test_an_older_index_gets_its_originals_without_a_rebuild(
    reports: Path, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.keep_originals", lambda *_: None)
    ingest(served, reports)
    assert named(served)["a.pdf"] is None
    monkeypatch.undo()
    report = ingest(served, reports)
    assert (statuses(report)["a.pdf"], named(served)["a.pdf"]) == ("unchanged", digest(FIRST))


def test_what_a_damaged_generation_names_is_not_removed(reports: Path, served: Path) -> None:
    ingest(served, reports)
    (current(served) / STORE).write_bytes(b"damaged")
    (reports / "a.pdf").write_bytes(SECOND)
    ingest(served, reports, rebuild=True)
    assert kept(served) == {digest(FIRST), digest(SECOND)}
