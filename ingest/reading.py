"""A file to its pages, by the reader of its format."""

from pathlib import Path
from typing import Final

from ingest.formats import Format, format_of
from ingest.readers.html import read_html
from ingest.readers.office import read_docx
from ingest.readers.pdf import read_pdf
from ingest.readers.reader import Reader, Reading, UnreadableError
from ingest.readers.scan import read_image
from ingest.readers.tables import read_csv, read_xlsx
from ingest.readers.text import read_markdown, read_text

READERS: Final[dict[Format, Reader]] = {
    "pdf": read_pdf,
    "html": read_html,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "csv": read_csv,
    "markdown": read_markdown,
    "text": read_text,
    "image": read_image,
}


def read(path: Path) -> Reading:
    """The pages of `path`, pictured ones still without text. Raises UnreadableError when there is nothing to read."""
    reading = READERS[format_of(path)](path)
    if not any(page.text.strip() or page.pictured for page in reading.pages):
        raise UnreadableError("no_text", "no text was found in the file: check that it opens and is not blank")
    return reading
