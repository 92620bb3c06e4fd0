"""Routes that ask: answers, search, and what readers thought of answers."""

from fastapi import APIRouter

from api.backend import Backend
from api.schemas import FeedbackReceipt, FeedbackRequest, SearchRequest, SearchResponse, hit_view
from rag.answer import Answer
from rag.chain import query_of
from rag.question import understand
from rag.request import AskRequest


def questions(backend: Backend) -> APIRouter:
    """`/v1/ask`, `/v1/search` and `/v1/feedback`."""
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
