"""Articles are those that the text counts: references, quotations and damage are told from them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.sections import Section, sections


def articles(text: str) -> list[str | None]:
    """The article of each section, in order."""
    return [section.article for section in sections(text)]


def numbered(text: str) -> list[str]:
    """The articles that have a section of their own."""
    return [section.article for section in sections(text) if section.whole and section.article]


def law(*numbers: object, word: str = "Article", body: str = "La règle est fixée.") -> str:
    """A text of articles with these numbers."""
    return "\n".join(f"{word} {number}\n{body}" for number in numbers)


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("Article 1er", "1"),
        ("Article Ier.- Objet", "1"),
        ("ARTICLE DEUXIEME", "2"),
        ("Article dix-septième", "17"),
        ("Article One", "1"),
        ("Article IV : Frais", "4"),
        ("Art. 2", "2"),
        ("ART. 8. – La demande est faite par écrit.", "8"),
        ("A RT. 8. – La demande est faite par écrit.", "8"),
        ("ARTICLE 3 :", "3"),
        ("Article 60.1", "60-1"),
        ("Article 231 – 5", "231-5"),
        ("Article 7 quater", "7 quater"),
        ("## Article 5", "5"),
        ("Article 5 Objet de la loi", "5"),
        ("الفصل 13", "13"),
        ("المادة ٥٢", "52"),
        ("المادة :52", "52"),
        ("املادة 52", "52"),
        ("المادة - 13 الشروط والضمانات", "13"),
        ("52 المادة", "52"),
        ("(المادة 52)", "52"),
        ("2.60 المادة", "60-2"),
        ("المادة 10 وقت ومكان الإرسال", "10"),
        ("المادة 5 مكررا", "5 bis"),
        ("المادة 7 المكررة مرتين", "7 ter"),
        ("المادة الثانية والعشرون بعد المائة", "122"),
        ("المادة المائة", "100"),
    ],
)
def test_a_heading_has_many_shapes(line: str, article: str) -> None:
    assert articles(f"Préambule.\n{line}\nLe texte suit.") == [None, article]


@pytest.mark.parametrize(
    "text",
    [
        "Les frais sont ceux que fixe\nArticle 4 bis du tarif.",
        "Le délai est celui visé à\n\nArticle 4",
        "وذلك وفق الشروط المنصوص عليها في\nالمادة. 51",
        "Sommaire\nArticle 4 ............ 12",
        "المادة 7 من هذا القانون تطبق.",
        "Le tarif est fixé par\nArticle 5, alinéa 2",
    ],
)
def test_a_reference_is_no_heading(text: str) -> None:
    assert articles(text) == [None]


def test_a_heading_glued_to_the_sentence_before_opens_its_article() -> None:
    text = "المادة 1\nنص أول.\nالمادة 2\nنص ثان.المادة 3 تحدد الرسوم بنص تنظيمي.\nالمادة 4\nنص رابع."
    found = [section for section in sections(text) if section.article == "3"]
    assert [text[section.start : section.end] for section in found] == ["المادة 3 تحدد الرسوم بنص تنظيمي.\n"]
    assert numbered(text) == ["1", "2", "3", "4"]


def test_a_glued_fasl_opens_its_article_in_a_text_of_fusul() -> None:
    text = "الفصل 1\nنص أول.\nالفصل 2\nنص ثان.الفصل 3 يعاقب كل مخالف.\nالفصل 4\nنص رابع."
    assert numbered(text) == ["1", "2", "3", "4"]


def test_a_glued_number_that_the_count_does_not_need_stays_a_reference() -> None:
    text = "المادة 1\nنص أول.المادة 9 لا تطبق هنا.\nالمادة 2\nنص ثان."
    assert numbered(text) == ["1", "2"]


def test_an_article_whose_text_follows_on_its_line_is_labelled_by_its_number() -> None:
    text = "Article 1 : Objet\nTexte.\nArticle 2. – Le dépôt est\nfait au greffe."
    assert [section.path[-1] for section in sections(text)] == ["Article 1 : Objet", "Article 2"]


def test_the_law_after_its_dahir_counts_again_and_has_its_own_path() -> None:
    text = (
        "Dahir n° 1-20-01 portant promulgation\nArticle unique\nEst promulguée la loi.\nFait à Rabat, le 2 mai 2020.\n"
        f"Loi n° 77-01 relative aux essais\n{law(1, 2, 3)}"
    )
    owners = {section.path[0] for section in sections(text) if section.article}
    assert numbered(text) == ["1", "1", "2", "3"]
    assert owners == {"Dahir n° 1-20-01 portant promulgation", "Loi n° 77-01 relative aux essais"}


def test_a_later_text_without_a_title_is_named_by_the_line_above() -> None:
    text = f"Décret n° 2-20-01\n{law(1, 2)}\nCahier annexé au présent texte\n{law(1, 2, 3)}"
    assert sections(text)[-1].path == ("Cahier annexé au présent texte", "Article 3")


def test_no_title_is_given_when_one_text_has_none() -> None:
    assert sections(f"Décret n° 2-20-01\n{law(1, 2)}\n{law(1, 2, 3)}")[-1].path == ("Article 3",)


def test_the_articles_of_an_annex_stand_under_it() -> None:
    text = f"{law(1, 2)}\nAnnexe II\nRèglement des essais\n{law(1, 2)}"
    assert sections(text)[-1].path[-2:] == ("Annexe II – Règlement des essais", "Article 2")


def test_articles_in_quotation_marks_belong_to_the_article_that_quotes_them() -> None:
    text = (
        "Article premier\nL'article 3 de la loi n° 77-01 est modifié comme suit :\n"
        "« Article 3. – Le dépôt est gratuit.\n« Il est fait au greffe. »\nLe reste est sans changement.\n"
        "Article 2\nLa loi entre en vigueur."
    )
    found = [(section.path, section.article, text[section.start : section.end]) for section in sections(text)]
    assert [(path, article) for path, article, _ in found] == [
        (("Article premier",), "1"),
        (("Article premier", "Article 3"), "1"),
        (("Article premier",), "1"),
        (("Article 2",), "2"),
    ]
    assert found[2][2] == "Le reste est sans changement.\n"
    assert [section.whole for section in sections(text)] == [True, False, False, True]


def test_articles_after_an_amending_formula_are_quoted_without_marks() -> None:
    text = (
        "المادة الأولى\nيتمم القانون رقم 77.01 كما يلي:\nالباب الثالث: التجارب\nالمادة 12\nنص.\nالمادة 13\nنص.\n"
        "الباب الثاني: أحكام ختامية\nالمادة 2\nيدخل القانون حيز التنفيذ."
    )
    found = [(section.path, section.article) for section in sections(text)]
    assert numbered(text) == ["1", "2"]
    assert (("المادة الأولى", "الباب الثالث: التجارب", "المادة 13"), "1") in found
    assert found[-1] == (("الباب الثاني: أحكام ختامية", "المادة 2"), "2")


def test_the_articles_of_a_decree_follow_its_formula_unquoted() -> None:
    text = f"Vu la loi n° 77-01, telle qu'elle a été modifiée et complétée ;\nDécrète ce qui suit :\n{law(1, 2)}"
    assert numbered(text) == ["1", "2"]


def test_what_a_note_shows_of_another_text_has_no_article() -> None:
    text = (
        'المادة 1\nنص أول.\n- 3 انظر المادة 34 من المرسوم رقم 2.20.01.\nالمادة 34\n"يبلغ التصريح."\nالمادة 2\nنص ثان.'
    )
    found = [(section.path, section.article) for section in sections(text)]
    assert found == [(("المادة 1",), "1"), (("المادة 1", "المادة 34"), None), (("المادة 2",), "2")]


def test_a_count_inside_another_is_of_another_text() -> None:
    assert numbered(law(10, 11, 12, 1, 2, 13, 14, 15)) == ["10", "11", "12", "13", "14", "15"]


def test_a_sure_heading_out_of_order_keeps_its_number() -> None:
    assert numbered(law(1, 2, 3, 7, 8, 6, 9, 10)) == ["1", "2", "3", "7", "8", "6", "9", "10"]


def test_two_headings_of_two_columns_claim_no_number() -> None:
    text = f"{law(1, 2)}\nArticle 9\n\nArticle 3\n\nUn texte.\nUn autre texte.\n{law(10, 11, 12)}"
    contested = next(section for section in sections(text) if section.path[-1] == "Article 9 / Article 3")
    assert contested.article is None
    assert "Un autre texte." in text[contested.start : contested.end]


def test_figures_that_do_not_count_up_are_not_believed() -> None:
    text = law(4, 0, 2, 5, 1, 1, 1, 4, 0, 0, 41, 41, word="المادة", body="نص المادة.")
    assert set(articles(text)) == {None}
    assert len(sections(text)) == 12


def test_the_call_of_a_note_is_taken_off_the_number() -> None:
    assert numbered(law(28, 29, 3010, 31, 32, 3311, 34)) == ["28", "29", "30", "31", "32", "33", "34"]
    assert numbered(law(7, 8, "8-112", "8-213", 9)) == ["7", "8", "8-1", "8-2", "9"]


def test_a_number_that_jumps_once_is_left_alone() -> None:
    assert numbered(law(4, 51, 52, 53)) == ["4", "51", "52", "53"]


def test_parts_of_a_number_that_were_turned_around_are_set_right() -> None:
    text = law(15, "1-15", "2-15", 16, word="المادة", body="نص المادة.")
    assert numbered(text) == ["15", "15-1", "15-2", "16"]
    once = law("308-17", "308-18", "19-308", 309, word="الفصل", body="نص الفصل.")
    assert numbered(once) == ["308-17", "308-18", "308-19", "309"]


def test_two_languages_side_by_side_keep_their_articles_apart() -> None:
    lines = []
    for number in range(1, 7):
        lines += [f"المادة {number}", "يبدأ النص هنا", f"Article {number}", "Le texte commence ici", "وينتهي هنا النص."]
    text = "\n".join(lines)
    found = sections(text)
    assert [section.article for section in found[:4]] == ["1", "1", "1", "2"]
    assert found[2].path == ("المادة 1",)
    assert text[found[2].start : found[2].end] == "وينتهي هنا النص.\n"


def test_a_signature_ends_the_last_article() -> None:
    text = f"{law(1, 2)}\nFait à Rabat, le 3 mai 2020.\nLe Chef du gouvernement"
    assert articles(text) == ["1", "2", None]


@given(st.lists(st.integers(1, 40), max_size=60))
def test_articles_in_count_are_in_order_and_found_once(numbers: list[int]) -> None:
    found = [int(number) for number in numbered(law(*numbers)) if number.isdigit()]
    restarts = found.count(1)
    assert len(found) <= len(numbers)
    assert len(set(found)) >= len(found) - 40 * restarts


@given(st.lists(st.integers(1, 60), unique=True, max_size=30).map(sorted))
def test_a_clean_count_is_found_whole(numbers: list[int]) -> None:
    assert numbered(law(*numbers)) == [str(number) for number in numbers]


def large(line: str) -> str:
    """Two hundred thousand characters of one line."""
    return f"{line}\n" * (200_000 // (len(line) + 1))


@pytest.mark.parametrize(
    "text",
    [
        large("Article 1"),
        large("« Article 3. – Texte"),
        large("L'article 3 est modifié comme suit :\nArticle 4"),
        large("Par " + "A" * 90 + "!"),
        large("- 3 انظر المادة 3\nالمادة 3"),
        large("Chapitre I\nTitre"),
        large("Article 1\nTexte français\nالمادة 1\nنص عربي"),
        "Article" + ":" * 200_000,
        "Article 1" + "-1" * 100_000,
        ".المادة 1 " * 20_000,
        law(*random.Random(7).choices(range(1, 9999), k=5000)),
    ],
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    found: list[Section] = sections(text)
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(len(label) <= 400 for section in found for label in section.path)
