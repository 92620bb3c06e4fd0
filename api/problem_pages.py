"""Routes that explain problems: where the `type` of each leads."""

from dataclasses import asdict, dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from api.faults import shown
from api.problem_wording import problem_wording
from api.problems import STATUSES, Problem, ProblemError, language_of

_PAGES: Final = Environment(
    loader=FileSystemLoader(FilePath(__file__).parent / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem that the service reports: its type, its usual status, and what to do about it."""

    type: str
    status: int
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All of them."""

    problems: tuple[ProblemView, ...]


Slug = Annotated[str, Path(min_length=1, max_length=100, examples=["quota-exceeded"])]


def _form(model: type) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model, "content": {"text/html": {"schema": {"type": "string"}}}}}


def problem_pages() -> APIRouter:
    """`/problems`."""
    router = APIRouter(prefix="/problems", tags=["problems"])

    @router.get("", responses=_form(ProblemsView))
    def listed(request: Request) -> Response:
        """Every problem that the service reports, in the caller's language, as JSON or as a page."""
        return _explained(request, tuple(STATUSES))

    @router.get("/{slug}", responses=_form(ProblemView))
    def one(request: Request, slug: Slug) -> Response:
        """What a problem means and what to do about it."""
        if slug not in STATUSES:
            raise ProblemError(Problem("unknown-problem", {"received": shown(slug)}))
        return _explained(request, (slug,))

    return router


def _explained(request: Request, slugs: tuple[str, ...]) -> Response:
    language = language_of(request.scope)
    words = problem_wording(language)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    if "text/html" in request.headers.get("accept", ""):
        page = _PAGES.get_template("problems.html")
        chosen = [(slug, STATUSES[slug], words.problems[slug]) for slug in slugs]
        return HTMLResponse(page.render(words=words, language=language, problems=chosen), headers=headers)
    known = [
        ProblemView(f"/problems/{slug}", STATUSES[slug], words.problems[slug].title, words.problems[slug].about)
        for slug in slugs
    ]
    return JSONResponse(asdict(known[0] if len(known) == 1 else ProblemsView(tuple(known))), headers=headers)
