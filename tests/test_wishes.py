"""What readers ask of the answer before, and what they get."""

from datetime import date

import pytest
from langchain_core.runnables import Runnable

from rag.answer import Answer
from rag.question import Question, Turn, understand
from rag.wishes import wish_of
from rag.wording import wording

ASKED = (Turn("Quelle amende sans déclaration ?"),)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Montrer le texte arabe", "ar"),
        ("en arabe svp", "ar"),
        ("أريد النص العربي", "ar"),
        ("بالفرنسية من فضلك", "fr"),
        ("Show the French text", "fr"),
        ("Explique davantage", "more"),
        ("زيد شرح ليا", "more"),
        ("What has changed?", "changes"),
        ("ما الذي تغير؟", "changes"),
        ("Quelle amende sans déclaration ?", None),
        ("Le texte arabe de la loi prévaut-il toujours sur sa traduction française au Maroc ?", None),
    ],
)
def test_short_wishes_are_told_from_questions(text: str, wish: str | None) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_what_is_offered_is_understood(language: str) -> None:
    offered = wording(language).wishes
    assert {wish: wish_of(offered[wish]) for wish in ("more", "ar", "fr", "changes")} == {
        wish: wish for wish in ("more", "ar", "fr", "changes")
    }


def test_without_an_earlier_question_it_is_a_question() -> None:
    assert understand(Question("Montrer le texte arabe")).wish is None
    assert understand(Question("Montrer le texte arabe", history=ASKED)).wish == "ar"


def test_the_twin_of_the_answer_is_shown(chain: Runnable[Question, Answer]) -> None:
    first = chain.invoke(Question(ASKED[0].question))
    assert "Montrer le texte arabe" in first.suggestions
    twin = chain.invoke(Question("Montrer le texte arabe", history=ASKED))
    assert (twin.status, twin.direction) == ("answered", "ltr")
    assert {(cited.language, cited.article) for cited in twin.citations} == {("ar", first.citations[0].article)}
    missing = chain.invoke(Question("Montrer le texte français", history=(Turn("الغرامة دون تصريح"), *ASKED)))
    assert missing.citations[0].language == "fr"


def test_the_whole_article_is_read(chain: Runnable[Question, Answer]) -> None:
    whole = chain.invoke(Question("Lire tout l'article", history=ASKED))
    assert len({cited.article for cited in whole.citations}) == 1
    assert all(sentence.kind in {"quote", "frame"} for sentence in whole.sentences)


def test_no_change_is_said_to_be_known(chain: Runnable[Question, Answer]) -> None:
    answer = chain.invoke(Question("Qu'est-ce qui a changé ?", history=ASKED, as_of=date(2024, 1, 1)))
    assert "Je ne connais pas de changement de la loi n° 77-01, article 3." in answer.answer
