"""Whether a file that was loaded is what its address promised, and one that can be read at all."""

from pathlib import Path
from typing import Final

from corpus.attempts import UnfetchedError
from ingest.formats import Format, format_of
from ingest.readers.reader import UnreadableError

_PROMISED: Final[dict[str, Format]] = {
    ".pdf": "pdf",
    ".htm": "html",
    ".html": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".csv": "text",
    ".md": "text",
    ".txt": "text",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
"""Kinds of plain text cannot be told apart by their content."""
_NAMES: Final[dict[Format, str]] = {
    "pdf": "a PDF",
    "html": "an HTML page",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
    "text": "plain text",
    "image": "an image",
}
_SUFFIXES: Final[dict[Format, str]] = {
    "pdf": ".pdf",
    "html": ".html",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "text": ".txt",
    "image": ".image",
}


def suffix_of(file: Path, promised: str) -> str:
    """The suffix that a file should have whose address ends in `promised` (`.pdf`; empty where it says nothing).

    Raises UnfetchedError when it is another kind of file, or none that can be read.
    """
    try:
        found = format_of(file)
    except UnreadableError as error:
        raise UnfetchedError(f"a file that can be read is needed, got {error}") from error
    expected = _PROMISED.get(promised)
    if expected is None:
        return _SUFFIXES[found]
    if found != expected:
        raise UnfetchedError(
            f"{_NAMES[expected]} was promised, got {_NAMES[found]}: look for the file by hand and correct the register"
        )
    return promised
