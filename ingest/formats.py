"""The format of a file, told by its content; the name only decides between kinds of plain text."""

import re
import zipfile
from pathlib import Path
from typing import Final, Literal

from ingest.readers.reader import UnreadableError

Format = Literal["pdf", "html", "docx", "xlsx", "csv", "markdown", "text", "image"]

_HEAD: Final = 4096
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_PARTS: Final[dict[str, Format]] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_HTML: Final = re.compile(
    rb"^[\xef\xbb\xbf\s]*<(?=[!?a-z]).*?(?:!doctype\s+html|<html|<head|<body)[\s>]", re.IGNORECASE | re.DOTALL
)
_BY_SUFFIX: Final[dict[str, Format]] = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv"}
_KNOWN: Final = "PDF, HTML, Word (.docx), Excel (.xlsx), CSV, Markdown, text or an image"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS: Final = 0.02
"""Share of control characters that a text which was taken from a PDF may have."""


def format_of(path: Path) -> Format:
    """Raises UnreadableError: `empty`, or `unknown_format` for what is none of the known ones."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise UnreadableError("empty", "the file has no content: replace or remove it")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    binary = b"\0" in head or len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head)
    if binary and not head.startswith(_UTF_16):
        raise _unknown(path)
    return "html" if _HTML.search(head) else _BY_SUFFIX.get(path.suffix.lower(), "text")


def _of_archive(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError("corrupt", f"the archive cannot be opened ({error}): save the file again") from error
    found = next((known for part, known in _PARTS.items() if part in names), None)
    if found is None:
        raise _unknown(path)
    return found


def _unknown(path: Path) -> UnreadableError:
    named = path.suffix or "no suffix"
    return UnreadableError(
        "unknown_format", f"files must be {_KNOWN}, the content of this one ({named}) is not: convert it"
    )
