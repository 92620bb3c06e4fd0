"""Passages of an article know which of its paragraphs and points they cover."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Passage
from ingest.structure.sections import sections
from ingest.structure.splitting import Piece, pieces

SENTENCE = "La déclaration est faite dans un délai de dix jours. "
LINES = st.lists(
    st.sampled_from([SENTENCE * 3, SENTENCE * 8, "Sont joints :", "a) la pièce ;", "1° le plan.", "-3 الوثيقة؛", ""]),
    max_size=20,
)


def cut(text: str) -> list[Piece]:
    return pieces(text, sections(text))


def test_an_article_that_stays_whole_covers_all_its_paragraphs() -> None:
    (piece,) = cut("Article 5 : Objet\nUn alinéa.\nUn autre.\n\nUn troisième.")
    assert (piece.paragraphs, piece.points) == ((1, 3), None)


def test_points_belong_to_the_paragraph_that_introduces_them() -> None:
    (piece,) = cut("Article 5\nSont joints :\na) la pièce ;\nb) le plan.\nLe dossier est daté.")
    assert piece.paragraphs == (1, 2)


def test_a_line_that_goes_on_is_no_paragraph() -> None:
    (piece,) = cut("Article 5\nLe dossier est remis à la\nCommission nationale.\nIl est daté.")
    assert piece.paragraphs == (1, 2)


def test_each_piece_of_a_long_article_knows_its_paragraphs() -> None:
    paragraph = (SENTENCE * 12).strip()
    found = cut(f"Article 5\n{paragraph}\n{paragraph}\n{paragraph}")
    assert [piece.paragraphs for piece in found] == [(1, 1), (2, 2), (3, 3)]


def test_a_piece_that_begins_in_a_list_knows_its_points() -> None:
    points = "\n".join(f"{number}° {SENTENCE * 6}" for number in range(1, 5))
    found = cut(f"Article 5\nSont tenus au secret :\n{points}")
    assert [(piece.paragraphs, piece.points) for piece in found] == [((1, 1), None), ((1, 1), ("3°", "4°"))]


def test_arabic_points_keep_their_letters() -> None:
    points = "\n".join(f"{letter}) {'يجب القيام بالتصريح داخل الأجل. ' * 12}" for letter in "أبج")
    found = cut(f"المادة 5\nيجب ما يلي:\n{points}")
    assert found[1].points == ("ب)", "ب)")


def test_quoted_articles_and_chapters_have_no_paragraphs() -> None:
    text = "Article 1\nLa loi est modifiée comme suit :\n« Article 3. – Le dépôt est gratuit. »\nArticle 2\nFin."
    assert [piece.paragraphs for piece in cut(f"Préambule.\n{text}")] == [None, (1, 1), None, (1, 1)]


@given(LINES)
def test_paragraphs_rise_through_an_article_from_first_to_last(lines: list[str]) -> None:
    found = [piece.paragraphs for piece in cut("\n".join(["Article 5", *lines])) if piece.paragraphs]
    assert all(1 <= first <= last for first, last in found)
    assert all(before[1] <= after[0] <= before[1] + 1 for before, after in zip(found, found[1:], strict=False))


def test_the_place_of_a_passage_is_written_in_its_language() -> None:
    def place(language: str, paragraphs: tuple[int, int] | None, points: tuple[str, str] | None = None) -> str:
        return Passage("law", 0, 0, 1, "x", language, paragraphs=paragraphs, points=points).place

    assert place("fr", (2, 4)) == "al. 2-4"
    assert place("fr", (1, 1), ("a)", "c)")) == "al. 1, a)-c)"
    assert place("fr", (1, 1), ("2°", "2°")) == "al. 1, 2°"
    assert place("ar", (3, 3)) == "الفقرة 3"
    assert place("en", (1, 2)) == "paras. 1-2"
    assert place("fr", None) == ""
