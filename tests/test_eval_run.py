"""A run over the small corpus: what is asked, what is kept of it."""

from dataclasses import replace
from datetime import date

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from evals.questions import Asked, GoldQuestion
from evals.record import Made, Record, Run
from evals.reference import reference_of
from evals.run import run
from index.search import Index
from rag.answer import Answer
from rag.question import Question
from rag.request import TurnRequest
from tests.evaluation import LAW, LAW_AR, PRESS, QUOTE, answer, citation, gold_question, unanswerable

FINE = gold_question(question="Quelle amende sans déclaration de données ?")
MADE = Made("2026-11-21T10:00:00+00:00", "gen-000001", "f", 3, "fake", None, "test")

Chain = Runnable[Question, Answer]


def evaluated(index: Index, chain: Chain, *questions: GoldQuestion, left_out: int = 0) -> Run:
    """A run that nobody watches."""
    return run(Asked(questions, left_out), index, chain, MADE, lambda _done, _total: None)


def record_of(index: Index, chain: Chain, gold: GoldQuestion) -> Record:
    """The record of one question."""
    [record] = evaluated(index, chain, gold).records
    return record


def always(given: Answer) -> Chain:
    """A chain that says the same whatever it is asked."""
    return RunnableLambda(lambda _question: given)


def test_a_right_answer_is_kept_with_all_that_led_to_it(index: Index, chain: Chain) -> None:
    record = record_of(index, chain, FINE)
    assert record.gold == FINE
    assert record.diagnosis == "right"
    assert QUOTE in record.answer.citations[0].quote
    assert record.found[0].gold is True
    assert (record.found[0].path, record.found[0].article) in {(LAW, "3"), (LAW_AR, "3")}
    assert [found.gold for found in record.found] == [found.article == "3" for found in record.found]
    assert {found.path for found in record.found} <= {LAW, LAW_AR, PRESS}
    assert [found.score for found in record.found] == sorted((found.score for found in record.found), reverse=True)
    assert record.reference == reference_of(FINE, index)
    assert record.reference.answer == QUOTE
    assert record.scores == {
        "recall@1": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "mrr@10": 1.0,
        "ndcg@10": 1.0,
        "evidence@5": 1.0,
        "language": 1.0,
        "verbatim": 1.0,
        "cited": 1.0,
        "supported": 1.0,
        "refused": 0.0,
        "correct": 1.0,
        "source@1": 1.0,
        "article@1": 1.0,
        "article": 1.0,
    }


def test_contexts_are_the_texts_of_the_first_five_hits(index: Index, chain: Chain) -> None:
    record = record_of(index, chain, FINE)
    texts = {passage.id: passage.text for passage in index.passages}
    assert len(record.found) > len(record.contexts) == 5
    assert record.contexts == tuple(texts[found.passage_id] for found in record.found[:5])


def test_a_refused_question_has_no_rank_and_no_reference(index: Index, chain: Chain) -> None:
    record = record_of(index, chain, unanswerable(question="Quelle recette pour cuire un tajine ?"))
    assert record.diagnosis == "rightly_refused"
    assert record.scores == {"language": 1.0, "invented": 0.0}
    assert record.reference.answer == ""
    assert record.answer.citations == ()


def test_records_come_in_the_order_of_the_questions_and_progress_is_told(index: Index, chain: Chain) -> None:
    questions = (FINE, unanswerable(id="fr-002", question="Quel film voir ce soir ?"))
    told: list[tuple[int, int]] = []
    made = run(Asked(questions, 7), index, chain, MADE, lambda done, total: told.append((done, total)))
    assert [record.gold.id for record in made.records] == ["fr-001", "fr-002"]
    assert (made.made, made.left_out) == (MADE, 7)
    assert told == [(1, 2), (2, 2)]


def test_a_run_of_nothing_is_empty(index: Index, chain: Chain) -> None:
    assert evaluated(index, chain, left_out=3) == Run(MADE, (), 3)


def test_history_reaches_search_and_chain(index: Index) -> None:
    asked: list[Question] = []

    def listen(question: Question) -> Answer:
        asked.append(question)
        return answer(status="not_found")

    alone = gold_question(question="Et après ?", sources=((LAW, "2"), (LAW_AR, "2")), facts=(["dix jours"],))
    turn = TurnRequest(question="Dans quel délai, selon l'article 2 de la loi 77-01, faire la déclaration ?")
    followed = alone.model_copy(update={"history": [turn]})
    without, with_history = evaluated(index, RunnableLambda(listen), alone, followed).records
    assert with_history.found[0].gold is True
    assert without.found != with_history.found
    assert [[earlier.question for earlier in question.history] for question in asked] == [[], [turn.question]]


@pytest.mark.parametrize(("day", "found"), [(date(2020, 4, 30), False), (date(2020, 5, 1), True)])
def test_a_text_that_came_later_is_not_found(day: date, found: bool, index: Index, chain: Chain) -> None:
    record = record_of(index, chain, FINE.model_copy(update={"as_of": day}))
    assert any(hit.gold for hit in record.found) is found
    assert record.scores["recall@10"] == float(found)
    assert record.answer.as_of == day


def test_a_quote_is_verbatim_when_it_is_the_slice_of_the_stored_text(index: Index, chain: Chain) -> None:
    right = record_of(index, chain, FINE).answer.citations[0]
    shifted = replace(right, start=right.start + 1, end=right.end + 1)
    reworded = replace(right, quote=right.quote.replace("dirhams", "DIRHAMS"))
    elsewhere = replace(right, source_id="no-such-source")
    beyond = replace(right, start=10**6, end=10**6 + len(right.quote))
    given = answer(right, shifted, reworded, elsewhere, beyond)
    assert record_of(index, always(given), FINE).scores["verbatim"] == 0.2
    assert record_of(index, always(answer(right)), FINE).scores["verbatim"] == 1.0


def test_what_was_found_but_not_said_is_told_apart(index: Index) -> None:
    silent = record_of(index, always(answer(status="not_found")), FINE)
    beside = record_of(index, always(answer(citation(LAW, "1", "sans rapport"))), FINE)
    absent = record_of(index, always(answer(status="not_found")), gold_question(sources=(("absent.txt", "3"),)))
    assert (silent.diagnosis, beside.diagnosis, absent.diagnosis) == ("wrongly_refused", "not_chosen", "not_retrieved")
