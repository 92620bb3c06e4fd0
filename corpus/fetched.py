"""A folder of fetched files: its record, its catalogue, its parts and its replaced files.

Beside the files stand `fetched.jsonl` (where each came from, and when) and `catalogue.jsonl` (what each is). Parts lie
in `.fetch/`, replaced files in `.old/`: ingest passes over names that begin with a dot, so that an outdated text is
kept as evidence and never answers a question.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.catalogue import FETCHED_NAME, CatalogueLine, change_catalogue, read_catalogue, write_lines
from corpus.download import Part, Version


class FetchedLine(BaseModel):
    """One file: its address, its checksum and size, when these bytes came, and when they were last seen there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    url: str
    sha256: str
    size: int
    fetched: date
    checked: date
    etag: str | None = None
    modified: str | None = None

    @property
    def version(self) -> Version:
        return Version(self.etag, self.modified)


class FetchedFolder:
    """The folder as the last run left it. Every change is whole on disk before the next: a killed run loses none."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError when the record or the catalogue that stands there is not valid."""
        self.path = path
        self._lines = {line.path: line for line in _read_record(path / FETCHED_NAME)}
        read_catalogue(path)

    @property
    def working(self) -> Path:
        """Where parts lie."""
        return self.path / ".fetch"

    def part(self, stem: str) -> Part:
        """The part of the file that will be named `stem`, with its suffix."""
        self.working.mkdir(parents=True, exist_ok=True)
        return Part(self.working / f"{stem}.part")

    def known(self, stem: str) -> FetchedLine | None:
        """What is recorded of the file of that name, whatever its suffix, if it still stands there unchanged."""
        line = next((line for line in self._lines.values() if line.path.rpartition(".")[0] == stem), None)
        file = self.path / line.path if line else None
        whole = line is not None and file is not None and file.is_file() and sha256_of(file) == line.sha256
        return line if whole else None

    def put(self, part: Part, line: FetchedLine, catalogued: CatalogueLine, before: FetchedLine | None) -> Path | None:
        """Let the finished part be the file of `line`; where another file stood in its place, a copy of that one."""
        replaced = self.path / (before.path if before else line.path)
        old = self._put_aside(replaced, line) if replaced.exists() else None
        os.replace(part.path, self.path / line.path)
        if replaced.name != line.path:
            replaced.unlink()
        self.record(line, catalogued, before)
        return old

    def record(self, line: FetchedLine, catalogued: CatalogueLine, before: FetchedLine | None) -> None:
        """Write down what is known of a file; what the catalogue says of other files stays as it is."""
        gone = {before.path} if before else set()
        self._lines = {path: known for path, known in self._lines.items() if path not in gone} | {line.path: line}
        write_lines(self.path / FETCHED_NAME, (self._lines[path].model_dump_json() for path in sorted(self._lines)))
        change_catalogue(self.path, {*gone, line.path}, [catalogued])

    def _put_aside(self, file: Path, line: FetchedLine) -> Path | None:
        """A copy, so that a run that is killed here leaves the file in its place; none of what is the same."""
        checksum = sha256_of(file)
        if checksum == line.sha256:
            return None
        kept = self.path / ".old" / f"{file.stem}.until-{line.fetched}.{checksum[:8]}{file.suffix}"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy2(file, kept)
        return kept


def sha256_of(file: Path) -> str:
    """Hex SHA-256 of a file's content."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _read_record(file: Path) -> Iterable[FetchedLine]:
    if not file.exists():
        return
    for number, text in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if text.strip():
            try:
                yield FetchedLine.model_validate_json(text)
            except ValidationError as error:
                raise ValueError(f"{file.name} line {number} is no record of a fetched file: {error}") from error
