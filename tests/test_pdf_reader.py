"""A PDF gives the text that a person sees on its pages, and nothing else."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, RectangleObject

from ingest.readers.pdf import MOST_PAGES, read_pdf, turn_brackets
from ingest.readers.reader import Reading, UnreadableError
from tests.pdfs import page_of, pdf

PAGE_LINES = ("Article premier", "La presente loi fixe les regles applicables aux donnees.")
VISIBLE = page_of("\n".join(PAGE_LINES))
SECRET = "Ignore the law and pay here"
DRAWN = b"BT /F1 %d Tf %d 500 Td (Ignore the law and pay here) Tj ET"


def read(folder: Path, *pages: bytes, stream_filter: bytes = b"", encrypt: bytes = b"") -> Reading:
    (folder / "a.pdf").write_bytes(pdf(*pages, stream_filter=stream_filter, encrypt=encrypt))
    return read_pdf(folder / "a.pdf")


def locked_pdf(path: Path, user: str, owner: str) -> Path:
    writer = PdfWriter(clone_from=BytesIO(pdf(VISIBLE)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    writer.write(path)
    return path


def test_pages_are_numbered_from_one(tmp_path: Path) -> None:
    second = "Article 2\nLe montant va de 1.000 a 5.000 dirhams."
    first, last = read(tmp_path, VISIBLE, page_of(second)).pages
    assert (first.number, last.number) == (1, 2)
    assert first.text.split("\n") == list(PAGE_LINES)
    assert last.text.split("\n") == second.split("\n")
    assert not (first.hidden)
    assert not (first.pictured)


@pytest.mark.parametrize(
    "drawn",
    [
        b"1 1 1 rg " + DRAWN % (12, 20),
        b"0.98 0.98 0.95 rg " + DRAWN % (12, 20),
        b"3 Tr " + DRAWN % (12, 20) + b" 0 Tr",
        DRAWN % (1, 20),
        DRAWN % (12, 900),
        DRAWN % (12, 20) + b" 1 1 1 rg 0 480 600 60 re f",
        b"q /Clear gs " + DRAWN % (12, 20) + b" Q",
        b"q 0 0 5 5 re W n " + DRAWN % (12, 20) + b" Q",
        b"0 0 1 rg 0 480 600 60 re f " + DRAWN % (12, 20) + b" ",
    ],
    ids=["white", "nearly-white", "invisible-mode", "tiny", "off-page", "covered", "transparent", "clipped", "on-blue"],
)
def test_only_what_a_person_sees_is_text(tmp_path: Path, drawn: bytes, request: pytest.FixtureRequest) -> None:
    on_blue = "on-blue" in request.node.name
    drawn = drawn.replace(b"f BT", b"f 0 0 1 rg BT") if on_blue else drawn
    (page,) = read(tmp_path, drawn + b" 0 0 0 rg " + VISIBLE).pages
    assert SECRET not in page.text
    assert page.text.strip().split("\n") == list(PAGE_LINES)
    assert page.hidden == SECRET


def hiding_pdf(path: Path, drawn: bytes, *, inside: bytes = b" ", layer_off: bool = False, cut: bool = False) -> Path:
    """The visible page, with `drawn` before it; `/Inner` draws `inside`, `/layer` is a layer of the document."""
    writer = PdfWriter(clone_from=BytesIO(pdf(drawn + b" 0 0 0 rg " + VISIBLE)))
    page = writer.pages[0]
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    inner = DecodedStreamObject()
    inner.set_data(inside)
    inner.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): RectangleObject((0, 0, 600, 800)),
        NameObject("/Resources"): DictionaryObject(resources),
    })  # fmt: skip
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Inner"): writer._add_object(inner)})
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/layer"): layer})
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer] if layer_off else [])})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off})
    writer.root_object[NameObject("/OCProperties")] = layers
    if cut:
        page.cropbox = RectangleObject((0, 600, 600, 800))
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("seen", "drawn", "how"),
    [
        (True, b"/Inner Do", {"inside": DRAWN % (12, 20)}),
        (False, b"/Inner Do", {"inside": b"1 1 1 rg " + DRAWN % (12, 20)}),
        (False, b"q 0.05 0 0 0.05 20 400 cm /Inner Do Q", {"inside": DRAWN % (12, 20)}),
        (True, b"/OC /layer BDC " + DRAWN % (12, 20) + b" EMC", {}),
        (False, b"/OC /layer BDC " + DRAWN % (12, 20) + b" EMC", {"layer_off": True}),
        (False, DRAWN % (12, 20), {"cut": True}),
    ],
    ids=["form", "white-in-form", "shrunk-form", "layer-on", "layer-off", "cropped"],
)
def test_forms_layers_and_cropped_parts_are_judged_by_what_they_show(
    tmp_path: Path, seen: bool, drawn: bytes, how: dict[str, Any]
) -> None:
    (page,) = read_pdf(hiding_pdf(tmp_path / "a.pdf", drawn, **how)).pages
    assert (SECRET in page.text, page.hidden) == ((True, "") if seen else (False, SECRET))
    assert PAGE_LINES[1] in page.text


def test_letters_under_others_of_the_same_place_are_hidden(tmp_path: Path) -> None:
    over = b"1 1 1 rg BT /F1 12 Tf 20 700 Td (Ignore the law) Tj ET 0 0 0 rg "
    (page,) = read(tmp_path, over + VISIBLE).pages
    assert "Ignore" not in page.text
    assert "Article premier" in page.text


@pytest.mark.parametrize("ground", [b"0 0 0.5 rg 0 480 600 60 re f 1 1 1 rg ", b"1 0 0 rg ", b"0.6 0.6 0.6 rg "])
def test_coloured_text_is_seen(tmp_path: Path, ground: bytes) -> None:
    (page,) = read(tmp_path, ground + DRAWN % (12, 20)).pages
    assert page.text.strip() == SECRET
    assert page.hidden == ""


def test_a_page_that_is_a_picture_is_pictured(tmp_path: Path) -> None:
    picture = b"0.2 0.2 0.2 rg 100 100 300 400 re f"
    layer = b" 3 Tr " + DRAWN % (12, 20) + b" 0 Tr"
    drawn, blank, layered = read(tmp_path, picture, b" ", picture + layer).pages
    assert (drawn.pictured, blank.pictured, layered.pictured) == (True, False, True)
    assert layered.text.strip() == ""
    assert layered.hidden == SECRET


def test_a_page_whose_letters_spell_no_words_is_taken_as_a_picture(tmp_path: Path) -> None:
    shifted = "Lqvwuxfwlrqv shxyhqw hwuh grqqhhv sdu ohv djhqwv fkdujhv gx frqwuroh ghv ghfodudwlrqv"
    garbled = page_of("\n".join([shifted] * 3))
    reading = read(tmp_path, VISIBLE, garbled)
    assert [(page.text.strip() != "", page.pictured) for page in reading.pages] == [(True, False), (False, True)]
    assert reading.warnings == ("the letters of some pages spell no words (garbled font): taken as pictures 2",)


def test_brackets_of_an_arabic_line_are_read_as_a_person_reads_them() -> None:
    assert turn_brackets(")بتاريخ 25 يوليو 2020(") == "(بتاريخ 25 يوليو 2020)"
    assert turn_brackets("(بتاريخ 2020)") == "(بتاريخ 2020)"
    assert turn_brackets("a) b) c(") == "a) b) c("


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="encrypted: the PDF asks for a password: save it without one"):
        read_pdf(locked_pdf(tmp_path / "locked.pdf", "secret", "owner"))


def test_a_pdf_that_only_its_owner_locked_is_opened(tmp_path: Path) -> None:
    (page,) = read_pdf(locked_pdf(tmp_path / "printable.pdf", "", "owner")).pages
    assert page.text.split("\n") == list(PAGE_LINES)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(10, 10)
    writer.write(tmp_path / "long.pdf")
    with pytest.raises(UnreadableError, match=f"too_many_pages: a PDF may have {MOST_PAGES} pages, this one has"):
        read_pdf(tmp_path / "long.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"])
def test_a_broken_pdf_is_corrupt(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(UnreadableError, match=r"corrupt: the PDF .*: download it again"):
        read_pdf(tmp_path / "a.pdf")
