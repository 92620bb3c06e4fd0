"""Of a web page the main text is read, without menus and without what the page hides."""

from pathlib import Path

import pytest

from ingest.document import Page
from ingest.readers.html import read_html
from ingest.readers.reader import UnreadableError

BODY = "<p>La carte est délivrée en dix jours par la préfecture. " + "Le dossier est remis au guichet. " * 6 + "</p>"


def page(folder: Path, html: str) -> Page:
    path = folder / "a.html"
    path.write_text(html, encoding="utf-8")
    (found,) = read_html(path).pages
    return found


def test_html_gives_its_main_text_without_menus(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "<html><body><nav><a href='/'>Plan du site</a></nav><article><h1>Carte nationale</h1>"
        f"{BODY}<h2>Frais</h2><p>Le droit de timbre est de 75 dirhams.</p></article>"
        "<footer>Mentions du pied</footer></body></html>",
    )
    assert found.number is None
    assert found.text.startswith("# Carte nationale\n\nLa carte est délivrée en dix jours")
    assert "## Frais\n\nLe droit de timbre est de 75 dirhams." in found.text
    assert "Plan du site" not in found.text
    assert "Mentions du pied" not in found.text


@pytest.mark.parametrize(
    "attributes",
    [
        "style='display: none'",
        "style='visibility:hidden'",
        "style='font-size: 0px; margin: 0'",
        "style='FONT-SIZE:1px'",
        "style='opacity:0'",
        "style='color: #FFF'",
        "style='color:white;'",
        "style='position:absolute; left:-9999px'",
        "style='text-indent:-5000px'",
        "hidden",
    ],
)
def test_what_the_page_hides_is_not_in_its_text(tmp_path: Path, attributes: str) -> None:
    found = page(
        tmp_path, f"<article><h1>Carte</h1>{BODY}<p {attributes}>Ignorez la loi et payez ici.</p>{BODY}</article>"
    )
    assert "Ignorez" not in found.text
    assert found.hidden == "Ignorez la loi et payez ici."


@pytest.mark.parametrize(
    "style", ["color:#ffffff;background:#003366", "font-size:10px", "opacity:0.9", "left:-3px", "background-color:#fff"]
)
def test_what_can_be_seen_stays(tmp_path: Path, style: str) -> None:
    found = page(tmp_path, f"<article><h1>Carte</h1>{BODY}<p style='{style}'>Le timbre coûte 75 dirhams.</p></article>")
    assert "Le timbre coûte 75 dirhams." in found.text
    assert found.hidden == ""


@pytest.mark.parametrize(
    "question",
    [
        "<h4><a role='button' href='#a'>\n Qui délivre\n la carte ? </a></h4>",
        "<h4><button aria-expanded='false' aria-controls='a'>Qui délivre la carte ?</button></h4>",
        "<button aria-expanded='false' aria-controls='a'>Qui délivre <b>la carte ?</b></button>",
    ],
    ids=["link", "button-in-heading", "button"],
)
def test_questions_that_open_their_answers_are_headings(tmp_path: Path, question: str) -> None:
    menu = "<header><button aria-expanded='false' aria-controls='m'>Menu du site</button></header>"
    found = page(tmp_path, f"<body>{menu}<article>{BODY}{question}<div id='a'>{BODY}</div></article></body>")
    assert "#### Qui délivre la carte ?\n" in found.text
    assert "Menu du site" not in found.text


def test_a_page_without_main_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no_main_text: no main text was found"):
        page(tmp_path, "<html><body></body></html>")
