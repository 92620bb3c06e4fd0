"""Spaces go where no doubt is, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.repair.repairs import RepairLog
from ingest.repair.word_borders import words_in_place


def repaired(text: str) -> str:
    return words_in_place(text, RepairLog())


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("القانونرقم 05.20", "القانون رقم 05.20"),
        ("الجماعاتالترابية", "الجماعات الترابية"),
        ("فيالمادة 3", "في المادة 3"),
        ("عمليات التحفيظالعقاري", "عمليات التحفيظ العقاري"),
        ("العموميةوالخاصة", "العمومية والخاصة"),
        ("ولاسيما المادة 3 ولاسيما", "ولا سيما المادة 3 ولا سيما"),
        ("د ون إذن", "دون إذن"),
        ("ذات ا لطابع الشخصي", "ذات الطابع الشخصي"),
        ("المقاولا ت الصغرى", "المقاولات الصغرى"),
    ],
)
def test_borders_are_moved_where_no_doubt_is(broken: str, whole: str) -> None:
    assert repaired(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "والمعطيات وبالإدارات ولمستعمليها وسيكتبونها",
        "أ - القانون و ب - المرسوم",
        "المادة 3 : أ) الطلب ب) الوثائق",
        "السيد م. الإدريسي و القانون",
        "أندروتشي وفيندرس والزكورتي",
        "contact@القانونرقم.ma",
        "الجهة ج من الملحق",
    ],
)
def test_what_may_be_meant_is_left(text: str) -> None:
    assert repaired(text) == text


@given(st.text(alphabet="القانورمة تيبدهسوف\n1", max_size=80))
@settings(deadline=None)
def test_only_spaces_are_moved_and_only_once(text: str) -> None:
    once = repaired(text)
    assert once.replace(" ", "") == text.replace(" ", "")
    assert repaired(once) == once
