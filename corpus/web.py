"""Requests to the official hosts: one at a time, at their pace, within their robots.txt, and to nobody else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

import httpx
from protego import Protego

from corpus.addresses import PublicTransport, Resolve
from corpus.attempts import Clock, PassingError, UnfetchedError, attempts
from corpus.politeness import Pace, crawl_delay, may_load

_ROBOTS_PATH: Final = "/robots.txt"
_LARGEST_ROBOTS: Final = 500 << 10
_MOST_REDIRECTS: Final = 5
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_ASKED_PAUSE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Asking:
    """How hosts are asked. `hosts` may be asked at all, each with its port where it is not the usual one.

    `delay` and `timeout` are seconds: between two requests to a host, and of silence before one is given up.
    """

    hosts: frozenset[str]
    user_agent: str
    delay: float = 2.0
    timeout: float = 30.0
    loopback: bool = False

    def refuse_others(self, url: httpx.URL, *, plain: bool) -> None:
        """Raises UnfetchedError for an address that may not be asked; only a `plain` one may be without encryption."""
        if url.scheme != "https" and not (plain and url.scheme == "http"):
            raise UnfetchedError(f"https is needed, got {url}: correct the register if the host offers http only")
        host = _host(url)
        if host not in self.hosts:
            raise UnfetchedError(f"an official host of the register is needed, got {host} ({url}): --allow-host {host}")


class Web:
    """What may be asked, and is asked politely. Not for use by several threads."""

    def __init__(self, client: httpx.Client, asking: Asking, clock: Clock) -> None:
        self.clock = clock
        self._client, self._asking = client, asking
        self._pace = Pace(asking.delay, clock)
        self._rules: dict[str, Protego | str] = {}

    @contextmanager
    def open(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer to a GET, its body still to be read; redirects are followed to hosts that may be asked.

        Raises UnfetchedError, or PassingError, also from within the block while the body is read.
        """
        url = httpx.URL(address)
        plain = url.scheme == "http"
        for _ in range(_MOST_REDIRECTS + 1):
            self._asking.refuse_others(url, plain=plain)
            with self._send(url, headers) as response:
                if response.next_request is None:
                    yield response
                    return
                url = response.next_request.url
        raise UnfetchedError(f"at most {_MOST_REDIRECTS} redirects are followed, {address} leads on: check it by hand")

    @contextmanager
    def _send(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        host = _host(url)
        rules = None if url.path == _ROBOTS_PATH else self._rules_of(url)
        if rules and not may_load(rules, str(url)):
            raise UnfetchedError(f"robots.txt of {host} must allow it, it disallows {url}: load the file by hand")
        self._pace.wait(host, crawl_delay(rules) if rules else None)
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                yield response
        except httpx.TimeoutException as error:
            limit = self._asking.timeout
            raise PassingError(f"{host} must answer within {limit:g} s, it was silent: try again later") from error
        except httpx.TransportError as error:
            raise PassingError(f"a whole answer of {host} is needed, got: {error}; try again later") from error
        finally:
            self._pace.ended(host)

    def _rules_of(self, url: httpx.URL) -> Protego:
        """Raises UnfetchedError where a host does not say; it is asked once in a run."""
        origin = f"{url.scheme}://{_host(url)}"
        if origin not in self._rules:
            try:
                self._rules[origin] = attempts(self.clock)(self._read_rules, origin)
            except UnfetchedError as error:
                self._rules[origin] = f"{origin}{_ROBOTS_PATH} must be readable or absent: {error}"
        found = self._rules[origin]
        if isinstance(found, str):
            raise UnfetchedError(found)
        return found

    def _read_rules(self, origin: str) -> Protego:
        """By RFC 9309, an absent robots.txt allows everything, and one that cannot be had, nothing."""
        with self.open(origin + _ROBOTS_PATH, {}) as response:
            if 400 <= response.status_code < 500 and response.status_code not in _PASSING:
                return Protego.parse("")
            refuse_status(response)
            body = b"".join(islice(response.iter_raw(_LARGEST_ROBOTS), 1))
        return Protego.parse(body.decode("utf-8", "replace"))


@contextmanager
def polite_web(asking: Asking, resolve: Resolve, clock: Clock) -> Iterator[Web]:
    """The web for as long as the block runs. Proxies and certificates of the environment are not used."""
    # Connections are kept by address, and several hosts may share one: each request gets a connection of its own,
    # with the certificate of its own host.
    inner = httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
    transport = PublicTransport(inner, resolve, loopback=asking.loopback)
    # Compressed bytes could not be counted against the size of the file, nor resumed.
    headers = {"User-Agent": asking.user_agent, "Accept-Encoding": "identity"}
    with httpx.Client(transport=transport, headers=headers, timeout=asking.timeout, trust_env=False) as client:
        yield Web(client, asking, clock)


def refuse_status(response: httpx.Response) -> None:
    """Raises UnfetchedError for an answer that brings no file, PassingError where a later one may."""
    status = f"{response.status_code} {response.reason_phrase}".strip()
    if response.status_code in _PASSING:
        after = response.headers.get("Retry-After", "")
        pause = float(after) if after.isdecimal() else 0.0
        if pause > _LONGEST_ASKED_PAUSE:
            raise UnfetchedError(f"{response.url.host} asks to be left alone for {after} s ({status}): try again then")
        raise PassingError(f"200 is needed, got {status} from {response.url}: try again later", pause)
    if response.status_code not in {200, 206}:
        raise UnfetchedError(f"200 is needed, got {status} from {response.url}: correct the address in the register")


def _host(url: httpx.URL) -> str:
    """With the port where it is not the usual one of the scheme."""
    return url.netloc.decode("ascii")
