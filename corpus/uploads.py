"""A folder of uploaded documents: their files under names of our own, their catalogue, and files that still wait.

Files lie in `uploaded/<digest>/<name>`, so that no path of another folder is met twice and equal files have one place.
Everything else that is kept here lies in `.jobs/`: ingest passes over names that begin with a dot.
"""

import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from corpus.catalogue import CatalogueLine, change_catalogue, read_catalogue
from corpus.source import Source

_UPLOADED: Final = "uploaded"
_BLOCK: Final = 1 << 20
_LONGEST_NAME: Final = 40
_DIGITS: Final = 16
_ABANDONED_S: Final = 3600


@dataclass(frozen=True, slots=True)
class UploadsFolder:
    """The folder at `path`. One process at a time may `put` and `take_out`."""

    path: Path

    @property
    def working(self) -> Path:
        """Where what is no document lies."""
        return self.path / ".jobs"

    def waiting(self, job: str) -> Path:
        """Where the file of a job lies until its turn."""
        return self.working / "waiting" / job

    def receive(self, content: BinaryIO, job: str) -> str:
        """Write a file down for its job; the SHA-256 of what it holds."""
        target, digest = self.waiting(job), hashlib.sha256()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            while block := content.read(_BLOCK):
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()

    def place(self, digest: str, name: str, suffix: str) -> str:
        """The path that a file gets, by its content; one that is held already keeps the path that it has."""
        folder = f"{_UPLOADED}/{digest[:_DIGITS]}"
        held = next((file.name for file in sorted((self.path / folder).glob("*"))), None)
        return f"{folder}/{held or safe_stem(name) + suffix}"

    def put(self, job: str, line: CatalogueLine) -> None:
        """Let the file of a job be the document of `line`. Raises ValueError when there is no such file any more."""
        waiting, target = self.waiting(job), self.path / line.path
        if waiting.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(waiting, target)
        elif not target.exists():
            raise ValueError(f"the uploaded file of {line.path} is needed, and is gone: upload it again")
        change_catalogue(self.path, {line.path}, [line])

    def take_out(self, path: str) -> None:
        """Remove a document's file and its line; nothing happens when they are gone already."""
        change_catalogue(self.path, {path}, [])
        file = self.path / path
        file.unlink(missing_ok=True)
        if file.parent.is_dir():
            file.parent.rmdir()

    def sources(self) -> dict[str, Source]:
        """What was uploaded and not withdrawn, by id."""
        return {source.id: source for source in read_catalogue(self.path).sources.values()}

    def drop_abandoned(self, jobs: Container[str]) -> None:
        """Remove files that wait for no job: a process was killed while it received them."""
        for file in self.waiting("").glob("*"):
            if file.name not in jobs and file.stat().st_mtime < time.time() - _ABANDONED_S:
                file.unlink(missing_ok=True)


def safe_stem(name: str) -> str:
    """A file's name without folders and suffix, of letters and digits only: no part of it can lead anywhere."""
    stem = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    return re.sub(r"[\W_]+", "-", stem).strip("-")[:_LONGEST_NAME].strip("-") or "document"
