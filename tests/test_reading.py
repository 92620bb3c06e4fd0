"""Files become pages of raw text, and a file that gives none says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from ingest.document import Page
from ingest.reading import UnreadableError, read_pages

LETTERS = st.text(alphabet="abcdé أبلا.،\n", min_size=1).filter(str.strip)
PAGE_LINES = ("Article premier", "La presente loi fixe les regles applicables aux donnees.")


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def pdf(*pages: str, stream_filter: bytes = b"", encrypt: bytes = b"") -> bytes:
    """A PDF written by hand: each page draws its lines in Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        lines = b" 0 -20 Td ".join(b"(%s) Tj" % line.encode("ascii") for line in text.split("\n"))
        stream = b"BT /F1 12 Tf 20 700 Td %s ET" % lines
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), stream_filter, stream))
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"<< /Size %d /Root 1 0 R %s >>" % (len(objects) + 1, encrypt)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\n" % (len(objects) + 1, table, trailer)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def locked_pdf(path: Path, user: str, owner: str) -> Path:
    writer = PdfWriter(clone_from=BytesIO(pdf("\n".join(PAGE_LINES))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    writer.write(path)
    return path


def test_a_text_without_page_marks_is_one_page_without_number(tmp_path: Path) -> None:
    text = "Article 1\nTexte.\n\nArticle 2\nSuite.\n"
    assert read_pages(saved(tmp_path, "a.txt", text)) == [Page(None, text)]


def test_a_mark_numbers_the_page_that_follows_it(tmp_path: Path) -> None:
    text = "fin de la page\n-32-\nالمادة 52\n -33- \nالمادة 53\n"
    assert read_pages(saved(tmp_path, "a.txt", text)) == [
        Page(31, "fin de la page\n"),
        Page(32, "\nالمادة 52\n"),
        Page(33, "\nالمادة 53\n"),
    ]


def test_numbers_that_count_up_from_the_start_are_marks(tmp_path: Path) -> None:
    pages = read_pages(saved(tmp_path, "a.txt", "couverture\n2\nsommaire\n3\ncorps\n"))
    assert [(page.number, page.text.strip()) for page in pages] == [(1, "couverture"), (2, "sommaire"), (3, "corps")]


@pytest.mark.parametrize(
    "text", ["a\n1\nb\n", "a\n-7-\nb\n", "a\n1\nb\n9\nc\n", "frais\n500\ntimbre\n75\n", "a\n-1\nb\n-2\n"]
)
def test_lone_numbers_that_do_not_count_up_are_text(tmp_path: Path, text: str) -> None:
    assert read_pages(saved(tmp_path, "a.txt", text)) == [Page(None, text)]


def test_between_dashed_marks_a_bare_number_is_text(tmp_path: Path) -> None:
    pages = read_pages(saved(tmp_path, "a.txt", "-4-\nappel\n1\nsuite\n-5-\nfin"))
    assert [(page.number, page.text) for page in pages] == [(3, ""), (4, "\nappel\n1\nsuite\n"), (5, "\nfin")]


def test_line_ends_of_windows_do_not_hide_the_marks(tmp_path: Path) -> None:
    pages = read_pages(saved(tmp_path, "a.txt", "-31-\r\nArticle 1\r\n-32-\r\nArticle 2\r\n"))
    assert [page.number for page in pages if page.text.strip()] == [31, 32]


@given(st.lists(LETTERS, min_size=3, max_size=6), st.integers(2, 900))
def test_marked_pages_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], first: int
) -> None:
    marked = texts[0] + "".join(f"\n-{number}-\n{text}" for number, text in enumerate(texts[1:], start=first))
    pages = read_pages(saved(tmp_path_factory.getbasetemp(), "marked.txt", marked))
    assert [page.number for page in pages] == list(range(first - 1, first + len(texts) - 1))
    assert [page.text.strip() for page in pages] == [text.strip() for text in texts]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Nd"], exclude_characters="\r"), min_size=1).filter(
        str.strip
    )
)
def test_text_in_utf_8_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = saved(tmp_path_factory.getbasetemp(), "any.txt", "\ufeff" + text)
    assert read_pages(path) == [Page(None, text)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("القانون رقم 05.20 المتعلق بالأمن السيبراني", "utf-8-sig"),
        ("القانون رقم 05.20 المتعلق بالأمن السيبراني", "utf-16"),
        ("القانون رقم 05.20 المتعلق بالأمن السيبراني ينص على حماية المعطيات", "cp1256"),
        ("La loi relative à la cybersécurité protège les données à caractère personnel", "cp1252"),
    ],
)
def test_the_encodings_of_windows_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_pages(saved(tmp_path, "a.txt", text.encode(encoding))) == [Page(None, text)]


def test_markdown_is_one_page_whatever_its_numbers(tmp_path: Path) -> None:
    text = "# Guide\n\n1\n\n2\n\n3\n"
    assert read_pages(saved(tmp_path, "a.MD", text)) == [Page(None, text)]


