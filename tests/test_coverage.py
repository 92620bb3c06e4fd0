"""What is covered: entries of the register beside the documents of the index that hold them."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from corpus.instrument import Instrument
from corpus.register import Entry, Register, Theme, Titles
from corpus.validity import Change, Validity
from index.coverage import COLUMNS, Covered, counts, coverage, coverage_csv
from index.search import Index

DAY = date(2026, 1, 1)
LAW = Entry(
    id="loi-77-01",
    type="loi",
    number="77-01",
    titles=Titles(fr="Loi relative aux essais", ar="قانون التجارب"),
    published="2020-05-01",
    bulletin="6880",
    taken_from=("test",),
)
OTHER = Entry(id="loi-01-77", type="loi", number="01-77", titles=Titles(fr="Loi absente"), taken_from=("test",))
FAIR = Entry(id="fair", type="press", titles=Titles(en="TRADE FAIR"), taken_from=("test",))
TRIALS = Theme("trials", {"fr": "Essais", "ar": "التجارب", "en": "Trials"}, (LAW, OTHER))
FAIRS = Theme("fairs", {"fr": "Salons", "ar": "المعارض", "en": "Fairs"}, (FAIR,))
REGISTER = Register((TRIALS, FAIRS))


def test_an_entry_meets_the_documents_of_its_instrument_in_every_language(index: Index) -> None:
    law, *_ = coverage(index, REGISTER, DAY)
    assert [held.source.path for held in law.documents] == ["loi-77-01-ar.txt", "loi-77-01-fr.txt"]
    assert law.languages == ("ar", "fr")
    assert (law.title("ar"), law.title("en")) == ("قانون التجارب", "قانون التجارب")


def test_the_same_figures_in_another_order_are_another_law(index: Index) -> None:
    absent = next(line for line in coverage(index, REGISTER, DAY) if line.entry == OTHER)
    assert not absent.indexed
    assert absent.legibility is None


def test_a_document_without_number_is_met_by_its_title_whatever_its_case(index: Index) -> None:
    fair = next(line for line in coverage(index, REGISTER, DAY) if line.entry == FAIR)
    assert [held.source.path for held in fair.documents] == ["press-en.md"]


def test_what_no_entry_names_comes_last_with_its_versions_together(index: Index) -> None:
    lines = coverage(index, Register((FAIRS,)), DAY)
    assert [line.entry for line in lines] == [FAIR, None]
    assert lines[-1].languages == ("ar", "fr")
    assert lines[-1].title("ar") == "القانون رقم 77.01 المتعلق بالتجارب"
    assert lines[-1].type == "loi"


def test_counts_follow_the_themes(index: Index) -> None:
    summed = counts(coverage(index, REGISTER, DAY))
    assert [(count.theme, count.known, count.indexed) for count in summed] == [(TRIALS, 2, 1), (FAIRS, 1, 1)]


REPEALED = Change(instrument="77-01", status="repealed", by=Instrument("loi", "78-02"), since="2025-06-01")
AMENDED = Change(instrument="77-01", articles=("3",), status="repealed", since="2024-01-01")


@pytest.mark.parametrize(
    ("changes", "day", "force"),
    [
        ((REPEALED, AMENDED), DAY, "ended"),
        ((REPEALED, AMENDED), date(2025, 1, 1), "changed"),
        ((AMENDED,), date(2023, 1, 1), "in_force"),
    ],
)
def test_force_is_that_of_the_day(index: Index, changes: tuple[Change, ...], day: date, force: str) -> None:
    known = replace(index, validity=Validity(frozenset({"77-01"}), {"77-01": changes}))
    assert coverage(known, REGISTER, day)[0].force == force


def test_nobody_has_checked_what_validity_does_not_name(index: Index) -> None:
    assert {line.force for line in coverage(index, REGISTER, DAY)} == {"unknown"}


def test_csv_has_a_row_for_each_line_and_no_cell_is_a_formula(index: Index) -> None:
    hostile = LAW.model_copy(update={"titles": Titles(fr='=HYPERLINK("x")'), "issuer": "@cmd"})
    written = coverage_csv(coverage(index, Register((replace(TRIALS, entries=(hostile,)),)), DAY))
    assert written.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["title_fr"], rows[0]["issuer"], rows[0]["languages"]) == ('\'=HYPERLINK("x")', "'@cmd", "ar fr")
    assert rows[1]["title_en"] == "Trade fair"


def test_a_line_without_anything_is_of_no_kind() -> None:
    assert Covered(None, None, (), "unknown").kind == "other"
