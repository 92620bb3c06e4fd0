"""`/simple`: questions and answers without JavaScript. The conversation travels in the form; nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Final, get_args
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from langchain_core.runnables import Runnable
from markupsafe import Markup

from corpus.register import Language as SourceLanguage
from corpus.source import KINDS, Kind
from index.search import Index
from rag.answer import Answer
from rag.question import LONGEST_QUESTION, Question, Turn
from rag.wording import reference
from ui.links import SIMPLE
from ui.page import page, words_for
from ui.render import answer_html

MOST_TURNS: Final = 6
LONGEST_GIST: Final = 300
_LONGEST_FORM: Final = 100_000
_MOST_FIELDS: Final = 64

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form holds: a question, filters, and the turns before it, the last ones where there are many."""

    question: str = ""
    kinds: tuple[Kind, ...] = ()
    source_languages: tuple[SourceLanguage, ...] = ()
    as_of: date | None = None
    history: tuple[Turn, ...] = ()

    @property
    def filtered(self) -> bool:
        return bool(self.kinds or self.source_languages or self.as_of)


def simple_page(index: Callable[[], Index], chain: Runnable[Question, Answer]) -> APIRouter:
    """The form, and the form with an answer above it. A question comes by POST, so that no address or log holds it."""
    router = APIRouter(include_in_schema=False)

    def form(request: Request, asked: Asked, answer: Answer | None = None, fault: str = "") -> HTMLResponse:
        held = {source.kind for source in index().sources.values()}
        shown = page(
            request,
            "simple.html",
            422 if fault else 200,
            asked=asked,
            answer=answer,
            body=Markup(answer_html(replace(answer, suggestions=()))) if answer else "",
            turns=_turns(asked, answer),
            cite=lambda citation: reference(citation, words_for(request).speaks),
            fault=fault,
            kinds=[kind for kind in KINDS if kind in held],
            source_languages=get_args(SourceLanguage),
            longest=LONGEST_QUESTION,
        )
        shown.headers["Cache-Control"] = "no-store"
        return shown

    @router.get(SIMPLE)
    def blank(request: Request) -> HTMLResponse:
        return form(request, Asked())

    @router.post(SIMPLE)
    def ask(request: Request, fields: Annotated[Fields, Depends(_fields)]) -> HTMLResponse:
        asked, words = asked_in(fields), words_for(request).ask
        if not asked.question:
            return form(request, asked, fault=words.empty)
        if len(asked.question) > LONGEST_QUESTION:
            return form(request, asked, fault=words.too_long.format(longest=LONGEST_QUESTION))
        try:
            return form(request, asked, chain.invoke(_as_question(asked)))
        except ValueError:
            return form(request, asked, fault=words.unreadable)

    return router


async def _fields(request: Request) -> Fields:
    """The fields of the form, read without trust in its length."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413, f"a form of at most {_LONGEST_FORM} bytes is needed: ask with fewer words")
    return parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=_MOST_FIELDS)


def asked_in(fields: Fields) -> Asked:
    """The form as it is meant; what no choice of it could give is left out."""
    gists = fields.get("gist", [])
    earlier = [question[:LONGEST_QUESTION] for question in fields.get("asked", [])]
    turns = [
        Turn(question, gist[:LONGEST_GIST])
        for question, gist in zip(earlier, [*gists, *[""] * len(earlier)], strict=False)
    ]
    kinds, languages = set(fields.get("kind", [])), set(fields.get("source_language", []))
    return Asked(
        question=fields.get("question", [""])[0].strip(),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        source_languages=tuple(one for one in get_args(SourceLanguage) if one in languages),
        as_of=_day(fields.get("as_of", [""])[0]),
        history=tuple(turns[-MOST_TURNS:]),
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _as_question(asked: Asked) -> Question:
    return Question(
        asked.question,
        history=asked.history,
        as_of=asked.as_of,
        kinds=asked.kinds,
        source_languages=asked.source_languages,
    )


def _turns(asked: Asked, answer: Answer | None) -> tuple[Turn, ...]:
    """What the next question travels with."""
    if answer is None:
        return asked.history
    gist = answer.sentences[0].text if answer.sentences else ""
    return (*asked.history, Turn(answer.question, gist[:LONGEST_GIST]))[-MOST_TURNS:]
