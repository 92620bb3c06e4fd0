"""Errors as problem details (RFC 9457): one table, in the caller's language, and in OpenAI's form behind its doors.

The rule, the value received, the remedy; never what went on inside.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.faults import FieldFault, broken_json_place, field_faults
from api.problem_wording import preferred_language, problem_wording
from rag.question import LONGEST_QUESTION, UnreadableQuestionError

STATUSES: Final = {
    "bad-request": 400,
    "broken-json": 400,
    "key-in-url": 400,
    "key-needed": 401,
    "unknown-key": 401,
    "ended-key": 401,
    "missing-scope": 403,
    "not-found": 404,
    "unknown-problem": 404,
    "model-not-found": 404,
    "method-not-allowed": 405,
    "slow-body": 408,
    "not-uploaded": 409,
    "no-report": 409,
    "gone": 410,
    "body-too-large": 413,
    "file-too-large": 413,
    "unsupported-media-type": 415,
    "unreadable-file": 415,
    "reused-key": 422,
    "invalid-request": 422,
    "unreadable-question": 422,
    "quota-exceeded": 429,
    "internal-error": 500,
    "too-many-jobs": 503,
    "temporary-reduced-capacity": 503,
}
"""Every kind of problem by its slug, which is stable: clients may compare `type` with it."""

_OPENAI_DOORS: Final = ("/v1/chat/completions", "/v1/models")
_OPENAI_TYPES: Final = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
# What a route raises by its status alone.
_BY_STATUS: Final = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    410: "gone",
    422: "invalid-request",
    503: "temporary-reduced-capacity",
}
_FRAMEWORK_DETAILS: Final = {"Not Found", "Method Not Allowed", "There was an error parsing the body"}


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """A problem as RFC 9457 has it; `errors` names the fields that do not fit, and stands only where some do not."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[FieldFault, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenAIError:
    """What went wrong, as clients of the OpenAI protocol know it."""

    message: str
    type: str
    param: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class OpenAIProblem:
    """The body of a problem behind the doors for those clients."""

    error: OpenAIError


@dataclass(frozen=True, slots=True)
class ProblemForm:
    """How problems are told at some paths: the schema by name, its media type, and statuses told as another."""

    schema: str
    media_type: str
    statuses: Mapping[int, int] = field(default_factory=dict)

    def status(self, status: int) -> int:
        return self.statuses.get(status, status)


_DETAILS: Final = ProblemForm("ProblemDetails", "application/problem+json")
# Its clients know 400 for what others call 422.
_OPENAI: Final = ProblemForm("OpenAIProblem", "application/json", {422: 400})


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its slug, the facts that its wording names, and `detail` where a route has words of its own."""

    slug: str
    facts: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldFault, ...] = ()
    detail: str | None = None
    status: int | None = None


class ProblemError(HTTPException):
    """What a route or a dependency raises to be answered with the problem.

    FastAPI lets only an HTTPException through where it reads a form.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.status or STATUSES[problem.slug], problem.slug)
        self.problem = problem


def request_id(scope: Scope) -> str:
    """The id under which the request is logged; empty where the log is not in use."""
    return str(scope.get("state", {}).get("request_id", ""))


def language_of(scope: Scope) -> str:
    """The language, `fr`, `ar` or `en`, that the caller reads best."""
    return preferred_language(Headers(scope=scope).get("accept-language", ""))


def problem_form(path: str) -> ProblemForm:
    """How problems are told at this path."""
    return _OPENAI if path.startswith(_OPENAI_DOORS) else _DETAILS


def refusal(scope: Scope, problem: Problem) -> JSONResponse:
    """The response for a problem, ready to be sent or returned."""
    language, form = language_of(scope), problem_form(scope["path"])
    said = problem_wording(language).problems[problem.slug]
    status = form.status(problem.status or STATUSES[problem.slug])
    detail = problem.detail or said.detail.format_map(problem.facts)
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store", **problem.headers}
    if form is _OPENAI:
        content = asdict(_openai_problem(problem, status, detail))
    else:
        told = (f"/problems/{problem.slug}", said.title, status, detail, request_id(scope), problem.errors)
        content = {name: value for name, value in asdict(ProblemDetails(*told)).items() if name != "errors" or value}
    return JSONResponse(content, status, headers, media_type=form.media_type)


def _openai_problem(problem: Problem, status: int, detail: str) -> OpenAIProblem:
    kind = _OPENAI_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    param = problem.errors[0].field if problem.errors else None
    code = problem.errors[0].rule if problem.errors else problem.slug.replace("-", "_")
    return OpenAIProblem(OpenAIError(detail, kind, param, code))


def handle_problems(app: FastAPI) -> None:
    """Answer with a problem whatever a route refuses."""
    app.add_exception_handler(ProblemError, _raised)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnreadableQuestionError, _unreadable)


def _raised(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ProblemError):
        raise error
    return refusal(request.scope, error.problem)


def _by_status(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    slug = _BY_STATUS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal-error")
    detail = None if error.detail in _FRAMEWORK_DETAILS else error.detail
    facts = {"method": request.method, "allowed": (error.headers or {}).get("Allow", "")}
    return refusal(request.scope, Problem(slug, facts, error.headers or {}, (), detail, error.status_code))


def _invalid(request: Request, error: Exception) -> JSONResponse:
    """For a body or parameter that does not fit its schema, naming each field."""
    if not isinstance(error, RequestValidationError):
        raise error
    place = broken_json_place(error)
    if place is not None:
        return refusal(request.scope, Problem("broken-json", {"place": place}))
    faults = field_faults(error, problem_wording(language_of(request.scope)).rules)
    facts = {"faults": "; ".join(f"{fault.field}: {fault.message}" for fault in faults)}
    return refusal(request.scope, Problem("invalid-request", facts, errors=faults))


def _unreadable(request: Request, error: Exception) -> JSONResponse:
    """For a question that fits the schema but cannot be read."""
    facts = {"why": str(error), "limit": LONGEST_QUESTION}
    return refusal(request.scope, Problem("unreadable-question", facts))
