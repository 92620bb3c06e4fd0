"""What the page of a source shows around a quote."""

from dataclasses import replace

import pytest

from corpus.instrument import Instrument
from corpus.register import Entry, Titles
from corpus.source import Source
from index.search import Index
from tests.conftest import TODAY
from ui.provision import Shown, nature_of, shown, whole
from ui.wording import Nature


def at(index: Index, path: str, words: str) -> Shown:
    key = next(key for key, source in index.sources.items() if source.path == path)
    start = (index.store.text(key) or "").index(words)
    found = shown(index, key, (start, start + len(words)), TODAY)
    assert found is not None
    return found


def test_the_article_is_shown_whole_and_no_other(index: Index) -> None:
    found = at(index, "loi-77-01-fr.txt", "dix jours")
    text = "".join(piece.text for piece in found.pieces)
    assert found.article == "2"
    assert "Toute personne" in text
    assert "Article 3" not in text
    assert (found.begins_before, found.goes_on) == (True, True)


def test_the_pieces_are_the_text_itself(index: Index) -> None:
    found = at(index, "loi-77-01-fr.txt", "dix jours")
    for one in (found, whole(found)):
        assert "".join(piece.text for piece in one.pieces) == found.document.text[slice(*one.around)]
        assert [piece.text for piece in one.pieces if piece.marked] == ["dix jours"]
    assert (whole(found).begins_before, whole(found).goes_on) == (False, False)


def test_the_twin_stands_at_the_same_article(index: Index) -> None:
    (twin,) = at(index, "loi-77-01-fr.txt", "dix jours").twins
    assert (twin.source.path, twin.language) == ("loi-77-01-ar.txt", "ar")
    assert twin.span is not None
    assert "عشرة أيام" in (index.store.text(twin.source.id) or "")[slice(*twin.span)]


def test_without_a_quote_the_twin_is_the_document(index: Index) -> None:
    key = next(key for key, source in index.sources.items() if source.path == "loi-77-01-ar.txt")
    found = shown(index, key, None, TODAY)
    assert found is not None
    assert [(twin.source.path, twin.span) for twin in found.twins] == [("loi-77-01-fr.txt", None)]
    assert found.around == (0, len(found.document.text))


def test_what_is_in_no_other_language_has_no_twin(index: Index) -> None:
    assert at(index, "press-en.md", "signature tools").twins == ()


LAW = Source("loi.txt", "Loi", "law", "fr")
ENGLISH = Entry(id="x", type="convention", titles=Titles(en="X"), authentic="en", taken_from=("test",))


@pytest.mark.parametrize(
    ("source", "entry", "nature"),
    [
        (LAW, None, "translation"),
        (replace(LAW, language="ar"), None, "official"),
        (replace(LAW, language="en"), ENGLISH, "official"),
        (replace(LAW, language="ar"), ENGLISH, "translation"),
        (replace(LAW, instrument=Instrument("convention", "108")), None, "document"),
        (replace(LAW, kind="directive"), None, "official"),
        (replace(LAW, kind="faq"), None, "information"),
        (replace(LAW, kind="report"), None, "document"),
        (replace(LAW, kind="press"), None, "press"),
        (replace(LAW, kind="note"), None, "note"),
    ],
)
def test_the_nature_says_what_to_rely_on(source: Source, entry: Entry | None, nature: Nature) -> None:
    assert nature_of(source, entry) == nature
