"""Texts that stand in no file of their own, such as the lines of a benchmark, to a published generation."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.source import Source
from index.build import BuildReport, Making, Progress, update
from index.embedder import Embedder
from index.gather import Contents, FileOutcome
from index.generation import UnusableIndexError
from index.store import Rejected, StoredDocument
from ingest.document import Page
from ingest.pipeline import PIPELINE_VERSION, document_of
from ingest.readers.reader import Reading, UnreadableError

Texts = Sequence[tuple[Source, str]]
"""Each text with its source; the paths differ."""


def publish_texts(texts: Texts, index_folder: Path, embedder: Embedder, progress: Progress) -> BuildReport:
    """Make the index hold exactly `texts`, each as if read from a file of plain text; unchanged ones are kept.

    An index that cannot be read is made anew, as nothing in it comes from elsewhere. Raises BusyError.
    """

    making = Making(embedder, progress)

    def bring(contents: Contents) -> list[FileOutcome]:
        return _bring(texts, contents, progress)

    try:
        return update(index_folder, bring, making)
    except UnusableIndexError:
        return update(index_folder, bring, making, rebuild=True)


def _bring(texts: Texts, contents: Contents, progress: Progress) -> list[FileOutcome]:
    wanted = {source.path for source, _ in texts}
    for path in (contents.documents.keys() | contents.rejected.keys()) - wanted:
        contents.replace(path, None)
    outcomes = []
    for done, (source, text) in enumerate(texts, start=1):
        outcomes.append(_bring_one(source, text, contents))
        progress("read", done, len(texts))
    return outcomes


def _bring_one(source: Source, text: str, contents: Contents) -> FileOutcome:
    path, fingerprint = source.path, _fingerprint(source, text)
    unchanged = contents.fingerprint(path) == fingerprint
    if not unchanged:
        contents.replace(path, _outcome(source, text, fingerprint))
    rejected = contents.rejected.get(path)
    if rejected is not None:
        return FileOutcome(path, rejected.status, 0, f"{rejected.code}: {rejected.reason}")
    passages = len(contents.documents[path].document.passages)
    return FileOutcome(path, "unchanged" if unchanged else "indexed", passages)


def _outcome(source: Source, text: str, fingerprint: str) -> StoredDocument | Rejected:
    try:
        return StoredDocument(document_of(Reading("text", (Page(None, text),)), source), fingerprint)
    except UnreadableError as error:
        return Rejected(source.path, error.code, error.reason, fingerprint)


def _fingerprint(source: Source, text: str) -> str:
    """Of everything that the document is made from: the text, what is known of it, the pipeline."""
    made_from = [text, asdict(source), PIPELINE_VERSION]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False).encode()).hexdigest()
