"""The OpenAPI contract: to what each route declares, whatever the guards before it may answer, from one table."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from pydantic import TypeAdapter

from api.access_table import ANONYMOUS_SCOPES, entry_of, is_question
from api.problem_wording import problem_wording
from api.problems import STATUSES, OpenAIProblem, ProblemDetails, problem_form

Schema = dict[str, Any]

_METHODS: Final = ("get", "post", "delete")
_KEYED: Final = ("key-in-url", "key-needed", "unknown-key", "ended-key", "missing-scope", "quota-exceeded")
_WITH_BODY: Final = ("broken-json", "slow-body", "body-too-large", "unsupported-media-type", "invalid-request")
_ASKING: Final = ("unreadable-question", "temporary-reduced-capacity")
_REPLACED: Final = ("HTTPValidationError", "ValidationError")
"""Schemas that FastAPI adds for its own form of a 422."""

_HEADERS: Final[Mapping[str, tuple[str, Schema]]] = {
    "X-Request-Id": ("Names the request to the operator; it says nothing about who asked.", {"type": "string"}),
    "RateLimit-Policy": (
        "The quota: `q` requests in `w` seconds.",
        {"type": "string", "examples": ['"default";q=60;w=60']},
    ),
    "RateLimit": (
        "What is left of it: `r` requests, until the window opens anew in `t` seconds.",
        {"type": "string", "examples": ['"default";r=59;t=60']},
    ),
    "Retry-After": ("Seconds after which to try again.", {"type": "integer", "minimum": 0}),
    "WWW-Authenticate": ("What is wrong with the key (RFC 6750).", {"type": "string"}),
    "Content-Language": ("The language of the words: `ar`, `en` or `fr`.", {"type": "string"}),
}
_HEADERS_OF: Final = {401: ("WWW-Authenticate",), 403: ("WWW-Authenticate",), 429: ("Retry-After",)}
_BEARER: Final[Schema] = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of this server, `sanad_…`. Programs that insist on one may send `anonymous`.",
}


class Contracted(FastAPI):
    """A FastAPI whose OpenAPI document is complete. `open_to_all` says whether callers without a key are served."""

    def __init__(self, *, open_to_all: bool, **chosen: Any) -> None:  # noqa: ANN401  # as FastAPI takes it
        super().__init__(**chosen)
        self._open_to_all = open_to_all

    def openapi(self) -> Schema:
        """The document, made once."""
        if not self.openapi_schema:
            _complete(super().openapi(), open_to_all=self._open_to_all)
        return self.openapi_schema or {}


def _complete(document: Schema, *, open_to_all: bool) -> None:
    components = document.setdefault("components", {})
    components["securitySchemes"] = {"bearer": _BEARER}
    components["headers"] = {name: {"description": said, "schema": form} for name, (said, form) in _HEADERS.items()}
    _, defined = TypeAdapter.json_schemas(
        [(form, "validation", TypeAdapter(form)) for form in (ProblemDetails, OpenAIProblem)],
        ref_template="#/components/schemas/{model}",
    )
    schemas = components.setdefault("schemas", {})
    schemas.update(defined["$defs"])
    for name in _REPLACED:
        schemas.pop(name, None)
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                _complete_operation(path, method, item[method], open_to_all=open_to_all)


def _complete_operation(path: str, method: str, operation: Schema, *, open_to_all: bool) -> None:
    entry = entry_of(path)
    if entry is not None:
        anyone = open_to_all and entry.scope in ANONYMOUS_SCOPES
        operation["security"] = [*([{}] if anyone else []), {"bearer": []}]
    responses, media_type = operation["responses"], problem_form(path).media_type
    slugs = _problems(path, method, operation)
    responses.pop("422", None)
    for status, found in slugs.items():
        declared = responses.setdefault(str(status), {"description": _described(found)})
        declared["content"] = {media_type: {"schema": {"$ref": f"#/components/schemas/{problem_form(path).schema}"}}}
    for status, declared in responses.items():
        names = ["X-Request-Id", *_HEADERS_OF.get(int(status), ())]
        names += ["RateLimit-Policy", "RateLimit"] if entry else []
        names += ["Content-Language"] if int(status) >= HTTPStatus.BAD_REQUEST else []
        declared["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    operation["responses"] = dict(sorted(responses.items()))


def _problems(path: str, method: str, operation: Schema) -> dict[int, list[str]]:
    """The slugs of the problems that the operation may report, by status; what routes declare has no slug here."""
    form, found = problem_form(path), dict[int, list[str]]()
    for slug in _slugs(path, method, operation):
        found.setdefault(form.status(STATUSES[slug]), []).append(slug)
    for status in map(int, operation["responses"]):
        if status >= HTTPStatus.BAD_REQUEST:
            found.setdefault(form.status(status), [])
    return dict(sorted(found.items()))


def _slugs(path: str, method: str, operation: Schema) -> Iterator[str]:
    if entry_of(path):
        yield from _KEYED
    if "requestBody" in operation:
        yield from _WITH_BODY
    elif "422" in operation["responses"]:
        yield "invalid-request"
    if is_question(method.upper(), path):
        yield from _ASKING
    if "{" in path:
        yield "not-found"
    yield "internal-error"


def _described(slugs: list[str]) -> str:
    said = problem_wording("en").problems
    return "\n".join(f"`/problems/{slug}`: {said[slug].title}." for slug in slugs)
