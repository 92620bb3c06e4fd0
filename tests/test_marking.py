"""Quotes on the picture of a page: which lines get a box, on a page of letters and on a picture of one."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import scan
from ingest.readers.marking import marked_page
from ingest.readers.reader import UnreadableError
from tests.pdfs import page_of, pdf

LINES = "The first rule is kept here.\nA second rule stands below it.\nThe third rule ends the page."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(page_of(LINES), page_of("Another page.")))
    return file


def yellow_rows(png: bytes) -> list[int]:
    """Rows of the picture, in points of the page, on which something is marked."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    rows = []
    for row in range(image.height):
        colours = [image.getpixel((column, row)) for column in range(0, image.width, 5)]
        if any(isinstance(colour, tuple) and colour[0] - colour[2] > 60 for colour in colours):
            rows.append(round(row * 800 / image.height))
    return rows


@pytest.mark.parametrize(
    ("quote", "boxes"),
    [
        ("", 0),
        ("The first rule is kept here.", 1),
        ("the FIRST  rule\nis kept here", 1),
        ("A second rule stands below it. The third rule ends the page.", 2),
        ("A second rule, as they say, stands below it.", 1),
        ("Nothing of the kind is printed on it.", 0),
        ("…", 0),
    ],
)
def test_each_line_of_a_quote_gets_a_box(page: Path, quote: str, boxes: int) -> None:
    marked = marked_page(page, 1, quote)
    assert marked.boxes == boxes
    assert bool(yellow_rows(marked.png)) == bool(boxes)


def test_the_box_lies_on_the_line(page: Path) -> None:
    rows = yellow_rows(marked_page(page, 1, "A second rule stands below it.").png)
    # The lines stand 100, 120 and 140 points below the upper edge, of letters 12 points high.
    assert 105 <= min(rows) < max(rows) <= 127


def test_the_quote_is_looked_for_on_that_page_only(page: Path) -> None:
    assert marked_page(page, 2, "The first rule is kept here.").boxes == 0


def test_a_file_that_is_broken_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(UnreadableError, match="corrupt"):
        marked_page(tmp_path / "a.pdf", 1)


@pytest.mark.skipif(scan.missing() is not None, reason="needs OCR")
def test_a_quote_is_found_on_a_picture(tmp_path: Path) -> None:
    image = Image.new("RGB", (1400, 400), "white")
    ImageDraw.Draw(image).text((80, 150), "Le montant du droit est de 75 dirhams.", "black", ImageFont.load_default(40))
    image.save(tmp_path / "a.png")
    assert marked_page(tmp_path / "a.png", 1, "droit est de 75 dirhams").boxes == 1


def test_without_tesseract_a_picture_has_no_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "missing", lambda: "install it")
    Image.new("RGB", (50, 50), "white").save(tmp_path / "a.png")
    assert marked_page(tmp_path / "a.png", 1, "droit").boxes == 0
