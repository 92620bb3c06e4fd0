"""Facts in texts: what does not count as a difference, and what does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.matching import plain, shows, shows_all

VARIANTS = {"ا": "أإآٱ", "ي": "ىئ", "ه": "ة", "و": "ؤ", "e": "éèêëEÉ", "a": "àâAÀ", "c": "çC", " ": "\n\t\u00a0\u202f"}
PLAIN_LETTERS = "اويهبتسم" + "eacbdm '"
MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0640"
WORDS = st.text(PLAIN_LETTERS, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def spelled_otherwise(draw: st.DrawFn) -> tuple[str, str]:
    """A text and another spelling of it: letter variants, case, accents, vowel marks, white space."""
    text = draw(WORDS)
    letters = [draw(st.sampled_from(letter + VARIANTS.get(letter, ""))) for letter in text]
    return text, "".join(
        letter + draw(st.sampled_from(["", MARKS] if letter > "\u0600" else [""])) for letter in letters
    )


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("", ""),
        (" \n ", ""),
        ("Délai  de\nDIX\u00a0jours", "delai de dix jours"),
        ("l’amende, l‘amende, lʼamende, l`amende", "l'amende, l'amende, l'amende, l'amende"),
        ("Œuvre nº 3", "oeuvre no 3"),
        ("المادّة ٥٢ مكرّر", "الماده 52 مكرر"),
        ("أُنشئت إدارةٌ على الآلة", "انشيت اداره علي الاله"),
        ("معـــطيات", "معطيات"),
    ],
)
def test_text_as_facts_are_looked_up_in_it(text: str, looked_up: str) -> None:
    assert plain(text) == looked_up


@given(spelled_otherwise())
def test_case_accents_arabic_variants_and_white_space_do_not_count(spellings: tuple[str, str]) -> None:
    one, other = spellings
    assert plain(one) == plain(other)
    assert shows(plain(f"وفق {one} 3"), [other])
    assert shows(plain(f"وفق {other} 3"), [one])


@given(st.text(PLAIN_LETTERS + MARKS + "".join(VARIANTS.values()) + "0123٤٥.,«»’"))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "fact", "shown"),
    [
        ("une durée de 3 ans", "3 ans", True),
        ("3 ans", "3 ans", True),
        ("une durée de 13 ans", "3 ans", False),
        ("une durée de 13 ans, puis de 3 ans", "3 ans", True),
        ("13 ans, 23 ans, 33 ans", "3 ans", False),
        ("en 2023", "202", False),
        ("مدة ١٣ سنة", "3 سنة", False),
        ("مدة ٣ سنوات", "3 سنوات", True),
        # Thousands and decimals belong to their number.
        ("amende de 5.000.000 dirhams", "5.000", False),
        ("amende de 25.000 dirhams", "5.000 dirhams", False),
        ("amende de 1.500 dirhams", "500 dirhams", False),
        ("amende de 1 500 dirhams", "500 dirhams", False),
        ("amende de 10\u00a0000 dirhams", "amende de 10", False),
        ("un taux de 20,5 %", "5 %", False),
        ("un taux de 20,5 %", "20", False),
        ("un taux de 20,5 %", "20,5 %", True),
        # A number ends with its sentence, in a list, or before one that is no group of three.
        ("le délai est de 30. Il court", "est de 30", True),
        ("les articles 1, 2 et 3", "2", True),
        ("depuis 2020, 500 dirhams", "500 dirhams", True),
        ("article 3 2020", "article 3", True),
        ("de 10 à 15 jours", "15 jours", True),
        ("loi 09-08", "09-08", True),
        ("loi 109-08", "09-08", False),
        # Words may go on on both sides: Arabic joins its particles to them.
        ("وبالتصريح لدى اللجنة", "تصريح", True),
        ("déclarations", "déclaration", True),
        ("déclaration", "déclarations", False),
        ("", "3 ans", False),
        # A spelling of marks alone is none, though it stands everywhere.
        ("3 ans", " \u0640", False),
    ],
)
def test_a_fact_stands_in_a_text_as_words_and_whole_numbers(text: str, fact: str, shown: bool) -> None:
    assert shows(plain(text), [fact]) is shown


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_shows_no_other_number(one: int, other: int) -> None:
    assert shows(plain(f"soit {one} dirhams"), [str(other)]) is (one == other)


def test_any_spelling_of_a_fact_will_do() -> None:
    assert shows(plain("dans les dix jours"), ["10 jours", "dix jours"]) is True
    assert shows(plain("dans les dix jours"), ["10 jours", "onze jours"]) is False
    assert shows(plain("dans les dix jours"), []) is False


def test_every_fact_must_be_shown() -> None:
    text = "Amende de MILLE à 5.000 dirhams"
    assert shows_all([text], [["1.000", "mille"], ["5.000"]]) is True
    assert shows_all([text], [["1.000", "mille"], ["6.000"]]) is False
    assert shows_all([], [["1.000", "mille"]]) is False


def test_each_fact_may_stand_in_a_text_of_its_own_but_not_across_two() -> None:
    texts = ["Amende de mille", "à 5.000 dirhams"]
    assert shows_all(texts, [["5.000"], ["mille"]]) is True
    assert shows_all(texts, [["mille à 5.000"]]) is False
