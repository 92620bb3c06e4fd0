"""One file from a real server on this machine, with the faults that real hosts have."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.attempts import UnfetchedError
from corpus.download import Limits, Part, Version, download
from corpus.web import Web
from tests.file_server import FakeClock, FileServer, Reply, serving, web_of

BODY = bytes(range(256)) * 40
NOTHING = Version()


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


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Part(tmp_path / "a.part")


def left(part: Part) -> list[str]:
    return sorted(file.name for file in part.path.parent.iterdir())


def test_a_file_and_what_its_host_calls_it(web: Web, server: FileServer, part: Part) -> None:
    modified = "Wed, 01 May 2024 10:00:00 GMT"
    server.say("/a.pdf", Reply(body=BODY, etag='"1"', headers={"Last-Modified": modified}))
    assert download(web, server.url("/a.pdf"), part, NOTHING, Limits()) == Version('"1"', modified)
    assert part.path.read_bytes() == BODY
    assert left(part) == ["a.part"]


def test_an_unchanged_file_is_not_sent_again(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, etag='"1"'))
    assert download(web, server.url("/a.pdf"), part, Version('"1"', "a date"), Limits()) is None
    sent = server.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"1"', "a date")
    assert left(part) == []


def test_an_answer_cut_short_is_resumed_where_it_ended(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, etag='"1"', cut=4000), Reply(body=BODY, etag='"1"'))
    download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert part.path.read_bytes() == BODY
    assert server.asked[-1][1]["Range"] == "bytes=4000-"


def test_a_later_run_goes_on_from_what_an_earlier_one_left(web: Web, server: FileServer, part: Part) -> None:
    url = server.url("/a.pdf")
    server.say("/a.pdf", *[Reply(body=BODY, etag='"1"', cut=cut) for cut in (100, 100, 100, 100)])
    with pytest.raises(UnfetchedError, match=r"a whole answer of official\.test.* is needed, got: peer closed"):
        download(web, url, part, NOTHING, Limits())
    assert part.size(url) == 400
    server.say("/a.pdf", Reply(body=BODY, etag='"1"'))
    download(web, url, Part(part.path), NOTHING, Limits())
    assert part.path.read_bytes() == BODY
    assert server.asked[-1][1]["Range"] == "bytes=400-"


def test_a_file_that_changed_meanwhile_is_loaded_from_its_start(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, etag='"1"', cut=4000), Reply(body=BODY[::-1], etag='"2"'))
    assert download(web, server.url("/a.pdf"), part, NOTHING, Limits()) == Version('"2"')
    assert part.path.read_bytes() == BODY[::-1]


def test_a_part_that_cannot_be_named_is_not_resumed(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, cut=4000), Reply(body=BODY))
    download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert part.path.read_bytes() == BODY
    assert "Range" not in server.asked[-1][1]


def test_a_part_of_another_address_is_not_resumed(web: Web, server: FileServer, part: Part) -> None:
    part.begin(server.url("/b.pdf"), Version('"1"'))
    part.path.write_bytes(b"another file")
    server.say("/a.pdf", Reply(body=BODY, etag='"1"'))
    download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert part.path.read_bytes() == BODY


@pytest.mark.parametrize(
    "wrong",
    [
        Reply(416),
        Reply(206, body=BODY[10:], headers={"Content-Range": f"bytes 10-{len(BODY) - 1}/{len(BODY)}"}),
    ],
)
def test_another_part_than_was_asked_for_is_not_joined(web: Web, server: FileServer, part: Part, wrong: Reply) -> None:
    server.say("/a.pdf", Reply(body=BODY, etag='"1"', cut=4000), wrong, Reply(body=BODY, etag='"1"'))
    download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert part.path.read_bytes() == BODY


def test_weak_names_do_not_promise_the_same_bytes() -> None:
    assert Version('W/"1"', "a date").for_range == "a date"
    assert Version('W/"1"').for_range is None


def test_a_failing_host_is_asked_again_after_pauses(web: Web, server: FileServer, part: Part, clock: FakeClock) -> None:
    server.say("/a.pdf", Reply(500), Reply(500), Reply(body=BODY))
    download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert part.path.read_bytes() == BODY
    assert [pause for pause in clock.slept if pause > 0] == [2, 2, 4]


def test_an_absent_file_is_asked_for_once(web: Web, server: FileServer, part: Part) -> None:
    with pytest.raises(UnfetchedError, match="got 404"):
        download(web, server.url("/a.pdf"), part, NOTHING, Limits())
    assert server.paths() == ["/a.pdf"]


def test_a_large_file_is_refused_by_what_its_host_says_of_it(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY))
    with pytest.raises(UnfetchedError, match=r"a file may have 0.005 MB, this one has .* or more"):
        download(web, server.url("/a.pdf"), part, NOTHING, Limits(5000))
    assert left(part) == []


def test_a_large_file_is_refused_while_it_comes(web: Web, server: FileServer, part: Part) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(BODY), BODY) for _ in range(3)) + b"0\r\n\r\n"
    # A chunked answer does not say its length beforehand.
    server.say("/a.pdf", Reply(body=chunks, headers={"Transfer-Encoding": "chunked"}))
    with pytest.raises(UnfetchedError, match=r"a file may have 0\.005 MB"):
        download(web, server.url("/a.pdf"), part, NOTHING, Limits(5000))
    assert left(part) == []


def test_a_file_that_trickles_is_left_for_the_next_run(server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, etag='"1"'))
    with web_of(server, FakeClock(step=100)) as web, pytest.raises(UnfetchedError, match="a file may take 60 s") as e:
        download(web, server.url("/a.pdf"), part, NOTHING, Limits(seconds=60))
    assert "the same command goes on from there" in str(e.value)
    assert part.size(server.url("/a.pdf")) > 0


def test_compressed_bytes_that_nobody_asked_for_are_refused(web: Web, server: FileServer, part: Part) -> None:
    server.say("/a.pdf", Reply(body=BODY, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(UnfetchedError, match="got them in gzip"):
        download(web, server.url("/a.pdf"), part, NOTHING, Limits())
