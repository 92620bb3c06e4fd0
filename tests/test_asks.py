"""What a question asks for is told by its words, in all five forms."""

from datetime import date

import pytest

from rag.asks import asks_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Quelle amende risque-t-on ?", "amount"),
        ("بشحال كتدار لاكارط؟", "amount"),
        ("How much is the fee?", "amount"),
        ("ch7al lgharama?", "amount"),
        ("Dans quel délai répondre ?", "duration"),
        ("شحال من نهار عندي؟", "duration"),
        ("ch7al mn nhar 3ndi?", "duration"),
        ("How long are records kept?", "duration"),
        ("Encourt-on la prison ?", "prison"),
        ("هل يعاقب بالحبس؟", "prison"),
        ("Quelle part du PIB ?", "share"),
        ("شحال فالمية؟", "share"),
    ],
)
def test_the_kind_of_figure_is_told(text: str, figure: str) -> None:
    assert figure in asks_of(text).figures


def test_who_asks_for_no_figure_gets_none() -> None:
    assert asks_of("Qui préside la commission ?").figures == ()
    assert asks_of("من يرأس اللجنة؟").figures == ()


def test_a_quantity_of_a_year_names_that_year_and_other_years_do_not_count() -> None:
    assert asks_of("Combien de plaintes en 2024 ?").years == ("2024",)
    assert asks_of("كم عدد الشكايات سنة ٢٠٢٤؟").years == ("2024",)
    assert asks_of("Que prévoit la stratégie de 2024 ?").years == ()
    assert asks_of("Combien de jours dans la loi 2-21-2024 ?").years == ()


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("En mai 2019, qui tenait la liste ?", date(2019, 5, 31)),
        ("في شتنبر 2017، من كان مكلفا؟", date(2017, 9, 30)),
        ("On 1 March 2023, was the decree in force?", date(2023, 3, 31)),
        ("f 2011 chkoun kan?", date(2011, 12, 31)),
        ("Que dit la loi 09-08 ?", None),
        ("Que vise Maroc Digital 2030 ?", None),
    ],
)
def test_a_question_may_place_itself_in_the_past(text: str, on: date | None) -> None:
    assert asks_of(text).on == on


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("Puisque l'article 7 de la loi 43-20 interdit la preuve, que faire ?", "reference"),
        ("بما أن المادة 36 تمنح ستين يوما، كيف أحسبها؟", "reference"),
        ("7it lmadda 19 kat3ti 6 chhor, kifach?", "reference"),
        ("Since article 16 gives six months, when does it end?", "reference"),
        ("L'article 98 de la loi 88-13 permettant l'arrestation, quelle en est la durée ?", "reference"),
        ("Why does the guide say that orders are free?", "report"),
        ("Que dit l'article 7 de la loi 43-20 ?", None),
        ("Depuis quand la loi s'applique-t-elle ?", None),
        ("Can I complain, since my file was lost?", None),
    ],
)
def test_what_is_taken_for_granted_is_told_by_the_opening(text: str, premise: str | None) -> None:
    assert asks_of(text).premise == premise
