"""Requests to a real server on this machine: who may be asked, for what, and which answers are worth another try."""

from collections.abc import Iterator

import httpx
import pytest

from corpus.attempts import PassingError, UnfetchedError
from corpus.web import Asking, Web, refuse_status
from tests.file_server import FakeClock, FileServer, Reply, serving, web_of


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving() as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def web(server: FileServer, clock: FakeClock) -> Iterator[Web]:
    with web_of(server, clock) as web:
        yield web


def read(web: Web, url: str) -> bytes:
    with web.open(url, {}) as response:
        refuse_status(response)
        return response.read()


def test_a_file_is_read_with_a_pause_between_requests(web: Web, server: FileServer, clock: FakeClock) -> None:
    server.say("/a.pdf", Reply(body=b"text"))
    assert read(web, server.url("/a.pdf")) == b"text"
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a.pdf"]
    assert clock.slept == [2]
    headers = server.asked[1][1]
    assert (headers["User-Agent"], headers["Accept-Encoding"]) == ("Sanad/test", "identity")


def test_robots_txt_is_obeyed_and_read_once(web: Web, server: FileServer, clock: FakeClock) -> None:
    server.say("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"))
    server.say("/a.pdf", Reply(body=b"text"))
    with pytest.raises(UnfetchedError, match=r"robots.txt of official.test:\d+ must allow it, it disallows"):
        read(web, server.url("/private/a.pdf"))
    read(web, server.url("/a.pdf"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a.pdf"]
    assert clock.slept == [7]


def test_a_robots_txt_that_cannot_be_had_forbids_all_and_is_tried_once(web: Web, server: FileServer) -> None:
    server.say("/robots.txt", Reply(503))
    server.say("/a.pdf", Reply(body=b"text"))
    for _ in range(2):
        with pytest.raises(UnfetchedError, match=r"/robots.txt must be readable or absent: .* got 503"):
            read(web, server.url("/a.pdf"))
    assert [path for path, _ in server.asked] == ["/robots.txt"] * 4


def test_a_page_in_the_place_of_robots_txt_forbids_nothing(web: Web, server: FileServer) -> None:
    server.say("/robots.txt", Reply(body=b"<!doctype html><html><body>" + b"x" * 600_000))
    server.say("/a.pdf", Reply(body=b"text"))
    assert read(web, server.url("/a.pdf")) == b"text"


def test_redirects_lead_to_official_hosts_only(web: Web, server: FileServer) -> None:
    server.say("/old.pdf", Reply(301, headers={"Location": "/new.pdf"}))
    server.say("/new.pdf", Reply(body=b"text"))
    server.say("/away.pdf", Reply(302, headers={"Location": server.url("/new.pdf", "elsewhere.test")}))
    assert read(web, server.url("/old.pdf")) == b"text"
    with pytest.raises(UnfetchedError, match=r"an official host .* is needed, got elsewhere.test:.*--allow-host else"):
        read(web, server.url("/away.pdf"))
    assert server.paths() == ["/old.pdf", "/new.pdf", "/away.pdf"]


def test_a_redirect_is_obeyed_only_where_robots_txt_allows_its_target(web: Web, server: FileServer) -> None:
    server.say("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /private\n"))
    server.say("/a.pdf", Reply(302, headers={"Location": "/private/a.pdf"}))
    with pytest.raises(UnfetchedError, match="it disallows"):
        read(web, server.url("/a.pdf"))
    assert server.paths() == ["/a.pdf"]


def test_redirects_without_end_are_left(web: Web, server: FileServer) -> None:
    server.say("/a.pdf", Reply(302, headers={"Location": "/a.pdf"}))
    with pytest.raises(UnfetchedError, match="at most 5 redirects are followed"):
        read(web, server.url("/a.pdf"))
    assert len(server.paths()) == 6


@pytest.mark.parametrize("target", ["ftp://official.test/a.pdf", "file:///etc/passwd"])
def test_other_schemes_are_refused(web: Web, target: str) -> None:
    with pytest.raises(UnfetchedError, match="https is needed, got"):
        read(web, target)


def test_an_encrypted_address_never_leads_to_a_plain_one() -> None:
    asking = Asking(frozenset({"official.test"}), "Sanad/test")
    asking.refuse_others(httpx.URL("http://official.test/a.pdf"), plain=True)
    asking.refuse_others(httpx.URL("https://official.test:443/a.pdf"), plain=False)
    with pytest.raises(UnfetchedError, match=r"https is needed, got http://official\.test/a\.pdf"):
        asking.refuse_others(httpx.URL("http://official.test/a.pdf"), plain=False)
    with pytest.raises(UnfetchedError, match=r"got official\.test:8080"):
        asking.refuse_others(httpx.URL("https://official.test:8080/a.pdf"), plain=False)


def test_silence_is_given_up(server: FileServer, clock: FakeClock) -> None:
    server.say("/a.pdf", Reply(body=b"late", pause=1.0))
    with web_of(server, clock, timeout=0.1) as web, pytest.raises(PassingError, match=r"must answer within 0.1 s"):
        read(web, server.url("/a.pdf"))


def test_a_host_that_is_not_there_fails_with_its_name(server: FileServer, clock: FakeClock) -> None:
    def unknown(host: str) -> list[str]:
        raise OSError("no such name")

    with (
        web_of(server, clock, resolve=unknown) as web,
        pytest.raises(UnfetchedError, match=r"the name official\.test is not known"),
    ):
        read(web, server.url("/a.pdf"))


@pytest.mark.parametrize(
    ("reply", "kind", "reason"),
    [
        (Reply(404), UnfetchedError, "got 404 Not Found from .*: correct the address"),
        (Reply(403), UnfetchedError, "got 403 Forbidden"),
        (Reply(500), PassingError, "got 500 Internal Server Error .* try again later"),
        (Reply(429, headers={"Retry-After": "3600"}), UnfetchedError, "asks to be left alone for 3600 s"),
    ],
)
def test_answers_that_bring_no_file(
    web: Web, server: FileServer, reply: Reply, kind: type[UnfetchedError], reason: str
) -> None:
    server.say("/a.pdf", reply)
    with pytest.raises(UnfetchedError, match=reason) as raised:
        read(web, server.url("/a.pdf"))
    assert type(raised.value) is kind


def test_a_busy_host_says_how_long_to_wait(web: Web, server: FileServer) -> None:
    server.say("/a.pdf", Reply(503, headers={"Retry-After": "20"}))
    with pytest.raises(PassingError) as raised:
        read(web, server.url("/a.pdf"))
    assert raised.value.after == 20
