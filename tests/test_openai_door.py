"""The OpenAI-compatible door, through OpenAI's own client."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import openai
import pytest
from langchain_core.runnables import Runnable, RunnableLambda
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from api.app import create_app
from api.backend import Backend
from index.search import Index
from rag.answer import Answer
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from rag.question import Question, Turn
from tests.conftest import TODAY
from tests.loopback import on_loopback
from tests.test_prose import ASKED, TRUE, Scripted

ASK: Final[list[ChatCompletionMessageParam]] = [{"role": "user", "content": ASKED.text}]
OFF_TOPIC: Final[list[ChatCompletionMessageParam]] = [{"role": "user", "content": "Une recette de tajine ?"}]


@dataclass(frozen=True)
class Served:
    """A client of a server, and the chain that it asks."""

    client: openai.OpenAI
    chain: Runnable[Question, Answer]


@pytest.fixture
def serve(index: Index, tmp_path: Path) -> Iterator[Callable[[Runnable[Question, Answer]], Served]]:
    """Serves a chain to OpenAI's client until the test ends."""
    with ExitStack() as opened:

        def start(chain: Runnable[Question, Answer]) -> Served:
            backend = Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))
            address = opened.enter_context(on_loopback(create_app(backend)))
            client = openai.OpenAI(base_url=f"{address}/v1", api_key="anonymous", max_retries=0)
            return Served(opened.enter_context(client), chain)

        yield start


@pytest.fixture
def quoting(serve: Callable[[Runnable[Question, Answer]], Served], chain: Runnable[Question, Answer]) -> Served:
    """A server without a language model."""
    return serve(chain)


def streamed(served: Served, **asked: Any) -> list[ChatCompletionChunk]:  # noqa: ANN401  # as the client takes it
    return list(served.client.chat.completions.create(model="sanad", messages=ASK, stream=True, **asked))


def said(chunks: list[ChatCompletionChunk]) -> list[str]:
    return [choice.delta.content for chunk in chunks for choice in chunk.choices if choice.delta.content]


def test_the_content_is_the_answer_and_the_whole_answer_comes_with_it(quoting: Served) -> None:
    completion = quoting.client.chat.completions.create(model="sanad", messages=ASK)
    asked = httpx.post(f"{quoting.client.base_url}ask", json={"question": ASKED.text}).json()
    message = completion.choices[0].message
    assert message.content == asked["answer"]
    whole = (completion.model_extra or {})["x_sanad"]
    assert (whole["citations"], whole["status"]) == (asked["citations"], "answered")
    assert (completion.choices[0].finish_reason, message.refusal) == ("stop", None)


def test_annotations_point_at_the_markers_and_lead_to_the_sources(quoting: Served) -> None:
    asked: list[ChatCompletionMessageParam] = [{"role": "user", "content": "ما هي الغرامة دون تصريح؟"}]
    message = quoting.client.chat.completions.create(model="sanad", messages=asked).choices[0].message
    first = (message.annotations or [])[0].url_citation
    assert (message.content or "")[first.start_index : first.end_index] == "[1]"
    assert first.title == "القانون رقم 77.01 المتعلق بالتجارب"
    assert "المادة 3" in httpx.get(f"{quoting.client.base_url}{first.url.removeprefix('/v1/')}/text").text


def test_an_abstention_is_a_refusal(quoting: Served) -> None:
    message = quoting.client.chat.completions.create(model="sanad", messages=OFF_TOPIC).choices[0].message
    assert message.refusal
    assert (message.content or "").startswith(message.refusal)
    assert message.annotations == []


def test_a_stream_says_the_answer_as_it_grows_and_ends_with_its_citations(
    serve: Callable[[Runnable[Question, Answer]], Served], index: Index
) -> None:
    model = Scripted((f"{TRUE} [1]. ", f"{TRUE} [1]."))
    served = serve(build_chain(index, lambda: TODAY, model))
    chunks = streamed(served, stream_options={"include_usage": True})
    whole = served.chain.invoke(ASKED).answer
    assert len(said(chunks)) == 3
    assert "".join(said(chunks)) == whole
    *_, last, usage = chunks
    assert last.choices[0].finish_reason == "stop"
    assert (last.choices[0].delta.model_extra or {})["annotations"][0]["type"] == "url_citation"
    assert (last.model_extra or {})["x_sanad"]["answer"] == whole
    assert (usage.choices, usage.usage and usage.usage.total_tokens) == ([], 0)


