"""Routes that explain problems: where the `type` of each leads."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from api.faults import shown
from api.problem_wording import problem_wording
from api.problems import STATUSES, Problem, ProblemError, language_of

_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


def problem_pages() -> APIRouter:
    """`/problems`."""
    router = APIRouter(prefix="/problems", tags=["problems"])

    @router.get("")
    def listed(request: Request) -> Response:
        """Every problem that the service reports, in the caller's language, as JSON or as a page."""
        return _explained(request, tuple(STATUSES))

    @router.get("/{slug}")
    def one(request: Request, slug: str) -> Response:
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
        {
            "type": f"/problems/{slug}",
            "status": STATUSES[slug],
            "title": words.problems[slug].title,
            "about": words.problems[slug].about,
        }
        for slug in slugs
    ]
    return JSONResponse(known[0] if len(known) == 1 else {"problems": known}, headers=headers)
