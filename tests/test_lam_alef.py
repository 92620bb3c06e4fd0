"""Lam and alef that a PDF exchanged are put back; whatever was in order stays as it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lam_alef import arabic_frequency, is_damaged, repair, repair_words

HEALTHY_TEXT = (
    "الأمن الإدارة إلى العمل مجال الأشخاص إلا الأول الأولى لا القانون المعلومات الإعلان الإلكترونية خلال الأعمال "
    "سلامة قال حال المال لأن للأمن بالإضافة والإدارة والأمن طلبات علاقة إعلام الملاءمة الأخلاق السلطة الوثائق "
    "صلاحيات الآلية الإخلال الإبلاغ وإلا أولا الاستعمال الإجراءات المادة الباب الإذن الإعفاء الولوج"
)
HEALTHY = HEALTHY_TEXT.split()
WORDS = st.lists(st.sampled_from(HEALTHY), min_size=1, max_size=12)
# Letters in any order, as in names, but never two alefs in a row: no Arabic word has them.
NAMES = st.lists(
    st.text("للاأإبنمسدريوةعت", min_size=2, max_size=7).filter(lambda word: not re.search("[اأإ]{2}", word)),
    min_size=1,
    max_size=6,
).map(" ".join)


def exchanged(text: str) -> str:
    """`text` as an extractor that exchanges every lam and alef leaves it."""
    return re.sub("ل([اأإآ])", r"\1ل", text)


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("األمن", "الأمن"),
        ("اإلدارة", "الإدارة"),
        ("باإلضافة إلى األعمال", "بالإضافة إلى الأعمال"),
        ("ال يجوز ألي شخص", "لا يجوز لأي شخص"),
        ("إال بمقتضى اآلتي", "إلا بمقتضى الآتي"),
        ("المعامالت اإللكترونية", "المعاملات الإلكترونية"),
        ("خالل العمل في مجال المال", "خلال العمل في مجال المال"),
        ("بسم هللا والحمد هلل", "بسم الله والحمد لله"),
        ("اهلل", "الله"),
    ],
)
def test_exchanged_pairs_are_put_back(damaged: str, expected: str) -> None:
    assert repair_words(damaged).text == expected


def test_only_the_words_that_changed_are_counted() -> None:
    result = repair("القانون رقم 05.20 المتعلق باألمن إلى اإلدارات")
    assert result.text == "القانون رقم 05.20 المتعلق بالأمن إلى الإدارات"
    assert result.words_changed == 2


@pytest.mark.parametrize(("often", "rarely"), [("ثلاث", "ثالث"), ("ثالث", "ثلاث")])
def test_the_more_frequent_of_two_readings_wins(often: str, rarely: str) -> None:
    frequencies = {often: 5.0, rarely: 4.0}
    assert repair_words("ثالث", lambda word: frequencies.get(word, 0.0)).text == often


def test_a_reading_is_known_by_what_is_left_without_its_prefix() -> None:
    frequencies = {"أمن": 5.0}
    assert repair_words("واألمن", lambda word: frequencies.get(word, 0.0)).text == "والأمن"


def test_of_an_unknown_word_only_the_sure_pairs_are_exchanged() -> None:
    assert repair_words("زأله سالزي", lambda _: 0.0).text == "زلأه سالزي"


def test_an_unknown_name_keeps_its_article() -> None:
    assert repair_words("الزكورتي", lambda _: 0.0).text == "الزكورتي"


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("", False),
        ("Loi n° 05-20", False),
        ("ثم إلا القانون", False),
        ("الأمن والإدارة", False),
        ("األمن", True),
        ("الأمن والإدارة األمن", True),
        ("الأمن والإدارة والأول األمن", False),
        ("ال يجوز األمن باإلدارة", True),
    ],
)
def test_damage_is_known_by_the_share_of_its_marks(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged


@given(WORDS)
@settings(deadline=None)
def test_healthy_text_is_untouched(words: list[str]) -> None:
    result = repair(" ".join(words))
    assert (result.text, result.words_changed) == (" ".join(words), 0)


@pytest.mark.parametrize("word", HEALTHY)
def test_a_healthy_word_in_a_damaged_text_stays(word: str) -> None:
    assert repair_words(word).text == word


@given(WORDS)
@settings(deadline=None)
def test_every_damaged_word_of_the_law_is_restored(words: list[str]) -> None:
    healthy = " ".join(words)
    damaged = exchanged(healthy)
    changed = sum(before != after for before, after in zip(healthy.split(), damaged.split(), strict=True))
    result = repair_words(damaged)
    assert (result.text, result.words_changed) == (healthy, changed)


@given(st.one_of(WORDS.map(" ".join), NAMES))
@settings(deadline=None)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(exchanged(text)).text
    again = repair(once)
    assert (again.text, again.words_changed) == (once, 0)


@given(st.text())
@settings(deadline=None)
def test_no_letter_is_lost_or_won_and_all_others_keep_their_place(text: str) -> None:
    repaired = repair_words(text).text
    assert len(repaired) == len(text)
    assert sorted(repaired) == sorted(text)
    assert all(before == after for before, after in zip(text, repaired, strict=True) if before not in "اأإآله")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], max_codepoint=0x5FF)))
def test_text_without_arabic_is_untouched(text: str) -> None:
    assert (repair(text).text, repair_words(text).text) == (text, text)


def test_the_frequency_list_knows_words_and_not_their_damage() -> None:
    assert arabic_frequency("الأمن") > 4 > 1 > arabic_frequency("األمن")
