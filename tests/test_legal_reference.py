"""References as lawyers write them."""

from dataclasses import replace

import pytest

from corpus.instrument import Instrument
from corpus.source import Source
from ingest.document import Document, Facts
from ui.legal_reference import article_in, legal_reference
from ui.wording import interface

LAW = Source("loi.txt", "Loi n° 09-08", "law", "fr", instrument=Instrument("loi", "09-08"))
PRESS = Source("p.txt", "Un salon", "press", "fr", issuer="EcoActu", published="2020-12-17")


def document(source: Source, facts: Facts | None = None) -> Document:
    return Document(source, "", "fr", (), facts=facts or Facts())


def test_only_what_is_known_is_said() -> None:
    assert legal_reference(document(LAW), "52", None, interface("fr")) == "Loi n°\u00a009-08, art.\u00a052"
    assert legal_reference(document(LAW), None, None, interface("ar")) == "القانون رقم 09.08"


@pytest.mark.parametrize(
    ("day", "said"), [("2009-02-23", "(BO n°\u00a05711 du 23 février 2009)"), (None, "(BO n°\u00a05711)")]
)
def test_the_gazette_that_the_document_names_is_given(day: str | None, said: str) -> None:
    held = document(LAW, Facts(gazette="5711", gazette_date=day))
    assert legal_reference(held, "52", None, interface("fr")) == f"Loi n°\u00a009-08, art.\u00a052 {said}"


def test_what_has_no_number_goes_by_its_title_author_and_day() -> None:
    said = legal_reference(document(PRESS), None, None, interface("fr"))
    assert said == "«\u00a0Un salon\u00a0», EcoActu, 17 décembre 2020"


@pytest.mark.parametrize(
    ("article", "language", "written"),
    [("1", "fr", "premier"), ("1", "ar", "الأولى"), ("7 bis", "fr", "7 bis"), ("7 bis", "ar", "7 المكررة")],
)
def test_articles_are_written_as_the_language_does(article: str, language: str, written: str) -> None:
    assert article_in(article, interface(language)) == written


def test_a_type_without_a_word_is_a_document() -> None:
    odd = replace(LAW, instrument=Instrument("zahir", "1-02-3"))
    assert legal_reference(document(odd), None, None, interface("fr")) == "Document n°\u00a01-02-3"
