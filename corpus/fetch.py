"""The files of the register, from the official hosts into a folder that `sanad ingest` reads."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, Literal, Protocol
from urllib.parse import unquote, urlsplit

import httpx

from corpus.attempts import PassingError, UnfetchedError
from corpus.catalogue import CatalogueLine
from corpus.download import Limits, Version, download
from corpus.fetched import FetchedFolder, FetchedLine, sha256_of
from corpus.register import Entry, Register
from corpus.web import Web

Status = Literal["new", "changed", "unchanged", "failed"]
_LONGEST_SUFFIX: Final = 5
_MOST_FAILURES: Final = 3
"""Of a host, in a row and after every attempt: more would keep both sides busy for nothing."""


class Check(Protocol):
    """Judges the content of a file that was loaded."""

    def __call__(self, file: Path, promised: str) -> str:
        """The suffix that it should have, `promised` being that of its address (may be empty).

        Raises UnfetchedError for another kind of file than was promised, and for one that Sanad does not read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the register, and its name without suffix; `also` are further entries that the same file holds."""

    stem: str
    url: str
    language: str
    entry: Entry
    also: tuple[Entry, ...] = ()

    @property
    def host(self) -> str:
        """With the port where it is not the usual one."""
        return httpx.URL(self.url).netloc.decode("ascii")

    @property
    def promised(self) -> str:
        """The suffix of the address: `.pdf`, or empty."""
        suffix = PurePosixPath(unquote(urlsplit(self.url).path)).suffix.lower()
        return suffix if len(suffix) <= _LONGEST_SUFFIX else ""

    def catalogued(self, path: str) -> CatalogueLine:
        """What the register says of it, as a line of a catalogue."""
        others = "; ".join(entry.titles.best(self.language) for entry in self.also)
        return CatalogueLine(
            path=path,
            title=self.entry.titles.best(self.language),
            language=self.language,
            issuer=self.entry.issuer,
            published=self.entry.published or self.entry.signed,
            kind=self.entry.kind,
            url=self.url,
            note=f"+ {others}" if others else None,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one wanted file: where it lies, where the one that it replaced lies, or why there is none."""

    wanted: Wanted
    status: Status
    file: Path | None = None
    old: Path | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading works with."""

    web: Web
    check: Check
    today: Callable[[], date]
    limits: Limits = field(default_factory=Limits)


def official_hosts(register: Register) -> frozenset[str]:
    """Hosts of the register's files, with and without `www.`, which lead to each other."""
    named = {wanted.host for wanted in all_files(register)}
    return frozenset(named | {f"www.{host}" for host in named} | {host.removeprefix("www.") for host in named})


def all_files(register: Register) -> tuple[Wanted, ...]:
    """Every file of the register once, named by the first entry that has it: `loi-09-08-fr`.

    A second edition in the same language is `loi-09-08-edition-2-fr`: the language stays at the end, where a source
    looks for its translations.
    """
    found: dict[str, Wanted] = {}
    for entry in register.entries:
        editions: dict[str, int] = {}
        for file in entry.files:
            editions[file.language] = edition = editions.get(file.language, 0) + 1
            url = str(file.url)
            if url in found:
                first = found[url]
                found[url] = Wanted(first.stem, url, first.language, first.entry, (*first.also, entry))
            else:
                numbered = f"{entry.id}-edition-{edition}" if edition > 1 else entry.id
                found[url] = Wanted(f"{numbered}-{file.language}", url, file.language, entry)
    return tuple(found.values())


def files_of(register: Register, only: Sequence[str], theme: str | None) -> tuple[Wanted, ...]:
    """Files of the entries `only` and of a theme, of all where neither is given. Raises ValueError for unknown ones."""
    themes = {known.id: known for known in register.themes}
    if theme is not None and theme not in themes:
        raise ValueError(f"a theme of the register is needed, got {theme!r}: it is one of {', '.join(themes)}")
    strange = sorted(set(only) - {entry.id for entry in register.entries})
    if strange:
        raise ValueError(f"ids of the register are needed, got {', '.join(strange)}: `sanad corpus list` names them")
    chosen = {*only, *(entry.id for entry in themes[theme].entries)} if theme else set(only)
    files = all_files(register)
    if not chosen:
        return files
    return tuple(file for file in files if chosen & {entry.id for entry in (file.entry, *file.also)})


def fetch(wanted: Sequence[Wanted], folder: FetchedFolder, loading: Loading) -> Iterator[Outcome]:
    """Bring each file into the folder, one after the other; one that fails takes no other with it."""
    failures: Counter[str] = Counter()
    for one in wanted:
        try:
            if failures[one.host] == _MOST_FAILURES:
                raise UnfetchedError(f"{one.host} failed {_MOST_FAILURES} times in a row and is left: try again later")
            outcome = _fetch_one(one, folder, loading)
            failures[one.host] = 0
            yield outcome
        except UnfetchedError as error:
            failures[one.host] += isinstance(error, PassingError)
            yield Outcome(one, "failed", reason=str(error))


def _fetch_one(wanted: Wanted, folder: FetchedFolder, loading: Loading) -> Outcome:
    before = folder.known(wanted.stem)
    same_address = before is not None and before.url == wanted.url
    part = folder.part(wanted.stem)
    known = before.version if before and same_address else Version()
    version = download(loading.web, wanted.url, part, known, loading.limits)
    if version is None and before is not None:
        return _unchanged(wanted, folder, before, before.model_copy(update={"checked": loading.today()}))
    try:
        suffix = loading.check(part.path, wanted.promised)
    except UnfetchedError:
        part.discard()
        raise
    came = _line(wanted.stem + suffix, wanted.url, part.path, version or Version(), loading.today())
    if before is not None and before.sha256 == came.sha256:
        part.discard()
        return _unchanged(
            wanted, folder, before, came.model_copy(update={"path": before.path, "fetched": before.fetched})
        )
    old = folder.put(part, came, wanted.catalogued(came.path), before)
    return Outcome(wanted, "changed" if old else "new", folder.path / came.path, old)


def _unchanged(wanted: Wanted, folder: FetchedFolder, before: FetchedLine, line: FetchedLine) -> Outcome:
    folder.record(line, wanted.catalogued(line.path), before)
    return Outcome(wanted, "unchanged", folder.path / line.path)


def _line(path: str, url: str, content: Path, version: Version, day: date) -> FetchedLine:
    return FetchedLine(
        path=path,
        url=url,
        sha256=sha256_of(content),
        size=content.stat().st_size,
        fetched=day,
        checked=day,
        etag=version.etag,
        modified=version.modified,
    )
