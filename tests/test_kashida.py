"""Strokes between and after words go from a stretched text; the letter heh stays in every other."""

import pytest

from ingest.repair.kashida import without_kashida
from ingest.repair.repairs import RepairLog

STRETCHED = "الهيئةه الوطنيةه المكلفةه بالحمايةه المدنيةه "


def cleaned(text: str) -> str:
    return without_kashida([text], RepairLog())[0]


@pytest.mark.parametrize(
    ("stretched", "plain"),
    [
        ("الطلبه المقدم", "الطلب المقدم"),
        ("وفقهالقانون هالمتعلق", "وفق القانون المتعلق"),
        ("الطابعههالشخصي ه،ه في", "الطابع الشخصي ، في"),
        ("وجهه وهويته والتوجيه الفقه", "وجهه وهويته والتوجيه الفقه"),
    ],
)
def test_strokes_are_removed_from_a_stretched_text(stretched: str, plain: str) -> None:
    assert cleaned(STRETCHED + stretched) == "الهيئة الوطنية المكلفة بالحماية المدنية " + plain


def test_a_text_that_was_not_stretched_is_left() -> None:
    text = "هذه الجهة تنبه هيئته والمياه ه هالقانون"
    assert cleaned(text) == text
