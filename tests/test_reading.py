"""The format is told by the content, and every reader keeps the promises of the one Protocol."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from ingest.formats import Format, format_of
from ingest.readers.reader import UnreadableError
from ingest.reading import READERS, read
from tests.pdfs import page_of, pdf

SENTENCE = "Le dossier de la carte nationale est remis au guichet de la prefecture dans un delai de dix jours."


def write_text(path: Path) -> None:
    path.write_text(SENTENCE, encoding="utf-8")


def write_html(path: Path) -> None:
    path.write_text(f"<!DOCTYPE html><html><body><article><p>{SENTENCE * 3}</p></article></body></html>", "utf-8")


def write_csv(path: Path) -> None:
    path.write_text(f"service;note\ncarte;{SENTENCE}\n", encoding="utf-8")


def write_pdf(path: Path) -> None:
    path.write_bytes(pdf(page_of(SENTENCE)))


def write_docx(path: Path) -> None:
    document = Document()
    document.add_paragraph(SENTENCE)
    document.save(str(path))


def write_xlsx(path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["note"])
    workbook.active.append([SENTENCE])
    workbook.save(path)


def write_image(path: Path) -> None:
    Image.new("RGB", (40, 20), "grey").save(path, "PNG")


SAMPLES: dict[Format, tuple[str, Callable[[Path], None]]] = {
    "text": (".txt", write_text),
    "markdown": (".md", write_text),
    "html": (".html", write_html),
    "csv": (".csv", write_csv),
    "pdf": (".pdf", write_pdf),
    "docx": (".docx", write_docx),
    "xlsx": (".xlsx", write_xlsx),
    "image": (".png", write_image),
}


def test_every_reader_has_a_sample() -> None:
    assert SAMPLES.keys() == READERS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reader_gives_the_visible_text_in_pages(name: Format, tmp_path: Path) -> None:
    suffix, write = SAMPLES[name]
    path = tmp_path / f"sample{suffix}"
    write(path)
    before = path.read_bytes()
    reading = read(path)
    assert reading.reader == name
    assert reading == read(path)
    assert path.read_bytes() == before
    assert all(page.pictured or SENTENCE in page.text for page in reading.pages)
    assert all(page.number is None or page.number >= 1 for page in reading.pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_is_told_by_the_content_and_not_by_the_name(name: Format, tmp_path: Path) -> None:
    suffix, write = SAMPLES[name]
    kinds_of_text = {".txt", ".md", ".csv"}
    path = tmp_path / ("a" + (suffix if suffix in kinds_of_text else ".txt"))
    write(path)
    assert format_of(path) == name


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><html lang='fr'><p>a</p></html>", "html"),
        (b"# Guide\n\nUse `<html lang='fr'>` and `<body>`.", "markdown"),
        (b"\xff\xfea\x00b\x00", "markdown"),
        ("المادة 3\x0f\nنص طويل من المادة الثالثة للقانون\n".encode(), "markdown"),
        (b"junk before %PDF-1.4", "pdf"),
        (b"\xff\xd8\xff\xe0", "image"),
    ],
)
def test_openings_tell_formats_apart(content: bytes, expected: Format, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(content)
    assert format_of(tmp_path / "a.md") == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\x00", r"unknown_format: files must be PDF, HTML, .* \(\.xls\) is not: convert it"),
        ("README", b"\x7fELF\x00", r"unknown_format: .* \(no suffix\) is not: convert it"),
        ("a.zip", b"PK\x03\x04", "corrupt: the archive cannot be opened"),
        ("a.txt", b"", "empty: the file has no content: replace or remove it"),
        ("a.pdf", b"", "empty: the file has no content"),
        ("a.txt", b" \n\t\n", "no_text: no text was found in the file"),
        ("a.md", b"\n", "no_text: no text was found in the file"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "corrupt: the picture cannot be opened"),
    ],
)
def test_a_file_that_gives_no_text_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError, match=reason):
        read(tmp_path / name)


def test_an_archive_of_something_else_is_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(UnreadableError, match="unknown_format"):
        read(tmp_path / "a.docx")


def test_reasons_come_back_from_another_process() -> None:
    error = UnreadableError("empty", "nothing")
    assert str(error) == "empty: nothing"
    again = UnreadableError(*error.args)
    assert (again.code, again.reason) == ("empty", "nothing")
