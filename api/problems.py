"""Errors as problem details (RFC 9457): the rule, the value received, the remedy."""

from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """A response of type `application/problem+json`."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(content, status_code=status, media_type="application/problem+json")


def invalid_request(_request: Request, error: Exception) -> JSONResponse:
    """For a body or parameter that does not fit its schema, naming each field."""
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [f"{'.'.join(map(str, e['loc'][1:])) or e['loc'][0]}: {e['msg']}" for e in error.errors()]
    return problem(422, "The request does not fit its schema", "; ".join(fields))


def refused(_request: Request, error: Exception) -> JSONResponse:
    """For what a route refuses by an HTTP status, with the reason that it gives."""
    if not isinstance(error, HTTPException):
        raise error
    response = problem(error.status_code, HTTPStatus(error.status_code).phrase, error.detail)
    response.headers.update(error.headers or {})
    return response


def unreadable_question(_request: Request, error: Exception) -> JSONResponse:
    """For a question that fits the schema but cannot be read."""
    return problem(422, "The question cannot be read", str(error))
