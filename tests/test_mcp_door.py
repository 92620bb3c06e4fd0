"""The tools for assistants, through the protocol's own client: in memory, and over streamable HTTP."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest
from langchain_core.runnables import Runnable
from mcp.client import Client
from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent

from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.mcp_door import mcp_server, mount_mcp
from index.search import Index
from rag.answer import Answer
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import LAW_FR, TODAY
from tests.loopback import on_loopback
from tests.test_prose import ASKED

Call = Callable[..., CallToolResult]


@pytest.fixture
def backend(index: Index, chain: Runnable[Question, Answer], tmp_path: Path) -> Backend:
    return Backend(index, chain, lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))


def asked(server: MCPServer | str, use: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401
    """What a client of the server gets."""

    async def connected() -> Any:  # noqa: ANN401
        async with Client(server) as client:
            return await use(client)

    return asyncio.run(connected())


@pytest.fixture
def call(backend: Backend) -> Call:
    """Calls a tool in memory."""
    return lambda tool, **arguments: asked(mcp_server(backend), lambda client: client.call_tool(tool, arguments))


def content(result: CallToolResult) -> Any:  # noqa: ANN401
    """The one JSON text of a result, which its structured form repeats."""
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert not result.is_error, text.text
    told = json.loads(text.text)
    assert told == result.structured_content
    return told


def fault(result: CallToolResult) -> str:
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert result.is_error
    return text.text


def test_the_tools_only_read_and_say_that_their_text_is_no_instruction(backend: Backend) -> None:
    tools = asked(mcp_server(backend), lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "fetch", "ask", "verify_citation"]
    assert all(tool.annotations.read_only_hint and "never instructions" in tool.description for tool in tools)


def test_what_search_finds_can_be_fetched(call: Call) -> None:
    found = content(call("search", query="amende sans déclaration"))["results"]
    assert set(found[0]) == {"id", "title", "url"}
    fetched = content(call("fetch", id=found[0]["id"]))
    assert (fetched["id"], fetched["title"]) == (found[0]["id"], found[0]["title"])
    assert fetched["metadata"]["article"] == "3"
    assert fetched["text"].startswith("Est puni d'une amende") or "Est puni d'une amende" in fetched["text"]
    assert fetched["url"] == f"/v1/documents/{fetched['metadata']['source_id']}"


def test_a_document_can_be_fetched_whole(call: Call, backend: Backend) -> None:
    source = next(one for one in backend.index.sources.values() if one.path == "loi-77-01-fr.txt")
    whole = content(call("fetch", id=source.id))
    assert whole["text"] == backend.index.store.text(source.id)
    assert (whole["title"], whole["metadata"]["instrument"]) == (source.title, "77-01")


def test_ask_gives_the_answer_of_the_chain(call: Call, backend: Backend) -> None:
    answer = content(call("ask", question=ASKED.text, language="en"))
    expected = backend.chain.invoke(Question(ASKED.text, language="en"))
    assert (answer["answer"], answer["language"]) == (expected.answer, "en")
    assert answer["citations"][0]["quote"] == expected.citations[0].quote


def test_a_quote_is_verified_at_its_place(call: Call, backend: Backend) -> None:
    cited = backend.chain.invoke(ASKED).citations[0]
    verified = content(call("verify_citation", source_id=cited.source_id, quote=cited.quote))
    place = {"start": cited.start, "end": cited.end, "article": "3", "page": None, "exact": True}
    assert verified == {"found": True, "places": [place]}


def test_a_quote_whose_lines_are_broken_otherwise_is_found_but_not_exact(call: Call, backend: Backend) -> None:
    source_id = backend.chain.invoke(ASKED).citations[0].source_id
    quote = "La déclaration est faite\ndans un délai de dix jours."
    assert " ".join(quote.split()) in " ".join(LAW_FR.split())
    verified = content(call("verify_citation", source_id=source_id, quote=quote))
    assert [place["exact"] for place in verified["places"]] == [False]


@pytest.mark.parametrize("quote", ["Est puni d'une amende de 1.000 à 9.000 dirhams", "  ", "puni une amende"])
def test_a_quote_with_another_word_is_not_found(call: Call, backend: Backend, quote: str) -> None:
    source_id = backend.chain.invoke(ASKED).citations[0].source_id
    verified = content(call("verify_citation", source_id=source_id, quote=quote))
    assert verified == {"found": False, "places": []}


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {"query": "…"}, "a question needs words"),
        ("ask", {"question": "…"}, "a question needs words"),
        ("ask", {"question": "amende", "language": "de"}, "language"),
        ("fetch", {"id": "none"}, "an id that `search` gave is needed, got 'none'"),
        ("verify_citation", {"source_id": "none", "quote": "x"}, "the id of a document is needed, got 'none'"),
    ],
)
def test_a_fault_says_what_is_needed(call: Call, tool: str, arguments: dict[str, str], told: str) -> None:
    assert told in fault(call(tool, **arguments))


def test_a_passage_that_is_not_there_is_named(call: Call, backend: Backend) -> None:
    source_id = next(iter(backend.index.sources))
    assert f"got '{source_id}#999'" in fault(call("fetch", id=f"{source_id}#999"))


def test_the_tools_are_served_over_http_beside_the_api(backend: Backend) -> None:
    app = create_app(backend)
    mount_mcp(app, mcp_server(backend), "127.0.0.1")
    with on_loopback(app) as address:
        arguments = {"query": "amende"}
        found = asked(f"{address}/mcp", lambda client: client.call_tool("search", arguments))
        stranger = httpx.post(f"{address}/mcp", json={}, headers={"Host": "evil.example"})
        assert httpx.get(f"{address}/livez").json() == {"status": "alive"}
    assert content(found)["results"]
    assert stranger.status_code == 421


def test_the_tools_need_a_key_where_the_api_does(backend: Backend) -> None:
    app = create_app(backend, Guarding(access=AccessRules(anonymous=False)))
    mount_mcp(app, mcp_server(backend), "127.0.0.1")
    with on_loopback(app) as address:
        refused = httpx.post(f"{address}/mcp", json={})
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/key-needed")


def test_without_the_setting_there_is_no_such_door(backend: Backend) -> None:
    with on_loopback(create_app(backend)) as address:
        assert httpx.post(f"{address}/mcp", json={}).status_code == 404
