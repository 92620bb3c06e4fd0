"""The addresses of the pages, so that none is written twice."""

from typing import Final
from urllib.parse import quote, urlencode

CHAT: Final = "/"
SIMPLE: Final = "/simple"
SOURCE: Final = "/source"
COVERED: Final = "/covered"
COVERED_CSV: Final = "/covered.csv"
ABOUT: Final = "/about"
MAINTAIN: Final = "/maintain"
ASSETS: Final = "/pages"


def address(path: str, language: str, **query: object) -> str:
    """A page in `language`; fields that are None or empty are left out."""
    given = {name: value for name, value in query.items() if value not in {None, ""}}
    return f"{path}?{urlencode({'lang': language} | given)}"


def source_address(source_id: str, start: int | None, end: int | None, language: str, **query: object) -> str:
    """The page of a source, with the slice `text[start:end]` marked where one is given."""
    return address(f"{SOURCE}/{quote(source_id, safe='')}", language, start=start, end=end, **query)


def image_address(source_id: str, page: int, start: int | None, end: int | None) -> str:
    """The picture of a page of a PDF, with the slice marked on it."""
    query = urlencode({name: at for name, at in (("start", start), ("end", end)) if at is not None})
    return f"/v1/documents/{quote(source_id, safe='')}/pages/{page}.png" + (f"?{query}" if query else "")
