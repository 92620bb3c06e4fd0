"""How much one caller may ask, and how many questions are worked on at the same time."""

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access_table import is_question
from api.bodies import left, replayed
from api.problems import Problem, refusal

_MOST_CALLERS: Final = 100_000
# One household or office is given a network of this size, and could use every address of it.
_IPV6_PREFIX: Final = 64
_BUSY_RETRY_S: Final = 5


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in a window of so many seconds, which opens with the first request."""

    requests: int
    seconds: int = 60

    @property
    def policy(self) -> str:
        """As the header `RateLimit-Policy` states it."""
        return f'"default";q={self.requests};w={self.seconds}'


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left to a caller after a request, and the seconds until the window opens anew."""

    allowed: bool
    remaining: int
    reset_s: int

    @property
    def header(self) -> str:
        """As the header `RateLimit` states it."""
        return f'"default";r={self.remaining};t={self.reset_s}'


class Quotas:
    """Counts by caller under one quota, in memory, for one event loop.

    Our own, because the library `limits` scans every caller in a thread after each request and keeps no bound.
    """

    def __init__(self, quota: Quota, clock: Callable[[], float] = time.monotonic, most: int = _MOST_CALLERS) -> None:
        self.quota = quota
        self._clock, self._most = clock, most
        self._windows: dict[str, tuple[float, int]] = {}  # in the order in which they opened

    def take(self, caller: str) -> Standing:
        """Count one request of the caller."""
        now = self._clock()
        self._forget(now, self._most - (caller not in self._windows))
        opened, taken = self._windows.setdefault(caller, (now, 0))
        allowed = taken < self.quota.requests
        self._windows[caller] = (opened, taken + allowed)
        left = math.ceil(opened + self.quota.seconds - now)
        return Standing(allowed, self.quota.requests - taken - allowed, left)

    def _forget(self, now: float, most: int) -> None:
        """Windows that have closed, and the oldest beyond `most`: an attacker may come from very many addresses."""
        while self._windows:
            oldest = next(iter(self._windows))
            if self._windows[oldest][0] + self.quota.seconds > now and len(self._windows) <= most:
                return
            del self._windows[oldest]


class Addresses:
    """Client addresses as names that mean nothing outside this process: hashed with a salt that is never stored."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)

    def name(self, scope: Scope) -> str:
        """The same name for the same client; IPv6 addresses of one network are one client."""
        client = scope.get("client")
        network = _network(client[0] if client else "")
        return hashlib.blake2b(network.encode(), key=self._salt, digest_size=16).hexdigest()


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((int(parsed), _IPV6_PREFIX), strict=False))
    return str(parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else str(parsed)


class Admission:
    """ASGI middleware: so many questions are worked on, so many wait in turn, and the next is refused at once.

    A client that leaves while it waits leaves the queue. It stands inside `Bodies`, which hands on a body whole:
    a slow sender holds no place.
    """

    def __init__(self, app: ASGIApp, concurrent: int, waiting: int) -> None:
        self.app = app
        self._places, self._waiting = anyio.Semaphore(concurrent, fast_acquire=True), waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_question(scope["method"], scope["path"]):
            await self.app(scope, receive, send)
            return
        body = await receive()
        if self._places.value == 0 and self._places.statistics().tasks_waiting >= self._waiting:
            busy = Problem("temporary-reduced-capacity", headers={"Retry-After": str(_BUSY_RETRY_S)})
            await refusal(scope, busy)(scope, receive, send)
        elif await self._admitted(receive):
            try:
                await self.app(scope, replayed(body, receive), send)
            finally:
                self._places.release()

    async def _admitted(self, receive: Receive) -> bool:
        """Wait for a place; False when the client left first."""
        if self._places.value:
            self._places.acquire_nowait()
            return True
        admitted = False
        async with anyio.create_task_group() as turn:

            async def leave() -> None:
                await left(receive)
                turn.cancel_scope.cancel()

            turn.start_soon(leave)
            await self._places.acquire()
            admitted = True
            turn.cancel_scope.cancel()
        return admitted
