"""The catalogue wins; what it leaves open is filled in, and where it contradicts the text it is said."""

from dataclasses import replace

import pytest

from corpus.instrument import Instrument
from corpus.source import Kind, Source
from ingest.document import Facts
from ingest.facts.agreement import completed, contradictions

FACTS = Facts(
    title="Décret n° 2-15-999 fixant la protection des systèmes sensibles",
    instrument=Instrument("decret", "2-15-999"),
    kind="decree",
    issuer="Chef du gouvernement",
    signed="2016-03-22",
    hijri="1437-06-12",
    gazette="6456",
    gazette_date="2016-04-14",
)
KNOWN = Source("d.txt", "Décret fixant la protection des systèmes sensibles", "decree", "fr", "SGG", "2016-03")


def test_a_bare_file_takes_all_from_its_text() -> None:
    source = completed(Source("folder/d.txt", "d.txt"), FACTS)
    assert (source.title, source.kind, source.issuer) == (FACTS.title, "decree", "Chef du gouvernement")
    assert (source.published, source.instrument) == ("2016-03-22", FACTS.instrument)


def test_the_catalogue_always_stands() -> None:
    assert completed(KNOWN, FACTS) == replace(KNOWN, instrument=FACTS.instrument)
    assert completed(replace(KNOWN, kind="press"), FACTS).instrument is None


def test_a_file_without_facts_stays_as_it_is() -> None:
    source = Source("d.txt", "d.txt")
    assert completed(source, Facts()) == source


@pytest.mark.parametrize(
    ("path", "title", "kind", "expected"),
    [
        ("decret-2-22-999-application-loi-43-20-fr.txt", "t", "decree", Instrument("decret", "2-22-999")),
        ("loi_05-20.pdf", "t", "law", Instrument("loi", "05-20")),
        ("a.txt", "Décret pris pour l'application de la loi n° 43-20", "law", None),
        ("a.txt", "Dahir portant promulgation de la loi n° 43-20", "law", Instrument("loi", "43-20")),
        ("a.txt", "Dahir n° 1-20-99 portant promulgation de la loi n° 43-20", "law", Instrument("loi", "43-20")),
        ("a.txt", "Loi n° 43-20", "press", None),
        ("rapport-05-20.txt", "t", "law", None),
    ],
)
def test_title_and_file_name_give_the_number_of_a_legal_text(
    path: str, title: str, kind: Kind, expected: Instrument | None
) -> None:
    assert completed(Source(path, title, kind), Facts()).instrument == expected


def test_a_catalogue_that_is_right_is_not_contradicted() -> None:
    assert contradictions(KNOWN, FACTS, "fr") == ()
    assert contradictions(Source("d.txt", "d.txt"), FACTS, "fr") == ()
    assert contradictions(replace(KNOWN, published="2016-04-14", language="fr+ar"), FACTS, "ar") == ()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (replace(KNOWN, language="ar"), "language ar"),
        (replace(KNOWN, kind="law"), "kind law"),
        (replace(KNOWN, published="2015"), "date 2015"),
        (replace(KNOWN, title="Décret instituant le comité stratégique du numérique"), "not that of the text"),
        (replace(KNOWN, title="Décret n° 2-15-111 fixant la protection des systèmes sensibles"), "names 2-15-111"),
    ],
)
def test_a_contradiction_is_said_once(source: Source, said: str) -> None:
    (warning,) = contradictions(source, FACTS, "fr")
    assert said in warning


def test_two_calendars_that_disagree_are_both_kept_and_said() -> None:
    (warning,) = contradictions(KNOWN, replace(FACTS, hijri="1427-06-12"), "fr")
    assert "2016-03-22 and 1427-06-12" in warning


def test_a_publication_before_the_signature_is_said() -> None:
    (warning,) = contradictions(KNOWN, replace(FACTS, gazette_date="2015-04-14"), "fr")
    assert "before its signature" in warning


def test_an_old_date_is_no_contradiction_of_a_version() -> None:
    version = Facts(title=None, published="2019-12-19")
    assert contradictions(replace(KNOWN, published="1913-08-12"), version, "fr") == ()
    assert len(contradictions(replace(KNOWN, published="2024"), version, "fr")) == 1


def test_a_title_in_the_other_script_is_not_compared() -> None:
    assert contradictions(replace(KNOWN, title="مرسوم بإحداث لجنة وطنية للتنمية الرقمية"), FACTS, "fr") == ()
