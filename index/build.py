"""Files to a published generation: find, read what changed, embed what is new, write, publish."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import numpy as np

from corpus.catalogue import CATALOGUE_NAME, read_catalogue
from corpus.source import Source
from index.analysis import ANALYSIS_VERSION
from index.embedder import Embedder, FloatArray
from index.embedding_cache import EmbeddingCache
from index.files import sha256_of, writer_lock
from index.generation import (
    FORMAT_VERSION,
    POOLS,
    STORE,
    Expected,
    Manifest,
    NoIndexError,
    UnusableIndexError,
    check_settings,
    current,
    publish,
    read_manifest,
    verify,
)
from index.nearness import measure
from index.pools import build_pool, save_pool
from index.store import Rejected, Store, StoredDocument, write_store
from ingest.document import Passage
from ingest.pipeline import PIPELINE_VERSION, ingest_file
from ingest.reading import UnreadableError

Status = Literal["indexed", "unchanged", "skipped", "failed"]
Stage = Literal["read", "embed"]
Progress = Callable[[Stage, int, int], None]
"""Called with (stage, done, total)."""

_CACHE: Final = "embeddings.sqlite"
_SCRATCH: Final = "gen.tmp"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    path: str
    status: Status
    passages: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an ingest did. `embedded` counts passages that were not in the cache of vectors."""

    generation: str
    outcomes: tuple[FileOutcome, ...]
    documents: int
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True)
class _Found:
    file: Path
    source: Source


@dataclass(frozen=True, slots=True)
class _Contents:
    """Documents and rejected files of an index, by their path."""

    documents: dict[str, StoredDocument]
    rejected: dict[str, Rejected]


def build(
    paths: Sequence[Path], index_folder: Path, embedder: Embedder, *, rebuild: bool, progress: Progress
) -> BuildReport:
    """Bring the files under `paths` into the index and publish it; what is there from other paths stays.

    Raises FileNotFoundError, BusyError, or ValueError (catalogue, same path twice, useless model); the served index
    is then untouched.
    """
    found = _find(paths)
    index_folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(index_folder):
        previous = _Contents({}, {}) if rebuild else _previous(index_folder)
        contents, outcomes = _read_all(found, previous, progress)
        documents = [contents.documents[path] for path in sorted(contents.documents)]
        passages = [passage for stored in documents for passage in stored.document.passages]
        if not rebuild and contents == previous and _is_current(index_folder, embedder):
            return BuildReport(current(index_folder).name, tuple(outcomes), len(documents), len(passages), 0)
        scale = measure(embedder)
        cache = EmbeddingCache(embedder, index_folder / _CACHE)
        texts = [f"{passage.context}\n{passage.text}" for passage in passages]
        vectors, embedded = cache.embed(texts, lambda done, total: progress("embed", done, total))
        scratch = _write(index_folder, documents, list(contents.rejected.values()), vectors)
        manifest = _manifest(embedder, scale, len(documents), Counter(passage.language for passage in passages))
        name = publish(scratch, index_folder, manifest)
    return BuildReport(name, tuple(outcomes), len(documents), len(passages), embedded)


def _find(paths: Sequence[Path]) -> list[_Found]:
    found: dict[str, _Found] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"files or folders are needed, {path} does not exist: check the spelling")
        folder = path if path.is_dir() else path.parent
        catalogue = read_catalogue(folder)
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            relative = file.relative_to(folder).as_posix()
            if file.name == CATALOGUE_NAME or any(part.startswith(".") for part in relative.split("/")):
                continue
            if relative in found and found[relative].file != file:
                raise ValueError(
                    f"each file needs its own path, {relative} stands in two of the folders: ingest the folder above"
                )
            found[relative] = _Found(file, catalogue.source(relative))
    return [found[relative] for relative in sorted(found)]


def _previous(index_folder: Path) -> _Contents:
    """Contents of the generation in use; what an older pipeline made stands until it is read again."""
    try:
        generation = current(index_folder)
    except NoIndexError:
        return _Contents({}, {})
    try:
        verify(generation, read_manifest(generation))
    except UnusableIndexError as error:
        raise type(error)(f"{error} (an ingest adds to the index in use, and this one cannot be read)") from error
    store = Store(generation / STORE)
    documents = {stored.document.source.path: stored for stored in store.documents()}
    return _Contents(documents, {item.path: item for item in store.rejected()})


def _is_current(index_folder: Path, embedder: Embedder) -> bool:
    try:
        manifest = read_manifest(current(index_folder))
        check_settings(manifest, Expected(embedder.name, embedder.dimension, ANALYSIS_VERSION))
    except UnusableIndexError:
        return False
    return True


def _read_all(found: list[_Found], previous: _Contents, progress: Progress) -> tuple[_Contents, list[FileOutcome]]:
    contents = _Contents(dict(previous.documents), dict(previous.rejected))
    outcomes = []
    for done, item in enumerate(found, start=1):
        outcomes.append(_read_one(item, contents))
        progress("read", done, len(found))
    return contents, outcomes


def _read_one(item: _Found, contents: _Contents) -> FileOutcome:
    path = item.source.path
    fingerprint = _fingerprint(item)
    known = contents.documents.get(path)
    if known is not None and known.fingerprint == fingerprint:
        return FileOutcome(path, "unchanged", len(known.document.passages))
    contents.documents.pop(path, None)
    contents.rejected.pop(path, None)
    try:
        document = ingest_file(item.file, item.source)
    except UnreadableError as error:
        status: Status = "skipped" if error.code == "unknown_format" else "failed"
        contents.rejected[path] = Rejected(path, status, str(error))
        return FileOutcome(path, status, 0, str(error))
    contents.documents[path] = StoredDocument(document, fingerprint)
    return FileOutcome(path, "indexed", len(document.passages))


def _fingerprint(item: _Found) -> str:
    """Of everything that the document is made from: the file, its catalogue line, the pipeline."""
    made_from = [sha256_of(item.file), asdict(item.source), PIPELINE_VERSION]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False).encode()).hexdigest()


def _write(index_folder: Path, documents: list[StoredDocument], rejected: list[Rejected], vectors: FloatArray) -> Path:
    scratch = index_folder / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    write_store(scratch / STORE, documents, rejected)
    passages: list[Passage] = [passage for stored in documents for passage in stored.document.passages]
    for language in sorted({passage.language for passage in passages}):
        rows = [row for row, passage in enumerate(passages) if passage.language == language]
        chosen = np.ascontiguousarray(vectors[rows])
        save_pool(build_pool(language, rows, [passages[row] for row in rows], chosen), scratch / POOLS / language)
    return scratch


def _manifest(embedder: Embedder, scale: tuple[float, float], documents: int, passages: Counter[str]) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        embedder=embedder.name,
        dimension=embedder.dimension,
        analysis_version=ANALYSIS_VERSION,
        pipeline_version=PIPELINE_VERSION,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=documents,
        passages=dict(sorted(passages.items())),
        scale=scale,
        files={},
    )
