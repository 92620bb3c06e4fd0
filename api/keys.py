"""API keys: who may call what, until when. Only the SHA-256 of a key is stored; a key has 256 random bits of its own.

A key reads `sanad_<id>_<secret>`: the id may be told and logged, the whole may not.
"""

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, get_args

KeyScope = Literal["ask", "search", "feedback", "ingest", "eval", "admin"]
SCOPES: Final[tuple[KeyScope, ...]] = get_args(KeyScope)
_PREFIX: Final = "sanad"
_NO_DIGEST: Final = b"\0" * hashlib.sha256().digest_size
# Another process may be writing, such as the command that makes a key.
_LOCK_WAIT_S: Final = 5.0
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, digest BLOB NOT NULL,
    created TEXT NOT NULL, expires TEXT, revoked TEXT, last_used TEXT
) STRICT
"""
_COLUMNS: Final = "id, name, scopes, created, expires, revoked, last_used"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key. Times are UTC; `last_used` is a day, so that nobody's hours are kept."""

    id: str
    name: str
    scopes: tuple[KeyScope, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    last_used: str | None

    def state(self, now: datetime) -> Literal["valid", "expired", "revoked"]:
        """Whether it opens anything at `now`."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires <= now else "valid"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the only moment when it can be shown."""

    key: Key
    secret: str


def utc_now() -> datetime:
    """To the second, which is what the file keeps."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """An SQLite file that only its owner may read; threads and processes may use it at the same time."""

    path: Path
    now: Callable[[], datetime] = utc_now

    def create(self, name: str, scopes: Iterable[str], lifetime: timedelta | None = None) -> NewKey:
        """Raises ValueError without a name, without a scope, or with one that does not exist."""
        asked = set(scopes)
        wanted, unknown = tuple(scope for scope in SCOPES if scope in asked), sorted(asked - set(SCOPES))
        if unknown or not wanted:
            raise ValueError(f"a key needs scopes among {', '.join(SCOPES)}, got {', '.join(unknown) or 'none'}")
        if not name.strip():
            raise ValueError("a key needs a name that says who holds it, got none")
        with self._open() as database:
            return self._insert(database, name.strip(), wanted, lifetime)

    def listed(self) -> tuple[Key, ...]:
        """Every key that was ever made, oldest first."""
        with self._open() as database:
            return tuple(map(_key, database.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created, rowid")))

    def revoke(self, key_id: str) -> Key:
        """Close a key for good. Raises ValueError when there is none of this id."""
        with self._open() as database:
            self._known(database, key_id)
            database.execute("UPDATE keys SET revoked = COALESCE(revoked, ?) WHERE id = ?", (_text(self.now()), key_id))
            return self._known(database, key_id)

    def rotate(self, key_id: str, overlap: timedelta) -> NewKey:
        """A second key of the same name, scopes and lifetime; the old one works for `overlap` more, never longer.

        Raises ValueError when there is no valid key of this id.
        """
        with self._open() as database:
            old = self._known(database, key_id)
            if old.state(self.now()) != "valid":
                raise ValueError(
                    f"a valid key is needed to rotate, got {key_id!r}, {old.state(self.now())}: create one"
                )
            lifetime = None if old.expires is None else old.expires - old.created
            end = self.now() + overlap
            last_day = end if old.expires is None else min(old.expires, end)
            database.execute("UPDATE keys SET expires = ? WHERE id = ?", (_text(last_day), key_id))
            return self._insert(database, old.name, old.scopes, lifetime)

    def find(self, presented: str) -> Key | None:
        """The key that was presented, valid or not; None when it is none of ours. A valid one is noted as used today.

        The time it takes does not depend on how much of the secret is right.
        """
        if not self.path.exists():
            return None
        with self._open() as database:
            rows = database.execute(f"SELECT digest, {_COLUMNS} FROM keys WHERE id = ?", (key_id_of(presented),))
            row = rows.fetchone() or (_NO_DIGEST,)
            if not hmac.compare_digest(row[0], _digest(presented)):
                return None
            key, today = _key(row[1:]), self.now().date().isoformat()
            if key.state(self.now()) == "valid" and key.last_used != today:
                database.execute("UPDATE keys SET last_used = ? WHERE id = ?", (today, key.id))
            return key

    def opens(self, presented: str, scope: KeyScope) -> bool:
        """Whether what was presented is a valid key with this scope."""
        key = self.find(presented)
        return key is not None and key.state(self.now()) == "valid" and scope in key.scopes

    def _insert(
        self, database: sqlite3.Connection, name: str, scopes: tuple[KeyScope, ...], lifetime: timedelta | None
    ) -> NewKey:
        key_id, created = secrets.token_hex(4), self.now()
        expires = created + lifetime if lifetime is not None else None
        presented = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"
        key = Key(key_id, name, scopes, created, expires, None, None)
        until = _text(expires) if expires else None
        values = (key_id, name, " ".join(scopes), _text(created), until, None, None, _digest(presented))
        database.execute(f"INSERT INTO keys ({_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        return NewKey(key, presented)

    def _known(self, database: sqlite3.Connection, key_id: str) -> Key:
        row = database.execute(f"SELECT {_COLUMNS} FROM keys WHERE id = ?", (key_id,)).fetchone()
        if row is None:
            raise ValueError(f"the id of a key is needed, got {key_id!r}: `sanad keys list` shows them")
        return _key(row)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction; the file is made where it is missing, readable by its owner only."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(self.path, timeout=_LOCK_WAIT_S)) as database, database:
            database.execute(_TABLE)
            yield database


def key_id_of(presented: str) -> str:
    """The public part of a key; empty when the text has not the form of one."""
    prefix, _, rest = presented.partition("_")
    key_id, _, secret = rest.partition("_")
    return key_id if prefix == _PREFIX and secret else ""


def _digest(presented: str) -> bytes:
    return hashlib.sha256(presented.encode("utf-8", "surrogatepass")).digest()


def _text(moment: datetime) -> str:
    return moment.isoformat()


def _key(row: tuple[str, ...]) -> Key:
    key_id, name, scopes, created, expires, revoked, last_used = row
    held = tuple(scope for scope in SCOPES if scope in scopes.split())
    return Key(key_id, name, held, datetime.fromisoformat(created), _moment(expires), _moment(revoked), last_used)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
