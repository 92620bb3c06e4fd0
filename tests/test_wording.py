"""The wording files: complete in each language, numbers safe from being turned around in Arabic."""

from dataclasses import fields

import pytest

from corpus.source import KINDS
from corpus.validity import Standing
from rag.answer import Citation, CitedInstrument
from rag.wording import Wording, note_of, number_in, reference, wording


def cited(**changes: object) -> Citation:
    values: dict[str, object] = {
        "n": 1, "source_path": "loi.txt", "source_id": "loi-1", "passage_id": "loi-1#1", "title": "Loi d'essai",
        "kind": "law", "issuer": None, "instrument": CitedInstrument("loi", "05-20"), "article": "8", "page": 3,
        "language": "fr", "quote": "texte", "start": 0, "end": 5, "published": "2020-07", "in_force": None,
        "note": None, "official_language": False, "url": None, "score": 1.0,
    }  # fmt: skip
    return Citation(**(values | changes))  # type: ignore[arg-type]  # the test chooses values of the right types


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_each_language_has_a_sentence_for_each_kind(language: str) -> None:
    words = wording(language)
    assert set(words.says) == set(KINDS)
    assert all("{reference}" in sentence for sentence in words.says.values())
    assert all(getattr(words, field.name) for field in fields(Wording))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "la loi n° 05-20, article 8"),
        ("ar", "القانون رقم 05.20، المادة 8"),
        ("en", "Law No. 05-20, article 8"),
    ],
)
def test_a_pinpoint_reference_reads_right_in_each_language(language: str, expected: str) -> None:
    assert reference(cited(), language) == expected


def test_arabic_writes_numbers_with_dots() -> None:
    assert number_in("2-21-406", "ar") == "2.21.406"
    assert number_in("2-21-406", "fr") == "2-21-406"


def test_a_press_piece_is_named_with_its_date_and_heading() -> None:
    press = cited(kind="press", instrument=None, article=None, title="Revue", path=("Dossier", "L'entretien"))
    assert reference(press, "fr") == "« Revue », juillet 2020, « L'entretien »"


def test_a_rule_of_a_directive_is_named_by_its_heading() -> None:
    rule = cited(instrument=None, article=None, title="Directive", path=("ORG-POL-01 Rédiger une politique",))
    assert reference(rule, "fr") == "« Directive », « ORG-POL-01 Rédiger une politique »"


def test_a_page_stands_where_there_is_no_article() -> None:
    assert reference(cited(instrument=None, article=None, kind="report"), "en") == "“Loi d'essai”, p. 3"


def test_the_reader_learns_which_text_prevails() -> None:
    unknown = Standing()
    assert note_of("fr", "law", unknown, "fr") == "version française ; le texte arabe fait foi"
    assert note_of("ar", "law", unknown, "fr") == "texte original en arabe"
    assert note_of("ar", "law", Standing(in_force=True), "ar") is None
    assert note_of("fr", "press", unknown, "fr") is None


def test_old_text_is_noted_before_its_language() -> None:
    assert note_of("ar", "law", Standing(in_force=False), "fr") == "n'est plus en vigueur ; texte original en arabe"
    assert note_of("ar", "law", Standing(outdated=True), "ar") == "صيغة سابقة لتعديلات لحقت النص"
