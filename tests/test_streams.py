"""Answers as server-sent events: drafts as they grow, faults told in the form that still can be, no work for nobody."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from langchain_core.runnables import RunnableLambda

from api.app import create_app
from api.backend import Backend
from api.streams import Draft, Event, Silence, Step, Whole, answering
from index.search import Index
from rag.answer import Answer
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from rag.language_model import LanguageModel, Prompt
from rag.question import Question
from tests.conftest import TODAY
from tests.loopback import on_loopback
from tests.test_prose import ASKED, TRUE, Scripted

BODY = {"question": ASKED.text}


@dataclass
class Waiting:
    """Says a sentence and no more until it is released; knows whether it was left."""

    name: str = "waiting"
    released: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    def reply(self, prompt: Prompt) -> Iterator[str]:
        try:
            yield f"{TRUE} [1]. "
            while not self.released.wait(0.05):
                yield ""
        finally:
            self.left.set()


@pytest.fixture
def backend(index: Index, tmp_path: Path) -> Callable[[LanguageModel | None], Backend]:
    """What the routes answer from, with a language model or without."""

    def with_model(model: LanguageModel | None = None) -> Backend:
        chain = build_chain(index, lambda: TODAY, model)
        return Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))

    return with_model


def told(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Names and contents of the events on the lines."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def streamed(backend: Backend, **asked: object) -> list[tuple[str, dict[str, object]]]:
    with (
        on_loopback(create_app(backend)) as address,
        httpx.stream("POST", f"{address}/v1/ask", json={**BODY, "stream": True, **asked}) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        assert (response.headers["cache-control"], response.headers["x-accel-buffering"]) == ("no-cache", "no")
        return list(told(response.iter_lines()))


def test_drafts_grow_by_checked_sentences_and_the_answer_ends_the_stream(
    backend: Callable[[LanguageModel | None], Backend],
) -> None:
    events = streamed(backend(Scripted((f"{TRUE} [1]. ", f"{TRUE} [1]."))))
    assert [name for name, _ in events] == ["step"] * 3 + ["draft"] * 3 + ["answer"]
    assert [content["step"] for _, content in events[:3]] == ["retrieve", "decide", "compose"]
    grown = [str(content["answer"]).count(TRUE) for _, content in events[3:]]
    assert grown == [1, 2, 2, 2]


def test_without_a_model_the_streamed_answer_is_the_one_of_the_plain_route(
    backend: Callable[[LanguageModel | None], Backend],
) -> None:
    made = backend(None)
    name, content = streamed(made)[-1]
    assert name == "answer"
    assert content["answer"] == made.chain.invoke(ASKED).answer


def test_the_header_asks_for_the_stream_too(backend: Callable[[LanguageModel | None], Backend]) -> None:
    with on_loopback(create_app(backend(None))) as address:
        plain = httpx.post(f"{address}/v1/ask", json=BODY)
        events = httpx.post(f"{address}/v1/ask", json=BODY, headers={"Accept": "text/event-stream"})
    assert plain.json()["status"] == "answered"
    assert [name for name, _ in told(iter(events.text.splitlines()))][-1] == "answer"


def test_a_question_that_cannot_be_read_is_refused_with_a_status(
    backend: Callable[[LanguageModel | None], Backend],
) -> None:
    with on_loopback(create_app(backend(None))) as address:
        response = httpx.post(f"{address}/v1/ask", json={"question": "…", "stream": True})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "a question needs words" in response.json()["detail"]


def test_a_fault_after_the_first_byte_is_told_by_an_event(
    backend: Callable[[LanguageModel | None], Backend],
) -> None:
    def retrieve(question: Question) -> Question:
        return question

    def fail(question: Question) -> Answer:
        raise KeyError(f"lost {question.text}")

    broken = replace(backend(None), chain=RunnableLambda(retrieve) | RunnableLambda(fail))
    events = streamed(broken)
    assert [name for name, _ in events] == ["step", "error"]
    assert (events[-1][1]["status"], events[-1][1]["title"]) == (500, "Something broke on our side")
    assert "lost" not in str(events)


def test_a_client_that_leaves_ends_the_work(backend: Callable[[LanguageModel | None], Backend]) -> None:
    model = Waiting()
    with on_loopback(create_app(backend(model))) as address:
        with httpx.stream("POST", f"{address}/v1/ask", json={**BODY, "stream": True}) as response:
            assert next(event for event in told(response.iter_lines()) if event[0] == "draft")
            assert not model.left.is_set()
        assert model.left.wait(1.0)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", BODY),
        ("/v1/chat/completions", {"model": "sanad", "messages": [{"role": "user", "content": ASKED.text}]}),
    ],
)
def test_a_client_that_leaves_before_the_whole_answer_ends_the_work(
    backend: Callable[[LanguageModel | None], Backend], path: str, body: dict[str, object]
) -> None:
    model = Waiting()
    with on_loopback(create_app(backend(model))) as address, httpx.Client() as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post(f"{address}{path}", json=body, timeout=httpx.Timeout(10, read=0.5))
        assert model.left.wait(1.0)


def test_while_nothing_happens_the_connection_is_kept(backend: Callable[[LanguageModel | None], Backend]) -> None:
    model = Waiting()

    async def first_silence() -> list[Event]:
        seen: list[Event] = []
        async with aclosing(answering(backend(model).chain, ASKED, ping_s=0.3)) as events:
            async for event in events:
                seen.append(event)
                if isinstance(event, Silence) and any(isinstance(one, Draft) for one in seen):
                    model.released.set()
        return seen

    seen = asyncio.run(first_silence())
    kinds = [type(event) for event in seen if not isinstance(event, Silence)]
    assert kinds == [Step, Step, Step, Draft, Draft, Whole]


def test_the_model_can_be_left_out(backend: Callable[[LanguageModel | None], Backend]) -> None:
    model = Scripted((f"{TRUE} [1].",))

    async def answered() -> list[Event]:
        return [event async for event in answering(backend(model).chain, Question(ASKED.text), quotes_only=True)]

    whole = asyncio.run(answered())[-1]
    assert isinstance(whole, Whole)
    assert (whole.answer.engine.generator, model.asked) == ("quotes", [])
