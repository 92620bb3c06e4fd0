"""What should be said: sentences of the gold sources, in the language of the asker."""

import pytest

from evals.reference import Reference, reference_of
from index.search import Index
from rag.answer import Language
from tests.conftest import LAW_AR as TEXT_AR
from tests.conftest import LAW_FR as TEXT_FR
from tests.conftest import PRESS_EN as TEXT_EN
from tests.evaluation import LAW, LAW_AR, PRESS, gold_question, unanswerable

FINE_FR = "Est puni d'une amende de 1.000 à 5.000 dirhams quiconque traite des données sans déclaration."
FINE_AR = "يعاقب بغرامة من 1.000 إلى 5.000 درهم كل من عالج معطيات دون تصريح."
DUTY_FR = "Toute personne doit faire une déclaration avant de traiter des données."
ARTICLE_2 = ((LAW, "2"), (LAW_AR, "2"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", FINE_FR), ("ary-Latn", FINE_FR), ("ar", FINE_AR), ("ary", FINE_AR)],
)
def test_the_sentence_with_the_fact_in_the_language_of_the_asker(
    language: Language, sentence: str, index: Index
) -> None:
    reference = reference_of(gold_question(language=language), index)
    assert reference.answer == sentence
    assert len(reference.contexts) == 1
    assert sentence in reference.contexts[0]
    assert reference.contexts[0] in (TEXT_AR if sentence == FINE_AR else TEXT_FR)


def test_whoever_asks_in_a_language_of_no_source_gets_another(index: Index) -> None:
    assert reference_of(gold_question(language="en", sources=((LAW, "3"),)), index).answer == FINE_FR
    assert reference_of(gold_question(language="fr", sources=((LAW_AR, "3"),)), index).answer == FINE_AR


def test_a_fact_that_the_language_of_the_asker_lacks_comes_from_another_source(index: Index) -> None:
    gold = gold_question(language="en", sources=((LAW, "3"), (PRESS, None)), facts=(["5.000"], ["on Monday"]))
    reference = reference_of(gold, index)
    assert reference.answer == f"{FINE_FR} The fair opened on Monday with a word on signature tools and their makers."
    assert [context in TEXT_FR for context in reference.contexts] == [True, False]
    assert reference.contexts[1] in TEXT_EN


def test_facts_of_one_sentence_are_said_once(index: Index) -> None:
    reference = reference_of(gold_question(facts=(["1.000"], ["5.000"], ["amende"])), index)
    assert reference.answer == FINE_FR
    assert len(reference.contexts) == 1


def test_sentences_come_in_the_order_of_the_facts_each_alone(index: Index) -> None:
    reference = reference_of(gold_question(sources=ARTICLE_2, facts=(["dix jours"], ["toute personne"])), index)
    assert reference.answer.endswith(f"dix jours. {DUTY_FR}")
    assert reference.answer.startswith("La déclaration est faite")
    assert len(reference.contexts) == 1


def test_a_fact_across_sentences_is_said_with_its_whole_passage(index: Index) -> None:
    reference = reference_of(gold_question(sources=ARTICLE_2, facts=(["données. La déclaration"],)), index)
    assert (reference.answer,) == reference.contexts
    assert DUTY_FR in reference.answer


def test_only_the_gold_article_is_searched_and_without_one_the_whole_source(index: Index) -> None:
    assert reference_of(gold_question(sources=((LAW, "2"),)), index) == Reference("", ())
    assert reference_of(gold_question(sources=((LAW, None),)), index).answer == FINE_FR


def test_what_is_not_in_the_index_or_has_no_answer_has_no_reference(index: Index) -> None:
    assert reference_of(gold_question(sources=(("absent.txt", "3"),)), index) == Reference()
    assert reference_of(gold_question(facts=(["6.000"],)), index) == Reference()
    assert reference_of(unanswerable(), index) == Reference()
