"""A file is what its address promised, or it is refused."""

from pathlib import Path

import pytest

from corpus.attempts import UnfetchedError
from ingest.promise import suffix_of
from tests.pdfs import page_of, pdf

PDF = pdf(page_of("Article 1"))
HTML = b"<!doctype html><html><body>Page introuvable</body></html>"


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "loi-09-08-fr.part"


@pytest.mark.parametrize(
    ("content", "promised", "suffix"),
    [
        (PDF, ".pdf", ".pdf"),
        (PDF, "", ".pdf"),
        (PDF, ".aspx", ".pdf"),
        (HTML, "", ".html"),
        (b"nom;valeur\n", ".csv", ".csv"),
        (b"Article 1", ".txt", ".txt"),
        (b"\xff\xd8\xff\xe0", ".jpeg", ".jpeg"),
    ],
)
def test_the_suffix_is_that_of_the_content(part: Path, content: bytes, promised: str, suffix: str) -> None:
    part.write_bytes(content)
    assert suffix_of(part, promised) == suffix


@pytest.mark.parametrize(
    ("content", "promised", "reason"),
    [
        (HTML, ".pdf", "a PDF was promised, got an HTML page: look for the file by hand"),
        (PDF, ".docx", "a Word document was promised, got a PDF"),
        (b"\0\1\2\3 a program", ".pdf", "a file that can be read is needed, got unknown_format: files must be PDF"),
        (b"", ".pdf", "a file that can be read is needed, got empty"),
    ],
)
def test_another_kind_of_file_is_refused(part: Path, content: bytes, promised: str, reason: str) -> None:
    part.write_bytes(content)
    with pytest.raises(UnfetchedError, match=reason):
        suffix_of(part, promised)
