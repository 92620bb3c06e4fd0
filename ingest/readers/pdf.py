"""PDF: the text layer that a person sees, page by page; pages that are pictures are told apart for OCR."""

import re
import unicodedata
import zlib
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError
from pypdfium2 import raw

from ingest.document import Page
from ingest.readers.margins import beside, in_margin
from ingest.readers.reader import Reading, UnreadableError
from ingest.readers.visible import BoolArray, sight
from ingest.repair.legibility import legibility

MOST_PAGES: Final = 3000
# What a broken or hostile PDF makes pypdf raise, beside its own errors.
_PYPDF_FAULTS: Final = (
    PyPdfError, DependencyError, DeprecationError, ArithmeticError, AssertionError, AttributeError, LookupError,
    NotImplementedError, OSError, RecursionError, TypeError, ValueError, zlib.error,
)  # fmt: skip
_FEWEST_LETTERS: Final = 30
_LEAST_LEGIBLE_PAGE: Final = 0.55
"""Lower than for a whole document: a page of tables and names of columns spells few words and is not garbled."""
_LEAST_PICTURE: Final = 0.004
"""A page with fewer letters than that on which something else is drawn is a picture of a page."""
_END_HYPHEN: Final = "\ufffe"
"""What PDFium gives for the hyphen at the end of a broken line, whose end it swallows."""
_ARABIC_LETTER: Final = re.compile("[\u0621-\u064a]")
_BRACKETS: Final = str.maketrans("()[]{}", ")(][}{")
_BRACKET: Final = re.compile(r"[()\[\]{}]")


def read_pdf(path: Path) -> Reading:
    """Pages in order, numbered from 1. Raises UnreadableError: `encrypted`, `corrupt` or `too_many_pages`."""
    document = open_pdf(path)
    if len(document) > MOST_PAGES:
        raise UnreadableError(
            "too_many_pages", f"a PDF may have {MOST_PAGES} pages, this one has {len(document)}: split it"
        )
    try:
        pages = [_page(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise UnreadableError("corrupt", f"a page of the PDF cannot be read ({error}): download it again") from error
    garbled = [index for index, page in enumerate(pages) if not _is_legible(page.text)]
    if not garbled:
        return Reading("pdf", tuple(pages))
    # Only PDFium knows what is seen: where it saw hidden letters, no other reading is taken.
    other = _by_another_reader(path, [index for index in garbled if not pages[index].hidden])
    for index in garbled:
        legible = index in other
        pages[index] = replace(pages[index], text=other.get(index, ""), pictured=not legible)
    return Reading("pdf", tuple(pages), (_garbled_warning(garbled, other),))


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """The PDF, or UnreadableError when it has a password or is broken beyond repair."""
    try:
        document = pdfium.PdfDocument(path)
        if len(document) == 0:
            raise UnreadableError("corrupt", "the PDF has no page that can be found: download it again")
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise UnreadableError("encrypted", "the PDF asks for a password: save it without one") from error
        raise UnreadableError("corrupt", f"the PDF cannot be parsed ({error}): download it again") from error
    return document


def _by_another_reader(path: Path, garbled: list[int]) -> dict[int, str]:
    """Text of those of the pages that pypdf reads legibly: the two libraries know different tables of fonts."""
    found = {}
    try:
        reader = PdfReader(path)
        for index in garbled:
            text = reader.pages[index].extract_text()
            if text.strip() and _is_legible(text):
                found[index] = text
    except _PYPDF_FAULTS:
        return found
    return found


def _is_legible(text: str) -> bool:
    """Whether the words are real; letters in the shapes that Arabic takes within a word are read as letters."""
    return legibility(unicodedata.normalize("NFKC", text)) >= _LEAST_LEGIBLE_PAGE


def _garbled_warning(garbled: list[int], other: Container[int]) -> str:
    read = ", ".join(str(index + 1) for index in garbled if index in other)
    pictured = ", ".join(str(index + 1) for index in garbled if index not in other)
    ways = [f"{how} {pages}" for how, pages in (("read another way", read), ("taken as pictures", pictured)) if pages]
    return f"the letters of some pages spell no words (garbled font): {'; '.join(ways)}"


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    textpage = page.get_textpage()
    characters = [chr(raw.FPDFText_GetUnicode(textpage, place)) for place in range(textpage.count_chars())]
    seen = sight(page, textpage)
    words = _by_words(characters, seen.seen)
    shown, hidden = _only(characters, words), _only(characters, ~words)
    pictured = sum(map(str.isalnum, shown)) < _FEWEST_LETTERS and seen.pictures() >= _LEAST_PICTURE
    notes = in_margin(characters, seen)
    text, margin = beside(shown, notes[words]) if notes.any() else (shown, "")
    return Page(index + 1, _in_order(text), _in_order(hidden).strip(), pictured, _in_order(margin))


def _by_words(characters: list[str], seen: BoolArray) -> BoolArray:
    """Which characters are shown. A word is taken whole, as most of its letters are: a thin letter draws little ink."""
    if not characters:
        return seen
    space = np.asarray([character.isspace() for character in characters], dtype=np.bool_)
    # White space goes with the word before it.
    word = np.cumsum(~space & np.concatenate([[True], space[:-1]]))
    letters = np.bincount(word, weights=~space)
    return np.asarray((np.bincount(word, weights=~space & seen) * 2 >= letters)[word], dtype=np.bool_)


def _only(characters: list[str], wanted: BoolArray) -> str:
    return "".join(character for character, take in zip(characters, wanted, strict=True) if take)


def _in_order(text: str) -> str:
    text = re.sub(r"\r\n?", "\n", text.replace(_END_HYPHEN, "-\n").replace("\x02", "-\n"))
    return "\n".join(turn_brackets(line) for line in text.split("\n"))


def turn_brackets(line: str) -> str:
    """Arabic lines keep brackets as they are drawn: `)2009(` for what a reader takes as `(2009)`."""
    brackets = _BRACKET.findall(line)
    drawn = bool(brackets) and brackets[0] in ")]}" and brackets[-1] in "([{"
    return line.translate(_BRACKETS) if drawn and _ARABIC_LETTER.search(line) else line
