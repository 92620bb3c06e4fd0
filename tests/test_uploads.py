"""The folder of uploads: names of our own, one place for equal files, nothing left of what failed."""

import os
from io import BytesIO
from pathlib import Path

import pytest

from corpus.catalogue import CatalogueLine, read_catalogue
from corpus.uploads import UploadsFolder, safe_stem
from index.gather import find


@pytest.fixture
def uploads(tmp_path: Path) -> UploadsFolder:
    return UploadsFolder(tmp_path / "uploads")


def upload(uploads: UploadsFolder, job: str, content: bytes, name: str = "Loi.txt") -> str:
    """The path of a document that was received and put in its place."""
    path = uploads.place(uploads.receive(BytesIO(content), job), name, ".txt")
    uploads.put(job, CatalogueLine(path=path, title=name))
    return path


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("loi-09-08-fr.pdf", "loi-09-08-fr"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Décret 2.19.pdf", "Décret-2-19"),
        ("القانون رقم 09.08.pdf", "القانون-رقم-09-08"),
        (".hidden", "hidden"),
        ("\u202egpj.exe\0.pdf", "gpj-exe"),
        ("...", "document"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 40),
    ],
)
def test_a_name_leads_nowhere(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def test_a_document_stands_with_its_line_and_nothing_else_is_found(uploads: UploadsFolder) -> None:
    path = upload(uploads, "j1", b"Article premier")
    assert [item.source.path for item in find([uploads.path])] == [path]
    assert path.startswith("uploaded/")
    assert (uploads.path / path).read_bytes() == b"Article premier"
    assert [source.title for source in uploads.sources().values()] == ["Loi.txt"]


def test_what_waits_is_no_document_yet(uploads: UploadsFolder) -> None:
    uploads.receive(BytesIO(b"one"), "j1")
    assert uploads.waiting("j1").read_bytes() == b"one"
    assert find([uploads.path]) == []


def test_equal_files_have_one_place_and_others_of_that_name_another(uploads: UploadsFolder) -> None:
    first, again, other = (
        upload(uploads, job, content, name)
        for job, content, name in (("j1", b"one", "a.txt"), ("j2", b"one", "b.txt"), ("j3", b"two", "a.txt"))
    )
    assert first == again
    assert other != first
    assert sorted(read_catalogue(uploads.path).sources) == sorted([first, other])


def test_putting_goes_on_where_a_killed_process_ended(uploads: UploadsFolder) -> None:
    path = upload(uploads, "j1", b"one")
    uploads.put("j1", CatalogueLine(path=path, title="Second time"))
    assert [source.title for source in uploads.sources().values()] == ["Second time"]
    uploads.take_out(path)
    with pytest.raises(ValueError, match="upload it again"):
        uploads.put("j1", CatalogueLine(path=path, title="x"))


def test_what_is_taken_out_leaves_no_trace_and_others_stay(uploads: UploadsFolder) -> None:
    one, two = upload(uploads, "j1", b"one"), upload(uploads, "j2", b"two")
    uploads.take_out(one)
    uploads.take_out(one)
    assert not (uploads.path / one).parent.exists()
    assert [source.path for source in uploads.sources().values()] == [two]


def test_files_that_no_job_waits_for_are_dropped_once_they_are_old(uploads: UploadsFolder) -> None:
    for job in ("known", "young", "old"):
        uploads.receive(BytesIO(b"one"), job)
    for job in ("known", "old"):
        os.utime(uploads.waiting(job), (0, 0))
    uploads.drop_abandoned({"known"})
    assert sorted(file.name for file in uploads.waiting("").iterdir()) == ["known", "young"]
