"""The HTTP API: questions to answers, search, and the documents behind both."""

from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.backend import Backend
from api.citations import citations
from api.documents import documents
from api.health import health
from api.page_images import page_images
from api.problems import invalid_request, refused, unreadable_question
from api.questions import questions
from api.security import SecurityHeaders

_DESCRIPTION: Final = """Answers on Morocco's digital policy, each sentence with a citation that anyone can check:
`GET /v1/documents/{id}/text` returns the stored text, and every quote is `text[start:end]` of it, counted in
Unicode code points."""


def create_app(backend: Backend) -> FastAPI:
    """The API over an open index. Requests run in worker threads; the index is read-only and shared."""
    app = FastAPI(title="Sanad", description=_DESCRIPTION, version="1", docs_url="/docs", redoc_url=None)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(RequestValidationError, invalid_request)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(ValueError, unreadable_question)
    for routes in (questions, citations, documents, page_images, health):
        app.include_router(routes(backend))
    return app
