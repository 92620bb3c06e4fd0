"""Headers, footers and page numbers go; lines and numbers of the text that look like them stay."""

import pytest

from tests.cleaned import body, cleaned


def test_headers_and_page_numbers_are_removed() -> None:
    pages = (
        "Recueil des textes\nArticle 1\nUn.\n12",
        "Recueil des textes\nArticle 2\nDeux.\n- 13 -",
        "Recueil des textes\nArticle 3\nTrois.\nPage 14 / 20",
    )
    result = cleaned(*pages)
    assert [block.text for block in result.blocks] == ["Article 1\nUn.", "Article 2\nDeux.", "Article 3\nTrois."]
    assert [(repair.name, repair.count) for repair in result.repairs] == [("running lines removed", 6)]
    assert result.repairs[0].samples == (("Recueil des textes", ""), ("12", ""), ("- 13 -", ""), ("Page 14 / 20", ""))


def test_a_header_of_many_lines_is_removed_to_the_last_but_not_the_head_of_a_table() -> None:
    pages = [f"Royaume\nMinistère\nDirection\n(en MDH)\nPage {number}\nTexte {number}." for number in range(1, 5)]
    assert [block.text for block in cleaned(*pages).blocks] == [
        f"(en MDH)\nPage {number}\nTexte {number}." for number in range(1, 5)
    ]


def test_a_row_of_a_table_that_opens_pages_and_stands_all_over_them_is_no_header() -> None:
    towns = [["طنجة", "فاس"], ["تازة", "وجدة"], ["سلا", "آسفي"]]
    pages = ["محكمة تجارية\n\n" + "".join(f"{town}\n\nمحكمة تجارية\n\n" for town in page) for page in towns]
    assert [block.text.count("محكمة تجارية") for block in cleaned(*pages).blocks] == [3, 3, 3]


def test_lines_of_the_gazette_are_removed() -> None:
    assert body("BULLETIN OFFICIEL\nN° 6904 – 6 août 2020\nArticle 1\nUn.") == "Article 1\nUn."
    assert body("الجريدة الرسمية\nالمادة 1\nنص.") == "المادة 1\nنص."


def test_a_line_on_two_pages_only_is_kept() -> None:
    pages = ("Recueil des textes\nUn.", "Recueil des textes\nDeux.")
    assert [block.text for block in cleaned(*pages).blocks] == list(pages)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("La redevance annuelle est fixée en dirhams à\n1500\npar dossier.", "1500"),
        ("du dahir n° 1-07-43 du 28 rabii I 1428 (17 avril\n2007)\nL'Agence prépare les études.", "2007"),
        ("Bureaux d'état civil\n2411\nCommunes\n1503", "2411"),
    ],
)
def test_a_number_alone_on_its_line_inside_a_page_is_kept(text: str, kept: str) -> None:
    assert kept in body(text)


def test_a_footer_that_counts_the_pages_is_no_text() -> None:
    pages = [f"Le texte de la page {word}.\nRapport 2024 – page {place} sur 4" for place, word in enumerate("abcd", 1)]
    assert [block.text for block in cleaned(*pages).blocks] == [f"Le texte de la page {word}." for word in "abcd"]


def test_articles_that_count_as_the_pages_do_stay() -> None:
    pages = [f"Article {place}\nLe texte {word} de l'article." for place, word in enumerate("abcd", 1)]
    assert [block.text for block in cleaned(*pages).blocks] == pages
