"""Scores of what was retrieved, and the step that went wrong, against values worked out by hand."""

import pytest

from evals.questions import GoldQuestion
from evals.record import Diagnosis, Found
from evals.scores import FIRST, diagnose, retrieval_scores
from index.hit import Hit
from rag.answer import Answer
from tests.evaluation import (
    FINE,
    LAW,
    LAW_AR,
    PRESS,
    QUOTE,
    answer,
    citation,
    gold_question,
    hit,
    unanswerable,
)

GOLD_FOUND = Found(LAW, "3", "id#0", 1.0, True)
OTHER_FOUND = Found(PRESS, None, "id#1", 0.5, False)


@pytest.mark.parametrize(
    ("hits", "evidence"),
    [
        ([], 0.0),
        ([hit()], 1.0),
        ([*[hit(PRESS, None)] * 4, hit()], 1.0),
        ([*[hit(PRESS, None)] * 5, hit()], 0.0),
        # Only a gold source proves, but any of its passages does: the fact is what counts.
        ([hit(PRESS, None, text=QUOTE)], 0.0),
        ([hit(LAW, "2")], 1.0),
        ([hit(LAW_AR, text=FINE[1])], 1.0),
        ([hit(text="Est puni d'une amende.")], 0.0),
        ([hit(text="une amende de 1.000"), hit(position=1, text="à 5.000 dirhams")], 0.0),
    ],
)
def test_the_first_five_passages_hold_the_facts(hits: list[Hit], evidence: float) -> None:
    assert retrieval_scores(gold_question(), hits) == {"evidence@5": evidence}


def test_facts_may_stand_in_different_passages() -> None:
    gold = gold_question(facts=(["dix jours"], FINE))
    assert retrieval_scores(gold, [hit(LAW, "2", text="un délai de dix jours"), hit()]) == {"evidence@5": 1.0}
    assert retrieval_scores(gold, [hit(), hit(position=1)]) == {"evidence@5": 0.0}


@pytest.mark.parametrize(
    ("hits", "found"),
    [([], 0.0), ([hit()], 0.0), ([hit(), hit(PRESS, None)], 1.0), ([*[hit()] * FIRST, hit(PRESS, None)], 0.0)],
)
def test_superseded_texts_among_the_first_five(hits: list[Hit], found: float) -> None:
    assert retrieval_scores(gold_question(superseded=[PRESS]), hits)["superseded@5"] == found
    assert retrieval_scores(unanswerable(superseded=[PRESS]), hits) == {"superseded@5": found}


def test_nothing_is_to_be_found_for_an_unanswerable_question() -> None:
    assert retrieval_scores(unanswerable(), [hit()]) == {}


@pytest.mark.parametrize(
    ("gold", "found", "given", "diagnosis"),
    [
        (gold_question(), [GOLD_FOUND], answer(citation()), "right"),
        (gold_question(), [], answer(citation()), "right"),
        (gold_question(), [], answer(status="not_found"), "not_retrieved"),
        (gold_question(), [OTHER_FOUND], answer(citation(PRESS)), "not_retrieved"),
        (gold_question(), [OTHER_FOUND, GOLD_FOUND], answer(status="not_found"), "wrongly_refused"),
        (gold_question(), [GOLD_FOUND], answer(citation(), status="refused"), "wrongly_refused"),
        (gold_question(), [GOLD_FOUND], answer(citation(quote="Est puni d'une amende.")), "cut"),
        (gold_question(), [GOLD_FOUND], answer(citation(LAW, "2", "sans rapport")), "not_chosen"),
        (gold_question(), [GOLD_FOUND], answer(citation(PRESS)), "not_chosen"),
        (gold_question(), [GOLD_FOUND], answer(), "not_chosen"),
        (unanswerable(), [OTHER_FOUND], answer(citation()), "invented"),
        (unanswerable(), [OTHER_FOUND], answer(citation(), status="partial"), "invented"),
        (unanswerable(), [OTHER_FOUND], answer(status="out_of_scope"), "rightly_refused"),
    ],
)
def test_the_first_step_that_went_wrong_is_named(
    gold: GoldQuestion, found: list[Found], given: Answer, diagnosis: Diagnosis
) -> None:
    assert diagnose(gold, found, given) == diagnosis
