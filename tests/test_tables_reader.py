"""Workbooks and CSV: one record a row, under the number that its reader sees beside it."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.document import Page
from ingest.readers.reader import UnreadableError
from ingest.readers.tables import read_csv, read_xlsx


def test_each_row_is_a_record_with_the_headers_of_its_values(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Mesures"
    for row in (["Code", "Règle", None], [], ["A-1", "Tenir un\nregistre", None], ["A-2", None, 12], [None, "x", None]):
        sheet.append(row)
    sheet.merge_cells("A5:A6")
    workbook.save(tmp_path / "a.xlsx")
    (page,) = read_xlsx(tmp_path / "a.xlsx").pages
    assert page == Page(
        1,
        "# Mesures\n\n## Mesures 3\n\nCode : A-1\nRègle : Tenir un registre"
        "\n\n## Mesures 4\n\nCode : A-2\n12\n\n## Mesures 5\n\nRègle : x",
    )


def test_a_merged_cell_counts_for_every_row_that_it_covers(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "S"
    for row in (["Chapitre", "Règle"], ["1. Politique", "A"], [None, "B"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    workbook.save(tmp_path / "a.xlsx")
    (page,) = read_xlsx(tmp_path / "a.xlsx").pages
    assert page.text.endswith("## S 3\n\nChapitre : 1. Politique\nRègle : B")


def test_what_the_workbook_hides_is_left_out(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "S"
    for row in (["Service", "Note"], ["Timbre", "interne"], ["Caché", "ligne"]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    workbook.create_sheet("Secret").append(["x", "y"])
    workbook["Secret"].sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    reading = read_xlsx(tmp_path / "a.xlsx")
    (page,) = reading.pages
    assert page.text == "# S\n\n## S 2\n\nService : Timbre"
    assert page.hidden.split("\n") == ["Note", "interne", "Caché", "ligne"]
    assert reading.warnings == ("the hidden sheet 'Secret' was left out",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_separator_is_records(tmp_path: Path, separator: str) -> None:
    rows = [["service", "délai"], ["timbre", "10 jours"], ["بطاقة", "3 أيام"]]
    (tmp_path / "délais.csv").write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    (page,) = read_csv(tmp_path / "délais.csv").pages
    assert page.text == (
        "# délais\n\n## délais 2\n\nservice : timbre\ndélai : 10 jours\n\n"
        "## délais 3\n\nservice : بطاقة\ndélai : 3 أيام"
    )


def test_a_broken_workbook_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 and no archive")
    with pytest.raises(UnreadableError, match="corrupt: the workbook cannot be parsed"):
        read_xlsx(tmp_path / "a.xlsx")
