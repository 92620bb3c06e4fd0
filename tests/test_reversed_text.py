"""Arabic spelled or ordered from left to right is turned; what stands right is left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.repair.repairs import RepairLog
from ingest.repair.reversed_text import in_reading_order

LAW = """القانون رقم 05.20 المتعلق بالأمن السيبراني
يجب على الهيئات أن تتخذ جميع التدابير اللازمة طبقا لأحكام المادة 4 أدناه
لا يجوز لأي شخص أن يطلع على هذه المعطيات إلا بموجب القانون رقم 09.08
تطبق أحكام المادة 12 على كل الهيئات التي تستعمل نظم المعلومات (المادة 3)
يحدد نص تنظيمي كيفيات تطبيق هذا القانون في أجل لا يتعدى 48 ساعة"""


def turned(text: str) -> str:
    return in_reading_order([text], RepairLog())[0]


def words_reversed(text: str) -> str:
    return "\n".join(" ".join(reversed(line.split())) for line in text.split("\n"))


def test_words_in_reverse_are_put_in_order() -> None:
    assert turned(words_reversed(LAW).replace("3)", "3(").replace("(المادة", ")المادة")) == LAW


@pytest.mark.parametrize("line", LAW.split("\n")[:4])
def test_a_line_spelled_backwards_is_turned_and_its_figures_are_kept(line: str) -> None:
    assert turned(line[::-1].replace("02.50", "05.20").replace("80.90", "09.08").replace("21", "12")) == line.translate(
        str.maketrans("()", ")(")
    )


@pytest.mark.parametrize("text", [LAW, "", "Loi n° 05-20\n42", "مقاولة الزكورتي وكروبلاخ وفيندرسن"])
def test_what_stands_right_is_left(text: str) -> None:
    assert turned(text) == text


@given(st.permutations(LAW.split("\n")))
@settings(deadline=None)
def test_turning_twice_is_turning_once(lines: list[str]) -> None:
    once = turned(words_reversed("\n".join(lines)))
    assert turned(once) == once
