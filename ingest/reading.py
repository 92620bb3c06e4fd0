"""Files to pages of raw text: plain text, Markdown, HTML and PDF with a text layer."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import trafilatura
from charset_normalizer import from_bytes
from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from ingest.document import Page

# Collections of official texts mark the page at its top as a line of its own: `-32-` or `32`.
_PAGE_MARK: Final = re.compile(r"^[ \t]*(-?)[ \t]*(\d{1,4})[ \t]*\1[ \t]*$", re.MULTILINE)
_FEWEST_MARKS: Final = 2
# What a broken or hostile PDF makes pypdf raise, beside its own errors.
_PDF_FAULTS: Final = (
    PyPdfError,
    DeprecationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
_MIN_CHARACTERS_A_PAGE: Final = 30


class UnreadableError(Exception):
    """A file that gives no text. `code` is stable (`no_text_layer`, `encrypted`, …); `reason` is for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


def read_pages(path: Path) -> list[Page]:
    """Read `path` by its suffix. Raises UnreadableError with a reason that says what can be done."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise UnreadableError("unknown_format", f"files must be {known}, got {path.suffix or 'no suffix'}: convert it")
    if path.stat().st_size == 0:
        raise UnreadableError("empty", "the file has no content: replace or remove it")
    pages = reader(path)
    if not any(page.text.strip() for page in pages):
        raise UnreadableError("no_text", "no text was found in the file: check that it opens and is not blank")
    return pages


def _read_text(path: Path) -> list[Page]:
    text = _decode(path.read_bytes())
    marks = _page_marks(text)
    if len(marks) < _FEWEST_MARKS:
        return [Page(None, text)]
    first_page = max(1, int(marks[0].group(2)) - 1)
    pages = [Page(first_page, text[: marks[0].start()])]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(text)
        pages.append(Page(int(mark.group(2)), text[mark.end() : end]))
    return pages


def _page_marks(text: str) -> list[re.Match[str]]:
    """Lines that count up one by one; a lone number that does not is the call of a footnote."""
    marks: list[re.Match[str]] = []
    dashed = any(match.group(1) for match in _PAGE_MARK.finditer(text))
    for match in _PAGE_MARK.finditer(text):
        number = int(match.group(2))
        follows = number == int(marks[-1].group(2)) + 1 if marks else number in {1, 2, 3}
        if bool(match.group(1)) == dashed and (follows or dashed):
            marks.append(match)
    return marks


def _read_markdown(path: Path) -> list[Page]:
    return [Page(None, _decode(path.read_bytes()))]


def _read_html(path: Path) -> list[Page]:
    extracted = trafilatura.extract(
        _decode(path.read_bytes()), output_format="markdown", include_links=False, include_images=False
    )
    if extracted is None:
        raise UnreadableError("no_main_text", "no main text was found between the menus of the page: save it as text")
    return [Page(None, extracted)]


def _read_pdf(path: Path) -> list[Page]:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted", "the PDF asks for a password: save it without one")
        pages = [Page(number, page.extract_text()) for number, page in enumerate(reader.pages, start=1)]
    except DependencyError as error:
        raise UnreadableError("needs_decoder", f"the PDF needs a decoder that is not installed ({error})") from error
    except _PDF_FAULTS as error:
        raise UnreadableError("corrupt", f"the PDF cannot be parsed ({error}): download it again") from error
    if sum(len(page.text.strip()) for page in pages) < _MIN_CHARACTERS_A_PAGE * len(pages):
        raise UnreadableError(
            "no_text_layer", f"the {len(pages)} pages are images without a text layer: run OCR on it first"
        )
    return pages


def _decode(data: bytes) -> str:
    """The text with `\\n` at the end of lines."""
    return re.sub(r"\r\n?", "\n", _text_of(data))


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=["utf_16", "cp1256", "cp1252"]).best()
    if best is None:
        raise UnreadableError("unknown_encoding", "the text is neither UTF-8, UTF-16 nor Windows: save it as UTF-8")
    return str(best)


_READERS: Final[dict[str, Callable[[Path], list[Page]]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}
