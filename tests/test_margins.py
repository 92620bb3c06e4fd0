"""Notes beside the column of a PDF page do not stand within its sentences."""

from pathlib import Path

import pytest

from ingest.readers.pdf import read_pdf
from tests.pdfs import pdf

LINES = tuple(f"Les agents de la commission controlent le fichier numero {number} et" for number in range(10))
COLUMN = b"BT /F1 10 Tf 150 700 Td %s ET " % b" 0 -15 Td ".join(b"(%s) Tj" % line.encode() for line in LINES)
HEAD = b"BT /F1 14 Tf 150 720 Td (Article 4) Tj ET "


def drawn(size: int, left: int, height: int, text: bytes) -> bytes:
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET " % (size, left, height, text)


def read(folder: Path, *operators: bytes) -> tuple[str, str]:
    (folder / "a.pdf").write_bytes(pdf(b"".join(operators)))
    (page,) = read_pdf(folder / "a.pdf").pages
    return page.text.strip(), page.margin


@pytest.mark.parametrize("left", [10, 520])
def test_a_note_beside_the_text_stands_apart_from_its_headings_and_sentences(tmp_path: Path, left: int) -> None:
    notes = drawn(6, left, 722, b"Drapeau"), drawn(6, left, 670, b"Droit de vote")
    text, margin = read(tmp_path, notes[0], HEAD, COLUMN, notes[1])
    assert text.split("\n") == ["Article 4", *LINES]
    assert margin.split("\n") == ["Drapeau", "Droit de vote"]


@pytest.mark.parametrize(
    "beside",
    [
        drawn(10, 10, 670, b"Droit de vote"),
        drawn(6, 160, 500, b"Note de bas de page"),
        drawn(6, 100, 760, b"Un titre courant qui va du bord de la page jusque dans la colonne"),
        drawn(6, 142, 674, b"12"),
        b"".join(drawn(6, 10, 700 - 10 * line, b"Colonne de gauche entiere") for line in range(20)),
    ],
    ids=["same-size", "in-the-column", "running-head", "call-of-a-footnote", "another-column"],
)
def test_what_is_no_note_in_the_margin_stays(tmp_path: Path, beside: bytes) -> None:
    assert read(tmp_path, HEAD, COLUMN, beside)[1] == ""


def test_a_page_of_few_letters_has_no_margin(tmp_path: Path) -> None:
    text, margin = read(tmp_path, HEAD, drawn(10, 150, 700, LINES[0].encode()), drawn(6, 10, 722, b"Drapeau"))
    assert "Drapeau" in text
    assert margin == ""
