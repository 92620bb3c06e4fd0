"""Arabic is told by its letters, French and English by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.languages import arabic_share, language_of


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0.0),
        ("12.34 – !؟،", 0.0),
        ("loi", 0.0),
        ("œuvre Élan", 0.0),
        ("قانون", 1.0),
        ("قانون 05.20", 1.0),
        ("أمن loi", 0.5),
        ("أب abcdef", 0.25),
    ],
)
def test_the_share_counts_letters_only(text: str, share: float) -> None:
    assert arabic_share(text) == share


@given(st.text(alphabet="أبتجد"), st.text(alphabet="abcdé"), st.text(alphabet="0123456789 .,؛\n"))
def test_the_share_is_that_of_the_letters_whatever_stands_between(arabic: str, latin: str, other: str) -> None:
    letters = len(arabic) + len(latin)
    assert arabic_share(arabic + other + latin) == (len(arabic) / letters if letters else 0.0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("يحدد هذا القانون القواعد المطبقة على معطيات المواطنين.", "ar"),
        ("شنو هي الغرامة ديال ANRT؟", "ar"),
        ("La présente loi fixe les règles applicables aux données des usagers.", "fr"),
        ("This law sets out the rules that apply to the personal data of users.", "en"),
        ("The decree names one authority (السلطة الوطنية) that oversees every public body.", "en"),
        ("", "fr"),
        ("12 345 – 2020", "fr"),
        ("la loi أبتجد", "fr"),
    ],
)
def test_the_language_is_that_of_most_letters_and_french_without_a_hint(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text())
def test_any_text_has_one_of_the_three_languages(text: str) -> None:
    assert language_of(text) in {"ar", "fr", "en"}
    assert (language_of(text) == "ar") == (arabic_share(text) > 0.5)
