"""Tables: one record a row, each value under the header of its column."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Page
from ingest.readers.reader import Reading, UnreadableError
from ingest.readers.text import decoded

Row = Sequence[str]

_FAULTS: Final = (
    InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, TypeError, AttributeError,
    OSError,
)  # fmt: skip
_SAMPLE: Final = 4096


def read_xlsx(path: Path) -> Reading:
    """One page a visible sheet, in its order. Hidden sheets, rows and columns go to `Page.hidden`."""
    try:
        with warnings.catch_warnings():
            # Extensions of Excel that carry no text (conditional formats) are announced as removed.
            warnings.simplefilter("ignore", UserWarning)
            workbook = load_workbook(path, data_only=True)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
        pages = tuple(_page(number, sheet) for number, sheet in enumerate(sheets, start=1))
    except _FAULTS as error:
        raise UnreadableError("corrupt", f"the workbook cannot be parsed ({error}): save it again") from error
    found = tuple(f"the hidden sheet {title!r} was left out" for title in hidden)
    return Reading("xlsx", pages, found)


def read_csv(path: Path) -> Reading:
    """Records of a comma, semicolon or tab separated file; its first row names the columns."""
    text = decoded(path.read_bytes())
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:_SAMPLE], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect)]
    except csv.Error as error:
        raise UnreadableError("corrupt", f"the table cannot be parsed ({error}): save it as CSV again") from error
    return Reading("csv", (Page(None, "\n\n".join(_records(path.stem, enumerate(rows, start=1)))),))


def _page(number: int, sheet: Worksheet) -> Page:
    filled = _merged_values(sheet)
    shown: list[tuple[int, Row]] = []
    hidden: list[str] = []
    for row in sheet.iter_rows():
        place = row[0].row or 0
        cells = [filled.get((place, cell.column or 0), cell.value) for cell in row]
        texts = ["" if value is None else " ".join(str(value).split()) for value in cells]
        columns_hidden = [sheet.column_dimensions[get_column_letter(cell.column or 1)].hidden for cell in row]
        hidden += [
            text
            for text, gone in zip(texts, columns_hidden, strict=True)
            if text and (gone or sheet.row_dimensions[place].hidden)
        ]
        if not sheet.row_dimensions[place].hidden:
            shown.append((place, ["" if gone else text for text, gone in zip(texts, columns_hidden, strict=True)]))
    return Page(number, "\n\n".join(_records(sheet.title, shown)), "\n".join(hidden))


def _merged_values(sheet: Worksheet) -> dict[tuple[int, int], object]:
    """What a merged cell shows, for every (row, column) that it covers."""
    return {
        (row, column): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _records(title: str, rows: Iterator[tuple[int, Row]] | Sequence[tuple[int, Row]]) -> Iterator[str]:
    """A heading for the table and one for each row, by the number that the reader of the file sees beside it."""
    filled = [(place, row) for place, row in rows if any(row)]
    if not filled:
        return
    yield f"# {title}"
    headers = filled[0][1]
    if len(filled) == 1:
        yield " | ".join(cell for cell in headers if cell)
    for place, row in filled[1:]:
        values = [
            f"{headers[column]} : {cell}" if column < len(headers) and headers[column] else cell
            for column, cell in enumerate(row)
            if cell
        ]
        yield f"## {title} {place}\n\n" + "\n".join(values)
