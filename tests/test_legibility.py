"""Real words are told from letters that spell none, whatever the language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.repair.legibility import FEWEST_WORDS, LEAST_LEGIBLE, legibility

FRENCH = (
    "Les personnes concernées doivent être informées de manière expresse et non équivoque avant que leurs données ne "
    "soient traitées. Le responsable du traitement déclare à la Commission la finalité, les catégories de données et "
    "la durée de conservation prévues par l'article 12 de la loi n° 09-08."
)
ARABIC = (
    "يجب على المسؤول عن المعالجة إخبار الأشخاص المعنيين بصفة صريحة قبل تجميع معطياتهم، ويصرح للجنة الوطنية بالغاية "
    "من المعالجة وبأصناف المعطيات وبمدة الاحتفاظ بها، وفقا لأحكام المادة 12 من القانون رقم 09.08 السالف الذكر."
)
ENGLISH = (
    "Every operator of vital importance shall report an incident to the national authority within two days and keep "
    "a record of the measures that were taken to limit its effects on users of the service."
)


def shifted(text: str, by: int) -> str:
    """`text` as a font without its table gives it: every letter some places along the alphabet."""
    return "".join(chr(ord(letter) + by) if letter.isalpha() else letter for letter in text)


@pytest.mark.parametrize("text", [FRENCH, ARABIC, ENGLISH, f"{FRENCH} {ARABIC}"])
def test_laws_are_made_of_real_words(text: str) -> None:
    assert legibility(text) > 0.95


@pytest.mark.parametrize(
    ("text", "by"), [(text, by) for text in (FRENCH, ARABIC, ENGLISH) for by in (-3, 1, 3, 7)] + [(FRENCH, -29)]
)
def test_letters_of_a_font_without_its_table_spell_no_words(text: str, by: int) -> None:
    assert legibility(shifted(text, by)) < LEAST_LEGIBLE


@pytest.mark.parametrize(
    "text", ["", "12.500 | 13.000 | 14.000\n" * 50, "contact@exemple.ma https://exemple.ma/a/b " * 30, "zzkrt " * 5]
)
def test_what_holds_no_words_is_not_judged(text: str) -> None:
    assert legibility(text) == 1.0


@given(st.text(max_size=400))
@settings(deadline=None)
def test_it_is_a_share_and_few_words_are_not_judged(text: str) -> None:
    assert 0.0 <= legibility(text) <= 1.0
    assert legibility(" ".join(text.split()[: FEWEST_WORDS - 1])) == 1.0
