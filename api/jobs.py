"""Jobs of maintainers in a SQLite file: what waits survives a restart, and an upload that is repeated is one job."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from corpus.catalogue import CatalogueLine
from corpus.source import Source

Task = Literal["upload", "withdrawal"]
Status = Literal["queued", "running", "done", "failed"]

MOST_WAITING: Final = 100
_MOST_ATTEMPTS: Final = 3
_GIVEN_UP: Final = (
    f"the service ended {_MOST_ATTEMPTS} times during this job: split the file, or bring it in by `sanad ingest`"
)
_LOCK_WAIT_S: Final = 5.0
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, task TEXT NOT NULL, line TEXT NOT NULL, status TEXT NOT NULL,
    reason TEXT, created TEXT NOT NULL, ended TEXT, attempts INTEGER NOT NULL, generation TEXT, report TEXT,
    caller TEXT, once TEXT, content TEXT, UNIQUE (caller, once)
) STRICT
"""
_COLUMNS: Final = "id, task, line, status, created, reason, ended, generation, report"


class ReusedKeyError(ValueError):
    """An Idempotency-Key came with something else than before."""


class TooManyJobsError(RuntimeError):
    """As many jobs wait as may wait."""


@dataclass(frozen=True, slots=True)
class Job:
    """One upload or withdrawal. Times are UTC; `report` is JSON, `generation` the index after the job."""

    id: str
    task: Task
    line: CatalogueLine
    status: Status
    created: datetime
    reason: str | None = None
    ended: datetime | None = None
    generation: str | None = None
    report: str | None = None

    @property
    def source_id(self) -> str:
        """Of the document that it is about."""
        return Source(self.line.path, self.line.title).id


@dataclass(frozen=True, slots=True)
class Once:
    """An Idempotency-Key of a caller, with the SHA-256 of what came with it."""

    caller: str
    key: str
    content: str


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended."""

    status: Literal["done", "failed"]
    reason: str | None = None
    generation: str | None = None
    report: str | None = None


class JobFile:
    """The jobs at `path`. Threads and processes may share it; each change is on disk when its method returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, job_id: str, task: Task, line: CatalogueLine, once: Once | None = None) -> Job:
        """Let a new job wait; the one that there is already for a repeated `once`.

        Raises ReusedKeyError when that came with something else, TooManyJobsError when too many jobs wait.
        """
        key = (once.caller, once.key, once.content) if once else (None, None, None)
        with self._open() as database:
            known = database.execute(
                f"SELECT content, {_COLUMNS} FROM jobs WHERE caller = ? AND once = ?", key[:2]
            ).fetchone()
            if known is not None:
                if known[0] != key[2]:
                    raise ReusedKeyError("the same content is needed with the same key, got another: take a new key")
                return _job(known[1:])
            (waiting,) = database.execute("SELECT count(*) FROM jobs WHERE status = 'queued'").fetchone()
            if waiting >= MOST_WAITING:
                raise TooManyJobsError(f"at most {MOST_WAITING} jobs may wait: try again later")
            row = (job_id, task, line.model_dump_json(), _now(), *key)
            database.execute(
                "INSERT INTO jobs (id, task, line, status, created, attempts, caller, once, content)"
                " VALUES (?, ?, ?, 'queued', ?, 0, ?, ?, ?)",
                row,
            )
            return _known(database, job_id)

    def find(self, job_id: str) -> Job | None:
        """The job of that id, None where there is none."""
        with self._open() as database:
            row = database.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return None if row is None else _job(row)

    def newest(self, most: int) -> list[Job]:
        """The last jobs, newest first."""
        with self._open() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM jobs ORDER BY number DESC LIMIT ?", (most,)).fetchall()
        return [_job(row) for row in rows]

    def unfinished(self) -> list[Job]:
        """What waits or is worked on, oldest first."""
        with self._open() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM jobs WHERE status IN ('queued', 'running') ORDER BY number"
            ).fetchall()
        return [_job(row) for row in rows]

    def begin(self) -> Job | None:
        """The job that has waited longest, now running; None where none waits."""
        with self._open() as database:
            row = database.execute(
                "UPDATE jobs SET status = 'running', reason = NULL, attempts = attempts + 1 WHERE number ="
                f" (SELECT min(number) FROM jobs WHERE status = 'queued') RETURNING {_COLUMNS}"
            ).fetchone()
        return None if row is None else _job(row)

    def put_back(self, job_id: str, reason: str) -> None:
        """Let a job wait again that was not to blame."""
        with self._open() as database:
            database.execute(
                "UPDATE jobs SET status = 'queued', reason = ?, attempts = attempts - 1 WHERE id = ?", (reason, job_id)
            )

    def end(self, job_id: str, result: Result) -> None:
        """Keep how a job ended."""
        row = (result.status, result.reason, result.generation, result.report, _now(), job_id)
        with self._open() as database:
            database.execute(
                "UPDATE jobs SET status = ?, reason = ?, generation = ?, report = ?, ended = ? WHERE id = ?", row
            )

    def resume(self) -> list[Job]:
        """Let jobs wait again that were running when the process ended; those that failed by that, once too often."""
        with self._open() as database:
            rows = database.execute(
                "UPDATE jobs SET status = 'failed', reason = ?, ended = ? WHERE status = 'running' AND attempts >= ?"
                f" RETURNING {_COLUMNS}",
                (_GIVEN_UP, _now(), _MOST_ATTEMPTS),
            ).fetchall()
            database.execute("UPDATE jobs SET status = 'queued' WHERE status = 'running'")
        return [_job(row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writes into; the file is made where it is missing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_LOCK_WAIT_S, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            with database:
                database.execute(_TABLE)
                yield database


def _known(database: sqlite3.Connection, job_id: str) -> Job:
    return _job(database.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job_id,)).fetchone())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _job(row: tuple[str, ...]) -> Job:
    job_id, task, line, status, created, reason, ended, generation, report = row
    return Job(
        id=job_id,
        task="upload" if task == "upload" else "withdrawal",
        line=CatalogueLine.model_validate_json(line),
        status=_STATUSES[status],
        created=datetime.fromisoformat(created),
        reason=reason,
        ended=datetime.fromisoformat(ended) if ended else None,
        generation=generation,
        report=report,
    )


_STATUSES: Final[dict[str, Status]] = {"queued": "queued", "running": "running", "done": "done", "failed": "failed"}