def test_html_gives_its_main_text_without_menus(tmp_path: Path) -> None:
    body = (
        "<p>La carte est délivrée en dix jours par la préfecture. " + "Le dossier est remis au guichet. " * 6 + "</p>"
    )
    html = (
        "<html><body><nav><a href='/'>Plan du site</a></nav><article><h1>Carte nationale</h1>"
        f"{body}<h2>Frais</h2><p>Le droit de timbre est de 75 dirhams.</p></article>"
        "<footer>Mentions du pied</footer></body></html>"
    )
    (page,) = read_pages(saved(tmp_path, "a.html", html))
    assert page.number is None
    assert page.text.startswith("# Carte nationale\n\nLa carte est délivrée en dix jours")
    assert "## Frais\n\nLe droit de timbre est de 75 dirhams." in page.text
    assert "Plan du site" not in page.text
    assert "Mentions du pied" not in page.text


def test_pdf_pages_are_numbered_from_one(tmp_path: Path) -> None:
    second = "Article 2\nLe montant va de 1.000 a 5.000 dirhams."
    pages = read_pages(saved(tmp_path, "a.pdf", pdf("\n".join(PAGE_LINES), second)))
    assert [page.number for page in pages] == [1, 2]
    assert pages[0].text.split("\n") == list(PAGE_LINES)
    assert pages[1].text.split("\n") == second.split("\n")


def test_a_pdf_of_images_asks_for_ocr(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    with pytest.raises(UnreadableError, match="no_text_layer: the 2 pages are images without a text layer: run OCR"):
        read_pages(tmp_path / "scan.pdf")


def test_a_pdf_with_a_password_asks_for_one_without(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="encrypted: the PDF asks for a password: save it without one"):
        read_pages(locked_pdf(tmp_path / "locked.pdf", "secret", "owner"))


def test_a_pdf_that_only_its_owner_locked_is_opened(tmp_path: Path) -> None:
    (page,) = read_pages(locked_pdf(tmp_path / "printable.pdf", "", "owner"))
    assert page.text.split("\n") == list(PAGE_LINES)


def test_a_pdf_locked_with_aes_is_reported_as_encrypted(tmp_path: Path) -> None:
    cipher = b"/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    secrets = b"/O <%s> /U <%s> /OE <%s> /UE <%s> /Perms <%s>" % (
        b"11" * 48, b"22" * 48, b"33" * 32, b"44" * 32, b"55" * 16
    )  # fmt: skip
    encrypt = b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 %s %s >>" % (cipher, secrets)
    encrypt += b" /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    with pytest.raises(UnreadableError, match="encrypted"):
        read_pages(saved(tmp_path, "aes.pdf", pdf("\n".join(PAGE_LINES), encrypt=encrypt)))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_pdf_that_was_cut_short_is_corrupt(tmp_path: Path, share: float) -> None:
    whole = pdf("\n".join(PAGE_LINES))
    with pytest.raises(UnreadableError, match=r"corrupt: the PDF cannot be parsed \(.*\): download it again"):
        read_pages(saved(tmp_path, "cut.pdf", whole[: int(len(whole) * share)]))


def test_a_page_in_place_of_a_pdf_is_corrupt(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="corrupt"):
        read_pages(saved(tmp_path, "a.pdf", "<html><body>404 Not found</body></html>"))


def test_a_pdf_with_a_filter_that_is_not_supported_is_corrupt(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="corrupt"):
        read_pages(saved(tmp_path, "a.pdf", pdf("\n".join(PAGE_LINES), stream_filter=b"/Filter /A85")))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", "x", r"unknown_format: files must be \.txt, \.md, .* got \.xlsx: convert it"),
        ("README", "x", "unknown_format: .* got no suffix: convert it"),
        ("a.txt", b"", "empty: the file has no content: replace or remove it"),
        ("a.pdf", b"", "empty: the file has no content"),
        ("a.txt", " \n\t\n", "no_text: no text was found in the file"),
        ("a.md", "\n", "no_text: no text was found in the file"),
        ("a.html", "<html><body></body></html>", "no_main_text: no main text was found"),
        ("a.txt", bytes(range(128, 256)) * 3, "unknown_encoding: the text is neither UTF-8, UTF-16 nor Windows"),
    ],
)
def test_a_file_that_gives_no_text_says_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_pages(saved(tmp_path, name, content))


def test_the_reason_survives_a_context_manager() -> None:
    @contextmanager
    def work() -> Iterator[None]:
        yield

    with pytest.raises(UnreadableError, match="empty: nothing"), work():
        raise UnreadableError("empty", "nothing")


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.txt", True), ("a.TXT", True), ("a.htm", True), ("a.Pdf", True), ("a.xlsx", False), ("txt", False)],
)
def test_a_reader_is_chosen_by_the_suffix(name: str, known: bool, tmp_path: Path) -> None:
    """An empty file is refused as empty where a reader is known, and for its format where none is."""
    with pytest.raises(UnreadableError, match="^empty" if known else "^unknown_format"):
        read_pages(saved(tmp_path, name, ""))
