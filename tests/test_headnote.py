"""Headnote files: every line names one place, and a passage knows the places that it belongs to."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.headnote import TONGUES, Place, places_of, project_headnotes, read_headnotes
from corpus.instrument import Instrument
from corpus.source import Source

TEXTS = {"fr": "Qui prévenir ?", "ar": "من نخبر؟", "en": "Whom to tell?", "ary": "شكون نعلم؟"}
LAW = Source("loi.txt", "Loi n° 77-01", instrument=Instrument("loi", "77-01"))


def file_of(folder: Path, *lines: dict[str, object]) -> Path:
    """A folder with one headnote file."""
    (folder / "some.jsonl").write_text("".join(json.dumps(line | TEXTS) + "\n" for line in lines), encoding="utf-8")
    return folder


def test_a_headnote_names_an_article_a_heading_or_a_whole_document(tmp_path: Path) -> None:
    folder = file_of(
        tmp_path,
        {"instrument": "77-01", "article": "3"},
        {"instrument": "77-01", "headings": ["h" * 200]},
        {"titles": ["t" * 200]},
        {"titles": ["Note", "Notice"], "headings": ["Sens", "Meaning"]},
    )
    found = read_headnotes(folder)
    assert [headnote.place for headnote in found] == [
        Place("77-01", article="3"),
        Place("77-01", heading="h" * 80),
        Place("t" * 110),
        Place("Note", heading="Sens"),
        Place("Notice", heading="Meaning"),
    ]
    assert found[0].texts == TEXTS


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ({}, "an instrument or titles are needed"),
        ({"instrument": "77-01", "titles": ["Loi"]}, "an instrument or titles are needed"),
        ({"titles": ["Loi", "قانون"], "headings": ["Titre"]}, "each title needs its heading, got 2 and 1"),
        ({"instrument": "77-01", "article": "3", "headings": ["Titre"]}, "at most one of article and heading"),
        ({"instrument": "77-01", "colour": "red"}, "colour"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_fault(bad: dict[str, object], fault: str, tmp_path: Path) -> None:
    folder = file_of(tmp_path, {"instrument": "77-01"}, bad)
    with pytest.raises(ValueError, match=rf"^some\.jsonl line 2 is not a headnote: [\s\S]*{fault}"):
        read_headnotes(folder)


def test_a_passage_belongs_to_its_article_its_heading_and_its_document() -> None:
    assert set(places_of(LAW, "3", ("Titre I", "Article 3"))) == {
        Place(document, **where)
        for document in ("77-01", "Loi n° 77-01")
        for where in ({}, {"article": "3"}, {"heading": "Article 3"})
    }
    assert set(places_of(Source("faq.html", "Questions"), None, ())) == {Place("Questions")}


def test_the_headnotes_of_the_project_are_whole_and_stand_once() -> None:
    found = project_headnotes()
    assert len(found) > 2000
    assert all(headnote.texts[tongue].strip() for headnote in found for tongue in TONGUES)
    lines = Counter((headnote.place, headnote.texts["fr"]) for headnote in found)
    assert [place for (place, _), count in lines.items() if count > 1] == []
    # Numbers of instruments are keys: one that is written otherwise would never be found.
    assert {headnote.place.document for headnote in found} >= {"09-08", "05-20", "43-20", "2-24-921"}
