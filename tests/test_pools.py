"""Vectors and words of one language, against scores that were worked out by hand."""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedder import FloatArray
from index.pools import Pool, build_pool, load_pool, save_pool

TEXTS = ("signature signature tool", "signature law", "tool law incident data")
IDF_TWO_OF_THREE = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
IDF_ONE_OF_THREE = log(1 + (3 - 1 + 0.5) / (1 + 0.5))
# BM25 with k1 1.5 and b 0.75: tf / (tf + 1.5 * (0.25 + 0.75 * length / mean length)); lengths are 3, 2 and 4.
SIGNATURE = [IDF_TWO_OF_THREE * 2 / 3.5, IDF_TWO_OF_THREE * 1 / 2.125, 0.0]
INCIDENT = [0.0, 0.0, IDF_ONE_OF_THREE * 1 / 2.875]


def passages(*texts: str, context: str = "") -> list[str]:
    """Each text after its context, as a generation hands them on."""
    return [f"{context}\n{text}" for text in texts]


def units(rows: int, dimension: int, seed: int) -> FloatArray:
    """Random unit vectors, one a row."""
    drawn = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    vectors: FloatArray = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return vectors


def tiny_pool() -> Pool:
    """The three passages of TEXTS, stored in rows 4, 7 and 9, with the axes of space as vectors."""
    return build_pool("en", [4, 7, 9], passages(*TEXTS), np.eye(3, dtype=np.float32))


@given(st.integers(1, 40), st.integers(1, 16), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=40)
def test_dense_scores_are_dot_products_in_pool_order(rows: int, dimension: int, seed: int) -> None:
    vectors = units(rows + 1, dimension, seed)
    pool = build_pool("en", range(rows), passages(*["law"] * rows), vectors[:rows])
    dense = pool.dense(vectors[rows])
    assert dense.shape == (rows,)
    assert np.allclose(dense, vectors[:rows] @ vectors[rows], atol=1e-6)


def test_dense_scores_worked_out_by_hand() -> None:
    assert tiny_pool().dense(np.array([0.0, 0.6, -0.8], dtype=np.float32)).tolist() == pytest.approx([0, 0.6, -0.8])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("signature", SIGNATURE),
        ("incidents", INCIDENT),
        ("the signature of an incident", [SIGNATURE[0], SIGNATURE[1], INCIDENT[2]]),
        ("signature signature signature", SIGNATURE),
        ("signature passport", SIGNATURE),
        ("passport", [0, 0, 0]),
        ("of the", [0, 0, 0]),
        ("", [0, 0, 0]),
    ],
)
def test_word_scores_are_bm25_worked_out_by_hand(query: str, expected: list[float]) -> None:
    assert tiny_pool().lexical(query).tolist() == pytest.approx(expected, rel=1e-5)


def test_the_ranking_by_words_is_the_one_worked_out_by_hand() -> None:
    assert [round(score, 3) for score in SIGNATURE] == [0.269, 0.221, 0.0]
    assert np.argsort(-tiny_pool().lexical("signature")).tolist() == [0, 1, 2]
    # `law` stands in the second and third text: the shorter one wins.
    assert np.argsort(-tiny_pool().lexical("law")).tolist() == [1, 2, 0]


def test_words_of_the_context_count() -> None:
    pool = build_pool("en", [0], passages("tool", context="Decree on passports"), np.eye(1, dtype=np.float32))
    # One text of three words: idf log(1 + 0.5 / 1.5), tf part 1 / 2.5.
    assert pool.lexical("passport").tolist() == pytest.approx([log(4 / 3) / 2.5], rel=1e-5)


def test_words_are_read_in_the_language_of_the_pool() -> None:
    vectors = np.eye(2, dtype=np.float32)
    pool = build_pool("ar", [0, 1], passages("بالغرامة", "تصريح"), vectors)
    assert (pool.lexical("الغرامة") > 0).tolist() == [True, False]


def test_a_passage_without_words_is_kept_and_matches_none() -> None:
    pool = build_pool("en", [0, 1], passages("… 。", "law"), np.eye(2, dtype=np.float32))
    assert pool.dense(np.array([1, 0], dtype=np.float32)).tolist() == [1, 0]
    assert (pool.lexical("law") > 0).tolist() == [False, True]
    alone = build_pool("en", [0], passages("…"), np.eye(1, dtype=np.float32))
    assert alone.lexical("law").tolist() == [0]


def test_a_saved_pool_scores_as_before(tmp_path: Path) -> None:
    save_pool(tiny_pool(), tmp_path / "en")
    loaded = load_pool("en", tmp_path / "en")
    assert loaded.language == "en"
    assert loaded.rows.tolist() == [4, 7, 9]
    assert loaded.dense(np.array([0.0, 0.6, 0.8], dtype=np.float32)).tolist() == pytest.approx([0, 0.6, 0.8])
    assert loaded.lexical("signature").tolist() == pytest.approx(SIGNATURE, rel=1e-5)
    assert loaded.lexical("passport").tolist() == [0, 0, 0]


def test_nothing_is_pickled(tmp_path: Path) -> None:
    save_pool(tiny_pool(), tmp_path / "en")
    files = [path for path in (tmp_path / "en").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".json", ".npy", ".faiss"}
    arrays = [np.load(path, allow_pickle=False) for path in files if path.suffix == ".npy"]
    assert all(array.dtype.kind in "fiu" for array in arrays)


def test_a_pool_is_not_written_over_another(tmp_path: Path) -> None:
    save_pool(tiny_pool(), tmp_path / "en")
    with pytest.raises(FileExistsError, match="en"):
        save_pool(tiny_pool(), tmp_path / "en")


def test_rows_and_vectors_that_do_not_match_are_refused(tmp_path: Path) -> None:
    save_pool(tiny_pool(), tmp_path / "en")
    (tmp_path / "en/rows.json").write_text(json.dumps([4, 7]), encoding="ascii")
    with pytest.raises(ValueError, match="pool en: one vector for each passage is needed, got 3 for 2"):
        load_pool("en", tmp_path / "en")
