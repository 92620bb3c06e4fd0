"""The fact that leads an answer: a clause of the quote, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import Figure
from rag.lead import lead

FINE = (
    "Sans préjudice de la responsabilité civile, est puni d'une amende de 10.000 à 100.000 DH, quiconque tient un "
    "fichier sans la déclaration exigée à l'article 12."
)


@pytest.mark.parametrize(
    ("quote", "figure", "question", "language", "expected"),
    [
        (FINE, "amount", "Quelle amende sans déclaration ?", "fr", "est puni d'une amende de 10.000 à 100.000 DH"),
        (FINE, "duration", "Quel délai ?", "fr", None),
        ("Sanction :\nest puni d'une amende de 20.000 à\n200.000 DH, quiconque agit sans déclaration.", "amount",
         "Quelle amende ?", "fr", "est puni d'une amende de 20.000 à\n200.000 DH"),
        ("- amende de 500 DH sans tarif\n- amende de 900 DH sans déclaration", "amount", "amende sans déclaration ?",
         "fr", "amende de 900 DH sans déclaration"),
        ("يعاقب بغرامة من 10.000 إلى 100.000 درهم، كل من أنجز ملفا دون تصريح.", "amount", "كم الغرامة؟", "ar",
         "يعاقب بغرامة من 10.000 إلى 100.000 درهم"),
        ("The operator answers within 30 days; appeals are lodged within 60 days.", "duration", "how long to appeal",
         "en", "appeals are lodged within 60 days"),
        ("Le silence vaut accord après 60 jours (loi 55-19, art. 19).", "duration", "quel délai ?", "fr",
         "Le silence vaut accord après 60 jours"),
        ("Le délai est de 30 jours ; il est de 60 jours en mer.", "duration", "combien ?", "fr", None),
    ],
)  # fmt: skip
def test_the_clause_that_states_the_figure(
    quote: str, figure: Figure, question: str, language: str, expected: str | None
) -> None:
    assert lead(quote, [figure], question, language) == expected


@given(st.text(alphabet="abc 0123456789,.;:\n de jours DH amende"))
def test_a_lead_is_a_slice_of_its_quote(quote: str) -> None:
    found = lead(quote, ["amount", "duration"], "amende", "fr")
    assert found is None or found in quote
