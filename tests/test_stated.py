"""Numbers, measures, months and references that a text states, the same in three languages."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.stated import stated_in


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("de trois à cinq ans et une amende de 10.000 à 100.000 DH",
         {(3, "year"), (5, "year"), (10000, "dirham"), (100000, "dirham")}),
        ("dans un délai de quatre-vingt-dix jours", {(90, "day")}),
        ("soixante et onze heures", {(71, "hour")}),
        ("ثلاث (3) سنوات", {(3, "year")}),
        ("داخل أجل شهرين", {(2, "month")}),
        ("خمسة وعشرون يوما", {(25, "day")}),
        ("من عشرين ألف إلى مائتي ألف درهم", {(20000, "dirham"), (200000, "dirham")}),
        ("ثلاثة وسبعين مليار درهم", {(73 * 10**9, "dirham")}),
        ("within twenty-four hours", {(24, "hour")}),
        ("two hundred and fifty thousand dirhams", {(250000, "dirham")}),
        ("mille deux cents dirhams", {(1200, "dirham")}),
        ("50 في المائة", {(50, "percent")}),
        ("4,5 % du PIB", {(Fraction(9, 2), "percent")}),
        ("un mois", {(1, "month")}),
    ],
)  # fmt: skip
def test_measures_are_the_same_in_every_spelling(text: str, measures: set[tuple[Fraction, str]]) -> None:
    assert stated_in(text).measures == {(Fraction(value), unit) for value, unit in measures}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,2 million d'abonnés en 2013-2017", {1200000, 2013, 2017}),
        ("dix mille", {10000}),
        ("عشرة آلاف", {10000}),
        ("1,000 people", {1000}),
        ("ألفان وثلاثمائة", {2300}),
        ("trois cent cinquante mille", {350000}),
        ("une seule fois, un mois", set()),
        ("à l'UM6P", set()),
        ("l'article 28 du décret 2-21-406", {28}),
        ("les articles 14 et 15 ci-dessus", {14, 15}),
        ("أحد الوالدين", set()),
    ],
)
def test_numbers_are_told_from_references(text: str, numbers: set[int]) -> None:
    assert set(stated_in(text).numbers) == set(map(Fraction, numbers))


def test_references_and_months_are_told_apart() -> None:
    stated = stated_in("l'article 28 du décret n° 2-21-406 du 15 juillet 2021")
    assert (set(stated.articles), set(stated.instruments), set(stated.months)) == ({"28"}, {"2-21-406"}, {7})
    assert stated_in("يوم 15/07/2021").months == {7}
    assert stated_in("a person may appeal in march 2020").months == {3}


def test_digits_of_no_decimal_script_are_no_numbers() -> None:
    assert stated_in("5 ans ፩ ፪ jours").numbers == (Fraction(5),)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    stated = stated_in(text)
    assert {value for value, _ in stated.measures if value != 1} <= set(stated.numbers)


@given(st.integers(2, 999_999))
def test_digits_are_one_number_however_they_are_grouped(value: int) -> None:
    grouped = f"{value:,}"
    spellings = (str(value), grouped.replace(",", "."), grouped.replace(",", " "), grouped.replace(",", "\u202f"))
    assert {stated_in(f"soit {one} dirhams").measures for one in spellings} == {
        frozenset({(Fraction(value), "dirham")})
    }
