"""What a list of words says of words inside it and outside."""

import pytest

from ingest.repair.arabic_words import UNKNOWN, ArabicWords, arabic_words

LIST = ArabicWords({"أمن": 1e-4, "إعارة": 1e-5, "يتوفر": 1e-5, "هذا": 1e-2, "القانون": 1e-3, "سأل": 1e-3, "سال": 1e-6})


def test_a_frequency_is_on_the_scale_of_zipf() -> None:
    assert LIST.frequency("أمن") == pytest.approx(5)
    assert LIST.frequency("أَمْن") == pytest.approx(5)
    assert LIST.frequency("زكرت") == UNKNOWN


@pytest.mark.parametrize("word", ["وأمن", "بالأمن", "أمنها", "إعارتهم", "لايتوفر"])
def test_parts_that_are_known_make_a_word_known(word: str) -> None:
    assert UNKNOWN < LIST.derived_frequency(word) < 7


@pytest.mark.parametrize("word", ["اليتوفر", "لالأمن", "الأمنها", "زكرت", ""])
def test_parts_that_do_not_go_together_make_no_word(word: str) -> None:
    assert LIST.derived_frequency(word) < 0


def test_two_words_without_their_space_are_known_by_both() -> None:
    assert LIST.glued_frequency("هذاالقانون") > 1
    assert LIST.glued_frequency("زكرالقانون") < 0


def test_a_spelling_without_hamza_is_known_by_the_frequent_one() -> None:
    assert LIST.lacks_hamza("سال")
    assert not LIST.lacks_hamza("سأل")


def test_unknown_names_are_like_listed_ones() -> None:
    names = ArabicWords({"دكلاس": 1e-5, "شكلاس": 1e-5, "رجمال": 1e-5, "سجمال": 1e-5})
    assert names.lam_first_odds("ا", "رك", "س") > 0 > names.lam_first_odds("ا", "رم", "")


def test_the_large_list_knows_words_and_not_their_damage() -> None:
    assert arabic_words().frequency("الأمن") > 4 > 1 > arabic_words().frequency("األمن")
