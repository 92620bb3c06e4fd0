"""Sums and terms compare across languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.figures import amounts_in, terms_in


@pytest.mark.parametrize(
    ("french", "arabic", "terms"),
    [
        ("de trois mois à un an", "من ثلاثة أشهر إلى سنة", {(3, "month"), (1, "year")}),
        ("de trois à six mois", "من 3 أشهر إلى 6 أشهر", {(3, "month"), (6, "month")}),
        ("dans un délai de dix (10) jours", "داخل أجل عشرة (10) أيام", {(10, "day")}),
        ("vingt-quatre heures", "أربع وعشرين (24) ساعة", {(24, "hour")}),
        ("deux ans", "سنتين", {(2, "year")}),
        ("deux mois", "في ظرف شهرين", {(2, "month")}),
        ("douze mois", "اثني عشر شهرا", {(12, "month")}),
        ("une année", "سنة واحدة", {(1, "year")}),
        ("quinze jours", "خمسة عشر يوما", {(15, "day")}),
        ("en l'an 2009", "سنة 2009", set()),
        ("ces mois", "هذا الشهر", set()),
    ],
)
def test_one_term_in_two_languages(french: str, arabic: str, terms: set[tuple[int, str]]) -> None:
    assert terms_in(french) == terms_in(arabic) == terms


def test_english_terms() -> None:
    assert terms_in("from three to six months, then 2 years") == {(3, "month"), (6, "month"), (2, "year")}


@pytest.mark.parametrize("text", ["de 10.000 à 100.000 DH", "من 10.000 درهم إلى 100.000 درهم", "10 000 à 100 000"])
def test_sums_are_figures_with_thousands_apart(text: str) -> None:
    assert amounts_in(text) == {10_000, 100_000}


def test_numbers_of_laws_and_years_are_no_sums() -> None:
    assert amounts_in("loi n° 09-08 de 2009, article 12.5 et 2.22.687") == frozenset()


@given(st.text())
def test_any_text_gives_figures(text: str) -> None:
    assert all(value >= 0 for value, _ in terms_in(text))
    assert all(value >= 0 for value in amounts_in(text))
