"""The wording of the pages: whole in every language, and a further file is a further language."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from corpus.authority import Level
from corpus.register import Document
from corpus.source import KIND_OF_TYPE, KINDS
from index.coverage import Force
from rag.answer import Confidence, Status
from rag.feedback import Reason
from ui.wording import FOLDER, Interface, Nature, interface, interfaces, read_interfaces


@pytest.mark.parametrize("words", interfaces().values(), ids=lambda words: words.code)
def test_every_name_has_a_word(words: Interface) -> None:
    assert set(words.kinds) == set(KINDS)
    assert {*KIND_OF_TYPE, *get_args(Document), *KINDS} == set(words.types)
    assert set(words.authority) == set(get_args(Level))
    assert set(words.force) == set(get_args(Force))
    assert set(words.nature) == set(get_args(Nature))
    assert set(words.languages) == {"fr", "ar", "en"}
    assert set(words.status) == set(get_args(Status))
    assert set(words.confidence) == set(get_args(Confidence))
    assert set(words.reasons) == set(get_args(Reason))


def test_the_pages_about_sanad_have_the_same_parts_in_every_language() -> None:
    parts = {code: [(part.id, len(part.said)) for part in words.about.part] for code, words in interfaces().items()}
    assert parts["fr"] == parts["ar"] == parts["en"]


def test_french_signs_are_kept_with_their_words() -> None:
    file = (FOLDER / "fr.toml").read_text(encoding="utf-8")
    assert [line for line in file.splitlines() if any(f" {sign}" in line for sign in ";:!?»") and '"' in line] == []


def test_arabic_numbers_of_laws_have_dots() -> None:
    assert "09-08" not in (FOLDER / "ar.toml").read_text(encoding="utf-8")


def test_a_further_file_is_a_further_language(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "wordings")
    further = (FOLDER / "fr.toml").read_text(encoding="utf-8").replace('name = "Français"', 'name = "ⵜⴰⵎⴰⵣⵉⵖⵜ"')
    (tmp_path / "wordings" / "zgh.toml").write_text(further, encoding="utf-8")
    assert read_interfaces(tmp_path / "wordings")["zgh"].name == "ⵜⴰⵎⴰⵣⵉⵖⵜ"


def test_a_missing_word_is_told_with_its_file(tmp_path: Path) -> None:
    whole = (FOLDER / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "en.toml").write_text(whole.replace('motto = "', 'moto = "'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.toml[\s\S]*motto"):
        read_interfaces(tmp_path)


def test_french_stands_in_for_an_unknown_language() -> None:
    assert interface("xx").code == "fr"
