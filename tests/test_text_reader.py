"""Text and Markdown come back as they were, with the pages that their marks count."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Page
from ingest.readers.reader import UnreadableError
from ingest.readers.text import read_markdown, read_text

LETTERS = st.text(alphabet="abcdé أبلا.،\n", min_size=1).filter(str.strip)


def pages(folder: Path, content: str | bytes) -> list[Page]:
    path = folder / "a.txt"
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return list(read_text(path).pages)


def test_a_text_without_page_marks_is_one_page_without_number(tmp_path: Path) -> None:
    text = "Article 1\nTexte.\n\nArticle 2\nSuite.\n"
    assert pages(tmp_path, text) == [Page(None, text)]


def test_a_mark_numbers_the_page_that_follows_it(tmp_path: Path) -> None:
    text = "fin de la page\n-32-\nالمادة 52\n -33- \nالمادة 53\n"
    assert pages(tmp_path, text) == [
        Page(31, "fin de la page\n"),
        Page(32, "\nالمادة 52\n"),
        Page(33, "\nالمادة 53\n"),
    ]


def test_numbers_that_count_up_from_the_start_are_marks(tmp_path: Path) -> None:
    found = pages(tmp_path, "couverture\n2\nsommaire\n3\ncorps\n")
    assert [(page.number, page.text.strip()) for page in found] == [(1, "couverture"), (2, "sommaire"), (3, "corps")]


@pytest.mark.parametrize(
    "text", ["a\n1\nb\n", "a\n-7-\nb\n", "a\n1\nb\n9\nc\n", "frais\n500\ntimbre\n75\n", "a\n-1\nb\n-2\n"]
)
def test_lone_numbers_that_do_not_count_up_are_text(tmp_path: Path, text: str) -> None:
    assert pages(tmp_path, text) == [Page(None, text)]


def test_between_dashed_marks_a_bare_number_is_text(tmp_path: Path) -> None:
    found = pages(tmp_path, "-4-\nappel\n1\nsuite\n-5-\nfin")
    assert [(page.number, page.text) for page in found] == [(3, ""), (4, "\nappel\n1\nsuite\n"), (5, "\nfin")]


def test_line_ends_of_windows_do_not_hide_the_marks(tmp_path: Path) -> None:
    found = pages(tmp_path, "-31-\r\nArticle 1\r\n-32-\r\nArticle 2\r\n")
    assert [page.number for page in found if page.text.strip()] == [31, 32]


@given(st.lists(LETTERS, min_size=3, max_size=6), st.integers(2, 900))
def test_marked_pages_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], first: int
) -> None:
    marked = texts[0] + "".join(f"\n-{number}-\n{text}" for number, text in enumerate(texts[1:], start=first))
    found = pages(tmp_path_factory.getbasetemp(), marked)
    assert [page.number for page in found] == list(range(first - 1, first + len(texts) - 1))
    assert [page.text.strip() for page in found] == [text.strip() for text in texts]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Nd"], exclude_characters="\r"), min_size=1).filter(
        str.strip
    )
)
def test_text_in_utf_8_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert pages(tmp_path_factory.getbasetemp(), "\ufeff" + text) == [Page(None, text)]


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
    assert pages(tmp_path, text.encode(encoding)) == [Page(None, text)]


def test_an_encoding_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="unknown_encoding: the text is neither UTF-8, UTF-16 nor Windows"):
        pages(tmp_path, bytes(range(128, 256)) * 3)


def test_markdown_is_one_page_whatever_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Guide\n\n1\n\n2\n\n3\n", encoding="utf-8")
    assert read_markdown(tmp_path / "a.md").pages == (Page(None, "# Guide\n\n1\n\n2\n\n3\n"),)


def test_of_the_settings_of_a_markdown_page_its_lists_are_shown(tmp_path: Path) -> None:
    settings = '---\ntitle: "Guide"\nimage: a.png\nfaq:\n  - question: "Quand ?"\n    answer: "Note : demain."\n---\n'
    (tmp_path / "a.md").write_text(f"{settings}# Guide\n\n---\n\nfin: oui\n\n---\n", encoding="utf-8")
    (page,) = read_markdown(tmp_path / "a.md").pages
    shown = '---\ntitle: "Guide"\n---\n\n' + "Quand ?\n\nNote : demain.\n\n# Guide\n\n---\n\nfin: oui\n\n---\n"
    assert page == Page(None, shown, "image: a.png\nfaq:")


def test_a_rule_before_the_text_of_a_markdown_page_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n\nUn texte : oui.\n\n---\nFin.\n", encoding="utf-8")
    assert read_markdown(tmp_path / "a.md").pages[0].hidden == ""
