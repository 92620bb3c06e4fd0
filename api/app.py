"""The HTTP API: questions to answers, search, and the documents behind both."""

from typing import Final

from fastapi import FastAPI

from api.backend import Backend
from api.citations import citations
from api.contract import Contracted
from api.documents import documents
from api.guards import Guarding, guards
from api.health import health
from api.job_views import job_views
from api.job_worker import JobWorker
from api.maintenance import maintenance
from api.openai_door import openai_door
from api.page_images import page_images
from api.problem_pages import problem_pages
from api.problems import handle_problems
from api.questions import questions
from api.unrouted import Unrouted

_DESCRIPTION: Final = """Answers on Morocco's digital policy, each sentence with a citation that anyone can check:
`GET /v1/documents/{id}/text` returns the stored text, and every quote is `text[start:end]` of it, counted in
Unicode code points."""


def create_app(backend: Backend, guarding: Guarding | None = None, worker: JobWorker | None = None) -> FastAPI:
    """The API over an open index; with a worker, documents can be uploaded.

    Requests run in worker threads; the index is read-only and shared.
    """
    chosen = guarding or Guarding()
    app = Contracted(
        open_to_all=chosen.access.anonymous,
        title="Sanad",
        description=_DESCRIPTION,
        version="1",
        docs_url="/docs",
        redoc_url=None,
        middleware=guards(chosen),
    )
    handle_problems(app)
    for routes in (questions, citations, documents, page_images, openai_door, health):
        app.include_router(routes(backend))
    if worker is not None:
        app.include_router(maintenance(backend, worker))
        app.include_router(job_views(worker))
    app.include_router(problem_pages())
    app.routes.append(Unrouted(app.routes))
    return app
