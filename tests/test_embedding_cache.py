"""No text is embedded twice, not even when an ingest fails half way."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedder import FloatArray
from index.embedding_cache import EmbeddingCache
from tests.fakes import FakeEmbedder

FINE = [1, 0, 0, 0, 0, 0, 0, 0, 0]
LAW = [0, 0, 0, 0, 0, 0, 1, 0, 0]
OTHER = [0, 0, 0, 0, 0, 0, 0, 0, 1]


@dataclass
class BreakingEmbedder:
    """Works at its first call and fails at the second."""

    inner: FakeEmbedder = field(default_factory=FakeEmbedder)
    name: str = "fake"
    calls: int = 0

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        self.calls += 1
        if self.calls == 2:
            raise RuntimeError("out of memory")
        return self.inner.embed_passages(texts)

    def embed_query(self, text: str) -> FloatArray:
        return self.inner.embed_query(text)


def silent(done: int, total: int) -> None:
    """No progress is shown."""


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    vectors, embedded = EmbeddingCache(FakeEmbedder(), tmp_path / "cache").embed(["loi", "une amende", "x"], silent)
    assert vectors.tolist() == [LAW, FINE, OTHER]
    assert vectors.dtype == np.float32
    assert embedded == 3


def test_a_text_that_comes_twice_is_embedded_once(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    vectors, embedded = EmbeddingCache(embedder, tmp_path / "cache").embed(["loi", "amende", "loi"], silent)
    assert embedded == 2
    assert sorted(embedder.embedded) == ["amende", "loi"]
    assert vectors.tolist() == [LAW, FINE, LAW]


def test_a_second_run_embeds_only_what_is_new(tmp_path: Path) -> None:
    EmbeddingCache(FakeEmbedder(), tmp_path / "cache").embed(["loi", "amende"], silent)
    embedder = FakeEmbedder()
    vectors, embedded = EmbeddingCache(embedder, tmp_path / "cache").embed(["amende", "x", "loi"], silent)
    assert embedded == 1
    assert embedder.embedded == ["x"]
    assert vectors.tolist() == [FINE, OTHER, LAW]


def test_the_vectors_of_another_embedder_are_not_used(tmp_path: Path) -> None:
    EmbeddingCache(FakeEmbedder("one"), tmp_path / "cache").embed(["loi"], silent)
    other = FakeEmbedder("other")
    assert EmbeddingCache(other, tmp_path / "cache").embed(["loi"], silent)[1] == 1
    assert other.embedded == ["loi"]
    first = FakeEmbedder("one")
    assert EmbeddingCache(first, tmp_path / "cache").embed(["loi"], silent)[1] == 0
    assert first.embedded == []


def test_what_was_embedded_before_a_failure_is_kept(tmp_path: Path) -> None:
    texts = ["loi " * number for number in range(1, 101)]
    breaking = BreakingEmbedder()
    with pytest.raises(RuntimeError, match="out of memory"):
        EmbeddingCache(breaking, tmp_path / "cache").embed(texts, silent)
    before = breaking.inner.embedded
    after = FakeEmbedder()
    vectors, embedded = EmbeddingCache(after, tmp_path / "cache").embed(texts, silent)
    assert len(before) > 0
    assert embedded == len(after.embedded) == 100 - len(before)
    assert sorted(before + after.embedded) == sorted(texts)
    assert vectors.tolist() == [LAW] * 100


def test_progress_counts_up_to_what_is_missing(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    cache = EmbeddingCache(FakeEmbedder(), tmp_path / "cache")
    cache.embed(["known", "known too"], silent)
    cache.embed([*map(str, range(100)), "known"], lambda done, total: seen.append((done, total)))
    assert seen[-1] == (100, 100)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert {total for _, total in seen} == {100}


def test_nothing_to_embed_gives_no_rows(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    vectors, embedded = EmbeddingCache(embedder, tmp_path / "cache").embed([], silent)
    assert vectors.shape == (0, 9)
    assert (embedded, embedder.embedded) == (0, [])


@given(st.lists(st.lists(st.sampled_from(["loi", "amende", "délai", "غرامة", "\0", "é"])).map(" ".join), max_size=12))
@settings(deadline=None, max_examples=30)
def test_the_cache_changes_no_vector(texts: list[str]) -> None:
    expected = FakeEmbedder().embed_passages(texts)
    with tempfile.TemporaryDirectory() as folder:
        for missing in (len(set(texts)), 0):
            vectors, embedded = EmbeddingCache(FakeEmbedder(), Path(folder) / "cache").embed(texts, silent)
            assert np.array_equal(vectors, expected)
            assert embedded == missing
