"""A folder of fetched files: what is recorded, what is kept, and what a killed run leaves."""

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import CatalogueLine, read_catalogue
from corpus.download import Version
from corpus.fetched import FetchedFolder, FetchedLine, sha256_of
from index.gather import find

DAY, LATER = date(2026, 11, 22), date(2026, 12, 1)


def put(path: Path, content: bytes, day: date = DAY, suffix: str = ".pdf") -> Path | None:
    """Put `content` as the file of loi-1-fr, as a run of that day would."""
    folder = FetchedFolder(path)
    part = folder.part("loi-1-fr")
    part.begin("https://a.ma/1.pdf", Version('"1"'))
    part.path.write_bytes(content)
    part.finish()
    line = FetchedLine(
        path=f"loi-1-fr{suffix}",
        url="https://a.ma/1.pdf",
        sha256=sha256_of(part.path),
        size=len(content),
        fetched=day,
        checked=day,
        etag='"1"',
    )
    before = folder.known("loi-1-fr")
    return folder.put(part, line, CatalogueLine(path=line.path, title="Loi 1", kind="law"), before)


def test_a_file_stands_with_its_record_and_its_catalogue_line(tmp_path: Path) -> None:
    assert put(tmp_path, b"one") is None
    (record,) = [json.loads(line) for line in (tmp_path / "fetched.jsonl").read_text("utf-8").splitlines()]
    assert record == {
        "path": "loi-1-fr.pdf",
        "url": "https://a.ma/1.pdf",
        "sha256": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
        "size": 3,
        "fetched": "2026-11-22",
        "checked": "2026-11-22",
        "etag": '"1"',
        "modified": None,
    }
    assert read_catalogue(tmp_path).source("loi-1-fr.pdf").title == "Loi 1"
    known = FetchedFolder(tmp_path).known("loi-1-fr")
    assert known is not None
    assert known.version == Version('"1"')


def test_ingest_finds_the_files_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, b"one")
    put(tmp_path, b"two", LATER)
    FetchedFolder(tmp_path).part("loi-2-fr").path.write_bytes(b"a part")
    assert [found.source.path for found in find([tmp_path])] == ["loi-1-fr.pdf"]


def test_a_replaced_file_is_kept_with_the_day_until_which_it_stood(tmp_path: Path) -> None:
    put(tmp_path, b"one")
    old = put(tmp_path, b"two", LATER)
    assert old == tmp_path / ".old/loi-1-fr.until-2026-12-01.7692c3ad.pdf"
    assert (old.read_bytes(), (tmp_path / "loi-1-fr.pdf").read_bytes()) == (b"one", b"two")


def test_a_file_of_another_kind_takes_the_place_of_the_first(tmp_path: Path) -> None:
    put(tmp_path, b"one")
    assert put(tmp_path, b"two", LATER, ".docx") is not None
    assert [found.source.path for found in find([tmp_path])] == ["loi-1-fr.docx"]
    assert list(read_catalogue(tmp_path).sources) == ["loi-1-fr.docx"]
    assert len((tmp_path / "fetched.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_file_that_somebody_changed_is_not_known_and_is_kept_when_replaced(tmp_path: Path) -> None:
    put(tmp_path, b"one")
    (tmp_path / "loi-1-fr.pdf").write_bytes(b"edited by hand")
    assert FetchedFolder(tmp_path).known("loi-1-fr") is None
    old = put(tmp_path, b"one", LATER)
    assert old is not None
    assert old.read_bytes() == b"edited by hand"


def test_a_file_that_was_placed_before_a_kill_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "loi-1-fr.pdf").write_bytes(b"one")
    assert put(tmp_path, b"one") is None
    assert not (tmp_path / ".old").exists()


def test_lines_of_other_files_stay_as_they_are(tmp_path: Path) -> None:
    own = '{"title": "À moi",  "path": "mine.pdf"}'
    (tmp_path / "catalogue.jsonl").write_text(f"{own}\n", encoding="utf-8")
    put(tmp_path, b"one")
    put(tmp_path, b"two", LATER)
    lines = (tmp_path / "catalogue.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["loi-1-fr.pdf", "mine.pdf"]
    assert lines[1] == own


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("fetched.jsonl", "fetched.jsonl line 1 is no record of a fetched file"),
        ("catalogue.jsonl", "catalogue.jsonl line 1 is not a valid catalogue line"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused_before_anything_is_asked(
    tmp_path: Path, name: str, fault: str
) -> None:
    (tmp_path / name).write_text("not a line\n", encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        FetchedFolder(tmp_path)
