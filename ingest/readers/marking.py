"""The picture of a page with a quote marked on it, for a person to compare the two.

The words of the page come from its text layer, or from Tesseract where it has none. The stored text is a repaired one,
so that a quote is looked for by its letters and digits alone; where even these differ, by the words that both have.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from pypdfium2 import raw

from ingest.readers.ocr_lines import Box
from ingest.readers.pdf import open_pdf
from ingest.readers.reader import UnreadableError
from ingest.readers.scan import picture_of, words_on
from ingest.readers.visible import boxes_of

_SHOWN_WIDTH: Final = 1000
_LEAST_SHARED: Final = 0.5
"""Of the letters of a quote: with fewer on the page, a mark would be a guess."""
_FEWEST_WORDS: Final = 2
"""A single word that is alike may stand anywhere on the page."""
_INK: Final = (255, 214, 0, 90)
_EDGE: Final = (217, 119, 6, 255)
_MARGIN: Final = 3
_COLOURS: Final = 128


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A PNG of a page with a box for each line of the quote; no box where the quote was not found."""

    png: bytes
    boxes: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word of the page by its letters, with its place in pixels."""

    letters: str
    box: Box


def marked_page(path: Path, number: int, quote: str = "") -> MarkedPage:
    """One page, counted from 1, of a PDF or a picture. Raises UnreadableError where it cannot be drawn."""
    image = picture_of(path, number)
    boxes = _lines(_quoted(_placed(path, number, image), quote)) if _letters(quote) else []
    drawn = _marked(image, boxes)
    drawn.thumbnail((_SHOWN_WIDTH, 2 * _SHOWN_WIDTH))
    picture = io.BytesIO()
    drawn.quantize(_COLOURS).save(picture, "PNG", optimize=True)
    return MarkedPage(picture.getvalue(), len(boxes))


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isalnum())


def _placed(path: Path, number: int, image: Image.Image) -> list[_Placed]:
    words = [(text, box) for text, box in _text_layer(path, number, image.size) if _letters(text)]
    if not words:
        try:
            words = [(word.text, word.box) for word in words_on(image)]
        except UnreadableError:
            return []
    return [_Placed(_letters(text), box) for text, box in words]


def _text_layer(path: Path, number: int, size: tuple[int, int]) -> Iterator[tuple[str, Box]]:
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            return
    page = open_pdf(path)[number - 1]
    textpage = page.get_textpage()
    characters = [chr(raw.FPDFText_GetUnicode(textpage, place)) for place in range(textpage.count_chars())]
    boxes = boxes_of(page, textpage, len(characters), size)
    for blank, places in groupby(range(len(characters)), key=lambda place: characters[place].isspace()):
        if not blank:
            word = list(places)
            low, high = boxes[word, :2].min(axis=0), boxes[word, 2:].max(axis=0)
            yield "".join(characters[place] for place in word), Box(*map(int, (*low, *high)))


def _quoted(page: Sequence[_Placed], quote: str) -> list[Box]:
    """Boxes of the words of the quote, in the order of the page."""
    whole, wanted = "".join(word.letters for word in page), _letters(quote)
    start = whole.find(wanted)
    if start < 0:
        return _alike(page, quote)
    found, place = [], 0
    for word in page:
        if place < start + len(wanted) and place + len(word.letters) > start:
            found.append(word.box)
        place += len(word.letters)
    return found


def _alike(page: Sequence[_Placed], quote: str) -> list[Box]:
    """Boxes of runs of words that page and quote share, if they are most of the quote."""
    wanted = [letters for letters in map(_letters, quote.split()) if letters]
    matcher = SequenceMatcher(None, [word.letters for word in page], wanted, autojunk=False)
    runs = [page[run.a : run.a + run.size] for run in matcher.get_matching_blocks() if run.size >= _FEWEST_WORDS]
    shared = sum(len(word.letters) for run in runs for word in run)
    return [word.box for run in runs for word in run] if shared >= _LEAST_SHARED * sum(map(len, wanted)) else []


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """Neighbouring boxes of one line as one."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _is_beside(lines[-1], box):
            edges = zip(lines[-1], box, strict=True)
            (left, top, right, bottom) = edges
            lines[-1] = Box(min(left), min(top), max(right), max(bottom))
        else:
            lines.append(box)
    return lines


def _is_beside(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line, with no more than a wide space between them."""
    lower = min(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    apart = max(one.left, other.left) - min(one.right, other.right)
    return shared * 2 > lower and apart <= 2 * max(one.bottom - one.top, other.bottom - other.top)


def _marked(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    layer = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(layer)
    for box in boxes:
        edges = (box.left - _MARGIN, box.top - _MARGIN, box.right + _MARGIN, box.bottom + _MARGIN)
        pen.rectangle(edges, fill=_INK, outline=_EDGE, width=2)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
