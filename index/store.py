"""Sources and passages in one read-only SQLite file."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from corpus.source import Source
from ingest.document import Document, Passage
from ingest.facts.identity import Link

_SCHEMA: Final = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, source_id TEXT UNIQUE NOT NULL, path TEXT UNIQUE NOT NULL, source TEXT NOT NULL,
    text TEXT NOT NULL, details TEXT NOT NULL, fingerprint TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES documents (source_id), position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, language TEXT NOT NULL, path TEXT NOT NULL, article TEXT,
    page INTEGER, role TEXT NOT NULL, context TEXT NOT NULL, paragraphs TEXT, points TEXT,
    UNIQUE (source_id, position)
);
CREATE TABLE links (
    a TEXT NOT NULL REFERENCES documents (source_id), b TEXT NOT NULL REFERENCES documents (source_id),
    link TEXT NOT NULL, PRIMARY KEY (a, b)
);
CREATE TABLE rejected (
    path TEXT PRIMARY KEY, code TEXT NOT NULL, reason TEXT NOT NULL, fingerprint TEXT NOT NULL
);
"""
_SOURCE: Final = TypeAdapter(Source)
_DETAILS: Final = TypeAdapter(Document)
"""Everything but the text and the passages, which have columns and rows of their own."""
_LINK: Final = TypeAdapter(Link)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with the fingerprint of the file, catalogue line and pipeline that it was made from."""

    document: Document
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is not in the index, with the reason that was given."""

    path: str
    code: str
    reason: str
    fingerprint: str

    @property
    def status(self) -> Literal["skipped", "quarantined"]:
        """A file of another kind is skipped; one that should give text and does not is quarantined."""
        return "skipped" if self.code == "unknown_format" else "quarantined"


def write_store(
    path: Path, documents: Iterable[StoredDocument], rejected: Iterable[Rejected], links: Iterable[Link]
) -> None:
    """Write all documents and their links; passage rows count from 0 in the order of documents and positions."""
    listed = list(documents)
    passages = [passage for stored in listed for passage in stored.document.passages]
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            _insert(connection, "documents", (_document_row(*numbered) for numbered in enumerate(listed)))
            _insert(connection, "passages", (_passage_row(*numbered) for numbered in enumerate(passages)))
            _insert(connection, "links", ((link.a, link.b, _json(_LINK, link)) for link in links))
            _insert(connection, "rejected", (tuple(asdict(item).values()) for item in rejected))
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
        document = replace(_DETAILS.validate_json(row["details"]), text=row["text"], passages=passages)
        return StoredDocument(document, row["fingerprint"])

    def sources(self) -> dict[str, Source]:
        """Every source by its id, in order of path."""
        with self._connection() as connection:
            rows = connection.execute("SELECT source_id, source FROM documents ORDER BY path")
            return {row["source_id"]: _SOURCE.validate_json(row["source"]) for row in rows}

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

    def legibility(self) -> dict[str, float]:
        """The share of real words in the text of each source, 0.0 to 1.0, by its id."""
        with self._connection() as connection:
            rows = connection.execute("SELECT source_id, json_extract(details, '$.legibility') FROM documents")
            return {source_id: float(share) for source_id, share in rows}

    def links(self) -> list[Link]:
        """Documents that hold one text, by their ids, in order."""
        with self._connection() as connection:
            return [_LINK.validate_json(row["link"]) for row in connection.execute("SELECT * FROM links ORDER BY a, b")]

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


def _json(adapter: TypeAdapter[Any], value: object) -> str:
    return adapter.dump_json(value).decode()


def _document_row(number: int, stored: StoredDocument) -> tuple[object, ...]:
    document = stored.document
    details = _json(_DETAILS, replace(document, text="", passages=()))
    source = _json(_SOURCE, document.source)
    return (number, document.source.id, document.source.path, source, document.text, details, stored.fingerprint)


def _passage_row(row: int, passage: Passage) -> tuple[object, ...]:
    path = json.dumps(passage.path, ensure_ascii=False)
    where = (row, passage.source_id, passage.position, passage.start, passage.end, passage.language, path)
    inside = (_pair_text(passage.paragraphs), _pair_text(passage.points))
    return (*where, passage.article, passage.page, passage.role, passage.context, *inside)


def _pair_text(pair: tuple[object, object] | None) -> str | None:
    return json.dumps(pair, ensure_ascii=False) if pair else None


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
        paragraphs=_pair(row["paragraphs"]),
        points=_pair(row["points"]),
    )


def _pair(text: str | None) -> tuple[Any, Any] | None:
    if text is None:
        return None
    first, last = json.loads(text)
    return first, last
