"""Footnotes stand apart after the body, and their calls leave the sentence; other figures are no calls."""

import pytest

from ingest.document import Page
from ingest.repair.cleaning import Block, clean
from tests.cleaned import body, cleaned


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


def test_a_call_glued_on_both_sides_is_a_call() -> None:
    article = "المادة 12\nتخضع المعالجة إلى إذن مسبق10إذا كانت تهم معطيات حساسة."
    result = cleaned(f'{article}\n\n -10انظر المادة 24من المرسوم.\nالمادة 24\n"نص آخر."\n\nالمادة 13\nنص.')
    assert [block.role for block in result.blocks] == ["body", "footnote"]
    assert result.blocks[0].text.split("\n\n") == [
        "المادة 12\nتخضع المعالجة إلى إذن مسبق إذا كانت تهم معطيات حساسة.",
        "المادة 13\nنص.",
    ]
    assert result.blocks[1].text == '-10 انظر المادة 24 من المرسوم.\nالمادة 24\n"نص آخر."'


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
