"""`/maintain`: the index as its maintainers see it; it opens with a key, which the browser asks for as a password."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from index.generation import generations
from index.hit import Hit
from index.search import Index
from rag.chain import query_of
from rag.feedback import FeedbackLog
from rag.question import LONGEST_QUESTION, Question, UnreadableQuestionError, understand
from ui.links import MAINTAIN
from ui.page import missing, page
from ui.terminal import document_text, explanation, feedback_text, status_text, understood_text

_SHOWN: Final = 20
_RUN: Final = re.compile(r"[\w.-]+")
_REPORT: Final = "report.html"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the page works with; `opens` says whether a key may open it, `runs` is the folder of evaluations."""

    index: Callable[[], Index]
    feedback: FeedbackLog
    runs: Path
    opens: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Explained:
    hit: Hit
    lines: Sequence[str]


def maintenance_page(workshop: Workshop) -> APIRouter:
    """State of the index, search with explanations, a document with its passages, reports of evaluations."""
    router = APIRouter(prefix=MAINTAIN, include_in_schema=False, dependencies=[Depends(_guard(workshop.opens))])

    @router.get("")
    def state(request: Request) -> HTMLResponse:
        index = workshop.index()
        told = f"{status_text(index, datetime.now(UTC))}\n{feedback_text(workshop.feedback.read())}"
        sources = sorted(index.sources.values(), key=lambda source: source.path)
        made = generations(index.folder)
        return page(request, "maintain.html", state=told, made=made, runs=_runs(workshop.runs), sources=sources)

    @router.get("/search")
    def search(request: Request, q: str = "") -> HTMLResponse:
        understood, hits = _explained(workshop.index(), q) if q.strip() else ("", [])
        return page(request, "maintain_search.html", asked=q, understood=understood, hits=hits)

    @router.get("/documents/{source_id}")
    def document(request: Request, source_id: str) -> HTMLResponse:
        stored = workshop.index().store.document(source_id)
        if stored is None:
            return missing(request)
        shown = stored.document
        return page(request, "maintain_document.html", document=shown, told=document_text(shown))

    @router.get("/evals/{run}")
    def report(request: Request, run: str) -> Response:
        if run not in _runs(workshop.runs):
            return missing(request)
        return FileResponse(workshop.runs / run / _REPORT, media_type="text/html")

    return router


def _guard(opens: Callable[[str], bool]) -> Callable[[HTTPBasicCredentials], None]:
    """A browser asks for name and password by itself; the password is the key, the name is not looked at."""

    def check(given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic(realm="Sanad"))]) -> None:
        if not opens(given.password):
            rule = "a key with the scope admin is needed as the password, got another"
            raise HTTPException(401, f"{rule}: see `sanad keys create`", {"WWW-Authenticate": 'Basic realm="Sanad"'})

    return check


def _explained(index: Index, text: str) -> tuple[str, list[_Explained]]:
    try:
        understood = understand(Question(text[:LONGEST_QUESTION]))
    except UnreadableQuestionError as error:
        return str(error), []
    hits = index.search(query_of(understood), _SHOWN)
    return understood_text(understood), [_Explained(hit, explanation(hit)) for hit in hits]


def _runs(folder: Path) -> list[str]:
    """Evaluations that have a report, latest first; their names are made by the clock."""
    found = (report.parent.name for report in folder.glob(f"*/{_REPORT}"))
    return sorted((name for name in found if _RUN.fullmatch(name)), reverse=True)
