"""The one worker that does the jobs of maintainers: in turn, in a thread, with the same steps as `sanad ingest`."""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.jobs import Job, JobFile, Result
from corpus.headnote import Headnote
from corpus.uploads import UploadsFolder
from index.build import BuildReport, Making, Stage, Tools, build, update
from index.embedder import Embedder
from index.entry import Entry, as_json_of
from index.files import BusyError, writer_lock
from index.gather import Contents, FileOutcome
from index.generation import STORE, UnusableIndexError, current
from index.store import Store
from ingest.isolation import Isolation

PAUSE_S: Final = 5.0
"""After which a job is tried again that another process keeps from writing."""
_ENDING_S: Final = 10.0
_BUSY: Final = "another ingest writes to the index: this job waits for its end"
_STOPPED: Final = "the service ended during this job, which goes on with it"
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is in its stage; `seconds_left` of the stage, as far as its pace tells."""

    stage: Stage
    done: int
    total: int
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Means:
    """What the worker brings documents in with: how files are read, and what makes the index in use the newest."""

    sandbox: Callable[[], AbstractContextManager[Isolation]]
    embedder: Embedder
    renew: Callable[[], None]
    headnotes: Sequence[Headnote] = ()


class _StoppedError(BaseException):
    """The service ends. Not an Exception: a file that was being read must not be blamed for it."""


class JobWorker:
    """Does the jobs of `jobs` with the files of `uploads`, for the index in the folder `index`."""

    def __init__(self, jobs: JobFile, uploads: UploadsFolder, index: Path, means: Means) -> None:
        self.jobs, self.uploads = jobs, uploads
        self._index, self._means = index, means
        self._pace = _Pace()
        self._awake, self._stopping = threading.Event(), threading.Event()

    def wake(self) -> None:
        """A job has come."""
        self._awake.set()

    def stop(self) -> None:
        """End after the step that is being done; the job goes on with the next start."""
        self._stopping.set()
        self._awake.set()

    def progress_of(self, job_id: str) -> Progress | None:
        """Of the job that is being done, once its first step is; None of any other."""
        pace = self._pace
        return pace.progress if pace.job == job_id else None

    def run(self) -> None:
        """Do jobs until told to stop. Of several services over one folder, one at a time works."""
        while not self._stopping.is_set():
            try:
                self.uploads.working.mkdir(parents=True, exist_ok=True)
                with writer_lock(self.uploads.working):
                    self._work()
            except BusyError:
                self._stopping.wait(PAUSE_S)
            except Exception:  # noqa: BLE001 - such as a full disk, which may pass
                _LOG.exception("jobs of maintainers cannot be worked on")
                self._stopping.wait(PAUSE_S)

    def _work(self) -> None:
        self.resume()
        while not self._stopping.is_set():
            self.work_off()
            self._awake.wait(PAUSE_S)
            self._awake.clear()

    def resume(self) -> None:
        """Take up what a process left that was killed."""
        for job in self.jobs.resume():
            self._take_back(job)
        self.uploads.drop_abandoned({job.id for job in self.jobs.unfinished()})

    def work_off(self) -> None:
        """Do what waits, oldest first, until nothing does or another process writes to the index."""
        while not self._stopping.is_set() and (job := self.jobs.begin()):
            self._pace = _Pace(job.id)
            try:
                result = self._done(job)
            except BusyError:
                self.jobs.put_back(job.id, _BUSY)
                return
            except _StoppedError:
                self.jobs.put_back(job.id, _STOPPED)
                return
            except (ValueError, UnusableIndexError) as error:
                result = self._failed(job, str(error))
            except Exception as error:  # noqa: BLE001 - a job that fails must not keep the next from being done
                _LOG.exception("job %s failed", job.id)
                fault = f"a fault of the service ({type(error).__name__}), told in its log"
                result = self._failed(job, f"{fault}: try again, or tell the operator")
            self.jobs.end(job.id, result)

    def _done(self, job: Job) -> Result:
        report = self._bring(job) if job.task == "upload" else self._withdraw(job)
        self._means.renew()
        outcome = next(outcome for outcome in report.outcomes if outcome.path == job.line.path)
        told = json.dumps(as_json_of(self._entry(job, outcome)), ensure_ascii=False)
        if outcome.status in {"skipped", "quarantined"}:
            return Result("failed", outcome.reason, report.generation, told)
        return Result("done", None, report.generation, told)

    def _bring(self, job: Job) -> BuildReport:
        self.uploads.put(job.id, job.line)
        with self._means.sandbox() as isolation:
            return build([self.uploads.path], self._index, Tools(isolation, self._making()))

    def _withdraw(self, job: Job) -> BuildReport:
        path = job.line.path

        def bring(contents: Contents) -> list[FileOutcome]:
            contents.replace(path, None)
            return [FileOutcome(path, "removed", 0, "it was withdrawn")]

        report = update(self._index, bring, self._making())
        self.uploads.take_out(path)
        return report

    def _making(self) -> Making:
        return Making(self._means.embedder, self._tell, self._means.headnotes)

    def _tell(self, stage: Stage, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise _StoppedError
        self._pace.tell(stage, done, total)

    def _entry(self, job: Job, outcome: FileOutcome) -> Entry:
        store = Store(current(self._index) / STORE)
        stored = store.document(job.source_id)
        links = [link for link in store.links() if job.source_id in {link.a, link.b}]
        return Entry(outcome, stored.document if stored else None, tuple(links))

    def _failed(self, job: Job, reason: str) -> Result:
        self._take_back(job)
        return Result("failed", reason)

    def _take_back(self, job: Job) -> None:
        """What an upload left that failed; a document that is served keeps its file."""
        self.uploads.waiting(job.id).unlink(missing_ok=True)
        if job.task == "upload" and not self._is_served(job):
            self.uploads.take_out(job.line.path)

    def _is_served(self, job: Job) -> bool:
        try:
            return job.source_id in Store(current(self._index) / STORE).sources()
        except (UnusableIndexError, sqlite3.Error):
            return True  # it cannot be told, and so is kept


class _Pace:
    """How far the job `job` is, and how fast."""

    def __init__(self, job: str = "") -> None:
        self.job = job
        self.progress: Progress | None = None
        self._began = self._told = time.monotonic()

    def tell(self, stage: Stage, done: int, total: int) -> None:
        """Threads may tell at the same time: an estimate that is a moment old does no harm."""
        now = time.monotonic()
        if self.progress is None or self.progress.stage != stage:
            self._began = self._told
        self._told = now
        left = round((now - self._began) / done * (total - done)) if done else None
        self.progress = Progress(stage, done, total, left)


@contextmanager
def working(worker: JobWorker) -> Iterator[None]:
    """Let the worker do its jobs in a thread; at the end it has some seconds for the step that it is doing."""
    thread = threading.Thread(target=worker.run, name="jobs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(_ENDING_S)
