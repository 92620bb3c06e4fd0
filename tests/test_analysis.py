"""Text to index terms: spelling, numbers, elisions, clitics, stop words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import fold, terms, words
from index.stop_words import STOP_WORDS

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
MARKS = ["", "\u0640", "\u064b", "\u064e", "\u064f", "\u0650", "\u0651", "\u0651\u064e", "\u0652", "\u0670"]
ALEFS = ["ا", "أ", "إ", "آ", "ٱ", "ا\u0654", "ا\u0655", "ا\u0653"]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

arabic_texts = st.lists(st.text(ARABIC_LETTERS, min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)


@given(st.text())
@example("ǽ")
@example("Ǣ")
@settings(deadline=None)
def test_folding_twice_equals_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("DÉCRET", "decret"),
        ("Cœur Œuvre", "coeur oeuvre"),
        ("ex æquo", "ex aequo"),
        ("garc\u0327on", "garcon"),
        ("٠٩ ۰۹", "09 09"),
        ("الأولى", "الاولي"),
        ("مسؤولية", "مسووليه"),
        ("هيئة", "هييه"),
        ("قَانُــونٌ", "قانون"),
        ("\ufefb", "لا"),
    ],
)
def test_spelling_is_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(arabic_texts, st.data())
@settings(deadline=None)
def test_diacritics_and_tatweel_do_not_change_the_terms(text: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from(MARKS), min_size=len(text), max_size=len(text)))
    marked = "".join(letter + ("" if letter == " " else mark) for letter, mark in zip(text, marks, strict=True))
    assert terms(marked, "ar") == terms(text, "ar")


@given(arabic_texts, st.data())
@settings(deadline=None)
def test_variants_of_alef_do_not_change_the_terms(text: str, data: st.DataObject) -> None:
    alefs = data.draw(st.lists(st.sampled_from(ALEFS), min_size=len(text), max_size=len(text)))
    varied = "".join(alef if letter == "ا" else letter for letter, alef in zip(text, alefs, strict=True))
    assert terms(varied, "ar") == terms(text, "ar")


@pytest.mark.parametrize("written", ["10.000", "10 000", "10000", "10\u00a0000", "10\u202f000", "١٠.٠٠٠", "١٠ ٠٠٠"])
def test_ten_thousand_is_one_word_in_every_spelling(written: str) -> None:
    assert words(written) == ["10000"]


@given(st.integers(1_000, 10**12), st.sampled_from([".", " ", "\u00a0", "\u202f"]), st.booleans())
def test_groups_of_thousands_are_one_number(number: int, separator: str, eastern: bool) -> None:
    written = f"{number:,}".replace(",", separator)
    assert words(written.translate(EASTERN) if eastern else written) == [str(number)]


@pytest.mark.parametrize("written", ["09-08", "09.08", "09/08", "٠٩.٠٨", "٠٩-٠٨", "۰۹/۰۸"])
def test_a_law_is_one_word_in_every_spelling(written: str) -> None:
    assert words(written) == ["09-08"]


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from("-./"), st.booleans())
def test_the_parts_of_a_law_keep_their_order(first: int, second: int, separator: str, eastern: bool) -> None:
    written = f"{first:02}{separator}{second:02}"
    found = words(written.translate(EASTERN) if eastern else written)
    assert found == words(f"{first:02}-{second:02}") == [f"{first:02}-{second:02}"]
    assert (found == words(f"{second:02}-{first:02}")) == (first == second)


@pytest.mark.parametrize("written", ["2-24-921", "2.24.921", "2/24/921", "٢.٢٤.٩٢١"])
def test_a_decree_is_one_word_in_every_spelling(written: str) -> None:
    assert words(written) == ["2-24-921"]


@pytest.mark.parametrize(
    ("written", "found"),
    [("en 2020 120 plaintes", ["en", "2020", "120", "plaintes"]), ("09-08 100", ["09-08", "100"])],
)
def test_a_number_that_ends_does_not_take_in_the_next(written: str, found: list[str]) -> None:
    assert words(written) == found


def test_elisions_are_cut_off() -> None:
    assert words("l'amende qu’elle s'inflige jusqu'au bout") == ["amende", "elle", "inflige", "au", "bout"]
    assert words("aujourd'hui") == ["aujourd", "hui"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Quelle est la sanction ?", "fr", ["sanction"]),
        ("What are the fines?", "en", ["fine"]),
        ("ما هو القانون", "ar", ["قانون"]),
        ("x 7 _ n° 52", "fr", ["7", "52"]),
        ("?! …", "fr", []),
        ("", "ar", []),
    ],
)
def test_stop_words_and_single_letters_are_no_terms(text: str, language: str, expected: list[str]) -> None:
    assert terms(text, language) == expected


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("amendes", "amende", "fr"),
        ("Déclarations", "declaration", "fr"),
        ("declarations", "declaration", "en"),
        ("والقانون", "قانون", "ar"),
        ("بالقانون", "القانون", "ar"),
        ("للقانون", "قانون", "ar"),
    ],
)
def test_inflected_words_share_a_term(one: str, other: str, language: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_different_words_have_different_terms() -> None:
    assert terms("amende", "fr") != terms("déclaration", "fr")
    assert terms("غرامة", "ar") != terms("تصريح", "ar")


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_stop_word_is_spelled_as_words_gives_it(language: str) -> None:
    assert [word for word in sorted(STOP_WORDS[language]) if words(word) != [word]] == []
