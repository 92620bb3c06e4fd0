"""Jobs on disk: in turn, once for each Idempotency-Key, taken up again after a restart."""

from pathlib import Path

import pytest

from api import jobs as module
from api.jobs import MOST_WAITING, JobFile, Once, Result, ReusedKeyError, TooManyJobsError
from corpus.catalogue import CatalogueLine

LINE = CatalogueLine(path="uploaded/1/loi.txt", title="Loi", kind="law")


@pytest.fixture
def jobs(tmp_path: Path) -> JobFile:
    return JobFile(tmp_path / "a/jobs.sqlite")


def test_jobs_are_begun_in_the_order_in_which_they_came(jobs: JobFile) -> None:
    assert [jobs.add(job, "upload", LINE).status for job in ("a", "b")] == ["queued", "queued"]
    begun = [job.id if (job := jobs.begin()) else None for _ in range(3)]
    assert begun == ["a", "b", None]
    assert [(job.id, job.status) for job in jobs.newest(1)] == [("b", "running")]


def test_an_ended_job_tells_what_became_of_it(jobs: JobFile) -> None:
    jobs.add("a", "upload", LINE)
    jobs.begin()
    jobs.end("a", Result("failed", "empty: replace it", "gen-000002", "{}"))
    job = JobFile(jobs.path).find("a")
    assert job is not None
    assert (job.status, job.reason, job.generation, job.report) == ("failed", "empty: replace it", "gen-000002", "{}")
    assert job.ended is not None
    assert (job.line, jobs.unfinished(), jobs.find("b")) == (LINE, [], None)


def test_the_same_key_with_the_same_content_is_one_job(jobs: JobFile) -> None:
    first = jobs.add("a", "upload", LINE, Once("key", "1", "content"))
    assert jobs.add("b", "upload", LINE, Once("key", "1", "content")) == first
    with pytest.raises(ReusedKeyError, match="take a new key"):
        jobs.add("c", "upload", LINE, Once("key", "1", "other"))
    assert jobs.add("d", "upload", LINE, Once("another caller", "1", "other")).id == "d"
    assert [job.id for job in jobs.newest(9)] == ["d", "a"]


def test_a_job_that_was_running_when_the_process_ended_waits_again(jobs: JobFile) -> None:
    jobs.add("a", "upload", LINE)
    jobs.begin()
    assert JobFile(jobs.path).resume() == []
    assert [(job.id, job.status) for job in jobs.unfinished()] == [("a", "queued")]


def test_a_job_that_ends_the_process_again_and_again_fails_with_the_remedy(jobs: JobFile) -> None:
    jobs.add("a", "upload", LINE)
    given_up = []
    for _ in range(3):
        jobs.begin()
        given_up += jobs.resume()
    assert [job.id for job in given_up] == ["a"]
    assert [(job.status, "split the file" in (job.reason or "")) for job in jobs.newest(1)] == [("failed", True)]
    assert jobs.begin() is None


def test_waiting_for_another_writer_does_not_count(jobs: JobFile) -> None:
    jobs.add("a", "upload", LINE)
    for _ in range(5):
        jobs.begin()
        jobs.put_back("a", "busy")
    jobs.begin()
    assert jobs.resume() == []


def test_no_more_than_so_many_jobs_wait(jobs: JobFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    for job in ("a", "b"):
        jobs.add(job, "upload", LINE)
    with pytest.raises(TooManyJobsError, match="try again later"):
        jobs.add("c", "upload", LINE)
    jobs.begin()
    assert jobs.add("c", "upload", LINE).id == "c"
    assert MOST_WAITING > 2
