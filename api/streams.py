"""Answers as they grow, as server-sent events; a client that has left stops the work."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, closing
from dataclasses import dataclass
from typing import Any, Final

from anyio import to_thread
from fastapi import Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable
from starlette.types import Receive, Scope

from api.bodies import left
from api.problems import Problem, refusal
from rag.answer import Answer
from rag.manner import Manner
from rag.question import Question

PING_S: Final = 15.0
_STEPS: Final = ("retrieve", "decide", "compose")
"""Of the chain, those after the question has been read: before, it is refused with a status of its own."""
_HEADERS: Final = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
NOBODY: Final = Response(status_code=499)
"""For a client that has left: what proxies write into their logs."""
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done now."""

    step: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that may still grow."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Whole:
    """The answer, which ends the stream."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing has happened for a while."""


Told = Step | Draft | Whole
Event = Told | Silence
Tell = Callable[[Step | Draft], object]


async def answering(
    chain: Runnable[Question, Answer], question: Question, *, quotes_only: bool = False, ping_s: float = PING_S
) -> AsyncGenerator[Event]:
    """What happens while a question is answered in a thread of its own; closing this ends that work.

    Raises what the chain raises: ValueError, before any event, for a question that cannot be read.
    """
    loop, arrived, ended = asyncio.get_running_loop(), asyncio.Queue[Step | Draft | None](), threading.Event()

    def tell(event: Step | Draft | None) -> None:
        if not ended.is_set():
            loop.call_soon_threadsafe(arrived.put_nowait, event)

    def work() -> None:
        try:
            _answer(chain, question, Manner(quotes_only, lambda: not ended.is_set()), tell)
        finally:
            tell(None)

    working = asyncio.ensure_future(to_thread.run_sync(work, abandon_on_cancel=True))
    last: Step | Draft | None = None
    try:
        while event := await _next(arrived, ping_s):
            yield event
            last = last if isinstance(event, Silence) else event
        await working
        if isinstance(last, Draft):
            yield Whole(last.answer)
    finally:
        ended.set()
        working.cancel()


async def answered(events: AsyncGenerator[Event], receive: Receive) -> Answer | None:
    """The answer that ends the events; None when the client has left before, which ends the work on it."""
    working, leaving = asyncio.ensure_future(_whole(events)), asyncio.ensure_future(left(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def event_stream(
    events: AsyncGenerator[Event], encoded: Callable[[Told], bytes], failed: Callable[[], bytes]
) -> Response:
    """The events as a response, once the first has come: what fails before it is raised, for a status of its own.

    What fails later is told by the bytes of `failed`, and the stream ends.
    """
    first = await anext(events)

    async def sent() -> AsyncIterator[bytes]:
        async with aclosing(events):
            try:
                yield KEEPALIVE_COMMENT if isinstance(first, Silence) else encoded(first)
                async for event in events:
                    yield KEEPALIVE_COMMENT if isinstance(event, Silence) else encoded(event)
            except Exception:  # noqa: BLE001
                # The status has gone out: only an event can still say it.
                _LOG.exception("an answer failed while it was streamed")
                yield failed()

    return EventSourceResponse(sent(), headers=_HEADERS)


def event_content(*names: str) -> dict[str, Any]:
    """How OpenAPI describes a stream of events that have these names, or none: each is an object in JSON."""
    # `itemSchema` is of OpenAPI 3.2, and what FastAPI writes into 3.1: a plain `schema` would be of the whole stream.
    event = {"event": {"type": "string", "enum": list(names)}} if names else {}
    data = {"type": "string"}
    return {
        "text/event-stream": {
            "itemSchema": {"type": "object", "required": ["data"], "properties": event | {"data": data}}
        }
    }


def drafts(told: Told) -> bytes:
    """An event in the form of `POST /v1/ask`: `step`, `draft` or `answer`."""
    name = {Step: "step", Draft: "draft", Whole: "answer"}[type(told)]
    content = {"step": told.step} if isinstance(told, Step) else told.answer.as_json()
    return format_sse_event(event=name, data_str=json.dumps(content, ensure_ascii=False))


def failure(scope: Scope) -> bytes:
    """The event `error` of `POST /v1/ask`: a problem (RFC 9457)."""
    told = refusal(scope, Problem("internal-error"))
    return format_sse_event(event="error", data_str=bytes(told.body).decode())


def _answer(chain: Runnable[Question, Answer], question: Question, manner: Manner, tell: Tell) -> None:
    config = manner.config() | {"callbacks": [_Steps(tell)]}
    with closing(chain.stream(question, config)) as growing:  # type: ignore[type-var]  # a generator
        for draft in growing:
            if not manner.wanted():
                return
            tell(Draft(draft))


class _Steps(BaseCallbackHandler):
    """Tells the steps of the chain as they begin."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell

    def on_chain_start(self, *_: Any, name: str = "", **__: Any) -> None:  # noqa: ANN401  # as LangChain calls it
        if name in _STEPS:
            self.tell(Step(name))


async def _whole(events: AsyncGenerator[Event]) -> Answer | None:
    answer = None
    async with aclosing(events):
        async for event in events:
            answer = event.answer if isinstance(event, Whole) else answer
    return answer


async def _next(arrived: asyncio.Queue[Step | Draft | None], ping_s: float) -> Step | Draft | Silence | None:
    try:
        async with asyncio.timeout(ping_s):
            return await arrived.get()
    except TimeoutError:
        return Silence()
