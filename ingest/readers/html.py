"""Web pages: the main text between the menus, without what the page hides."""

import re
from pathlib import Path
from typing import Final

import trafilatura
from lxml import etree, html

from ingest.document import Page
from ingest.readers.reader import Reading, UnreadableError
from ingest.readers.text import decoded

# Attributes are compared without white space and in lower case.
_HIDING_STYLE: Final = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0\d*)?(?:;|$)|font-size:0*[0-3]?(?:\.\d+)?(?:px|pt)?(?:;|$)"
    r"|(?:^|;)color:(?:#fff(?:fff)?|white|transparent|rgba?\(255,255,255)|text-indent:-\d{3,}|left:-\d{3,}|clip:rect\(0"
)
_BACKGROUND: Final = re.compile(r"background")
_NEVER_SHOWN: Final = ("template", "noscript", "script", "style")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENUS: Final = ("nav", "header", "footer", "aside", "form")


def read_html(path: Path) -> Reading:
    """The main text as Markdown; elements that the page does not show go to `Page.hidden`."""
    tree = _tree(decoded(path.read_bytes()))
    hidden = _take_out_hidden(tree)
    _plain_headings(tree)
    extracted = trafilatura.extract(tree, output_format="markdown", include_links=False, include_images=False)
    if not extracted:
        raise UnreadableError("no_main_text", "no main text was found between the menus of the page: save it as text")
    return Reading("html", (Page(None, extracted, hidden),))


def _tree(text: str) -> html.HtmlElement:
    try:
        # A declaration of the encoding would contradict the text, which is decoded already.
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError("corrupt", f"the page cannot be parsed ({error}): save it again") from error


def _take_out_hidden(tree: html.HtmlElement) -> str:
    """Remove the elements that no reader sees; their text."""
    taken = []
    for element in list(tree.iter(etree.Element)):
        if element.tag not in {"html", "body"} and element.getparent() is not None and _is_hidden(element):
            if element.tag not in _NEVER_SHOWN:
                taken.append(" ".join(element.text_content().split()))
            element.drop_tree()
    return "\n".join(text for text in taken if text)


def _plain_headings(tree: html.HtmlElement) -> None:
    """Titles that open and close what stands under them, as plain headings: links and buttons are left out as menus."""
    for switch in list(tree.iter("button")):
        if "aria-expanded" in switch.attrib and switch.get("aria-controls") and not _within(switch, _MENUS + _HEADINGS):
            switch.tag = "h4"
    for heading in list(tree.iter(*_HEADINGS)):
        words = " ".join(heading.text_content().split())
        for part in list(heading):
            part.drop_tree()
        heading.text = words


def _within(element: html.HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in _NEVER_SHOWN or "hidden" in element.attrib:
        return True
    style = re.sub(r"\s+", "", element.get("style", "")).lower()
    # White letters on a background of their own are seen.
    return bool(_HIDING_STYLE.search(style)) and not ("color:" in style and _BACKGROUND.search(style))
