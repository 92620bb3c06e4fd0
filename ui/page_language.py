"""The language that a reader wants to be spoken to in: what the address says, else the cookie, else the browser."""

from typing import Final

from fastapi import Request

from ui.wording import DEFAULT, interfaces

FIELD: Final = "lang"
"""The name of the field of the address, and of the cookie."""


def reader_language(request: Request) -> str:
    """A language that there is wording in."""
    said = request.query_params.get(FIELD)
    return said if said is not None and said in interfaces() else usual_language(request)


def usual_language(request: Request) -> str:
    """The language of an address that names none: the one chosen before, else one that the browser asks for."""
    wanted = (request.cookies.get(FIELD), *_accepted(request))
    return next((language for language in wanted if language is not None and language in interfaces()), DEFAULT)


def _accepted(request: Request) -> list[str]:
    """Languages of `Accept-Language` without their regions, dearest first; those refused with `q=0` are left out."""
    ranked = []
    for item in request.headers.get("accept-language", "")[:500].split(","):
        name, _, rest = item.strip().partition(";")
        ranked.append((_weight(rest), name.strip().lower().partition("-")[0]))
    return [name for weight, name in sorted(ranked, key=lambda one: -one[0]) if weight > 0]


def _weight(parameter: str) -> float:
    value = parameter.strip().removeprefix("q=") or "1"
    try:
        return float(value)
    except ValueError:
        return 0.0
