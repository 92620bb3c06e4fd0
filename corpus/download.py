"""One file from one address: only when it changed, only up to a size, and from where an earlier attempt ended."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from corpus.attempts import PassingError, UnfetchedError, attempts
from corpus.web import Web, refuse_status

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """What a host calls a state of a file: its ETag and Last-Modified, as they came."""

    etag: str | None = None
    modified: str | None = None

    @property
    def for_range(self) -> str | None:
        """By what a rest of the file may be asked for: a weak ETag does not promise the same bytes."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only when it is another one by now."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: bytes, and seconds of one attempt."""

    size: int = 50 * _MEGABYTE
    seconds: float = 900.0


class Part:
    """The beginning of a file that is being loaded, and which version of which address it is the beginning of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._origin = path.with_name(f"{path.name}-of")

    def size(self, url: str) -> int:
        """Bytes from which a download of `url` can go on, 0 where it has to begin."""
        kept = self.path.exists() and self._origin.exists()
        return self.path.stat().st_size if kept and self._origin_lines()[0] == url else 0

    def range_headers(self, url: str) -> dict[str, str]:
        """Headers that ask for the rest, or for the whole of a file that changed meanwhile; none without a part."""
        size = self.size(url)
        return {"Range": f"bytes={size}-", "If-Range": self._origin_lines()[1]} if size else {}

    def begin(self, url: str, version: Version) -> None:
        """Start from nothing; what cannot be named cannot be resumed."""
        self.discard()
        self.path.touch()
        if version.for_range:
            self._origin.write_text(f"{url}\n{version.for_range}", encoding="utf-8")

    def finish(self) -> None:
        """Have every byte on disk."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        self._origin.unlink(missing_ok=True)

    def discard(self) -> None:
        """Forget it."""
        self._origin.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _origin_lines(self) -> list[str]:
        return self._origin.read_text(encoding="utf-8").split("\n")


def download(web: Web, url: str, part: Part, known: Version, limits: Limits) -> Version | None:
    """Load `url` into `part`; None when it still is the `known` version.

    Raises UnfetchedError; a part that can be resumed stays for the next run.
    """
    return attempts(web.clock)(_attempt, web, url, part, known, limits)


def _attempt(web: Web, url: str, part: Part, known: Version, limits: Limits) -> Version | None:
    begun = part.size(url)
    with web.open(url, part.range_headers(url) or known.conditions) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED and known.conditions:
            return None
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE or not _goes_on(response, begun):
            part.discard()
            raise PassingError(f"the rest from byte {begun} is needed, got another part of {url}: try again")
        refuse_status(response)
        _refuse_encoded(response)
        version = Version(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        if response.status_code == httpx.codes.OK:
            part.begin(url, version)
        _append(web, response, part, limits)
    part.finish()
    return version


def _goes_on(response: httpx.Response, begun: int) -> bool:
    """Whether a partial answer begins where the part ends; any whole answer will do."""
    partial = response.status_code == httpx.codes.PARTIAL_CONTENT
    return not partial or (begun > 0 and response.headers.get("Content-Range", "").startswith(f"bytes {begun}-"))


def _refuse_encoded(response: httpx.Response) -> None:
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise UnfetchedError(f"the bytes of the file are needed, got them in {encoding}: load the file by hand")


def _append(web: Web, response: httpx.Response, part: Part, limits: Limits) -> None:
    started = web.clock.now()
    with part.path.open("ab") as file:
        size = file.tell()
        _refuse_large(size + int(response.headers.get("Content-Length", 0)), part, limits)
        for block in response.iter_raw():
            size += len(block)
            _refuse_large(size, part, limits)
            file.write(block)
            if web.clock.now() - started > limits.seconds:
                raise UnfetchedError(
                    f"a file may take {limits.seconds:g} s, {size} bytes came: the same command goes on from there"
                )


def _refuse_large(size: int, part: Part, limits: Limits) -> None:
    if size > limits.size:
        part.discard()
        allowed = limits.size / _MEGABYTE
        raise UnfetchedError(
            f"a file may have {allowed:g} MB, this one has {size / _MEGABYTE:.1f} or more: SANAD_FETCH_LARGEST_MB"
        )
