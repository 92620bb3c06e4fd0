"""Personal data in questions: taken out whatever its spelling; numbers of laws and amounts stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.masking import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ma CNIE est AB123456, que faire ?", "Ma CNIE est [cnie], que faire ?"),
        ("رقم بطاقتي BK٤٥٦٧٨٩ ضاع", "رقم بطاقتي [cnie] ضاع"),
        ("appelez le 06 12 34 56 78 svp", "appelez le [phone] svp"),
        ("+212 6-61-23-45-67", "[phone]"),
        ("00212522334455", "[phone]"),
        ("رقمي ٠٦٦١٢٣٤٥٦٧ شكرا", "رقمي [phone] شكرا"),
        ("écrivez à fatima.z+loi@exemple.co.ma vite", "écrivez à [email] vite"),
        ("RIB 011 780 0000012000012345 67", "RIB [rib]"),
        ("IBAN MA64 0117 8000 0001 2000 0123 4567", "IBAN [iban]"),
        ("FR7630006000011234567890189", "[iban]"),
        ("ma carte ab123456", "ma carte [cnie]"),
        ("CIN BE 845123 perdue", "CIN [cnie] perdue"),
    ],
)
def test_personal_data_is_taken_out(text: str, expected: str) -> None:
    assert masked(text).text == expected
    assert len(masked(text).kinds) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Que dit l'article 52 de la loi 09-08 ?",
        "المادة ٥٢ من القانون ٠٩.٠٨ والمرسوم 2.21.406",
        "une amende de 100.000 à 500.000 dirhams, soit 50 000 de plus",
        "le décret n° 2-15-712 du 22 mars 2016, Bulletin officiel n° 6458",
        "Maroc Digital 2030 vise 240000 emplois et 11 milliards",
        "ISO 27001 et RGPD 2016/679",
        "une amende de 50000 dirhams ou plus de 100000",
        "UNE AMENDE DE 50000 DH ET LA 120000",
        "at 100000 users, in 300000 homes, up to 99999",
        "le 05 05 2020",
        "kifach n7dedd 3la l'article 7 w 9 ?",
    ],
)
def test_numbers_of_laws_amounts_and_dates_stay(text: str) -> None:
    assert masked(text).text == text
    assert masked(text).kinds == ()


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once.text).text == once.text
