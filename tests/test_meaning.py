"""Nearness of meaning: passages and their sentences, within a language and across languages."""

from pathlib import Path

import numpy as np
import pytest

from index.leaning import Leanings, load_leanings, measure_leanings, save_leanings
from index.meaning import meaning_of
from index.pools import build_pool
from index.sentences import Sentences, gather_sentences, load_sentences, save_sentences, sentences_in
from tests.fakes import FakeEmbedder

NONE = Leanings({}, {})


def unit(*numbers: float) -> np.ndarray:
    vector = np.asarray(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_sentences_are_parts_of_three_words_and_one_alone_is_the_passage() -> None:
    assert sentences_in("Un deux trois. Quatre cinq six.\nSept. Huit neuf dix") == [
        "Un deux trois.",
        "Quatre cinq six.",
        "Huit neuf dix",
    ]
    assert sentences_in("Un deux trois quatre.") == []


def test_a_passage_counts_as_itself_and_as_its_best_sentence() -> None:
    texts = ["Un deux trois. Quatre cinq six.", "Seul et unique texte"]
    whole = np.stack([unit(1, 1, 0), unit(0, 0, 1)])
    parts = {"Un deux trois.": unit(1, 0, 0), "Quatre cinq six.": unit(0, 1, 0)}
    sentences = gather_sentences(texts, whole, parts)
    near = meaning_of(build_pool("fr", [0, 1], texts, whole), sentences, NONE).near(unit(1, 0, 0), "fr")
    assert near.tolist() == pytest.approx([(0.5**0.5 + 1) / 2, 0], abs=1e-3)


def test_across_languages_the_leaning_is_taken_off_and_within_one_it_is_not() -> None:
    leaning = np.asarray([0, 0, 0.5], dtype=np.float32)
    leanings = Leanings({"ar": leaning}, {"fr": leaning})
    passages = np.stack([unit(1, 0, 1), unit(0, 1, 1)])
    starts = np.asarray([0, 1])
    meaning = meaning_of(build_pool("fr", [0, 1], ["a", "b"], passages), Sentences(passages, starts), leanings)
    query = unit(1, 0, 1)
    upright = [vector - leaning for vector in (query, *passages)]
    lengths = [float(np.linalg.norm(vector)) for vector in upright]
    expected = [float(upright[0] @ upright[n]) / lengths[0] / lengths[n] for n in (1, 2)]
    assert meaning.near(query, "ar").tolist() == pytest.approx(expected, abs=1e-5)
    assert meaning.near(query, "fr").tolist() == pytest.approx([1, 0.5], abs=1e-5)


def test_each_sentence_of_a_passage_has_its_cosine() -> None:
    texts = ["Un deux trois. Quatre cinq six.", "Seul et unique texte"]
    whole = np.stack([unit(1, 1), unit(0, 1)])
    parts = {"Un deux trois.": unit(1, 0), "Quatre cinq six.": unit(0, 1)}
    meaning = meaning_of(build_pool("fr", [0, 1], texts, whole), gather_sentences(texts, whole, parts), NONE)
    assert meaning.near_sentences(0, texts[0], unit(1, 0), "fr") == {"Un deux trois.": 1.0, "Quatre cinq six.": 0.0}
    assert meaning.near_sentences(1, texts[1], unit(1, 0), "fr") == {}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    leanings = measure_leanings(FakeEmbedder())
    save_leanings(leanings, tmp_path / "leanings.json")
    read = load_leanings(tmp_path / "leanings.json")
    assert sorted(read.query) == ["ar", "en", "fr"]
    assert all(np.allclose(read.passage[language], leanings.passage[language]) for language in read.passage)
    sentences = Sentences(np.eye(3, dtype=np.float32), np.asarray([0, 2]))
    save_sentences(sentences, tmp_path)
    assert np.array_equal(load_sentences(tmp_path).vectors, sentences.vectors)
    assert load_sentences(tmp_path).of(0).shape == (2, 3)
    assert load_sentences(tmp_path).of(1).shape == (1, 3)
