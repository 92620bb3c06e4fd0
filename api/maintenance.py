"""Routes of maintainers: documents come and go as jobs."""

import hashlib
import uuid
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Header, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from api.backend import Backend
from api.documents import unknown
from api.faults import shown
from api.job_views import JOBS, JobView, job_view
from api.job_worker import JobWorker
from api.jobs import MOST_WAITING, Job, Once, ReusedKeyError, Task, TooManyJobsError
from api.problems import Problem, ProblemError
from corpus.attempts import UnfetchedError
from corpus.catalogue import CatalogueLine
from corpus.register import Language
from corpus.source import Kind, published_on
from ingest.isolation import Isolation
from ingest.promise import suffix_of
from ingest.readers.reader import UnreadableError

_RETRY_S: Final = 30
_Fact = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Key = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Any text of your own, new for each upload: an upload that is sent again with it is one job.",
    ),
]


class UploadForm(BaseModel):
    """A document, and what is known about it; what is left out is taken from the text where it says it."""

    model_config = ConfigDict(extra="forbid")

    file: UploadFile
    title: _Fact | None = None
    language: Language | None = None
    issuer: _Fact | None = None
    published: Annotated[_Fact | None, Field(description="YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2024-02"])] = None
    kind: Kind = "other"
    url: Annotated[str | None, Field(pattern=r"^https?://\S+$", max_length=2000)] = None
    note: Annotated[str | None, Field(max_length=2000)] = None

    @field_validator("published")
    @classmethod
    def _readable_date(cls, value: str | None) -> str | None:
        published_on(value)
        return value

    @property
    def facts(self) -> dict[str, Any]:
        return self.model_dump(exclude={"file"})


def maintenance(backend: Backend, worker: JobWorker) -> APIRouter:
    """`/v1/ingest` but for the jobs. Raises ValueError when the backend has no isolation to look at files in."""
    if backend.isolation is None:
        raise ValueError("uploads need a process to be looked at in, the backend has none: give it an isolation")
    router, isolation = APIRouter(prefix="/v1/ingest", tags=["maintenance"]), backend.isolation

    @router.post("", status_code=202, form_limits={"max_files": 1, "max_fields": len(UploadForm.model_fields)})
    def upload(
        form: Annotated[UploadForm, Form(media_type="multipart/form-data")],
        request: Request,
        response: Response,
        idempotency_key: _Key = None,
    ) -> JobView:
        """Bring a document in. It is found, cited and shown as soon as its job is done."""
        job = _received(worker, form, isolation, request.state.caller, idempotency_key)
        return _accepted(worker, job, response)

    @router.delete("/documents/{source_id}", status_code=202)
    def withdraw(source_id: str, response: Response) -> JobView:
        """Withdraw a document that was uploaded, with its file."""
        return _accepted(worker, _withdrawal(worker, backend, source_id), response)

    return router


def _received(worker: JobWorker, form: UploadForm, isolation: Isolation, caller: str, key: str | None) -> Job:
    """The job of an upload; its file waits in the folder, or is gone again when no job came of it."""
    job_id, uploads, name = uuid.uuid4().hex, worker.uploads, form.file.filename or ""
    made = None
    try:
        digest = uploads.receive(form.file.file, job_id)
        path = uploads.place(digest, name, _suffix(uploads.waiting(job_id), name, isolation))
        line = CatalogueLine(path=path, **form.facts | {"title": form.title or PurePosixPath(path).name})
        content = hashlib.sha256(f"{digest} {line.model_dump_json()}".encode()).hexdigest()
        made = _added(worker, job_id, "upload", line, Once(caller, key, content) if key else None)
    finally:
        if made is None or made.id != job_id:
            uploads.waiting(job_id).unlink(missing_ok=True)
    return made


def _suffix(file: Path, name: str, isolation: Isolation) -> str:
    """By the content of the file, which must be what its name says. Raises ProblemError."""
    try:
        return isolation.run(suffix_of, file, PurePosixPath(name).suffix.lower())
    except (UnfetchedError, UnreadableError) as error:
        raise ProblemError(Problem("unreadable-file", {"file": shown(name)})) from error


def _withdrawal(worker: JobWorker, backend: Backend, source_id: str) -> Job:
    """The job that withdraws a document, which may be there already. Raises ProblemError or HTTPException."""
    unfinished = [job for job in worker.jobs.unfinished() if job.source_id == source_id]
    if unfinished and unfinished[-1].task == "withdrawal":
        return unfinished[-1]
    source = worker.uploads.sources().get(source_id)
    if source is not None:
        line = CatalogueLine(path=source.path, title=source.title)
    elif unfinished:
        line = unfinished[-1].line
    elif source_id in backend.index.sources:
        raise ProblemError(Problem("not-uploaded", {"document": source_id}))
    else:
        raise unknown(source_id)
    return _added(worker, uuid.uuid4().hex, "withdrawal", line)


def _added(worker: JobWorker, job_id: str, task: Task, line: CatalogueLine, once: Once | None = None) -> Job:
    try:
        job = worker.jobs.add(job_id, task, line, once)
    except ReusedKeyError as error:
        raise ProblemError(Problem("reused-key")) from error
    except TooManyJobsError as error:
        headers = {"Retry-After": str(_RETRY_S)}
        raise ProblemError(Problem("too-many-jobs", {"limit": MOST_WAITING}, headers)) from error
    worker.wake()
    return job


def _accepted(worker: JobWorker, job: Job, response: Response) -> JobView:
    response.headers["Location"] = f"{JOBS}/{job.id}"
    return job_view(worker, job)
