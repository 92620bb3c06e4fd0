"""Damage of layout and extraction is undone; what a reader would miss is kept."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Page
from ingest.repair.cleaning import Block, CleanText, clean

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
    return {repair.name: repair.count for repair in cleaned(text).repairs}


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("22من صفر 18( 1430فبراير )2009", "22 من صفر 1430 (18 فبراير 2009)"),
        ("28 من ربيع الأول 13( 1403 يناير ) 1983 بتنظيم", "28 من ربيع الأول 1403 (13 يناير 1983) بتنظيم"),
        ("9ذي القعدة 15( 1420فبراير )2000؛ الجريدة", "9 ذي القعدة 1420 (15 فبراير 2000)؛ الجريدة"),
        ("القانون رقم 05.20المتعلق بالأمن", "القانون رقم 05.20 المتعلق بالأمن"),
        ("24( 1446 يوليو ، )2024 الجريدة", "1446 (24 يوليو 2024)، الجريدة"),
        ("من محرم 1446\n( 24يوليو .)2024 ثم", "من محرم 1446\n(24 يوليو 2024). ثم"),
        ("في 22 من صفر 1430( 18 فبراير )2009 بتنفيذ", "في 22 من صفر 1430 (18 فبراير 2009) بتنفيذ"),
        ("مرسوم رقم 091.91.2صادر في 1440", "مرسوم رقم 2.19.190 صادر في 1440"),
        ("مرسوم رقم 190-19-2 بتاريخ 7 ماي 2019", "مرسوم رقم 2-19-190 بتاريخ 7 ماي 2019"),
        ("مرسوم رقم 091.91.2 دون تاريخ", "مرسوم رقم 091.91.2 دون تاريخ"),
        ("(18 فبراير 2009)المتعلق", "(18 فبراير 2009) المتعلق"),
        ("شهادة ( )CICبالمدرسة و( ،)ISOوكذا", "شهادة (CIC) بالمدرسة و(ISO)، وكذا"),
        ("النطاق « ».maالمغربي", "النطاق «.ma» المغربي"),
        ("الفرع :IIIإلغاء برقية", "الفرع III : إلغاء برقية"),
        ("إلى TFxأو الرمز", "إلى TFx أو الرمز"),
        ("المستفيد(ة)ات من خدمة وUber", "المستفيد(ة)ات من خدمة وUber"),
        ("المادة52 من القانون رقم45", "المادة 52 من القانون رقم 45"),
        ("من 10.000درهم إلى 100.000درهم", "من 10.000 درهم إلى 100.000 درهم"),
        ("الوزير ،والإدارة .ثم الهيئة", "الوزير، والإدارة. ثم الهيئة"),
        ("تسمى »الهيئات« في القانون", "تسمى «الهيئات» في القانون"),
        ("في 19 من ذي القعدة 30) 1428 نوفمبر، (2007 الجريدة", "في 19 من ذي القعدة 1428 (30 نوفمبر 2007)، الجريدة"),
        ("من رجب 1441 ( 6 مارس (2020 بتنفيذ", "من رجب 1441 (6 مارس 2020) بتنفيذ"),
        ("الأول 1403 ( 13 يناير ) 1983 بتنظيم", "الأول 1403 (13 يناير 1983) بتنظيم"),
        ("من ذي الحجة 8( 1441 أغسطس.(2020 ثم", "من ذي الحجة 1441 (8 أغسطس 2020). ثم"),
        ("المادة :2مجال التطبيق", "المادة 2: مجال التطبيق"),
        ("أحكام تمھيدية", "أحكام تمهيدية"),
        ("القانون رقم ،43.20السالف الذكر", "القانون رقم 43.20، السالف الذكر"),
        ("المواد 7 و ،9وكذا الفصل ،413الحبس", "المواد 7 و 9، وكذا الفصل 413، الحبس"),
        ("عدد 22 ،7051جمادى الأولى 27( 1443ديسمبر )2021", "عدد 7051، 22 جمادى الأولى 1443 (27 ديسمبر 2021)"),
        ("المواد 3، 4 و 5 من هذا القانون", "المواد 3، 4 و 5 من هذا القانون"),
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


def test_a_repair_shows_what_it_changed() -> None:
    (repair,) = cleaned("المادة52 من القانون رقم45 والقانون رقم45").repairs
    assert (repair.name, repair.count) == ("digits unglued", 3)
    assert repair.samples[0] == ("المادة52 من القانون", "المادة 52 من القانون")


def test_healthy_arabic_is_untouched() -> None:
    assert body(HEALTHY) == HEALTHY
    assert repairs(HEALTHY) == {}


LAYERS = (
    "القانون رقم 05.20المتعلق باألمن ،بتاريخ 22من صفر 18( 1430فبراير )2009",
    "( ،)CICوكذا القانونرقم 9\nالفرع :IIIإلغاء\n24( 1446 يوليو ، )2024",
    "infor-\nmation de la\nloi\n12\n\nتبلغ الهيئات\n،والإدارات د ون إذن ولاسيما »الهيئات«",
    "LLIIVVRREE 11 ده\nالتقلیدي\nوحيدة ( )3، وكذا",
)


@given(st.lists(st.sampled_from([piece for layer in LAYERS for piece in re.split("(?<= )", layer)]), max_size=25))
@settings(deadline=None)
def test_cleaning_what_was_damaged_in_many_ways_twice_is_cleaning_once(pieces: list[str]) -> None:
    once = body(" ".join(pieces))
    assert body(once) == once


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
        ("التقلیدي في کل", "التقليدي في كل"),
        ("LLIIVVRREE IIIIII DDEESS ::\nAnnexe 11 à 22", "LIVRE III DES :\nAnnexe 11 à 22"),
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


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("ظهير شريف رقم 1.11.42 صادر في\n22 من صفر", "ظهير شريف رقم 1.11.42 صادر في 22 من صفر"),
        ("بتنفيذ القانون رقم\n15.11 المتعلق باللوائح", "بتنفيذ القانون رقم 15.11 المتعلق باللوائح"),
        (
            "حماية المعطيات ذات الطابع الشخصي\nالمادة1\nتحدث لجنة",
            "حماية المعطيات ذات الطابع الشخصي\nالمادة 1\nتحدث لجنة",
        ),
        (
            "المعالجة المعلوماتية لضبط اللوائح العامة\nمادة فريدة",
            "المعالجة المعلوماتية لضبط اللوائح العامة\nمادة فريدة",
        ),
    ],
)
def test_a_line_that_wants_a_number_goes_on_and_a_heading_begins_anew(lines: str, read: str) -> None:
    assert body(lines) == read


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


def test_a_heading_of_markdown_ends_with_its_line() -> None:
    text = "### 3. اللجوء إلى منصة الشكايات (منصة المستهلك)\nتوفر الإدارة بوابة"
    assert body(text) == text


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


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("تستعمل لغايات أخرى 12غير تلك المحددة.", "تستعمل لغايات أخرى غير تلك المحددة."),
        ("بناء على إذن صريح 12 ومعلل للجنة.", "بناء على إذن صريح ومعلل للجنة."),
        ("تطبق المادة 12على الطلبات.", "تطبق المادة 12 على الطلبات."),
        ("تطبق المواد من 11إلى 12أدناه.", "تطبق المواد من 11 إلى 12 أدناه."),
        ("تعد الإدارة تقريرا كل 12شهرا.", "تعد الإدارة تقريرا كل 12 شهرا."),
        ("تتألف اللجنة التالية 12عضوا وتجتمع.", "تتألف اللجنة التالية 12 عضوا وتجتمع."),
        ("تحدد اللجنة 12شرطا وتنشر الهيئة 12قرارا.", "تحدد اللجنة 12 شرطا وتنشر الهيئة 12 قرارا."),
    ],
)
def test_a_call_that_came_loose_from_its_word_is_removed_where_no_other_figure_can_be_it(
    printed: str, meant: str
) -> None:
    blocks = cleaned(f"{printed}\n\n -12انظر المادة 31 من المرسوم.\n", "المادة 13").blocks
    assert blocks[0].text == meant
    assert [block.role for block in blocks] == ["body", "body", "footnote"]


def test_a_call_alone_on_its_line_does_not_break_the_sentence() -> None:
    text = "يجب إرفاق الطلب بالوثائق\n2\n\nوالسندات المؤيدة.\n\n - 2تم تغيير المادة 12أعلاه"
    blocks = cleaned(text, "المادة 13").blocks
    assert [block.text for block in blocks if block.role == "footnote"] == ["- 2 تم تغيير المادة 12 أعلاه"]
    assert "يجب إرفاق الطلب بالوثائق والسندات المؤيدة." in blocks[0].text.replace("\n", " ")


def test_a_note_without_its_dash_is_known_by_the_gazette() -> None:
    blocks = cleaned("بتنفيذ القانون رقم 15.11\n\n 1الجريدة الرسمية عدد 5946بتاريخ 26 ماي 2011\n2", "المادة 2").blocks
    assert [block.text for block in blocks if block.role == "footnote"] == [
        "1 الجريدة الرسمية عدد 5946 بتاريخ 26 ماي 2011"
    ]


def test_a_note_whose_call_was_lost_is_known_by_its_opening_on_a_page_of_its_own() -> None:
    note = "-1 الجريدة الرسمية عدد 7006 بتاريخ 22 يوليو 2021، ص. 5645"
    result = cleaned(f"المادة 1\nتبلغ اللجنة الأمر.\n{note}", "المادة 2\nتحدث لجنة.")
    assert [block.role for block in result.blocks] == ["body", "body", "footnote"]
    assert result.blocks[2].text == note
    assert [block.role for block in cleaned(f"المادة 1\nتبلغ اللجنة الأمر.\n{note}\nالمادة 2").blocks] == ["body"]


def test_the_heading_of_a_quoted_article_at_the_end_of_a_page_belongs_to_the_note() -> None:
    result = cleaned("المادة 1\nنص.\n -1انظر المادة 52من المرسوم.\nالمادة 52\n\n", "المادة 2\nنص آخر.")
    assert [block.text for block in result.blocks if block.role == "body"] == ["المادة 1\nنص.", "المادة 2\nنص آخر."]


def test_footnotes_count_on_from_page_to_page_and_stand_after_all_bodies() -> None:
    result = cleaned("كلمة أولى1 ثم أخرى2 هنا.\n-1انظر الأول.\n-2انظر الثاني.", "كلمة ثالثة3 هنا.\n-3انظر الثالث.")
    assert result.blocks == (
        Block(1, "كلمة أولى ثم أخرى هنا."),
        Block(2, "كلمة ثالثة هنا."),
        Block(1, "-1 انظر الأول.\n-2 انظر الثاني.", "footnote"),
        Block(2, "-3 انظر الثالث.", "footnote"),
    )
    assert {repair.name: repair.count for repair in result.repairs}["pages with footnotes"] == 2


def test_a_note_that_nothing_calls_is_body() -> None:
    text = "تبلغ اللجنة الأمر إلى الوزير.\n\n-37 انظر المادة 52."
    assert cleaned(text).blocks == (Block(1, text),)


def test_the_paragraphs_of_an_article_are_not_its_footnotes() -> None:
    text = "المادة :1الغرض\n -1يحدد هذا القانون قواعد الأمن.\n -2تسري أحكامه على الهيئات."
    assert [block.role for block in cleaned(text).blocks] == ["body"]
    assert body(text).startswith("المادة 1: الغرض\n")


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
    result = cleaned(f'{article}\n\n -10انظر المادة 24من المرسوم.\nالمادة 24\n"نص آخر."\n\nالمادة 13\nنص.')
    assert [block.role for block in result.blocks] == ["body", "footnote"]
    assert result.blocks[0].text.split("\n\n") == [
        "المادة 12\nتخضع المعالجة إلى إذن مسبق إذا كانت تهم معطيات حساسة.",
        "المادة 13\nنص.",
    ]
    assert result.blocks[1].text == '-10 انظر المادة 24 من المرسوم.\nالمادة 24\n"نص آخر."'


def test_brackets_that_lost_their_figure_are_closed_around_it() -> None:
    assert body("داخل أجل خمسة عشر ( )15 يوما من تاريخ الإشعار") == "داخل أجل خمسة عشر (15) يوما من تاريخ الإشعار"
    assert body("سبع ( )7سنوات") == "سبع (7) سنوات"
    assert body("المشار إليها في البند ( )3، وكذا") == "المشار إليها في البند (3)، وكذا"


def test_notes_in_the_margin_stand_after_the_body() -> None:
    pages = [
        Page(number, f"Article {number}\nLe texte.", margin=f"Note {word}") for number, word in ((1, "a"), (2, "b"))
    ]
    assert [(block.page, block.role, block.text) for block in clean(pages).blocks] == [
        (1, "body", "Article 1\nLe texte."),
        (2, "body", "Article 2\nLe texte."),
        (1, "footnote", "Note a"),
        (2, "footnote", "Note b"),
    ]


def test_a_footer_that_counts_the_pages_is_no_text() -> None:
    pages = [f"Le texte de la page {word}.\nRapport 2024 – page {place} sur 4" for place, word in enumerate("abcd", 1)]
    assert [block.text for block in cleaned(*pages).blocks] == [f"Le texte de la page {word}." for word in "abcd"]


def test_articles_that_count_as_the_pages_do_stay() -> None:
    pages = [f"Article {place}\nLe texte {word} de l'article." for place, word in enumerate("abcd", 1)]
    assert [block.text for block in cleaned(*pages).blocks] == pages
