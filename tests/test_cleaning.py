"""Damage of layout and extraction is undone; what a reader would miss is kept."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import Block, CleanText, clean
from ingest.document import Page

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
# No digits and no alef: nothing here can be a page number, a footnote or a damaged word.
PLAIN_TEXT = st.text(alphabet="abcdéBÉ بتلمنويه.،\n", max_size=300)
HEALTHY = (
    "المادة 12\n"
    "وفقا لأحكام القانون رقم 05.20 المتعلق بالأمن السيبراني، الصادر في 22 من صفر 1430 (18 فبراير 2009)، تبلغ الهيئات "
    "«السلطة الوطنية» بكل حادث داخل أجل 48 ساعة؛\n"
    "- يعاقب بغرامة من 10.000 إلى 100.000 درهم (المادة 52)."
)


def cleaned(*texts: str) -> CleanText:
    """`texts` as the pages of one document, numbered from 1."""
    return clean([Page(number, text) for number, text in enumerate(texts, start=1)])


def body(text: str) -> str:
    return "\n".join(block.text for block in cleaned(text).blocks if block.role == "body")


def repairs(text: str) -> dict[str, int]:
    return {name: count for name, count in cleaned(text).repairs.items() if count}


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("22من صفر 18( 1430فبراير )2009", "22 من صفر 1430 (18 فبراير 2009)"),
        ("9ذي القعدة 15( 1420فبراير )2000؛ الجريدة", "9 ذي القعدة 1420 (15 فبراير 2000)؛ الجريدة"),
        ("القانون رقم 05.20المتعلق بالأمن", "القانون رقم 05.20 المتعلق بالأمن"),
        ("المادة52 من القانون رقم45", "المادة 52 من القانون رقم 45"),
        ("من 10.000درهم إلى 100.000درهم", "من 10.000 درهم إلى 100.000 درهم"),
        ("الوزير ،والإدارة .ثم الهيئة", "الوزير، والإدارة. ثم الهيئة"),
        ("تسمى »الهيئات« في القانون", "تسمى «الهيئات» في القانون"),
        ("ال يجوز ألي شخص خرق األمن", "لا يجوز لأي شخص خرق الأمن"),
    ],
)
def test_right_to_left_damage_is_undone(damaged: str, expected: str) -> None:
    assert body(damaged) == expected


def test_a_comma_that_slipped_to_the_next_line_is_moved_back() -> None:
    assert body("تبلغ الهيئات\n،والإدارات كل حادث") == "تبلغ الهيئات، والإدارات كل حادث"


def test_repairs_are_counted_by_kind() -> None:
    assert repairs("القانون رقم 05.20المتعلق باألمن ،بتاريخ 22من صفر 18( 1430فبراير )2009") == {
        "lam-alef": 1,
        "digits unglued": 2,
        "punctuation moved": 1,
        "dates reordered": 1,
    }


def test_healthy_arabic_is_untouched() -> None:
    assert body(HEALTHY) == HEALTHY
    assert repairs(HEALTHY) == {}


def test_two_quotations_in_one_sentence_are_not_turned() -> None:
    text = "المعطيات المصنفة «سري جدا» أو «سري» بموجب القانون"
    assert body(text) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ال\u200bأمن \u202bالسيبراني\u202c ا\u0640لمغ\u0640رب\ufeff", "الأمن السيبراني المغرب"),
        ("ﻻ يجوز ﻣﻌﺎﻟﺠﺔ المعطيات", "لا يجوز معالجة المعطيات"),
        ("قﹷانﹹون", "قَانُون"),
        ("l’accord ﬁnal oﬃciel", "l’accord final officiel"),
        ("e\u0301te\u0301", "été"),
        ("3\u00a0000 dirhams\u202f; \t fin", "3 000 dirhams ; fin"),
        ("in\u00adcident\x00 \x07grave\ufffd", "incident grave"),
        ("Un.\r\nDeux.\rTrois.\fQuatre.", "Un.\nDeux.\nTrois.\nQuatre."),
        ("Un.\n\n\n\n\nDeux.\n\n", "Un.\n\nDeux."),
    ],
)
def test_characters_are_made_plain(raw: str, expected: str) -> None:
    assert body(raw) == expected


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("les articles ci-\naprès", "les articles ci-après"),
        ("les infor-\nmations", "les informations"),
        ("le sous-\ntraitant respon-\nsable", "le sous-traitant responsable"),
        ("la loi n° 09-\n08 relative", "la loi n° 09-08 relative"),
        ("les années 2020-\n2021 incluses", "les années 2020-2021 incluses"),
        ("Rabat-\nSalé", "Rabat-Salé"),
        ("personal infor-\nmation", "personal information"),
        ("c'est-à-\ndire les données", "c'est-à-dire les données"),
    ],
)
def test_a_word_broken_at_the_line_is_whole_again(broken: str, whole: str) -> None:
    assert body(broken) == whole


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            "La déclaration est faite\ndans un délai de dix jours.",
            "La déclaration est faite dans un délai de dix jours.",
        ),
        (
            "يقصد بالمعطيات ذات الطابع الشخصي كل معلومة تتعلق\nبشخص ذاتي معرف أو قابل للتعرف عليه.",
            "يقصد بالمعطيات ذات الطابع الشخصي كل معلومة تتعلق بشخص ذاتي معرف أو قابل للتعرف عليه.",
        ),
        (
            "Les droits prévus par la présente loi aux articles\n43 et 44 sont gratuits.",
            "Les droits prévus par la présente loi aux articles 43 et 44 sont gratuits.",
        ),
    ],
)
def test_a_sentence_broken_at_the_line_is_whole_again(lines: str, joined: str) -> None:
    assert body(lines) == joined


@pytest.mark.parametrize(
    "text",
    [
        "Sont concernés :\nl'État ;\nles communes.",
        "Pièces\n- demande ;\n- copie.\na) carte\n1. reçu",
        "Titre premier\nDispositions générales",
        "Une phrase sans fin\n\nsuite après un blanc",
        "# Titre\nsans majuscule",
        "سطر قصير\nسطر آخر",
        "هذا سطر طويل بما يكفي لكي يكون مقطوعا في وسطه ولا\nالمادة 2\nنص",
    ],
)
def test_lines_that_end_where_they_should_stay_apart(text: str) -> None:
    assert body(text) == text


def test_headers_and_page_numbers_are_removed() -> None:
    pages = (
        "Recueil des textes\nArticle 1\nUn.\n12",
        "Recueil des textes\nArticle 2\nDeux.\n- 13 -",
        "Recueil des textes\nArticle 3\nTrois.\nPage 14 / 20",
    )
    result = cleaned(*pages)
    assert [block.text for block in result.blocks] == ["Article 1\nUn.", "Article 2\nDeux.", "Article 3\nTrois."]
    assert result.repairs["running lines removed"] == 6


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


def test_a_footnote_is_set_apart_and_its_call_is_removed() -> None:
    text = "تسهر اللجنة على النيابة العامة.37 وتبلغ الأمر إلى الوزير.\n\n -37انظر المادة 52 من المرسوم.\n"
    assert cleaned(text).blocks == (
        Block(1, "تسهر اللجنة على النيابة العامة. وتبلغ الأمر إلى الوزير."),
        Block(1, "-37 انظر المادة 52 من المرسوم.", "footnote"),
    )


def test_footnotes_count_on_from_page_to_page_and_stand_after_all_bodies() -> None:
    result = cleaned("كلمة أولى1 ثم أخرى2 هنا.\n-1انظر الأول.\n-2انظر الثاني.", "كلمة ثالثة3 هنا.\n-3انظر الثالث.")
    assert result.blocks == (
        Block(1, "كلمة أولى ثم أخرى هنا."),
        Block(2, "كلمة ثالثة هنا."),
        Block(1, "-1 انظر الأول.\n-2 انظر الثاني.", "footnote"),
        Block(2, "-3 انظر الثالث.", "footnote"),
    )
    assert result.repairs["pages with footnotes"] == 2


def test_a_note_that_nothing_calls_is_body() -> None:
    text = "تبلغ اللجنة الأمر إلى الوزير.\n\n-37 انظر المادة 52."
    assert cleaned(text).blocks == (Block(1, text),)


def test_the_paragraphs_of_an_article_are_not_its_footnotes() -> None:
    text = "المادة :1الغرض\n -1يحدد هذا القانون قواعد الأمن.\n -2تسري أحكامه على الهيئات."
    assert [block.role for block in cleaned(text).blocks] == ["body"]
    assert re.search(r"المادة\s?:\s?1\s?الغرض", body(text))


def test_a_paragraph_number_in_turned_parentheses_is_not_a_call() -> None:
    text = "وفقا للفقرة )1( من المادة 3 يجب :\n -1تقديم طلب؛\n -2أداء الرسوم."
    assert [block.role for block in cleaned(text).blocks] == ["body"]
    assert "1" in body(text).split("\n")[0]


def test_pages_without_text_leave_no_block() -> None:
    assert [block.page for block in cleaned("", "Un.", " \n\u200b\n").blocks] == [2]
    assert clean([]).blocks == ()


@given(st.lists(ANY_TEXT, max_size=4))
@settings(deadline=None)
def test_clean_text_is_tidy(texts: list[str]) -> None:
    for block in cleaned(*texts).blocks:
        assert block.text
        assert all(line == line.strip() for line in block.text.split("\n"))
        assert "\n\n\n" not in block.text
        assert not re.search("[\x00-\x08\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", block.text)


@given(PLAIN_TEXT)
@settings(deadline=None)
def test_no_letter_of_a_plain_page_is_lost(text: str) -> None:
    assert "".join(body(text).split()) == "".join(text.split())


@given(PLAIN_TEXT)
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = body(text.replace("،", "؛"))
    assert body(once) == once


def test_a_call_glued_on_both_sides_is_a_call() -> None:
    article = "المادة 12\nتخضع المعالجة إلى إذن مسبق10إذا كانت تهم معطيات حساسة."
    result = cleaned(f"{article}\n\n -10انظر المادة 24من المرسوم.\nالمادة 24\nنص آخر.")
    assert [block.role for block in result.blocks] == ["body", "footnote"]
    assert result.blocks[0].text == "المادة 12\nتخضع المعالجة إلى إذن مسبق إذا كانت تهم معطيات حساسة."


def test_brackets_that_lost_their_figure_are_closed_around_it() -> None:
    assert body("داخل أجل خمسة عشر ( )15 يوما من تاريخ الإشعار") == "داخل أجل خمسة عشر (15) يوما من تاريخ الإشعار"
    assert body("سبع ( )7سنوات") == "سبع (7) سنوات"
    assert body("المشار إليها في البند ( )3، وكذا") == "المشار إليها في البند (3)، وكذا"
