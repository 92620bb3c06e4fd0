"""Word documents: what stands on the page, in its order."""

from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from ingest.document import Page
from ingest.readers.office import read_docx
from ingest.readers.reader import UnreadableError


def test_headings_paragraphs_lists_and_tables_come_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Guide du déclarant", level=1)
    document.add_paragraph("Le dossier est remis au guichet.")
    document.add_heading("Pièces", level=2)
    document.add_paragraph("une copie de la carte", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Service", "Délai", "Timbre", "10 jours"), strict=True):
        cell.text = text
    document.add_paragraph("المادة 3: يعاقب بغرامة.")
    document.save(str(tmp_path / "a.docx"))
    assert read_docx(tmp_path / "a.docx").pages == (
        Page(
            None,
            "# Guide du déclarant\n\nLe dossier est remis au guichet.\n\n## Pièces\n\n- une copie de la carte\n\n"
            "Service | Délai\nTimbre | 10 jours\n\nالمادة 3: يعاقب بغرامة.",
        ),
    )


def test_hidden_white_and_tiny_runs_are_taken_out(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Le délai est ")
    paragraph.add_run("secret ").font.hidden = True
    paragraph.add_run("blanc ").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("petit ").font.size = Pt(1)
    paragraph.add_run("de dix jours.")
    document.save(str(tmp_path / "a.docx"))
    assert read_docx(tmp_path / "a.docx").pages == (Page(None, "Le délai est de dix jours.", "secret blanc petit "),)


def test_a_broken_word_file_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and no archive")
    with pytest.raises(UnreadableError, match="corrupt: the Word file cannot be parsed"):
        read_docx(tmp_path / "a.docx")
