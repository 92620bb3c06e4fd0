"""Lam that a font drew with the letter after it goes back before it, in texts that show the damage."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Page
from ingest.repair.cleaning import clean
from ingest.repair.lam_ligatures import lam_in_order
from ingest.repair.repairs import RepairLog

WITNESSES = "املادة املرسوم املتعلق "


def read(damaged: str) -> str:
    """`damaged` as it reads in a damaged text."""
    return lam_in_order([WITNESSES + damaged], RepairLog())[0][len(WITNESSES) :]


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("واملالية باملصادقة 08.00املتعلق", "والمالية بالمصادقة 08.00المتعلق"),
        ("حملاربة اجلريمة ملدة سنة", "لمحاربة الجريمة لمدة سنة"),
        ("اجمللس واحملكمة واحلق واخلاص", "المجلس والمحكمة والحق والخاص"),
        ("معاجلة املعاجلة", "معالجة المعالجة"),
        ("باملقاوالت", "بالمقاوالت"),
        ("السيد املداوي", "السيد المداوي"),
        ("مل ومل وملا", "لم ولم ولما"),
    ],
)
def test_lam_is_put_before_the_letter_it_was_drawn_with(damaged: str, sound: str) -> None:
    assert read(damaged) == sound


@pytest.mark.parametrize("sound", ["العمل والأمل والجمل", "عامل وشامل وحامل", "هل جهل أهل الكهل", "كامل العلم والعالي"])
def test_words_in_order_stay_in_a_damaged_text(sound: str) -> None:
    assert read(sound) == sound


def test_a_text_with_few_such_words_is_left_alone() -> None:
    text = "تنص املادة 3 على ما يلي، ولهذا املدينة والعمل"
    assert lam_in_order([text], RepairLog()) == [text]


def test_lam_and_alef_are_put_in_order_after_it() -> None:
    (block,) = clean([Page(1, WITNESSES + "وال سيما املقاوالت، والوثائق األولى واإلدارة")]).blocks
    assert block.text == "المادة المرسوم المتعلق ولا سيما المقاولات، والوثائق الأولى والإدارة"


@given(st.text("املجحخهرسدة 1\n", max_size=60))
def test_only_lams_move_and_only_once(text: str) -> None:
    once = read(text)
    assert sorted(once) == sorted(text)
    assert re.sub("[^\n]", "", once) == re.sub("[^\n]", "", text)


def test_a_word_of_endless_length_is_left_alone() -> None:
    endless = "امل" * 50_000
    assert read(endless) == endless
