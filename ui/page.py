"""A template with facts to a page: in the reader's language, escaped, with nothing from another server."""

from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ingest.languages import arabic_share
from rag.wording import day_in, number_in
from ui import links
from ui.identifiers import isolated
from ui.page_language import FIELD, reader_language, usual_language
from ui.wording import Interface, interface, interfaces

TEMPLATES: Final = Path(__file__).parent / "templates"
_YEAR_S: Final = 365 * 24 * 3600
_MOSTLY: Final = 0.4


def tongue_of(text: str) -> str:
    """The `lang` of text in one of the languages of the sources: by its script, Arabic or French."""
    return "ar" if arabic_share(text) > _MOSTLY else "fr"


def _isolated(text: str) -> Markup:
    return Markup(isolated(text))


_PAGES: Final = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_PAGES.filters |= {"isolated": _isolated, "tongue": tongue_of}
_PAGES.globals |= {"links": links}


def page(request: Request, template: str, status: int = 200, **facts: object) -> HTMLResponse:
    """The page of `template` in the language of the reader; a cookie keeps one chosen against the usual one."""
    words = words_for(request)
    elsewhere = {one.code: str(request.url.include_query_params(lang=one.code)) for one in interfaces().values()}
    rendered = _PAGES.get_template(template).render(
        w=words,
        lang=words.code,
        tongues=interfaces().values(),
        elsewhere={code: _relative(where) for code, where in elsewhere.items()},
        day=lambda written: day_in(written, words.speaks),
        number=lambda written: number_in(written, words.speaks),
        **facts,
    )
    response = HTMLResponse(rendered, status)
    response.headers["Content-Language"] = words.code
    response.headers["Vary"] = "Accept-Language, Cookie"
    if words.code != usual_language(request):
        response.set_cookie(FIELD, words.code, max_age=_YEAR_S, samesite="lax", httponly=True)
    return response


def missing(request: Request) -> HTMLResponse:
    """404 in the reader's language."""
    return page(request, "missing.html", 404)


def words_for(request: Request) -> Interface:
    """The wording of the reader's language."""
    return interface(reader_language(request))


def _relative(address: str) -> str:
    """Without scheme and host, which a proxy may not tell truly."""
    return "/" + address.split("://", 1)[-1].partition("/")[2]
