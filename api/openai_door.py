"""A door for clients of the OpenAI protocol: `/v1/models` and `/v1/chat/completions`, over the same chain."""

import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Scope

from api.backend import Backend
from api.faults import quoted
from api.openai_schemas import (
    MODELS,
    QUOTES,
    SANAD,
    Annotation,
    ChatCompletion,
    ChatMessage,
    ChatRequest,
    Choice,
    ModelList,
    ModelView,
    UrlCitation,
    Usage,
)
from api.problems import Problem, ProblemError, refusal
from api.schemas import source_url
from api.streams import NOBODY, Draft, Step, Told, answered, answering, event_content, event_stream
from rag.answer import Answer, Status
from rag.markers import markers, settled

_ABSTAINS: Final[tuple[Status, ...]] = ("not_found", "out_of_scope", "refused")
ModelName = Annotated[str, Path(min_length=1, max_length=200, examples=[SANAD])]
_STREAMED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": event_content(),
        "description": "The answer; with `stream` in chunks as server-sent events, the last of which is `[DONE]`.",
    },
    404: {"description": "There is no such model."},
}
_DONE: Final = format_sse_event(data_str="[DONE]")


def openai_door(backend: Backend) -> APIRouter:
    """`/v1/models` and `/v1/chat/completions`."""
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

    def view(name: str) -> ModelView:
        return ModelView(name, int(datetime.fromisoformat(backend.index.manifest.created).timestamp()))

    @router.get("/models")
    def models() -> ModelList:
        """The models that `model` may name."""
        return ModelList(tuple(map(view, MODELS)))

    @router.get("/models/{name}")
    def model(name: ModelName) -> ModelView:
        """One of them."""
        return view(_known(name))

    @router.post("/chat/completions", response_model=ChatCompletion, responses=_STREAMED)
    async def chat(request: ChatRequest, sent: Request) -> ChatCompletion | Response:
        """Answer the last message of the user. Messages of the system or the developer are not read."""
        question, quotes_only = request.as_question(), _known(request.model) == QUOTES
        if request.stream:
            usage = bool(request.stream_options and request.stream_options.include_usage)
            chunks = _Chunks(request.model, int(time.time()), usage)
            events = answering(backend.chain, question, quotes_only=quotes_only)
            return await event_stream(events, chunks.of, partial(_failure, sent.scope))
        answer = await answered(answering(backend.chain, question, quotes_only=quotes_only), sent.receive)
        if answer is None:
            return NOBODY
        message = ChatMessage(answer.answer, _abstention(answer), annotations(answer))
        return ChatCompletion(_id(answer), int(time.time()), request.model, (Choice(message),), answer)

    return router


def _known(name: str) -> str:
    if name not in MODELS:
        raise ProblemError(Problem("model-not-found", {"received": quoted(name), "allowed": ", ".join(MODELS)}))
    return name


def annotations(answer: Answer) -> tuple[Annotation, ...]:
    """The markers of an answer with the sources that they stand for."""
    sources = {cited.n: (cited.title, source_url(cited.url, cited.source_id)) for cited in answer.citations}
    return tuple(Annotation(UrlCitation(marker.start, marker.end, *sources[marker.n])) for marker in markers(answer))


def _abstention(answer: Answer) -> str | None:
    return answer.sentences[0].text if answer.status in _ABSTAINS else None


def _id(answer: Answer) -> str:
    return f"chatcmpl-{answer.id}"


@dataclass(slots=True)
class _Chunks:
    """The events of one answer as chunks of a completion; what has been said is never taken back."""

    model: str
    created: int
    usage: bool
    said: str = ""

    def of(self, told: Told) -> bytes:
        if isinstance(told, Step):
            return format_sse_event(comment=told.step)
        if isinstance(told, Draft):
            return self._grown(told.answer, settled(told.answer)) or KEEPALIVE_COMMENT
        return self._grown(told.answer, told.answer.answer) + self._end(told.answer)

    def _grown(self, answer: Answer, text: str) -> bytes:
        added = text.removeprefix(self.said)
        if not added:
            return b""
        role = {} if self.said else {"role": "assistant"}
        self.said = text
        return self._chunk(answer, role | {"content": added})

    def _end(self, answer: Answer) -> bytes:
        # The type of a delta has no annotations; clients keep fields that they do not know.
        last: dict[str, object] = {"annotations": [asdict(one) for one in annotations(answer)]}
        refusal = _abstention(answer)
        end = self._chunk(answer, last | ({"refusal": refusal} if refusal else {}), "stop", x_sanad=answer.as_json())
        counted = self._line(answer, choices=[], usage=asdict(Usage())) if self.usage else b""
        return end + counted + _DONE

    def _chunk(self, answer: Answer, delta: dict[str, object] | dict[str, str], end: str = "", **more: object) -> bytes:
        return self._line(answer, choices=[{"index": 0, "delta": delta, "finish_reason": end or None}], **more)

    def _line(self, answer: Answer, **content: object) -> bytes:
        head = {"id": _id(answer), "object": "chat.completion.chunk", "created": self.created, "model": self.model}
        return format_sse_event(data_str=json.dumps(head | content, ensure_ascii=False))


def _failure(scope: Scope) -> bytes:
    return format_sse_event(data_str=bytes(refusal(scope, Problem("internal-error")).body).decode())
