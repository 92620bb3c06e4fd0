"""The HTTP API: questions to answers, search, and the documents behind both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, FastAPI, HTTPException, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from langchain_core.runnables import Runnable

from api.problems import invalid_request, unreadable_question
from api.schemas import (
    DocumentDetail,
    DocumentList,
    FeedbackReceipt,
    FeedbackRequest,
    Readiness,
    SearchRequest,
    SearchResponse,
    document_view,
    hit_view,
    passage_view,
)
from api.security import SecurityHeaders
from corpus.source import Kind
from index.search import Index
from rag.answer import Answer
from rag.chain import query_of
from rag.feedback import FeedbackLog
from rag.question import Question, understand
from rag.request import AskRequest

_DESCRIPTION: Final = """Answers on Morocco's digital policy, each sentence with a citation that anyone can check:
`GET /v1/documents/{id}/text` returns the stored text, and every quote is `text[start:end]` of it, counted in
Unicode code points."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What the routes answer from, and where they keep what readers thought of it."""

    index: Index
    chain: Runnable[Question, Answer]
    today: Callable[[], date]
    feedback: FeedbackLog


def create_app(backend: Backend) -> FastAPI:
    """The API over an open index. Requests run in worker threads; the index is read-only and shared."""
    app = FastAPI(title="Sanad", description=_DESCRIPTION, version="1", docs_url="/docs", redoc_url=None)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(RequestValidationError, invalid_request)
    app.add_exception_handler(ValueError, unreadable_question)
    app.include_router(_questions(backend))
    app.include_router(_documents(backend))
    app.include_router(_health(backend))
    return app


def _questions(backend: Backend) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post("/ask")
    def ask(request: AskRequest) -> Answer:
        """Answer a question with quotes, or say that the answer is not known."""
        return backend.chain.invoke(request.as_question())

    @router.post("/search")
    def search(request: SearchRequest) -> SearchResponse:
        """The best passages for a question, without an answer."""
        hits = backend.index.search(query_of(understand(request.as_question())), request.top_k)
        return SearchResponse(tuple(map(hit_view, hits)), backend.index.generation)

    @router.post("/feedback", status_code=201)
    def feedback(request: FeedbackRequest) -> FeedbackReceipt:
        """Keep what a reader thought of an answer. Nothing about the reader is kept."""
        backend.feedback.add(request.as_feedback())
        return FeedbackReceipt(request.id)

    return router


def _documents(backend: Backend) -> APIRouter:
    router = APIRouter(prefix="/v1/documents", tags=["documents"])

    @router.get("")
    def documents(
        kind: Annotated[Kind | None, Query()] = None, language: Annotated[str | None, Query()] = None
    ) -> DocumentList:
        """What the index holds, filtered by kind and language where they are given."""
        chosen = [
            source
            for source in backend.index.sources.values()
            if (kind is None or source.kind == kind) and (language is None or source.language == language)
        ]
        return DocumentList(tuple(map(document_view, chosen)), backend.index.generation)

    @router.get("/{source_id}")
    def document(source_id: str) -> DocumentDetail:
        """One document with its passages."""
        stored = backend.index.store.document(source_id)
        if stored is None:
            raise _unknown(source_id)
        passages = tuple(map(passage_view, stored.document.passages))
        return DocumentDetail(document_view(stored.document.source), passages, len(stored.document.text))

    @router.get("/{source_id}/text", response_class=PlainTextResponse)
    def text(source_id: str) -> str:
        """The stored text, exactly as citations index it."""
        found = backend.index.store.text(source_id)
        if found is None:
            raise _unknown(source_id)
        return found

    return router


def _unknown(source_id: str) -> HTTPException:
    return HTTPException(404, f"a document id of the index is needed, got {source_id!r}: see GET /v1/documents")


def _health(backend: Backend) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "alive"}

    @router.get("/readyz")
    def readyz() -> Readiness:
        """A verified index is loaded and questions are answered from it."""
        manifest = backend.index.manifest
        return Readiness(
            ready=True,
            index=backend.index.generation,
            created=manifest.created,
            documents=manifest.documents,
            passages=sum(manifest.passages.values()),
            embedder=manifest.embedder,
            today=backend.today(),
        )

    return router
