"""Headnotes in an index: they lead a question to provisions whose words it does not share."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.headnote import Headnote, Place
from index.build import Making, Tools, build
from index.hit import Query, Reading
from index.search import Index, open_index
from tests.conftest import write_corpus
from tests.fakes import FakeEmbedder, InProcess

LAW_FR, LAW_AR = "loi-77-01-fr.txt", "loi-77-01-ar.txt"
FINE = Headnote(
    Place("77-01", article="3"),
    {"fr": "boulanger croissant", "ar": "خباز هلال", "en": "baker crescent", "ary": "مول الكوشة"},
)
OTHERS = [
    Headnote(Place("77-01", article=article), dict.fromkeys(("fr", "ar", "en", "ary"), text))
    for article, text in (("1", "océan lointain بحر"), ("2", "montagne haute جبل"))
]
ELSEWHERE = Headnote(Place("99-99", article="1"), dict.fromkeys(("fr", "ar", "en", "ary"), "baker"))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_corpus(corpus)
    return corpus, tmp_path / "index"


def made(folders: tuple[Path, Path], *headnotes: Headnote) -> Index:
    """The small corpus with these headnotes."""
    corpus, folder = folders
    build([corpus], folder, Tools(InProcess(), Making(FakeEmbedder(), lambda *_: None, headnotes)))
    return open_index(folder, FakeEmbedder())


def first(index: Index, query: Query) -> tuple[str, str | None]:
    hit = index.search(query, 1)[0]
    return hit.source.path, hit.passage.article


def test_a_question_in_any_tongue_finds_the_article_that_its_headnote_is_about(folders: tuple[Path, Path]) -> None:
    index = made(folders, FINE, *OTHERS, ELSEWHERE)
    assert first(index, Query("baker crescent", "en", tongues=("en",), languages=("fr", "ar")))[1] == "3"
    assert first(index, Query("boulanger croissant", "fr", tongues=("fr",)))[1] == "3"
    assert first(index, Query("مول الكوشة", "ar", dialect=True, tongues=("ary", "ar"))) == (LAW_AR, "3")


def test_without_its_tongue_a_headnote_says_nothing(folders: tuple[Path, Path]) -> None:
    index = made(folders, FINE)
    assert all(hit.score.headnote == 0 for hit in index.search(Query("boulanger croissant", "fr"), 9))


def test_a_further_reading_finds_what_the_first_does_not(folders: tuple[Path, Path]) -> None:
    index = made(folders, FINE, *OTHERS)
    read = Reading("مول الكوشة", "ar", ("ary",))
    assert first(index, Query("moul lkoucha", "fr", dialect=True, tongues=("fr",), also=(read,)))[1] == "3"


def test_only_headnotes_of_held_provisions_are_indexed_and_both_languages_are_aimed_at(
    folders: tuple[Path, Path],
) -> None:
    index = made(folders, FINE, ELSEWHERE)
    assert len(index.headnotes.pools["fr"].rows) == 1
    aimed = {index.passages[row].source_id: index.passages[row].article for row in index.headnotes.aims[1]}
    assert set(aimed.values()) == {"3"}
    assert {index.sources[source].path for source in aimed} == {LAW_FR, LAW_AR}


def test_an_index_without_headnotes_searches_as_before(folders: tuple[Path, Path]) -> None:
    index = made(folders)
    assert index.headnotes.pools == {}
    assert first(index, Query("Quelle amende sans déclaration ?", "fr", tongues=("fr",))) == (LAW_FR, "3")


def test_other_headnotes_make_the_index_anew_and_the_same_do_not(folders: tuple[Path, Path]) -> None:
    one = made(folders, FINE).generation
    assert made(folders, FINE).generation == one
    changed = replace(FINE, texts=FINE.texts | {"fr": "boulanger pain"})
    assert made(folders, changed).generation != one


def test_the_best_headnote_of_a_passage_counts(folders: tuple[Path, Path]) -> None:
    index = made(folders, FINE, replace(FINE, texts=dict.fromkeys(FINE.texts, "autre chose")))
    scores = np.full(len(index.passages), -np.inf, dtype=np.float32)
    index.headnotes.lift(scores, np.array([0.25, -1.0], dtype=np.float32))
    aimed = set(index.headnotes.aims[1].tolist())
    assert {float(scores[row]) for row in aimed} == {0.25}
    assert all(np.isneginf(scores[row]) for row in set(range(len(scores))) - aimed)
