"""From file to passages: every offset slices the stored text, and every passage knows where it stands."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.instrument import Instrument
from corpus.source import Kind, Source
from ingest.document import Document
from ingest.intake import ingest_file
from ingest.readers.reader import UnreadableError
from ingest.structure.sections import sections
from tests.conftest import LAW_AR, LAW_FR
from tests.fakes import InProcess

DAMAGED_LAW = """مقتطف من القانون رقم 77.01المتعلق بالتجارب
-31-
الباب السابع: العقوبات
المادة 51
ال يجوز ألي شخص معالجة المعطيات دون تصريح ،بتاريخ 22من صفر 18( 1430فبراير )2009.
-32-
المادة 52
يعاقب بغرامة من 10.000درهم إلى 100.000درهم كل من خرق األمن أو أضر بالنيابة العامة.37

 -37انظر المادة 5 من المرسوم رقم 2.21.406.
"""
LINES = [
    "Titre premier",
    "Chapitre II : Obligations",
    "Article 7 bis",
    "المادة 12",
    "## Frais",
    "-12-",
    "- 37 Voir la loi.",
    "Le procureur.37 décide.",
    "La déclaration est faite dans un délai de dix jours. " * 25,
    "يحدد هذا القانون القواعد المطبقة على األمن",
    "ci-",
    "après",
    "",
]
# Control characters would make of the file something else than text.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))
FILES = st.one_of(st.lists(st.sampled_from(LINES), max_size=20).map("\n".join), ANY_TEXT).map("Texte.\n{}".format)


def ingested(folder: Path, text: str, title: str = "Un texte", kind: Kind = "other") -> Document:
    path = folder / "texte.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return ingest_file(path, Source(path=path.name, title=title, kind=kind), InProcess())


def footnotes(document: Document) -> list[str]:
    return [passage.text for passage in document.passages if passage.role == "footnote"]


@given(FILES)
@settings(deadline=None)
def test_passages_slice_the_stored_text_in_order(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    document = ingested(tmp_path_factory.getbasetemp(), text)
    for position, passage in enumerate(document.passages):
        assert (passage.position, passage.source_id) == (position, document.source.id)
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
    assert all(before.end <= after.start for before, after in pairwise(document.passages))


@given(FILES)
@settings(deadline=None)
def test_only_lone_headings_are_in_no_passage(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    document = ingested(tmp_path_factory.getbasetemp(), text)
    paths = [section.path[-1] for section in sections(document.text) if section.path]
    headings = {part for label in paths for part in (label, *label.split(" – "))}
    last = 0
    for start, end in [*((part.start, part.end) for part in document.passages), (len(document.text),) * 2]:
        left_out = [line for line in document.text[last:start].split("\n") if line.strip()]
        assert [line for line in left_out if line.strip(" .:*#–—-") not in headings] == []
        last = end


def test_a_french_law_becomes_its_articles(tmp_path: Path) -> None:
    document = ingested(tmp_path, LAW_FR, "Loi relative aux essais", "law")
    assert [passage.article for passage in document.passages] == [None, "1", "2", "3"]
    third = document.passages[3]
    assert third.path == ("Chapitre premier – Dispositions générales", "Article 3")
    assert third.text.endswith("quiconque traite des données sans déclaration.")
    assert third.context == "Loi relative aux essais (77-01) › Chapitre premier – Dispositions générales › Article 3"
    assert third.id == f"{document.source.id}#3"
    assert (document.language, third.language, third.page, third.role) == ("fr", "fr", None, "body")
    assert [(repair.name, repair.count) for repair in document.repairs] == [("lines joined", 1)]


def test_an_arabic_law_has_the_same_instrument_and_articles(tmp_path: Path) -> None:
    document = ingested(tmp_path, LAW_AR, "قانون التجارب", "law")
    assert document.source.instrument == Instrument("loi", "77-01")
    assert [passage.article for passage in document.passages] == [None, "1", "2", "3"]
    assert document.language == "ar"


def test_a_damaged_law_is_repaired_paged_and_keeps_its_footnote_apart(tmp_path: Path) -> None:
    document = ingested(tmp_path, DAMAGED_LAW, kind="law")
    found = [(part.article, part.page, part.role, part.text) for part in document.passages]
    assert found == [
        (None, 30, "body", "مقتطف من القانون رقم 77.01 المتعلق بالتجارب"),
        (
            "51",
            31,
            "body",
            "المادة 51\nلا يجوز لأي شخص معالجة المعطيات دون تصريح، بتاريخ 22 من صفر 1430 (18 فبراير 2009).",
        ),
        (
            "52",
            32,
            "body",
            "المادة 52\nيعاقب بغرامة من 10.000 درهم إلى 100.000 درهم كل من خرق الأمن أو أضر بالنيابة العامة.",
        ),
        (None, 32, "footnote", "-37 انظر المادة 5 من المرسوم رقم 2.21.406."),
    ]
    assert document.source.instrument == Instrument("loi", "77-01")
    counts = {repair.name: repair.count for repair in document.repairs}
    assert (counts["lam-alef"], counts["dates reordered"]) == (3, 1)


def test_a_footnote_under_a_short_body_is_still_a_footnote(tmp_path: Path) -> None:
    text = "تسهر اللجنة على النيابة العامة.37 وتبلغ الأمر إلى الوزير.\n\n -37انظر المادة 52 من المرسوم.\n"
    document = ingested(tmp_path, text)
    assert footnotes(document) == ["-37 انظر المادة 52 من المرسوم."]
    assert document.passages[0].text == "تسهر اللجنة على النيابة العامة. وتبلغ الأمر إلى الوزير."


@pytest.mark.parametrize(
    ("kind", "opening", "expected"),
    [
        ("law", "Loi n° 05-20 relative à la cybersécurité. Vu la loi n° 09-08.", Instrument("loi", "05-20")),
        ("decree", "Décret n° 2-21-406 pris pour l'application de la loi n° 05-20.", Instrument("decret", "2-21-406")),
        ("law", "Dahir n° 1-20-69 portant promulgation de la loi n° 05-20.", Instrument("loi", "05-20")),
        ("law", "Loi organique n° 130-13. Vu la loi n° 09-08.", Instrument("loi_organique", "130-13")),
        ("order", "Arrêté n° 3-17-25 pris pour l'application du décret n° 2-24-921.", Instrument("arrete", "3-17-25")),
        ("law", "Loi sans numéro, qui cite le décret n° 2-21-406.", None),
        ("press", "La loi n° 05-20 entre en vigueur.", None),
        ("note", "Note sur la loi n° 05-20.", None),
    ],
)
def test_a_legal_text_is_the_instrument_of_its_kind_that_it_names(
    tmp_path: Path, kind: Kind, opening: str, expected: Instrument | None
) -> None:
    assert ingested(tmp_path, opening, kind=kind).source.instrument == expected


def test_the_title_names_the_instrument_before_the_text(tmp_path: Path) -> None:
    document = ingested(tmp_path, "Vu la loi n° 09-08.\nTexte.", "Loi n° 05-20", "law")
    assert document.source.instrument == Instrument("loi", "05-20")
    assert document.passages[0].context == "Loi n° 05-20"


def test_an_instrument_far_into_the_text_is_not_its_own(tmp_path: Path) -> None:
    assert ingested(tmp_path, "mot " * 700 + "loi n° 05-20", kind="law").source.instrument is None


def test_what_the_source_knows_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Vu la loi n° 09-08, le texte suit.", encoding="utf-8")
    known = Source(path="a.txt", title="t", kind="law", language="ar", instrument=Instrument("loi", "05-20"))
    document = ingest_file(path, known, InProcess())
    assert document.source == known
    assert document.language == "fr"


def test_a_file_without_catalogue_line_knows_what_its_text_says(tmp_path: Path) -> None:
    path = tmp_path / "texte.txt"
    path.write_text(LAW_AR, encoding="utf-8")
    document = ingest_file(path, Source(path=path.name, title=path.name), InProcess())
    assert document.source.title == "قانون رقم 77.01 يتعلق بالتجارب"
    assert (document.source.kind, document.source.instrument) == ("law", Instrument("loi", "77-01"))
    assert document.facts.kind == "law"
    assert document.warnings == ()


def test_a_catalogue_that_contradicts_the_text_stands_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "texte.txt"
    path.write_text(LAW_AR, encoding="utf-8")
    document = ingest_file(path, Source(path=path.name, title="Loi n° 77-01", kind="law", language="fr"), InProcess())
    assert (document.source.language, document.language) == ("fr", "ar")
    assert document.warnings == ("the catalogue gives the language fr, the text is in ar",)


def test_a_document_states_its_relations(tmp_path: Path) -> None:
    document = ingested(tmp_path, f"{LAW_FR}\nArticle 4\nEst abrogée la loi n° 53-05.\n", kind="law")
    (relation,) = document.relations
    assert (relation.kind, relation.by.number, relation.target.number) == ("repeals", "77-01", "53-05")
    assert relation.article == "4"
    assert document.text[relation.start : relation.end].endswith("Est abrogée la loi n° 53-05")


def test_a_passage_has_a_language_of_its_own(tmp_path: Path) -> None:
    french = "La présente loi fixe les règles applicables aux données des usagers. " * 4
    english = "This law sets out the rules that apply to the personal data of all users. " * 4
    text = f"Article 1\n{french}\nArticle 2\n{english}\nArticle 3\nيحدد هذا القانون القواعد المطبقة.\nArticle 4\nFees."
    document = ingested(tmp_path, text + "\nArticle 5\n" + french)
    assert [passage.language for passage in document.passages] == ["fr", "en", "ar", "fr", "fr"]


def test_a_passage_over_two_pages_is_on_the_first(tmp_path: Path) -> None:
    document = ingested(
        tmp_path, "Avant.\n-1-\nArticle 1\nLe texte commence ici.\n-2-\nIl finit ici.\n-3-\nArticle 2\nb."
    )
    assert [(part.article, part.page) for part in document.passages] == [(None, 1), ("1", 1), ("2", 3)]


def test_a_long_title_is_shortened_in_the_context_only(tmp_path: Path) -> None:
    document = ingested(tmp_path, "# Partie\n## Chapitre\n### Point\n" + "Texte. " * 30, "T" * 200)
    assert document.source.title == "T" * 200
    assert document.passages[0].context == "T" * 140 + " › Chapitre › Point"


@pytest.mark.parametrize("content", ["\u200b\u200e\n", "\ufffd\ufeff"])
def test_a_file_without_usable_text_is_unreadable(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableError, match="no_text"):
        ingested(tmp_path, content)


def test_articles_that_the_press_explains_are_not_its_own(tmp_path: Path) -> None:
    text = (
        "# Le guide\n\n### Article 12 : L'information\nLe responsable informe.\n\n### Article 18 : Le transfert\nNon."
    )
    press, law = (ingested(tmp_path, text, kind=kind).passages for kind in ("press", "law"))
    assert [(passage.article, passage.paragraphs, passage.path[-1:]) for passage in press] == [
        (None, None, ("Article 12",)),
        (None, None, ("Article 18",)),
    ]
    assert [passage.article for passage in law] == ["12", "18"]
