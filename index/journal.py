"""Files that were read since the last generation was published: a killed ingest goes on from there."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from index.store import Rejected, StoredDocument

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS finished (fingerprint TEXT PRIMARY KEY, outcome BLOB NOT NULL)"
_OUTCOME: Final[TypeAdapter[StoredDocument | Rejected]] = TypeAdapter(StoredDocument | Rejected)


@dataclass(frozen=True, slots=True)
class Journal:
    """Outcomes by the fingerprint of what they were made from, in the SQLite file `path`."""

    path: Path

    def read(self) -> dict[str, StoredDocument | Rejected]:
        """What was finished before, by fingerprint."""
        if not self.path.exists():
            return {}
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(_SCHEMA)
            rows = connection.execute("SELECT fingerprint, outcome FROM finished").fetchall()
        return {fingerprint: _OUTCOME.validate_json(outcome) for fingerprint, outcome in rows}

    def write(self, outcome: StoredDocument | Rejected) -> None:
        """Keep one outcome; it is on disk when this returns."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(_SCHEMA)
            row = (outcome.fingerprint, _OUTCOME.dump_json(outcome))
            connection.execute("INSERT OR REPLACE INTO finished VALUES (?, ?)", row)

    def clear(self) -> None:
        """Forget everything, as a published generation holds it."""
        self.path.unlink(missing_ok=True)
