"""The glossary that notes and interface share: complete, and kept to."""

import re
import tomllib
from pathlib import Path

import pytest

from corpus.catalogue import STARTER
from index.analysis import fold

ROOT = Path(__file__).parents[1]
TERMS = tomllib.loads((ROOT / "corpus/glossary.toml").read_text(encoding="utf-8"))["term"]
WORDINGS = [file for package in ("rag", "ui", "api") for file in sorted((ROOT / package / "wordings").glob("*.toml"))]
WRITTEN = [*sorted(STARTER.glob("*.md")), *WORDINGS]


def test_every_term_stands_once_in_each_language_with_its_source() -> None:
    assert len(TERMS) >= 60
    for language in ("fr", "ar", "en"):
        assert all(term[language].strip() for term in TERMS)
    assert len({term["fr"] for term in TERMS}) == len(TERMS)
    assert all(term["source"].strip() for term in TERMS)


def test_no_term_is_to_be_avoided_elsewhere() -> None:
    used = {fold(term[language]) for term in TERMS for language in ("fr", "ar", "en")}
    assert [one for term in TERMS for one in term["avoid"] if fold(one) in used] == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_we_write_keeps_to_the_terms(path: Path) -> None:
    text = fold(path.read_text(encoding="utf-8"))
    avoided = [one for term in TERMS for one in term["avoid"]]
    assert [one for one in avoided if re.search(rf"(?<!\w){re.escape(fold(one))}(?!\w)", text)] == []
