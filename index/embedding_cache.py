"""Vectors of passages that were embedded before, on disk: a killed or repeated ingest never embeds a text twice."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedder import Embedder, FloatArray

Progress = Callable[[int, int], None]
"""Called with (done, total) passages after each batch."""

_CHUNK: Final = 64
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class EmbeddingCache:
    """Embeds through `embedder`, keeping each vector in the SQLite file `path` under model and text."""

    embedder: Embedder
    path: Path

    def embed(self, texts: Sequence[str], progress: Progress) -> tuple[FloatArray, int]:
        """Vectors of shape (len(texts), dimension) in the order of `texts`, and how many had to be embedded."""
        connection = sqlite3.connect(self.path)
        try:
            connection.execute(_SCHEMA)
            known = self._known(connection, texts)
            # Long and short texts in separate batches waste no padding.
            missing = sorted({text for text in texts if self._key(text) not in known}, key=len, reverse=True)
            for start in range(0, len(missing), _CHUNK):
                chunk = missing[start : start + _CHUNK]
                vectors = self.embedder.embed_passages(chunk)
                rows = [(self._key(text), vector.tobytes()) for text, vector in zip(chunk, vectors, strict=True)]
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                known.update((key, np.frombuffer(blob, dtype=np.float32)) for key, blob in rows)
                progress(start + len(chunk), len(missing))
        finally:
            connection.close()
        if not texts:
            return np.zeros((0, self.embedder.dimension), dtype=np.float32), 0
        return np.stack([known[self._key(text)] for text in texts]), len(missing)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.embedder.name}\0{text}".encode()).digest()

    def _known(self, connection: sqlite3.Connection, texts: Sequence[str]) -> dict[bytes, FloatArray]:
        known: dict[bytes, FloatArray] = {}
        for key in {self._key(text) for text in texts}:
            row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is not None:
                known[key] = np.frombuffer(row[0], dtype=np.float32)
        return known
