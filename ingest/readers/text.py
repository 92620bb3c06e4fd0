"""Plain text, with the page marks of printed collections, and Markdown."""

import re
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

from ingest.document import Page
from ingest.readers.reader import Reading, UnreadableError

# Collections of official texts mark the page at its top as a line of its own: `-32-` or `32`.
_PAGE_MARK: Final = re.compile(r"^[ \t]*(-?)[ \t]*(\d{1,4})[ \t]*\1[ \t]*$", re.MULTILINE)
_FEWEST_MARKS: Final = 2
# What a site is told of a page, before its text: `title: …`, `keywords: …`, between two lines of dashes.
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(?=[\w-]+:)(?:(?!---[ \t]*$).*\n)+---[ \t]*\n", re.MULTILINE)
_SHOWN: Final = ("title:", "date:", "author:")
_KEY: Final = re.compile(r"^[\w-]{1,40}:\s+")


def read_text(path: Path) -> Reading:
    """Text of one page, or of as many as the marks in it count."""
    text = decoded(path.read_bytes())
    marks = _page_marks(text)
    if len(marks) < _FEWEST_MARKS:
        return Reading("text", (Page(None, text),))
    first_page = max(1, int(marks[0].group(2)) - 1)
    pages = [Page(first_page, text[: marks[0].start()])]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(text)
        pages.append(Page(int(mark.group(2)), text[mark.end() : end]))
    return Reading("text", tuple(pages))


def read_markdown(path: Path) -> Reading:
    """Markdown as it stands: its headings are structure, its numbers never page marks.

    Of the settings before it (YAML) what a site shows stays: title, date and author, then key points and questions.
    """
    text = decoded(path.read_bytes())
    settings = _FRONT_MATTER.match(text)
    if settings is None:
        return Reading("markdown", (Page(None, text),))
    lines = settings.group().split("\n")
    listed = [_value(line) for line in lines if line[:1].isspace() and line.strip()]
    told = [line for line in lines if line.startswith(_SHOWN)]
    hidden = [line for line in lines if line.strip("- \t") and not line[0].isspace() and line not in told]
    front = "\n".join(["---", *told, "---"]) if told else ""
    shown = "\n\n".join([front, *listed, text[settings.end() :]]).lstrip()
    return Reading("markdown", (Page(None, shown, "\n".join(hidden)),))


def _value(line: str) -> str:
    """`- question: "Quand ?"` without the marks of YAML."""
    return _KEY.sub("", line.strip().removeprefix("- ")).strip("\"' ")


def decoded(data: bytes) -> str:
    """The text of `data` with `\\n` at the end of lines. Raises UnreadableError for an unknown encoding."""
    return re.sub(r"\r\n?", "\n", _text_of(data))


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=["utf_16", "cp1256", "cp1252"]).best()
    if best is None:
        raise UnreadableError("unknown_encoding", "the text is neither UTF-8, UTF-16 nor Windows: save it as UTF-8")
    return str(best)


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
