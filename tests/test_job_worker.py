"""The worker: what becomes of jobs, of their files, and of those that were interrupted."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pytest

from api.job_worker import JobWorker, Means, working
from api.jobs import Job, JobFile
from corpus.catalogue import CatalogueLine
from corpus.uploads import UploadsFolder
from index.build import build
from index.embedder import Embedder, FloatArray
from index.files import writer_lock
from tests.fakes import FakeEmbedder, InProcess, tools
from tests.ingests import LAW_AR, LAW_FR, PRESS, BrokenEmbedder, paths

NOTE = b"# Incident\n\nTout incident est signale dans un delai de trois jours."
Started = Callable[..., JobWorker]


@pytest.fixture
def started(corpus: Path, served: Path, tmp_path: Path) -> Started:
    """A worker over the index of the small corpus; called again, the same service after a restart."""
    build([corpus], served, tools())

    def start(embedder: Embedder | None = None, renew: Callable[[], None] = lambda: None) -> JobWorker:
        uploads = UploadsFolder(tmp_path / "uploads")
        means = Means(lambda: nullcontext(InProcess()), embedder or FakeEmbedder(), renew)
        return JobWorker(JobFile(uploads.working / "jobs.sqlite"), uploads, served, means)

    return start


def upload(worker: JobWorker, job: str, content: bytes = NOTE, name: str = "incident.md") -> str:
    """The path that the document will have."""
    path = worker.uploads.place(worker.uploads.receive(BytesIO(content), job), name, Path(name).suffix)
    worker.jobs.add(job, "upload", CatalogueLine(path=path, title="Incident", language="fr", kind="note"))
    return path


def withdraw(worker: JobWorker, job: str, path: str) -> None:
    worker.jobs.add(job, "withdrawal", CatalogueLine(path=path, title="Incident"))


def found(worker: JobWorker, job: str) -> Job:
    known = worker.jobs.find(job)
    assert known is not None
    return known


def test_an_upload_becomes_a_document_beside_the_others(started: Started, served: Path) -> None:
    renewed: list[str] = []
    worker = started(renew=lambda: renewed.append("now"))
    path = upload(worker, "a")
    worker.work_off()
    job = found(worker, "a")
    assert (job.status, job.reason, job.generation, renewed) == ("done", None, "gen-000002", ["now"])
    assert paths(served) == [LAW_AR, LAW_FR, PRESS, path]
    report = json.loads(job.report or "")
    assert (report["status"], report["source"]["title"], report["passages"]) == ("indexed", "Incident", 1)


def test_a_file_that_gives_no_text_fails_with_the_reason_and_a_report(started: Started, served: Path) -> None:
    worker = started()
    upload(worker, "a", b"%PDF-1.4 broken", "loi.pdf")
    worker.work_off()
    job = found(worker, "a")
    assert job.status == "failed"
    assert job.reason
    assert json.loads(job.report or "")["status"] == "quarantined"
    assert paths(served) == [LAW_AR, LAW_FR, PRESS]


def test_a_withdrawn_document_is_gone_with_its_file(started: Started, served: Path) -> None:
    worker = started()
    path = upload(worker, "a")
    withdraw(worker, "b", path)
    worker.work_off()
    assert [found(worker, job).status for job in "ab"] == ["done", "done"]
    assert json.loads(found(worker, "b").report or "") == {
        "path": path, "status": "removed", "reason": "it was withdrawn",
    }  # fmt: skip
    assert paths(served) == [LAW_AR, LAW_FR, PRESS]
    assert worker.uploads.sources() == {}
    assert not (worker.uploads.path / path).exists()


def test_a_job_that_breaks_leaves_nothing_and_the_next_is_done(started: Started, served: Path) -> None:
    worker = started(BrokenEmbedder())
    path = upload(worker, "a")
    worker.work_off()
    job = found(worker, "a")
    assert (job.status, job.report) == ("failed", None)
    assert "a fault of the service (RuntimeError)" in (job.reason or "")
    assert "no memory" not in (job.reason or "")
    assert not (worker.uploads.path / path).exists()
    other = upload(worker, "b", b"# Signature\n\nLa signature qualifiee a la valeur de la signature manuscrite.")
    started().work_off()
    assert (found(worker, "b").status, paths(served)) == ("done", [LAW_AR, LAW_FR, PRESS, other])


def test_a_document_that_is_served_survives_a_second_upload_that_breaks(started: Started, served: Path) -> None:
    worker = started()
    path = upload(worker, "a")
    worker.work_off()
    worker.uploads.receive(BytesIO(NOTE), "b")
    worker.jobs.add("b", "upload", CatalogueLine(path=path, title="Another title"))
    started(BrokenEmbedder()).work_off()
    assert found(worker, "b").status == "failed"
    assert path in paths(served)
    assert (worker.uploads.path / path).exists()


def test_a_job_waits_while_another_process_writes(started: Started, served: Path) -> None:
    worker = started()
    upload(worker, "a")
    with writer_lock(served):
        worker.work_off()
        job = found(worker, "a")
        assert (job.status, "another ingest" in (job.reason or "")) == ("queued", True)
    worker.work_off()
    assert found(worker, "a").status == "done"


def test_what_a_killed_service_was_doing_is_done_after_its_restart(started: Started, served: Path) -> None:
    worker = started()
    path = upload(worker, "a")
    begun = worker.jobs.begin()
    assert begun is not None
    worker.uploads.put("a", begun.line)  # and here it is killed
    again = started()
    again.resume()
    again.work_off()
    assert (found(again, "a").status, path in paths(served)) == ("done", True)


def test_a_file_that_ended_the_service_three_times_is_taken_out(started: Started) -> None:
    worker = started()
    path = upload(worker, "a")
    for _ in range(3):
        begun = worker.jobs.begin()
        assert begun is not None
        worker.uploads.put("a", begun.line)
        worker.resume()
    assert found(worker, "a").status == "failed"
    assert not (worker.uploads.path / path).exists()
    assert worker.uploads.sources() == {}


def test_a_stopped_worker_leaves_its_job_for_the_next_start(started: Started, served: Path) -> None:
    class Stopping(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> FloatArray:
            worker.stop()
            return super().embed_passages(texts)

    worker = started(Stopping())
    upload(worker, "a")
    worker.work_off()
    assert found(worker, "a").status == "queued"
    assert len(paths(served)) == 3
    again = started()
    again.work_off()
    assert (found(again, "a").status, len(paths(served))) == ("done", 4)


def test_progress_is_of_the_job_that_is_being_done(started: Started) -> None:
    seen = []

    class Watching(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> FloatArray:
            seen.append(worker.progress_of("a"))
            return super().embed_passages(texts)

    worker = started(Watching())
    upload(worker, "a")
    worker.work_off()
    first = seen[0]
    assert first is not None
    assert (first.stage, first.done, first.total, first.seconds_left) == ("read", 1, 1, 0)
    assert worker.progress_of("b") is None


def test_a_thread_does_jobs_as_they_come_and_one_service_at_a_time(started: Started) -> None:
    worker, idle = started(), started()
    with working(worker):
        upload(worker, "a")
        worker.wake()
        for _ in range(200):
            if found(worker, "a").ended:
                break
            time.sleep(0.1)
        with pytest.raises(RuntimeError, match="one process at a time"), writer_lock(idle.uploads.working):
            pass
    assert found(worker, "a").status == "done"
