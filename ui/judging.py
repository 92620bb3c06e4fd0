"""What a reader thinks of the answer before them: a verdict, then reasons and words for who wants to give them."""

from dataclasses import replace

from rag.feedback import LONGEST_COMMENT, Feedback, Reason, feedback_on
from ui.conversation import MOST_TURNS, Talk


def judgement(talk: Talk, *, useful: bool, reasons: tuple[Reason, ...] = (), comment: str = "") -> Feedback | None:
    """The feedback on the answer at the end of the talk; None where nothing is there to be judged."""
    answer = talk.last
    if answer is None:
        return None
    history = tuple(earlier.question for earlier in talk.answers[:-1])[-MOST_TURNS:]
    feedback = feedback_on(answer, history, useful=useful, reasons=reasons)
    return replace(feedback, comment=comment.strip()[:LONGEST_COMMENT])
