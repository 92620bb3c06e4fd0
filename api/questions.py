"""Routes that ask: answers, search, and what readers thought of answers."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request, Response

from api.backend import Backend
from api.schemas import AnswerRequest, FeedbackReceipt, FeedbackRequest, SearchRequest, SearchResponse, hit_view
from api.streams import NOBODY, answered, answering, drafts, event_content, event_stream, failure
from rag.answer import Answer
from rag.chain import query_of
from rag.question import understand

_EVENTS: Final = "text/event-stream"
_EITHER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": event_content("step", "draft", "answer", "error"),
        "description": "The Answer; as server-sent events where they are asked for: `step`, `draft` each time that the "
        "answer has grown, then `answer`, or `error` with a problem.",
    }
}


def questions(backend: Backend) -> APIRouter:
    """`/v1/ask`, `/v1/search` and `/v1/feedback`."""
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post("/ask", response_model=Answer, responses=_EITHER)
    async def ask(
        request: AnswerRequest, sent: Request, accept: Annotated[str, Header(include_in_schema=False)] = ""
    ) -> Answer | Response:
        """Answer a question with quotes, or say that the answer is not known."""
        question = request.as_question()
        if request.stream or _EVENTS in accept:
            return await event_stream(answering(backend.chain, question), drafts, partial(failure, sent.scope))
        return await answered(answering(backend.chain, question), sent.receive) or NOBODY

    @router.post("/search")
    def search(request: SearchRequest) -> SearchResponse:
        """The best passages for a question, without an answer."""
        index = backend.index
        hits = index.search(query_of(understand(request.as_question())), request.top_k)
        return SearchResponse(tuple(map(hit_view, hits)), index.generation)

    @router.post("/feedback", status_code=201)
    def feedback(request: FeedbackRequest) -> FeedbackReceipt:
        """Keep what a reader thought of an answer. Nothing about the reader is kept."""
        backend.feedback.add(request.as_feedback())
        return FeedbackReceipt(request.id)

    return router
