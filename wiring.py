"""Settings to the parts that they choose; what a part needs is imported only when it is chosen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from fastapi import FastAPI
    from langchain_core.runnables import Runnable
    from mcp.server import MCPServer

    from api.backend import Backend
    from api.guards import Guarding
    from api.job_worker import JobWorker
    from index.build import BuildReport, Making
    from index.reranker import Reranker
    from index.search import Index
    from ingest.isolation import Isolation
    from rag.answer import Answer
    from rag.model_state import ModelState
    from rag.question import Question
    from settings import Settings
    from ui.maintenance_page import Workshop


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


Chained = Callable[["Index"], "Runnable[Question, Answer]"]
"""Builds the chain over an open index."""


def backend_over(
    index: Index, settings: Settings, chained: Chained | None = None, isolation: Isolation | None = None
) -> Backend:
    """What every door answers from."""
    from api.backend import Backend
    from rag.feedback import FeedbackLog

    chain, log = chained(index) if chained else chain_over(index, settings), FeedbackLog(settings.feedback_file)
    return Backend(index, chain, today, log, isolation, _model_state(settings), settings.commit or None)


def _model_state(settings: Settings) -> Callable[[], ModelState]:
    from rag.model_state import ModelProbe, no_model

    if settings.llm_base_url is None:
        return no_model
    return ModelProbe(settings.llm_base_url, settings.llm_api_key)


def _chains(settings: Settings) -> Chained:
    """Builds the chains of a server, with their answers counted where somebody is to read the counters."""
    if settings.metrics_port is None:
        return lambda index: chain_over(index, settings)
    from api.metrics import Metrics, serve_metrics

    metrics = Metrics()
    serve_metrics(metrics, settings.metrics_host, settings.metrics_port)

    def watched(index: Index) -> Runnable[Question, Answer]:
        metrics.watch(index)
        return metrics.watched(chain_over(index, settings))

    return watched


@contextmanager
def served_over(index: Index, settings: Settings, host: str, isolation: Isolation) -> Iterator[FastAPI]:
    """The whole application, to be served at `host`: a newer index is taken into service, and jobs are done."""
    from api.job_worker import working
    from api.renewal import Renewal, renewing
    from index.search import open_index

    chained = _chains(settings)
    backend = backend_over(index, settings, chained, isolation)

    def opened() -> tuple[Index, Runnable[Question, Answer]]:
        newest = open_index(index.folder, index.embedder, index.reranker)
        return newest, chained(newest)

    renewal = Renewal(backend, opened)
    worker = _worker_over(index, settings, renewal.renew) if settings.ingest else None
    with renewing(renewal, settings.renew_s), working(worker) if worker else nullcontext():
        yield _doors(backend, settings, host, worker)


def _worker_over(index: Index, settings: Settings, renew: Callable[[], None]) -> JobWorker:
    from api.job_worker import JobWorker, Means
    from api.jobs import JobFile
    from corpus.headnote import project_headnotes
    from corpus.uploads import UploadsFolder
    from ingest.isolation import Limits, processes

    uploads = UploadsFolder(settings.uploads_folder)
    means = Means(lambda: processes(Limits(), settings.threads), index.embedder, renew, project_headnotes())
    return JobWorker(JobFile(uploads.working / "jobs.sqlite"), uploads, index.folder, means)


def _doors(backend: Backend, settings: Settings, host: str, worker: JobWorker | None) -> FastAPI:
    """The API, the tools for assistants where they are set, the pages and the chat.

    Where a key is needed there are no pages and no chat, which know of none.
    """
    from api.app import create_app
    from api.backend import LiveChain
    from ui.chat import Desk, mount_chat
    from ui.pages import assets, mount_pages

    app = create_app(backend, guarding_of(settings), worker)
    if settings.otlp_endpoint is not None:
        from api.tracing import trace

        trace(app, settings.otlp_endpoint)
    if settings.mcp:
        from api.mcp_door import mcp_server, mount_mcp

        mount_mcp(app, mcp_server(backend), host)
    if settings.maintain:
        from ui.maintenance_page import maintenance_page

        app.include_router(maintenance_page(_workshop(backend, settings)))
    if not settings.anonymous:
        app.include_router(assets())
        return app
    chain = LiveChain(backend)
    desk = Desk(backend.index, chain, backend.feedback, settings.concurrent, settings.waiting)
    return mount_chat(mount_pages(app, lambda: backend.index, chain, today), desk)


def mcp_over(index: Index, settings: Settings) -> MCPServer:
    """The tools for assistants, for any transport."""
    from api.mcp_door import mcp_server

    return mcp_server(backend_over(index, settings))


def drawing() -> AbstractContextManager[Isolation]:
    """Two processes that draw the pages behind quotes; they start with the first page."""
    from ingest.isolation import Limits, processes

    return processes(Limits(), 2)


def ingested(
    paths: list[Path], folder: Path, settings: Settings, making: Making, **modes: bool
) -> tuple[BuildReport, float]:
    """What bringing `paths` into the index became, and the seconds that it took. Raises RuntimeError when stopped."""
    from index.build import Tools, build
    from ingest.isolation import Limits, processes

    start = time.perf_counter()
    try:
        with processes(Limits(), settings.threads) as isolation:
            report = build(paths, folder, Tools(isolation, making), **modes)
    except KeyboardInterrupt:
        raise RuntimeError(
            "stopped; the index in use is untouched, and the same command goes on from the files that were finished"
        ) from None
    return report, time.perf_counter() - start


def reranker_of(settings: Settings) -> Reranker | None:
    """The cross-encoder that is set, None where none is."""
    if settings.reranker is None:
        return None
    from index.cross_encoder import load_reranker

    return load_reranker(settings.reranker, settings.threads)


def _workshop(backend: Backend, settings: Settings) -> Workshop:
    from api.keys import KeyFile
    from ui.maintenance_page import Workshop

    keys = KeyFile(settings.keys_file)
    return Workshop(
        lambda: backend.index, backend.feedback, settings.data_dir / "evals", lambda given: keys.opens(given, "admin")
    )


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
        upload_bytes=settings.upload_mb << 20,
    )
