"""Pages that are pictures: frames are counted, looks are merged, Tesseract is asked for when absent."""

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import Page
from ingest.readers import scan
from ingest.readers.reader import UnreadableError
from ingest.readers.scan import read_image, recognise
from ingest.readers.spelling import spelled

SENTENCE = "Le montant du droit de timbre est de 75 dirhams."
LEFT = (
    "La demande porte le timbre et le nom",
    "de la personne qui la remet au guichet.",
    "Une copie de cette demande reste dans",
    "le dossier du greffe pendant dix ans.",
    "Le registre de ces demandes est ouvert",
    "au public chaque lundi et chaque jeudi.",
)
RIGHT = (
    "Le recours est ouvert devant le tribunal",
    "dans les trente jours de la notification.",
    "La notification indique le motif du refus",
    "et le nom du service qui a pris la mesure.",
    "Le tribunal entend les deux parties avant",
    "de rendre son jugement en audience publique.",
)


@pytest.fixture
def tesseract() -> None:
    absent = scan.missing()
    if absent is not None:
        pytest.skip(f"needs OCR: {absent}")


def drawn(text: str, ink: str = "black", ground: str = "white") -> Image.Image:
    """A picture of a page of 200 dpi with one line of text."""
    image = Image.new("RGB", (1400, 400), ground)
    ImageDraw.Draw(image).text((80, 150), text, ink, ImageFont.load_default(40))
    return image


def test_each_frame_is_a_pictured_page(tmp_path: Path) -> None:
    pages = [Image.new("L", (30, 20), shade) for shade in (0, 120, 250)]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    assert read_image(tmp_path / "a.tiff").pages == tuple(Page(number, "", pictured=True) for number in (1, 2, 3))


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (12_000, 9_000)).save(tmp_path / "big.png")
    with pytest.raises(UnreadableError, match="too_large: a picture may have 500 frames of 80000000 pixels, got 1 of"):
        read_image(tmp_path / "big.png")


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("ink", "ground"),
    [("black", "white"), ("white", "darkgreen"), ("white", "royalblue")],
    ids=["plain", "green", "blue"],
)
def test_a_line_is_recognised(tmp_path: Path, ink: str, ground: str) -> None:
    drawn(SENTENCE, ink, ground).save(tmp_path / "a.png")
    assert recognise(tmp_path / "a.png", 1) == SENTENCE


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("slant", [0, 0.6])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, slant: float) -> None:
    image = Image.new("RGB", (1400, 900), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    draw.text((330, 60), "Recueil des textes sur les guichets communaux", "black", font)
    for left, column in ((90, LEFT), (730, RIGHT)):
        for row, line in enumerate(column):
            draw.text((left, 160 + 45 * row), line, "black", font)
    image.rotate(slant, fillcolor="white").save(tmp_path / "a.png")
    assert [line for line in recognise(tmp_path / "a.png", 1).split("\n") if line][1:] == [*LEFT, *RIGHT]


@pytest.mark.usefixtures("tesseract")
def test_the_pages_of_a_pdf_of_pictures_are_told_apart(tmp_path: Path) -> None:
    pages = [drawn("Premier article."), drawn("Second article.")]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=200)
    assert [recognise(tmp_path / "a.pdf", number) for number in (1, 2)] == ["Premier article.", "Second article."]


def test_without_tesseract_the_line_that_installs_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    drawn(SENTENCE).save(tmp_path / "a.png")
    with pytest.raises(UnreadableError, match=r"needs_ocr: install Tesseract \(Debian: apt-get install tesseract-ocr"):
        recognise(tmp_path / "a.png", 1)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("فى المادة", "في المادة"),
        ("او الإدارة", "أو الإدارة"),
        ("على", "على"),
        ("القانون إلى", "القانون إلى"),
        ("الصوائر", "الصوائر"),
        ("Article 3", "Article 3"),
    ],
)
def test_only_marks_are_spelled_otherwise(seen: str, meant: str) -> None:
    assert spelled(seen) == meant
    assert spelled(meant) == meant
