"""What the routes answer from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from langchain_core.runnables import Runnable

from index.search import Index
from ingest.isolation import Isolation
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.model_state import ModelState, no_model
from rag.question import Question


@dataclass(frozen=True, slots=True)
class Backend:
    """What the routes answer from, and where they keep what readers thought of it.

    Pages are drawn within `isolation`; without it they are not shown. `commit` is what the program was built from.
    """

    index: Index
    chain: Runnable[Question, Answer]
    today: Callable[[], date]
    feedback: FeedbackLog
    isolation: Isolation | None = None
    language_model: Callable[[], ModelState] = no_model
    commit: str | None = None
