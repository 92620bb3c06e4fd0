"""Word documents: headings, paragraphs, lists and tables in their order, without hidden runs."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx import Document as open_docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from ingest.document import Page
from ingest.readers.reader import Reading, UnreadableError

_FAULTS: Final = (OpcError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError)
_SMALLEST_SIZE: Final = 3
"""Points under which letters cannot be read."""
_WHITE: Final = "FFFFFF"


def read_docx(path: Path) -> Reading:
    """One page without number: Word breaks pages when it prints. Headings come as Markdown."""
    try:
        document = open_docx(str(path))
        blocks = [*_blocks(document)]
    except _FAULTS as error:
        raise UnreadableError("corrupt", f"the Word file cannot be parsed ({error}): save it again") from error
    shown = "\n\n".join(text for text, _ in blocks if text)
    return Reading("docx", (Page(None, shown, "\n".join(hidden for _, hidden in blocks if hidden)),))


def _blocks(document: DocxDocument) -> Iterator[tuple[str, str]]:
    """(shown, hidden) text of each paragraph and table."""
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield _table(item), ""
        else:
            yield _paragraph(item)


def _paragraph(paragraph: Paragraph) -> tuple[str, str]:
    shown = "".join(run.text for run in paragraph.runs if not _is_hidden(run))
    # Text of links and fields stands outside the runs; without hidden runs the paragraph knows it all.
    hidden = "".join(run.text for run in paragraph.runs if _is_hidden(run))
    text = (shown if hidden else paragraph.text).strip()
    style = (paragraph.style.name or "") if paragraph.style else ""
    if text and style.startswith("Heading"):
        return f"{'#' * int(style[-1:] if style[-1:].isdigit() else 1)} {text}", hidden
    return (f"- {text}" if text and style.startswith("List") else text), hidden


def _is_hidden(run: Run) -> bool:
    font = run.font
    white = font.color is not None and str(font.color.rgb or "") == _WHITE and font.highlight_color is None
    return bool(font.hidden) or white or (font.size is not None and font.size.pt < _SMALLEST_SIZE)


def _table(table: Table) -> str:
    rows = []
    for row in table.rows:
        # A merged cell comes once for each column that it spans.
        cells = list(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells))
        rows.append(" | ".join(cell for cell in cells if cell))
    return "\n".join(row for row in rows if row)
