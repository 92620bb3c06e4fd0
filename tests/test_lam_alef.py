"""Lam and alef that a PDF exchanged are put back; whatever was in order stays as it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.repair.arabic_words import ArabicWords
from ingest.repair.lam_alef import repair

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


# Beside it a line without marks of its own is read as a damaged one.
WITNESSES = "األمن اإلدارة "


def read(damaged: str, words: ArabicWords | None = None) -> str:
    """`damaged` as it reads in a damaged text."""
    return repair(WITNESSES + damaged, words).text[len(WITNESSES) :]


def listed(**zipf: float) -> ArabicWords:
    """A list that holds these words and the two witnesses, by their Zipf frequencies."""
    return ArabicWords({word: 10 ** (value - 9) for word, value in {**zipf, "الأمن": 6, "الإدارة": 6}.items()})


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
    assert read(damaged) == expected


def test_only_the_words_that_changed_are_told() -> None:
    result = repair("القانون رقم 05.20 المتعلق باألمن إلى اإلدارات")
    assert result.text == "القانون رقم 05.20 المتعلق بالأمن إلى الإدارات"
    assert result.changes == (("باألمن", "بالأمن"), ("اإلدارات", "الإدارات"))


@pytest.mark.parametrize(("often", "rarely"), [("علام", "عالم"), ("عالم", "علام")])
def test_the_more_frequent_of_two_readings_wins(often: str, rarely: str) -> None:
    assert read("عالم", listed(**{often: 5.0, rarely: 4.0})) == often


def test_a_reading_is_known_by_what_is_left_without_its_prefix() -> None:
    assert read("واألداء", listed(أداء=5.0)) == "والأداء"


@pytest.mark.parametrize("word", ["الزكورتي", "الإلغزيمي"])
def test_an_unknown_name_keeps_its_article(word: str) -> None:
    assert read(exchanged(word)) == word


@pytest.mark.parametrize("word", ["لإخطاره", "لإعارتهم", "لاستلزام"])
def test_an_unknown_word_after_a_preposition_loses_no_lam(word: str) -> None:
    assert read(exchanged(word)) == word


def test_the_article_of_a_word_glued_to_an_ending_stays() -> None:
    glued = "بمسطرةالتحفيظ والعسكريةوالرقابة والطلباتإلى"
    assert read(glued) == glued


def test_an_unknown_word_is_read_like_listed_ones_with_the_same_letters() -> None:
    listed_words = listed(كلاس=4.0, بلاس=4.0, فلاس=4.0)
    assert read("دالس", listed_words) == "دلاس"


@pytest.mark.parametrize(
    "phrase",
    [
        "داخل أجل ثلاثة أشهر من المادة الثالثة",
        "السنوات الثلاث الأولى من الباب الثالث",
        "إلى ثالث أكبر مشغل خلال ثلاث سنوات",
        "الحق في المعلومة، وفي وقت لاحق",
        "على سبيل المثال مثلا",
        "عملا بأحكام القانون، عمال المقاولة",
        "بشكل فعال",
        "تمديد الآجال بآجال جديدة",
        "العلامات والبلاغات، لايتجاوز العدد ال 10",
        "أو طرف ثالث",
    ],
)
def test_neighbours_tell_words_that_read_well_either_way(phrase: str) -> None:
    assert read(exchanged(phrase)) == phrase


@pytest.mark.parametrize("word", ["عَالَم", "رجلاً", "شمالًا", "إلّا"])
def test_a_vowel_sign_tells_where_the_lam_stands(word: str) -> None:
    assert read(exchanged(word)) == word


def test_one_damaged_line_in_a_sound_text_is_repaired_alone() -> None:
    sound = "الأمن والإدارة\nعلاج ثالث وعالم سالم لا غير\nالأعمال الأولى\n\n"
    assert repair(sound + "باألمن واإلدارة").text == sound + "بالأمن والإدارة"
    assert repair(f"{'باألمن واإلدارة ' * 9}\nلا علاج إلا العلاج الأول").text.endswith("\nلا علاج إلا العلاج الأول")


def test_a_font_that_exchanges_only_some_alefs_is_read_so() -> None:
    sound = "لا علاج خلال سلامة العلاقة والأمن والإدارة والأول للأشخاص لأن سالم عالم"
    damaged = re.sub("ل([أإ])", r"\1ل", sound)
    assert repair(damaged).text == sound


def test_a_word_of_endless_length_is_left_alone() -> None:
    endless = "األ" * 50_000
    assert repair(endless).text == endless


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("", False),
        ("Loi n° 05-20", False),
        ("ثم إلا القانون", False),
        ("الأمن والإدارة", False),
        ("األمن", True),
        ("الأمن والإدارة والأول األمن", False),
        ("ال يجوز األمن باإلدارة", True),
    ],
)
def test_damage_is_known_by_the_share_of_its_marks(text: str, damaged: bool) -> None:
    assert bool(repair(text).changes) is damaged


@given(WORDS)
@settings(deadline=None)
def test_healthy_text_is_untouched(words: list[str]) -> None:
    result = repair(" ".join(words))
    assert (result.text, result.changes) == (" ".join(words), ())


@pytest.mark.parametrize("word", HEALTHY)
def test_a_healthy_word_in_a_damaged_text_stays(word: str) -> None:
    assert read(word) == word


@given(WORDS)
@settings(deadline=None)
def test_every_damaged_word_of_the_law_is_restored(words: list[str]) -> None:
    healthy = " ".join(words)
    assert read(exchanged(healthy)) == healthy


@given(st.one_of(WORDS.map(" ".join), NAMES))
@settings(deadline=None)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(WITNESSES + exchanged(text)).text
    again = repair(once)
    assert (again.text, again.changes) == (once, ())


@given(st.text())
@settings(deadline=None)
def test_no_letter_is_lost_or_won_and_all_others_keep_their_place(text: str) -> None:
    repaired = read(text)
    assert len(repaired) == len(text)
    assert sorted(repaired) == sorted(text)
    assert all(before == after for before, after in zip(text, repaired, strict=True) if before not in "اأإآله")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], max_codepoint=0x5FF)))
def test_text_without_arabic_is_untouched(text: str) -> None:
    assert repair(text).text == text
