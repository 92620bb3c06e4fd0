"""Which characters of a PDF page a person sees.

The page is drawn twice, with and without its letters: a letter is seen where its box changed. That one test finds
white on white, transparent, covered, clipped, off the page and on a layer that is switched off; render mode,
contrast and size are asked besides, for letters that hide under others.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

BoolArray = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint8]

_SCALE: Final = 1.0
"""Pixels a point: 72 dpi show the ink of every letter that can be read."""
_MOST_PIXELS: Final = 2_000_000
_LEAST_CONTRAST: Final = 30
"""Of 255, in the colour that differs most: a lighter watermark cannot be read."""
_SMALLEST_SIZE: Final = 3.0
"""Points under which letters cannot be read."""
_DEEPEST_FORM: Final = 12
_FILLED: Final = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a page: `seen[i]` tells of the i-th character; `bare` is the page without its letters.

    `boxes` are (left, top, right, bottom) in pixels, of shape (count, 4); `sizes` points, 0 where a space was put in.
    """

    seen: BoolArray
    bare: Pixels
    boxes: npt.NDArray[np.intp]
    sizes: npt.NDArray[np.float64]

    def pictures(self) -> float:
        """Share of the page that is drawn on, letters not counted."""
        return float(_differs(self.bare, self.bare[:1, :1]).mean())


def sight(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Sight:
    """Look at a page. Its text objects are invisible afterwards: read characters and boxes, draw nothing more."""
    count = raw.FPDFText_CountChars(textpage)
    drawn = _draw(page)
    letters = _letters(textpage, count)
    boxes = boxes_of(page, textpage, count, (drawn.shape[1], drawn.shape[0]))
    for text in _text_objects(page):
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    bare = _draw(page)
    seen = letters.plain & _any_within(_differs(drawn, bare), boxes) & _contrasts(bare, boxes, letters.fills)
    return Sight(seen, bare, boxes, letters.sizes)


def _draw(page: pdfium.PdfPage) -> Pixels:
    """Pixels of shape (height, width, 3)."""
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    pixels: Pixels = page.render(scale=scale, may_draw_forms=False).to_numpy()[:, :, :3]
    return pixels


def _differs(one: Pixels, other: Pixels) -> BoolArray:
    """Where two pictures differ by more than an eye overlooks."""
    apart = np.maximum(one, other) - np.minimum(one, other)
    return np.asarray((apart >= _LEAST_CONTRAST).any(axis=2), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Letters:
    """Of each character: whether it is not invisible, its colour (blue, green, red) and its size in points."""

    plain: BoolArray
    fills: npt.NDArray[np.int16]
    sizes: npt.NDArray[np.float64]


_Look = tuple[bool, tuple[int, int, int], float]
"""Whether it is plain to see, the colour and the size of a letter, as in `_Letters`."""
_NO_FILL: Final = (-255, -255, -255)
"""Differs from every colour: an outlined or patterned letter is judged by what it draws alone."""


def _letters(textpage: pdfium.PdfTextPage, count: int) -> _Letters:
    looks: dict[int, _Look] = {0: (True, _NO_FILL, 0.0)}  # 0: a space that was put in
    plain = np.ones(count, dtype=np.bool_)
    fills = np.full((count, 3), _NO_FILL, dtype=np.int16)
    sizes = np.zeros(count)
    for index in range(count):
        text = raw.FPDFText_GetTextObject(textpage, index)
        address = ctypes.cast(text, ctypes.c_void_p).value or 0
        if address not in looks:
            looks[address] = _look(textpage, index, text)
        plain[index], fills[index], sizes[index] = looks[address]
    return _Letters(plain, fills, sizes)


def _look(textpage: pdfium.PdfTextPage, index: int, text: Any) -> _Look:  # noqa: ANN401
    mode = raw.FPDFTextObj_GetTextRenderMode(text)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    size = raw.FPDFText_GetFontSize(textpage, index) * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    filled = mode in _FILLED and raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    fill = (blue.value, green.value, red.value) if filled else _NO_FILL
    return mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE and size >= _SMALLEST_SIZE, fill, size


def boxes_of(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, count: int, size: tuple[int, int]
) -> npt.NDArray[np.intp]:
    """(left, top, right, bottom) of every character, of shape (count, 4), cut at the edges of the page.

    Pixels of a picture of the page that is `size` (width, height).
    """
    corner, along, up = (np.asarray(_to_pixels(page, size, *point)) for point in ((0, 0), (1000, 0), (0, 1000)))
    across = np.stack([along - corner, up - corner]) / 1000
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    bounds = np.zeros((count, 2, 2))
    for index in range(count):
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        bounds[index] = ((left.value, bottom.value), (right.value, top.value))
    placed = bounds @ across + corner
    low, high = np.floor(placed.min(axis=1)) - 1, np.ceil(placed.max(axis=1)) + 1
    return np.hstack([np.clip(low, 0, size), np.clip(high, 0, size)]).astype(np.intp)


def _to_pixels(page: pdfium.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, device_x, device_y)
    return device_x.value, device_y.value


def _text_objects(page: pdfium.PdfPage) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _texts_in(raw.FPDFPage_GetObject(page, index), 0)


def _texts_in(item: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401  # a pointer of the C library
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _texts_in(raw.FPDFFormObj_GetObject(item, index), depth + 1)


def _any_within(mask: BoolArray, boxes: npt.NDArray[np.intp]) -> BoolArray:
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int64)
    np.cumsum(np.cumsum(mask, axis=0), axis=1, out=sums[1:, 1:])
    left, top, right, bottom = boxes.T
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(inside > 0, dtype=np.bool_)


def _contrasts(bare: Pixels, boxes: npt.NDArray[np.intp], fills: npt.NDArray[np.int16]) -> BoolArray:
    """Whether the colour of a letter differs from what lies in the middle of its box without letters."""
    x = np.minimum((boxes[:, 0] + boxes[:, 2]) // 2, bare.shape[1] - 1)
    y = np.minimum((boxes[:, 1] + boxes[:, 3]) // 2, bare.shape[0] - 1)
    apart = np.abs(bare[y, x].astype(np.int16) - fills)
    return np.asarray(apart.max(axis=1, initial=0) >= _LEAST_CONTRAST, dtype=np.bool_)
