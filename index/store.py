"""Sources and passages in one read-only SQLite file."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from corpus.instrument import Instrument
from corpus.source import Source
from ingest.document import Document, Passage

_SCHEMA: Final = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, source_id TEXT UNIQUE NOT NULL, path TEXT UNIQUE NOT NULL, source TEXT NOT NULL,
    language TEXT NOT NULL, text TEXT NOT NULL, repairs TEXT NOT NULL, fingerprint TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES documents (source_id), position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, language TEXT NOT NULL, path TEXT NOT NULL, article TEXT,
    page INTEGER, role TEXT NOT NULL, context TEXT NOT NULL, UNIQUE (source_id, position)
);
CREATE TABLE rejected (path TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with the fingerprint of the file, catalogue line and pipeline that it was made from."""

    document: Document
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is not in the index, with the reason that was given."""

    path: str
    status: str
    reason: str


def write_store(path: Path, documents: Iterable[StoredDocument], rejected: Iterable[Rejected]) -> None:
    """Write all documents; passage rows count from 0 in the order of documents and positions."""
    listed = list(documents)
    passages = [passage for stored in listed for passage in stored.document.passages]
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            _insert(connection, "documents", (_document_row(*numbered) for numbered in enumerate(listed)))
            _insert(connection, "passages", (_passage_row(*numbered) for numbered in enumerate(passages)))
            _insert(connection, "rejected", ((item.path, item.status, item.reason) for item in rejected))
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


class Store:
    """Reads a store file. Threads may share it; once opened it stays whole, even when its file is removed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def documents(self) -> list[StoredDocument]:
        """All documents with their passages, in order of path."""
        with self._connection() as connection:
            ids = [row[0] for row in connection.execute("SELECT source_id FROM documents ORDER BY path")]
        return [document for document in map(self.document, ids) if document is not None]

    def document(self, source_id: str) -> StoredDocument | None:
        """The document with this id, or None."""
        with self._connection() as connection:
            row = connection.execute("SELECT * FROM documents WHERE source_id = ?", (source_id,)).fetchone()
            if row is None:
                return None
            found = connection.execute("SELECT * FROM passages WHERE source_id = ? ORDER BY position", (source_id,))
            passages = tuple(_passage(passage, row["text"]) for passage in found)
        document = Document(_source(row["source"]), row["text"], row["language"], passages, json.loads(row["repairs"]))
        return StoredDocument(document, row["fingerprint"])

    def sources(self) -> dict[str, Source]:
        """Every source by its id, in order of path."""
        with self._connection() as connection:
            rows = connection.execute("SELECT source_id, source FROM documents ORDER BY path")
            return {row["source_id"]: _source(row["source"]) for row in rows}

    def passages(self) -> list[Passage]:
        """Every passage; the index in the list is the row that vectors and terms are stored under."""
        with self._connection() as connection:
            texts = dict(map(tuple, connection.execute("SELECT source_id, text FROM documents")))
            rows = connection.execute("SELECT * FROM passages ORDER BY row")
            return [_passage(row, texts[row["source_id"]]) for row in rows]

    def text(self, source_id: str) -> str | None:
        """The stored text of a source, exactly as citations index it."""
        with self._connection() as connection:
            row = connection.execute("SELECT text FROM documents WHERE source_id = ?", (source_id,)).fetchone()
        return None if row is None else str(row["text"])

    def rejected(self) -> list[Rejected]:
        """Files that could not be indexed, in order of path."""
        with self._connection() as connection:
            return [Rejected(*row) for row in connection.execute("SELECT * FROM rejected ORDER BY path")]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._opened is None:
                address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
                self._opened = sqlite3.connect(address, uri=True, check_same_thread=False)
                self._opened.row_factory = sqlite3.Row
                weakref.finalize(self, self._opened.close)
            yield self._opened


def _document_row(number: int, stored: StoredDocument) -> tuple[object, ...]:
    document = stored.document
    source = json.dumps(asdict(document.source), ensure_ascii=False)
    repairs = json.dumps(document.repairs, ensure_ascii=False)
    identity = (number, document.source.id, document.source.path, source)
    return (*identity, document.language, document.text, repairs, stored.fingerprint)


def _passage_row(row: int, passage: Passage) -> tuple[object, ...]:
    path = json.dumps(passage.path, ensure_ascii=False)
    where = (row, passage.source_id, passage.position, passage.start, passage.end, passage.language, path)
    return (*where, passage.article, passage.page, passage.role, passage.context)


def _source(text: str) -> Source:
    fields = json.loads(text)
    instrument = fields.pop("instrument")
    return Source(**fields, instrument=Instrument(**instrument) if instrument else None)


def _passage(row: sqlite3.Row, text: str) -> Passage:
    return Passage(
        source_id=row["source_id"],
        position=row["position"],
        start=row["start"],
        end=row["end"],
        text=text[row["start"] : row["end"]],
        language=row["language"],
        path=tuple(json.loads(row["path"])),
        article=row["article"],
        page=row["page"],
        role=row["role"],
        context=row["context"],
    )
