"""Text that is no longer in force: what ended it comes along, on the day asked about and within the filters."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.instrument import Instrument
from corpus.validity import Change, Validity
from index.hit import Query
from index.places import places_in
from index.search import Index
from rag.answer import Answer
from rag.chain import build_chain
from rag.question import Question, Turn

ENDED = "Que dit l'article 2 de la loi 77-01 sur la déclaration ?"


@pytest.fixture
def index_of_repealed(index: Index) -> Index:
    """The small corpus, in which article 3 repealed article 2 in 2022."""
    change = Change(
        instrument="77-01",
        articles=("2",),
        status="repealed",
        by=Instrument("loi", "77-01"),
        by_article="3",
        since="2022-01-01",
    )
    validity = Validity(frozenset({"77-01"}), {"77-01": (change,)})
    return replace(index, validity=validity, places=places_in(index.passages, index.sources, validity))


def ask(index: Index, question: Question) -> Answer:
    return build_chain(index, lambda: date(2026, 11, 22)).invoke(question)


def test_repealed_text_is_announced_and_what_ended_it_follows(index_of_repealed: Index) -> None:
    answer = ask(index_of_repealed, Question(ENDED))
    assert [(cited.article, cited.in_force) for cited in answer.citations[:2]] == [("2", False), ("3", None)]
    assert "n'est plus en vigueur" in answer.sentences[0].text


def test_on_a_day_before_its_end_it_stands_and_nothing_is_said_of_what_came_later(index_of_repealed: Index) -> None:
    answer = ask(index_of_repealed, Question(ENDED, as_of=date(2021, 6, 1)))
    assert answer.citations[0].in_force is True
    assert "n'est plus en vigueur" not in answer.answer
    (change,) = index_of_repealed.changes_to(["77-01"])
    assert index_of_repealed.ending(change, Query("loi", "fr", as_of=date(2021, 6, 1)), "fr") is None
    ending = index_of_repealed.ending(change, Query("loi", "fr", as_of=date(2022, 6, 1)), "fr")
    assert ending is not None
    assert (ending.passage.article, ending.passage.language) == ("3", "fr")


def test_what_ended_it_obeys_the_filters(index_of_repealed: Index) -> None:
    answer = ask(index_of_repealed, Question(ENDED, source_languages=("ar",)))
    assert {cited.language for cited in answer.citations} == {"ar"}


def test_every_citation_of_old_text_says_so(index_of_repealed: Index) -> None:
    answer = ask(index_of_repealed, Question("Quelle amende sans déclaration ?"))
    old = [cited for cited in answer.citations if cited.in_force is False]
    assert old
    assert all("n'est plus en vigueur" in (cited.note or "") for cited in old)
    assert all(f"[{cited.n}] (n'est plus en vigueur)" in answer.answer for cited in old if cited.n > 1)


def test_what_has_changed_is_told_when_asked(index_of_repealed: Index) -> None:
    asked = (Turn("Quelle amende sans déclaration ?"),)
    offered = ask(index_of_repealed, Question(asked[0].question)).suggestions
    assert "Qu'est-ce qui a changé dans ce texte ?" in offered
    answer = ask(index_of_repealed, Question("Qu'est-ce qui a changé dans ce texte ?", history=asked))
    expected = "Abrogation par l'article 3 de la loi n° 77-01 (1er janvier 2022) : la loi n° 77-01, article 2."
    assert answer.sentences[0].text == expected
    assert {cited.article for cited in answer.citations} == {"3"}
    before = Question("Qu'est-ce qui a changé ?", history=asked, as_of=date(2021, 6, 1))
    assert "Je ne connais pas de changement" in ask(index_of_repealed, before).answer
