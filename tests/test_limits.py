"""How much one caller may ask, and how many questions are worked on at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import anyio
import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.guards import Guarding
from api.limits import Addresses, Admission, Quota, Quotas
from tests.guarded import Held, guarded_app, listening


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_quota_counts_down_and_opens_anew() -> None:
    clock = Clock()
    quotas = Quotas(Quota(2, 60), clock)
    first, second, third = (quotas.take("a") for _ in range(3))
    assert (first.allowed, first.remaining, first.reset_s) == (True, 1, 60)
    assert (second.allowed, second.remaining) == (True, 0)
    assert (third.allowed, third.remaining) == (False, 0)
    clock.now += 59.5
    assert (quotas.take("a").allowed, quotas.take("a").reset_s) == (False, 1)
    clock.now += 0.5
    assert quotas.take("a") == first


def test_callers_are_counted_apart() -> None:
    quotas = Quotas(Quota(1), Clock())
    assert [quotas.take(caller).allowed for caller in "aba"] == [True, True, False]


def test_so_many_callers_are_kept_and_no_more() -> None:
    quotas = Quotas(Quota(1), Clock(), most=2)
    assert [quotas.take(caller).allowed for caller in "abcb"] == [True, True, True, False]
    assert quotas.take("a").allowed  # the oldest was forgotten


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("testclient", "testclient", True),
    ],
)
def test_an_address_has_one_name_that_tells_nothing(one: str, other: str, same: bool) -> None:
    addresses = Addresses()
    names = [addresses.name({"client": (address, 1)}) for address in (one, other)]
    assert (names[0] == names[1]) is same
    assert one not in names[0]
    assert Addresses().name({"client": (one, 1)}) != names[0]


@dataclass
class Line:
    """Questions at the door of `Admission`, each with a client that may leave; `answered` holds a status for each."""

    admission: Admission
    answered: dict[str, int] = field(default_factory=dict)

    async def ask(self, name: str, leaves: anyio.Event) -> None:
        body = [{"type": "http.request", "body": name.encode(), "more_body": False}]

        async def receive() -> Message:
            if body:
                return body.pop()
            await leaves.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.answered[name] = message["status"]

        path = {"type": "http", "method": "POST", "path": "/v1/ask", "headers": [], "query_string": b""}
        await self.admission(path, receive, send)


@dataclass
class Work:
    """An application that works on a question until it is told to end."""

    end: anyio.Event = field(default_factory=anyio.Event)
    begun: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = (await receive())["body"].decode()
        self.begun.append(name)
        await self.end.wait()
        if name == "fails":
            raise RuntimeError(name)
        await send({"type": "http.response.start", "status": 200, "headers": []})


def test_one_question_runs_one_waits_and_the_next_is_refused_at_once() -> None:
    async def scene() -> None:
        work, stays = Work(), anyio.Event()
        line = Line(Admission(work, concurrent=1, waiting=1))
        async with anyio.create_task_group() as clients:
            for name in ("first", "second", "third"):
                clients.start_soon(line.ask, name, stays)
                await anyio.wait_all_tasks_blocked()
            assert (work.begun, line.answered) == (["first"], {"third": 503})
            work.end.set()
        assert line.answered == {"third": 503, "first": 200, "second": 200}

    anyio.run(scene)


def test_who_leaves_the_queue_makes_room_in_it_and_is_not_worked_on() -> None:
    async def scene() -> None:
        work, stays, leaves = Work(), anyio.Event(), anyio.Event()
        line = Line(Admission(work, concurrent=1, waiting=1))
        async with anyio.create_task_group() as clients:
            for name, client in (("first", stays), ("left", leaves)):
                clients.start_soon(line.ask, name, client)
                await anyio.wait_all_tasks_blocked()
            leaves.set()
            await anyio.wait_all_tasks_blocked()
            clients.start_soon(line.ask, "next", stays)
            await anyio.wait_all_tasks_blocked()
            assert line.answered == {}
            work.end.set()
        assert (work.begun, line.answered) == (["first", "next"], {"first": 200, "next": 200})

    anyio.run(scene)


def test_a_question_that_fails_gives_its_place_back() -> None:
    async def scene() -> None:
        work, stays = Work(), anyio.Event()
        work.end.set()
        line = Line(Admission(work, concurrent=1, waiting=0))
        for name in ("fails", "fails"):
            with pytest.raises(RuntimeError, match=name):
                await line.ask(name, stays)
        await line.ask("last", stays)
        assert line.answered == {"last": 200}

    anyio.run(scene)


def test_what_is_no_question_needs_no_place() -> None:
    held = Held()
    with (
        listening(guarded_app(Guarding(concurrent=1, waiting=0), held)) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
        ThreadPoolExecutor() as pool,
    ):
        first = pool.submit(client.post, "/v1/ask", json={"question": "first"})
        assert held.begun.acquire(timeout=20)
        try:
            refused = client.post("/v1/ask", json={"question": "second"})
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert refused.json()["type"] == "/problems/temporary-reduced-capacity"
            assert client.get("/v1/documents/1").status_code == 200
        finally:
            held.go.set()
        assert first.result().status_code == 200


def test_a_client_that_hangs_up_while_it_waits_is_not_worked_on() -> None:
    held = Held()
    with (
        listening(guarded_app(Guarding(concurrent=1, waiting=1), held)) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
        ThreadPoolExecutor() as pool,
    ):
        first = pool.submit(client.post, "/v1/ask", json={"question": "first"})
        assert held.begun.acquire(timeout=20)
        try:
            with pytest.raises(httpx.ReadTimeout):
                client.post("/v1/ask", json={"question": "left"}, timeout=0.5)
        finally:
            held.go.set()
        assert first.result().status_code == 200
        assert client.post("/v1/ask", json={"question": "last"}).status_code == 200
    assert held.asked == ["first", "last"]
