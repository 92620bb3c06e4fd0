"""Files to documents: find them, keep what did not change, read the rest several at a time and each in isolation."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

from corpus.catalogue import CATALOGUE_NAME, FETCHED_NAME, read_catalogue
from corpus.source import Source
from index.files import sha256_of
from index.journal import Journal
from index.store import Rejected, StoredDocument
from ingest.intake import ingest_file
from ingest.isolation import Isolation
from ingest.pipeline import PIPELINE_VERSION
from ingest.readers.reader import NEEDS_OCR, UnreadableError

Status = Literal["indexed", "unchanged", "removed", "skipped", "quarantined", "read"]
"""`read`: looked at without being indexed."""
Report = Callable[[int, int], None]
"""Called with (done, total) files and pages to recognise; the total grows as such pages are found."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; `file` is where it was found."""

    path: str
    status: Status
    passages: int
    reason: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A file with what its catalogue says."""

    file: Path
    source: Source


@dataclass(frozen=True, slots=True)
class Contents:
    """Documents and rejected files of an index, by their path."""

    documents: dict[str, StoredDocument]
    rejected: dict[str, Rejected]

    def fingerprint(self, path: str) -> str | None:
        """Of the document or rejection that is known under `path`, if it need not be tried again."""
        known = self.documents.get(path) or self.rejected.get(path)
        again = isinstance(known, Rejected) and known.code == NEEDS_OCR
        return None if known is None or again else known.fingerprint

    def replace(self, path: str, outcome: StoredDocument | Rejected | None) -> None:
        """Put `outcome` in the place of what is known under `path`; None removes it."""
        self.documents.pop(path, None)
        self.rejected.pop(path, None)
        if isinstance(outcome, Rejected):
            self.rejected[path] = outcome
        elif outcome is not None:
            self.documents[path] = outcome


def find(paths: Sequence[Path]) -> list[Found]:
    """Files under `paths` in the order of their names. Raises FileNotFoundError, or ValueError for a path met twice."""
    found: dict[str, Found] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"files or folders are needed, {path} does not exist: check the spelling")
        folder = path if path.is_dir() else path.parent
        catalogue = read_catalogue(folder)
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            relative = file.relative_to(folder).as_posix()
            if file.name in {CATALOGUE_NAME, FETCHED_NAME} or any(part.startswith(".") for part in relative.split("/")):
                continue
            if relative in found and found[relative].file != file:
                raise ValueError(
                    f"each file needs its own path, {relative} stands in two of the folders: ingest the folder above"
                )
            found[relative] = Found(file, catalogue.source(relative))
    return [found[relative] for relative in sorted(found)]


def gather(
    found: Sequence[Found], contents: Contents, journal: Journal, isolation: Isolation, report: Report
) -> list[FileOutcome]:
    """Bring what was found into `contents`; an outcome for each file, in order."""
    fingerprints = {item.source.path: _fingerprint(item) for item in found}
    changed = [item for item in found if contents.fingerprint(item.source.path) != fingerprints[item.source.path]]
    finished = journal.read()
    counter = _Counter(len(found), len(found) - len(changed), report)
    missing = []
    for item in changed:
        known = finished.get(fingerprints[item.source.path])
        if known is None:
            missing.append(item)
        else:
            contents.replace(item.source.path, known)
            counter.finished()
    for item, outcome in _read(missing, fingerprints, isolation, counter):
        journal.write(outcome)
        contents.replace(item.source.path, outcome)
        counter.finished()
    indexed = {item.source.path for item in changed}
    return [_outcome(item, contents, unchanged=item.source.path not in indexed) for item in found]


def prune(found: Sequence[Found], contents: Contents) -> list[FileOutcome]:
    """Take out of `contents` what is no longer among the files that were found."""
    if not found:
        raise ValueError("pruning needs at least one file, the given paths hold none: check the spelling")
    kept = {item.source.path for item in found}
    gone = sorted((contents.documents.keys() | contents.rejected.keys()) - kept)
    for path in gone:
        contents.replace(path, None)
    return [FileOutcome(path, "removed", 0, "it is not under the given paths any more") for path in gone]


class _Counter:
    """Progress in files, and in pages that are recognised one by one. Threads may share it."""

    def __init__(self, total: int, done: int, report: Report) -> None:
        self._total, self._done, self._report = total, done, report
        self._pictured: set[str] = set()
        self._lock = Lock()

    def finished(self) -> None:
        with self._lock:
            self._done += 1
            self._report(self._done, self._total)

    def page(self, path: str, left: int) -> None:
        """`left` pages of the file at `path` are still to be recognised; the last one is counted as the file."""
        with self._lock:
            if path in self._pictured:
                self._done += 1
            else:
                self._total += left - 1
            self._pictured.add(path)
            self._report(self._done, self._total)


def _read(
    items: Sequence[Found], fingerprints: dict[str, str], isolation: Isolation, counter: _Counter
) -> Iterator[tuple[Found, StoredDocument | Rejected]]:
    """Each item with its outcome, as they are finished."""
    threads = ThreadPoolExecutor(isolation.workers)
    try:
        waiting: dict[Future[StoredDocument | Rejected], Found] = {
            threads.submit(_read_one, item, fingerprints[item.source.path], isolation, counter): item for item in items
        }
        while waiting:
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        # What was not begun is dropped, so that an interruption ends at once.
        threads.shutdown(wait=False, cancel_futures=True)


def _read_one(item: Found, fingerprint: str, isolation: Isolation, counter: _Counter) -> StoredDocument | Rejected:
    path = item.source.path
    try:
        document = ingest_file(item.file, item.source, isolation, lambda left: counter.page(path, left))
    except UnreadableError as error:
        return Rejected(path, error.code, error.reason, fingerprint)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not take the others with it
        fault = f"{type(error).__name__}: {error}"
        return Rejected(path, "failed", f"a fault of Sanad ({fault}): report it with this file", fingerprint)
    return StoredDocument(document, fingerprint)


def _outcome(item: Found, contents: Contents, *, unchanged: bool) -> FileOutcome:
    path = item.source.path
    rejected = contents.rejected.get(path)
    if rejected is not None:
        return FileOutcome(path, rejected.status, 0, f"{rejected.code}: {rejected.reason}", item.file)
    passages = len(contents.documents[path].document.passages)
    return FileOutcome(path, "unchanged" if unchanged else "indexed", passages, file=item.file)


def _fingerprint(item: Found) -> str:
    """Of everything that the document is made from: the file, its catalogue line, the pipeline."""
    made_from = [sha256_of(item.file), asdict(item.source), PIPELINE_VERSION]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False).encode()).hexdigest()
