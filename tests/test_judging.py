"""A reader's verdict on the answer before them."""

from langchain_core.runnables import Runnable

from rag.answer import Answer
from rag.feedback import LONGEST_COMMENT, Cited
from rag.question import Question
from tests.test_conversation import talk_of
from ui.judging import judgement

Chain = Runnable[Question, Answer]


def test_the_last_answer_is_judged_with_the_questions_before_it(chain: Chain) -> None:
    talk = talk_of(chain, "Quelle amende prévoit la loi 77-01 ?", "…", "Et le délai de déclaration ?")
    feedback = judgement(talk, useful=False)
    assert feedback is not None
    assert talk.last is not None
    assert (feedback.id, feedback.useful, feedback.reasons) == (talk.last.id, False, ())
    assert (feedback.question, feedback.language) == ("Et le délai de déclaration ?", "fr")
    assert feedback.history == ("Quelle amende prévoit la loi 77-01 ?",)
    assert Cited("loi-77-01-fr.txt", "2") in feedback.cited


def test_reasons_and_words_are_kept(chain: Chain) -> None:
    talk = talk_of(chain, "الغرامة دون تصريح")
    feedback = judgement(talk, useful=False, reasons=("too_long", "wrong"), comment=f" {'a' * 3000}")
    assert feedback is not None
    assert (feedback.reasons, feedback.language) == (("too_long", "wrong"), "ar")
    assert feedback.comment == "a" * LONGEST_COMMENT


def test_what_is_no_answer_cannot_be_judged(chain: Chain) -> None:
    assert judgement(talk_of(chain), useful=True) is None
    assert judgement(talk_of(chain, "…"), useful=True) is None
