"""Documents to a published generation: bring in what changed, embed what is new, write, publish."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import numpy as np

from corpus.headnote import Headnote
from index.analysis import ANALYSIS_VERSION
from index.embedder import Embedder
from index.embedding_cache import EmbeddingCache
from index.files import writer_lock
from index.gather import Contents, FileOutcome, find, gather, prune
from index.generation import (
    FORMAT_VERSION,
    HEADNOTES,
    LEANINGS,
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
from index.headnotes import aim, fits, save_headnotes, texts_of
from index.journal import Journal
from index.leaning import measure_leanings, save_leanings
from index.nearness import measure
from index.originals import drop_unnamed, keep_originals
from index.pools import build_pool, save_pool
from index.sentences import gather_sentences, save_sentences, sentences_in
from index.store import Rejected, Store, StoredDocument, write_store
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
class Making:
    """What a generation is made with: the model, who is told how far it is, and the headnotes that lead to passages."""

    embedder: Embedder
    progress: Progress
    headnotes: Sequence[Headnote] = ()

    @property
    def headnotes_fingerprint(self) -> str:
        """Changes with any headnote: an index made with others is made anew."""
        return hashlib.sha256(repr(self.headnotes).encode()).hexdigest()[:16] if self.headnotes else ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an ingest works with: where files are read, and what the generation is then made with."""

    isolation: Isolation
    making: Making


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
        progress = tools.making.progress
        outcomes += gather(found, contents, journal, tools.isolation, lambda *step: progress("read", *step))
        keep_originals(found, contents, index_folder)
        return outcomes

    return update(index_folder, bring, tools.making, rebuild=rebuild)


def update(index_folder: Path, bring: Bring, making: Making, *, rebuild: bool = False) -> BuildReport:
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
        if not rebuild and contents == previous and _is_current(index_folder, making):
            return BuildReport(current(index_folder).name, outcomes, len(documents), len(passages), 0)
        scratch, embedded = _write(index_folder, documents, list(contents.rejected.values()), making)
        manifest = _manifest(making, len(documents), Counter(passage.language for passage in passages))
        name = publish(scratch, index_folder, manifest)
        journal.clear()
        drop_unnamed(index_folder)
    return BuildReport(name, outcomes, len(documents), len(passages), embedded)


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


def _is_current(index_folder: Path, making: Making) -> bool:
    embedder = making.embedder
    try:
        manifest = read_manifest(current(index_folder))
        check_settings(manifest, Expected(embedder.name, embedder.dimension, ANALYSIS_VERSION))
    except UnusableIndexError:
        return False
    return manifest.headnotes == making.headnotes_fingerprint


def _write(
    index_folder: Path, documents: list[StoredDocument], rejected: list[Rejected], making: Making
) -> tuple[Path, int]:
    """A folder with all files but the manifest, and how many texts had to be embedded for it."""
    passages = [passage for stored in documents for passage in stored.document.passages]
    sources = {stored.document.source.id: stored.document.source for stored in documents}
    aimed = aim(making.headnotes, passages, sources)
    texts = [f"{passage.context}\n{passage.text}" for passage in passages]
    sentences = sorted({sentence for passage in passages for sentence in sentences_in(passage.text)})
    cache = EmbeddingCache(making.embedder, index_folder / _CACHE)
    vectors, embedded = cache.embed(
        [*texts, *texts_of(aimed), *sentences], lambda done, total: making.progress("embed", done, total)
    )
    whole, told, parts = np.split(vectors, [len(texts), len(vectors) - len(sentences)])
    scratch = index_folder / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    write_store(scratch / STORE, documents, rejected, links_between(stored.document for stored in documents))
    by_sentence = dict(zip(sentences, parts, strict=True))
    for language in sorted({passage.language for passage in passages}):
        rows = [row for row, passage in enumerate(passages) if passage.language == language]
        chosen, folder = np.ascontiguousarray(whole[rows]), scratch / POOLS / language
        save_pool(build_pool(language, rows, [texts[row] for row in rows], chosen), folder)
        save_sentences(gather_sentences([passages[row].text for row in rows], chosen, by_sentence), folder)
    save_headnotes(aimed, told, fits(aimed, told, passages, whole), scratch / HEADNOTES)
    save_leanings(measure_leanings(making.embedder), scratch / LEANINGS)
    return scratch, embedded


def _manifest(making: Making, documents: int, passages: Counter[str]) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        embedder=making.embedder.name,
        dimension=making.embedder.dimension,
        analysis_version=ANALYSIS_VERSION,
        pipeline_version=PIPELINE_VERSION,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=documents,
        passages=dict(sorted(passages.items())),
        scale=measure(making.embedder),
        files={},
        headnotes=making.headnotes_fingerprint,
    )
