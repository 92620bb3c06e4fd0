"""Settings to the parts that they choose; what a part needs is imported only when it is chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fastapi import FastAPI
    from langchain_core.runnables import Runnable

    from api.guards import Guarding
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


def served_over(index: Index, settings: Settings) -> FastAPI:
    """The API, the chat and the pages over an open index; without the last two where a key is needed."""
    from api.app import create_app
    from api.backend import Backend
    from rag.feedback import FeedbackLog
    from ui.chat import mount_chat
    from ui.pages import mount_pages

    chain, log = chain_over(index, settings), FeedbackLog(settings.feedback_file)
    app = create_app(Backend(index, chain, today, log), guarding_of(settings))
    return mount_chat(mount_pages(app, index, chain, today), chain, log) if settings.anonymous else app


def guarding_of(settings: Settings) -> Guarding:
    """Keys, quotas and limits as they are set."""
    from api.access import AccessRules
    from api.guards import Guarding
    from api.keys import KeyFile
    from api.limits import Quota

    quotas = Quota(settings.anonymous_per_minute), Quota(settings.key_per_minute)
    return Guarding(
        access=AccessRules(KeyFile(settings.keys_file), settings.anonymous, *quotas),
        proxies=tuple(map(str, settings.trusted_proxies)),
        concurrent=settings.concurrent,
        waiting=settings.waiting,
        body_bytes=settings.body_bytes,
        body_timeout_s=settings.body_timeout_s,
    )
