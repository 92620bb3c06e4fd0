"""What the routes answer from: the index in use and its chain, which change together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from index.search import Index
from ingest.isolation import Isolation
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.model_state import ModelState, no_model
from rag.question import Question


@dataclass(slots=True)
class Backend:
    """What the routes answer from, and where they keep what readers thought of it.

    `index` and `chain` may be others at the next look: a route that needs one twice takes it once. Pages are drawn
    within `isolation`; without it they are not shown. `commit` is what the program was built from.
    """

    index: Index
    chain: Runnable[Question, Answer]
    today: Callable[[], date]
    feedback: FeedbackLog
    isolation: Isolation | None = None
    language_model: Callable[[], ModelState] = no_model
    commit: str | None = None

    def serve(self, index: Index, chain: Runnable[Question, Answer]) -> None:
        """Answer from another generation from now on; requests in the making keep the one that they took."""
        # No route reads both, so that two assignments leave none with a mixture.
        self.index, self.chain = index, chain


class LiveChain(Runnable[Question, Answer]):
    """The chain of a backend as it is when a question comes, for those who keep a chain."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: ANN401
        return self._backend.chain.invoke(input, config, **kwargs)

    def stream(
        self,
        input: Question,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401  # as the interface has it
    ) -> Iterator[Answer]:
        return self._backend.chain.stream(input, config, **kwargs)
