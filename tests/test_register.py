"""The register: facts that are typed, entries that stand once, and the register that the project brings."""

import json
from pathlib import Path

import pytest

from corpus.catalogue import STARTER
from corpus.instrument import Instrument, numbers_in
from corpus.register import FOLDER, entry_schema, project_register, read_register

THEMES = '[trials]\nfr = "Essais"\nar = "التجارب"\nen = "Trials"\n'
ENTRY = """
[[entry]]
id = "loi-77-01"
type = "loi"
number = "77-01"
titles = { fr = "Loi relative aux essais" }
signed = "2020-04"
relations = [{ kind = "implements", to = "constitution" }]
taken_from = ["Bulletin officiel n° 6880"]
"""


def written(folder: Path, entries: str, themes: str = THEMES) -> Path:
    (folder / "themes.toml").write_text(themes, encoding="utf-8")
    (folder / "trials.toml").write_text(entries, encoding="utf-8")
    return folder


def test_an_entry_is_read_with_what_is_known(tmp_path: Path) -> None:
    (entry,) = read_register(written(tmp_path, ENTRY)).entries
    assert (entry.instrument, entry.kind) == (Instrument("loi", "77-01"), "law")
    assert (entry.signed, entry.published, entry.titles.best("ar")) == ("2020-04", None, "Loi relative aux essais")
    assert [(relation.kind, relation.to) for relation in entry.relations] == [("implements", "constitution")]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('type = "loi"', 'type = "law"', "type must be one of constitution"),
        ('number = "77-01"', 'number = "77.01"', "number"),
        ('signed = "2020-04"', 'signed = "April 2020"', "a publication date is YYYY"),
        ('taken_from = ["Bulletin officiel n° 6880"]', "taken_from = []", "taken_from"),
        ('{ fr = "Loi relative aux essais" }', "{ }", "a title is needed in at least one of fr, ar, en"),
        ('kind = "implements"', 'kind = "likes"', "relations"),
        ('id = "loi-77-01"', 'id = "Loi 77-01"', "id"),
        ('type = "loi"', 'type = "loi"\ncolour = "red"', "colour"),
        ("[[entry]]", "[[entry", "is not TOML"),
    ],
)
def test_a_bad_entry_is_named_with_file_and_fault(old: str, new: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=rf"^trials\.toml[\s\S]*{fault}"):
        read_register(written(tmp_path, ENTRY.replace(old, new)))


def test_an_entry_stands_once_and_a_file_is_a_theme(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="loi-77-01 stands twice"):
        read_register(written(tmp_path, ENTRY * 2))
    (tmp_path / "stray.toml").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"stray is no theme of themes\.toml"):
        read_register(written(tmp_path, ENTRY))


def test_the_schema_beside_the_entries_is_that_of_the_code() -> None:
    assert json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")) == entry_schema()


def test_the_register_covers_the_field() -> None:
    register = project_register()
    assert len(register.entries) >= 150
    assert [theme.id for theme in register.themes if len(theme.entries) < 10] == []
    assert all(theme.names[language] for theme in register.themes for language in ("fr", "ar", "en"))
    numbers = {entry.number for entry in register.entries}
    assert numbers >= {
        "09-08", "2-09-165", "05-20", "2-21-406", "2-24-921", "3-17-25", "53-05", "43-20", "2-22-687", "24-96",
        "121-12", "31-13", "55-19", "54-19", "72-18", "04-20", "61-16", "31-08", "07-03", "88-13", "77-03", "88-17",
        "69-99", "2-00",
    }  # fmt: skip


def test_every_instrument_that_a_note_names_is_in_the_register() -> None:
    known = {entry.number for entry in project_register().entries}
    named = {number for note in STARTER.glob("*.md") for number in numbers_in(note.read_text(encoding="utf-8"))}
    assert named - known == set()
