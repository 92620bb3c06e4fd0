"""Pictures of pages to text, by Tesseract (Debian: tesseract-ocr, tesseract-ocr-fra, tesseract-ocr-ara).

A page that one look does not read surely is looked at in a second size, and a coloured one also by its blue channel and
as a negative, because white letters on a coloured ground are lost in one look and clear in another. Where looks see the
same place, the surer word stands.
"""

import csv
import io
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.document import Page
from ingest.readers.ocr_lines import Box, Word, legible, lines_of
from ingest.readers.pdf import open_pdf
from ingest.readers.reader import NEEDS_OCR, Reading, UnreadableError
from ingest.readers.spelling import spelled

INSTALL: Final = "install Tesseract (Debian: apt-get install tesseract-ocr tesseract-ocr-fra tesseract-ocr-ara)"
_LANGUAGES: Final = ("fra", "ara", "eng")
_DPI: Final = 200
_MOST_PIXELS: Final = 20_000_000
_MOST_FRAMES: Final = 500
_POINTS_AN_INCH: Final = 72
_SHOWN_WIDTH: Final = 900
_WORD_LEVEL: Final = "5"
_SURE: Final = 50
_SURER: Final = 5
_SURE_PAGE: Final = 85
_LEAST_OVERLAP: Final = 0.3
_COLOURED: Final = 40
_LEAST_COLOUR: Final = 0.1

_Look = tuple[Callable[[Image.Image], Image.Image], float]
"""How to prepare the picture, and its size relative to _DPI."""
_LOOKS: Final[tuple[_Look, ...]] = ((ImageOps.grayscale, 1.0), (ImageOps.grayscale, 1.5))
_COLOUR_LOOKS: Final[tuple[_Look, ...]] = (
    (lambda image: image.getchannel("B"), 1.0),
    (lambda image: ImageOps.invert(ImageOps.grayscale(image)), 1.0),
)


def read_image(path: Path) -> Reading:
    """One pictured page for each frame of the picture; `recognise` gives their text."""
    try:
        # Too large a picture is refused below, with the limit.
        bombs = warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning)
        with bombs, Image.open(path) as image:
            frames, pixels = getattr(image, "n_frames", 1), image.width * image.height
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise UnreadableError("corrupt", f"the picture cannot be opened ({error}): save it again") from error
    if frames > _MOST_FRAMES or pixels > 4 * _MOST_PIXELS:
        raise UnreadableError(
            "too_large",
            f"a picture may have {_MOST_FRAMES} frames of {4 * _MOST_PIXELS} pixels, got {frames} of {pixels}",
        )
    return Reading("image", tuple(Page(number, "", pictured=True) for number in range(1, frames + 1)))


def missing() -> str | None:
    """What must be installed before pages can be recognised, or None."""
    if shutil.which("tesseract") is None:
        return INSTALL
    absent = sorted(set(_LANGUAGES) - set(_tesseract("--list-langs").split()))
    return f"{INSTALL}; the language data of {', '.join(absent)} is absent" if absent else None


def recognise(path: Path, number: int) -> str:
    """The text of one page, counted from 1, of a PDF or a picture. Raises UnreadableError without Tesseract."""
    image = picture_of(path, number)
    words = words_on(image)
    coloured = _is_coloured(image)
    if coloured or not _is_sure(words):
        for look in range(1, len(_LOOKS + _COLOUR_LOOKS) if coloured else len(_LOOKS)):
            words = _merged(words, _words(image, look))
    return spelled("\n".join(lines_of(words)))


def _is_sure(words: list[Word]) -> bool:
    """Whether one look was enough: a cleanly printed page, which more looks would read no better."""
    return bool(words) and sum(word.confidence for word in words) / len(words) >= _SURE_PAGE


def words_on(image: Image.Image) -> list[Word]:
    """What one look reads, with boxes in pixels of `image`. Raises UnreadableError without Tesseract."""
    absent = missing()
    if absent is not None:
        raise UnreadableError(NEEDS_OCR, absent)
    return _words(image, 0)


def picture_of(path: Path, number: int) -> Image.Image:
    """One page, counted from 1, of a PDF (at 200 dpi) or a picture, in colour and upright."""
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    if is_pdf:
        page = open_pdf(path)[number - 1]
        width, height = page.get_size()
        scale = min(_DPI / _POINTS_AN_INCH, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")
    with Image.open(path) as image:
        frame = next(frame for place, frame in enumerate(ImageSequence.Iterator(image), start=1) if place == number)
        upright = ImageOps.exif_transpose(frame.convert("RGB"))
    upright.thumbnail((int(_MOST_PIXELS**0.5),) * 2)
    return upright


def _is_coloured(image: Image.Image) -> bool:
    """Whether a part of the page that can hold letters is neither white, grey nor black."""
    small = np.asarray(image.resize((100, 100))).astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2) >= _COLOURED).mean() >= _LEAST_COLOUR)


def _words(image: Image.Image, look: int) -> list[Word]:
    return legible(list(_boxed(image, look)))


def _boxed(image: Image.Image, look: int) -> Iterator[Word]:
    prepare, scale = (_LOOKS + _COLOUR_LOOKS)[look]
    size = (int(image.width * scale), int(image.height * scale))
    picture = io.BytesIO()
    prepare(image).resize(size, Image.Resampling.LANCZOS).save(picture, "PNG", compress_level=1)
    options = ("-", "-", "-l", "+".join(_LANGUAGES), "--dpi", str(int(_DPI * scale)), "tsv")
    table = _tesseract(*options, picture=picture.getvalue())
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD_LEVEL and row["text"].strip():
            left, top, width, height = (int(int(row[edge]) / scale) for edge in ("left", "top", "width", "height"))
            line = (look, int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            yield Word(row["text"].strip(), line, Box(left, top, left + width, top + height), float(row["conf"]))


def _tesseract(*options: str, picture: bytes = b"") -> str:
    # One thread each: pages are recognised side by side, and threads of one page only wait for each other.
    command = ["env", "OMP_THREAD_LIMIT=1", "tesseract", *options]
    finished = subprocess.run(command, input=picture, capture_output=True, check=False)
    if finished.returncode != 0:
        message = finished.stderr.decode(errors="replace").strip().splitlines()
        raise UnreadableError("corrupt", f"Tesseract cannot read the picture ({message[-1:]}): save it again")
    return finished.stdout.decode()


def _merged(known: list[Word], more: list[Word]) -> list[Word]:
    """`known` with the words of `more` that are surer in the same place, and those that are sure where nothing was."""
    if not known:
        return more
    merged = list(known)
    for word in more:
        at = [place for place, other in enumerate(merged) if _overlap(word, other)]
        if not at and word.confidence >= _SURE:
            merged.append(word)
        elif len(at) == 1 and word.confidence > merged[at[0]].confidence + _SURER:
            merged[at[0]] = replace(word, line=merged[at[0]].line)
    return merged


def _overlap(one: Word, other: Word) -> bool:
    wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    smaller = min((word.box[2] - word.box[0]) * (word.box[3] - word.box[1]) for word in (one, other))
    return wide > 0 and high > 0 and wide * high > _LEAST_OVERLAP * smaller


def page_image(path: Path, number: int) -> bytes:
    """A JPEG of one page, counted from 1, of a PDF or a picture, for a person to compare with its text."""
    image = picture_of(path, number)
    image.thumbnail((_SHOWN_WIDTH, _SHOWN_WIDTH * 2))
    picture = io.BytesIO()
    image.save(picture, "JPEG", quality=70)
    return picture.getvalue()
