"""What the routes answer from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from langchain_core.runnables import Runnable

from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question


@dataclass(frozen=True, slots=True)
class Backend:
    """What the routes answer from, and where they keep what readers thought of it."""

    index: Index
    chain: Runnable[Question, Answer]
    today: Callable[[], date]
    feedback: FeedbackLog
