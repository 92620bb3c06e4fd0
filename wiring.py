"""Settings to the parts that they choose; what a part needs is imported only when it is chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from langchain_core.runnables import Runnable

    from index.reranker import Reranker
    from index.search import Index
    from rag.answer import Answer
    from rag.question import Question
    from settings import Settings


def today() -> date:
    """The day by Coordinated Universal Time."""
    return datetime.now(UTC).date()


def chain_over(index: Index, settings: Settings) -> Runnable[Question, Answer]:
    """The chain over an open index, with the language model where one is set."""
    from rag.chain import build_chain

    if settings.llm_base_url is None:
        return build_chain(index, today, kept=settings.models_folder)
    from rag.served_model import served_model

    patience = settings.llm_timeout_s
    model = served_model(settings.llm_base_url, settings.llm_model, settings.llm_api_key, patience)
    return build_chain(index, today, model, patience, settings.models_folder)


def reranker_of(settings: Settings) -> Reranker | None:
    """The cross-encoder that is set, None where none is."""
    if settings.reranker is None:
        return None
    from index.cross_encoder import load_reranker

    return load_reranker(settings.reranker, settings.threads)
