"""Documents to a published generation: bring in what changed, embed what is new, write, publish."""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import numpy as np

from index.analysis import ANALYSIS_VERSION
from index.embedder import Embedder, FloatArray
from index.embedding_cache import EmbeddingCache
from index.files import writer_lock
from index.gather import Contents, FileOutcome, find, gather, prune
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
from index.journal import Journal
from index.nearness import measure
from index.pools import build_pool, save_pool
from index.store import Rejected, Store, StoredDocument, write_store
from ingest.document import Passage
from ingest.facts.identity import links_between
from ingest.isolation import Isolation
from ingest.pipeline import PIPELINE_VERSION

Stage = Literal["read", "embed"]
Progress = Callable[[Stage, int, int], None]
"""Called with (stage, done, total)."""
Bring = Callable[[Contents], Sequence[FileOutcome]]
"""Changes the contents of an index and says what became of each file or text."""

_CACHE: Final = "embeddings.sqlite"
_JOURNAL: Final = "journal.sqlite"
_SCRATCH: Final = "gen.tmp"


@dataclass(frozen=True, slots=True)
class Tools:
    """What an ingest works with: the model, where files are read, and who is told how far it is."""

    embedder: Embedder
    isolation: Isolation
    progress: Progress


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an ingest did. `embedded` counts passages that were not in the cache of vectors."""

    generation: str
    outcomes: tuple[FileOutcome, ...]
    documents: int
    passages: int
    embedded: int


def build(
    paths: Sequence[Path], index_folder: Path, tools: Tools, *, rebuild: bool = False, pruned: bool = False
) -> BuildReport:
    """Bring the files under `paths` into the index and publish it; `pruned` removes what is there from other paths.

    Raises FileNotFoundError, BusyError, or ValueError (catalogue, same path twice, useless model); the served index
    is then untouched.
    """
    found = find(paths)

    def bring(contents: Contents) -> list[FileOutcome]:
        outcomes = prune(found, contents) if pruned else []
        journal = Journal(index_folder / _JOURNAL)
        return outcomes + gather(found, contents, journal, tools.isolation, lambda *step: tools.progress("read", *step))

    return update(index_folder, bring, tools.embedder, tools.progress, rebuild=rebuild)


def update(
    index_folder: Path, bring: Bring, embedder: Embedder, progress: Progress, *, rebuild: bool = False
) -> BuildReport:
    """Publish what `bring` makes of the contents of the index (of nothing, with `rebuild`), if that changes anything.

    Raises BusyError, UnusableIndexError, and what `bring` raises; the served index is then untouched.
    """
    index_folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(index_folder):
        journal = Journal(index_folder / _JOURNAL)
        if rebuild:
            journal.clear()
        previous = Contents({}, {}) if rebuild else _previous(index_folder)
        contents = Contents(dict(previous.documents), dict(previous.rejected))
        outcomes = tuple(bring(contents))
        documents = [contents.documents[path] for path in sorted(contents.documents)]
        passages = [passage for stored in documents for passage in stored.document.passages]
        if not rebuild and contents == previous and _is_current(index_folder, embedder):
            return BuildReport(current(index_folder).name, outcomes, len(documents), len(passages), 0)
        vectors, embedded = _embed(index_folder, passages, embedder, progress)
        scratch = _write(index_folder, documents, list(contents.rejected.values()), vectors)
        manifest = _manifest(embedder, len(documents), Counter(passage.language for passage in passages))
        name = publish(scratch, index_folder, manifest)
        journal.clear()
    return BuildReport(name, outcomes, len(documents), len(passages), embedded)


def _embed(
    index_folder: Path, passages: list[Passage], embedder: Embedder, progress: Progress
) -> tuple[FloatArray, int]:
    cache = EmbeddingCache(embedder, index_folder / _CACHE)
    texts = [f"{passage.context}\n{passage.text}" for passage in passages]
    return cache.embed(texts, lambda done, total: progress("embed", done, total))


def _previous(index_folder: Path) -> Contents:
    """Contents of the generation in use; what an older pipeline made stands until it is read again."""
    try:
        generation = current(index_folder)
    except NoIndexError:
        return Contents({}, {})
    try:
        verify(generation, read_manifest(generation))
    except UnusableIndexError as error:
        raise type(error)(f"{error} (an ingest adds to the index in use, and this one cannot be read)") from error
    store = Store(generation / STORE)
    documents = {stored.document.source.path: stored for stored in store.documents()}
    return Contents(documents, {item.path: item for item in store.rejected()})


def _is_current(index_folder: Path, embedder: Embedder) -> bool:
    try:
        manifest = read_manifest(current(index_folder))
        check_settings(manifest, Expected(embedder.name, embedder.dimension, ANALYSIS_VERSION))
    except UnusableIndexError:
        return False
    return True


def _write(index_folder: Path, documents: list[StoredDocument], rejected: list[Rejected], vectors: FloatArray) -> Path:
    scratch = index_folder / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    write_store(scratch / STORE, documents, rejected, links_between(stored.document for stored in documents))
    passages: list[Passage] = [passage for stored in documents for passage in stored.document.passages]
    for language in sorted({passage.language for passage in passages}):
        rows = [row for row, passage in enumerate(passages) if passage.language == language]
        chosen = np.ascontiguousarray(vectors[rows])
        save_pool(build_pool(language, rows, [passages[row] for row in rows], chosen), scratch / POOLS / language)
    return scratch


def _manifest(embedder: Embedder, documents: int, passages: Counter[str]) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        embedder=embedder.name,
        dimension=embedder.dimension,
        analysis_version=ANALYSIS_VERSION,
        pipeline_version=PIPELINE_VERSION,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=documents,
        passages=dict(sorted(passages.items())),
        scale=measure(embedder),
        files={},
    )
