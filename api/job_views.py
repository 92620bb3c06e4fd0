"""Routes to the jobs of maintainers: what waits, how far a job is, and what its file became."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from pydantic import Field

from api.job_worker import JobWorker, Progress
from api.jobs import Job, Status, Task
from api.parameters import Parameters
from api.problems import Problem, ProblemError

JOBS: Final = "/v1/ingest/jobs"


class JobFilter(Parameters):
    """How many jobs are listed."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50


@dataclass(frozen=True, slots=True)
class JobView:
    """One job. `document` is the id of the document that it is about, `index` the generation that came of it.

    `reason` says why it failed or still waits; `report` is where to read what the file became.
    """

    id: str
    task: Task
    status: Status
    reason: str | None
    document: str
    path: str
    created: datetime
    ended: datetime | None
    progress: Progress | None
    index: str | None
    report: str | None


@dataclass(frozen=True, slots=True)
class JobList:
    """Jobs, newest first."""

    jobs: tuple[JobView, ...]


def job_views(worker: JobWorker) -> APIRouter:
    """`/v1/ingest/jobs`."""
    router = APIRouter(prefix=JOBS, tags=["maintenance"])

    @router.get("")
    def jobs(wanted: Annotated[JobFilter, Query()]) -> JobList:
        """The last jobs, newest first."""
        return JobList(tuple(job_view(worker, job) for job in worker.jobs.newest(wanted.limit)))

    @router.get("/{job_id}")
    def job(job_id: str) -> JobView:
        """One job: whether it waits, is being done, is done or failed, and how far it is."""
        return job_view(worker, _job(worker, job_id))

    @router.get("/{job_id}/report")
    def report(job_id: str) -> dict[str, Any]:
        """What the file became: how it was read, repaired and divided, what was found in it, what to look at."""
        found = _job(worker, job_id)
        if found.report is None:
            raise ProblemError(Problem("no-report", {"job": found.id, "status": found.status}))
        told: dict[str, Any] = json.loads(found.report)
        return told

    return router


def _job(worker: JobWorker, job_id: str) -> Job:
    job = worker.jobs.find(job_id)
    if job is None:
        raise HTTPException(404, f"the id of a job is needed, got {job_id!r}: see GET {JOBS}")
    return job


def job_view(worker: JobWorker, job: Job) -> JobView:
    """A job, with how far it is while the worker does it."""
    return JobView(
        id=job.id,
        task=job.task,
        status=job.status,
        reason=job.reason,
        document=job.source_id,
        path=job.line.path,
        created=job.created,
        ended=job.ended,
        progress=worker.progress_of(job.id) if job.status == "running" else None,
        index=job.generation,
        report=f"{JOBS}/{job.id}/report" if job.report else None,
    )