def test_a_streamed_answer_of_quotes_comes_whole(quoting: Served) -> None:
    assert said(streamed(quoting)) == [quoting.chain.invoke(ASKED).answer]


def test_the_models_are_listed_and_one_only_quotes(
    serve: Callable[[Runnable[Question, Answer]], Served], index: Index
) -> None:
    served = serve(build_chain(index, lambda: TODAY, Scripted((f"{TRUE} [1].",))))
    assert [model.id for model in served.client.models.list()] == ["sanad", "sanad-quotes"]
    assert served.client.models.retrieve("sanad-quotes").owned_by == "sanad"
    made = [
        (served.client.chat.completions.create(model=name, messages=ASK).model_extra or {})["x_sanad"]["engine"]
        for name in ("sanad", "sanad-quotes")
    ]
    assert [engine["generator"] for engine in made] == ["scripted", "quotes"]


def test_earlier_messages_are_the_history_and_instructions_are_not_read(quoting: Served) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Answer in verse."},
        {"role": "user", "content": [{"type": "text", "text": "Quelle amende sans déclaration ?"}]},
        {"role": "assistant", "content": "De 1.000 à 5.000 dirhams."},
        {"role": "user", "content": "Et dans quel délai ?"},
    ]
    completion = quoting.client.chat.completions.create(model="sanad", messages=messages, temperature=1.5, max_tokens=5)
    earlier = (Turn("Quelle amende sans déclaration ?", "De 1.000 à 5.000 dirhams."),)
    assert (
        completion.choices[0].message.content
        == quoting.chain.invoke(Question("Et dans quel délai ?", history=earlier)).answer
    )


@pytest.mark.parametrize(
    ("asked", "param", "code"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools", "unsupported_parameter"),
        ({"response_format": {"type": "json_object"}}, "response_format", "unsupported_parameter"),
        ({"n": 2}, "n", "unsupported_parameter"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "missing_question"),
        ({"messages": [{"role": "user", "content": "…"}]}, None, "unreadable_question"),
        ({"messages": [{"role": "user", "content": "…"}], "stream": True}, None, "unreadable_question"),
        ({"messages": []}, "messages", "too_short"),
    ],
)
def test_what_is_refused_is_told_in_the_form_of_the_protocol(
    quoting: Served, asked: dict[str, Any], param: str | None, code: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        quoting.client.chat.completions.create(**{"model": "sanad", "messages": ASK, **asked})
    assert (refused.value.param, refused.value.code, refused.value.type) == (param, code, "invalid_request_error")


@pytest.mark.parametrize("asked", [{"n": 1}, {"tools": []}, {"response_format": {"type": "text"}}, {"seed": 7}])
def test_parameters_that_change_nothing_are_accepted(quoting: Served, asked: dict[str, Any]) -> None:
    assert quoting.client.chat.completions.create(model="sanad", messages=ASK, **asked).choices


def test_an_unknown_model_is_named(quoting: Served) -> None:
    with pytest.raises(openai.NotFoundError, match="got 'gpt-9': choose sanad, sanad-quotes") as refused:
        quoting.client.chat.completions.create(model="gpt-9", messages=ASK)
    assert refused.value.code == "model_not_found"


def test_a_fault_in_a_stream_is_an_error_and_not_an_end(
    serve: Callable[[Runnable[Question, Answer]], Served],
) -> None:
    def retrieve(question: Question) -> Question:
        return question

    def fail(question: Question) -> Answer:
        raise KeyError(f"lost {question.text}")

    with pytest.raises(openai.APIError, match="because of a fault of the service") as failed:
        streamed(serve(RunnableLambda(retrieve) | RunnableLambda(fail)))
    assert failed.value.code == "internal_error"
