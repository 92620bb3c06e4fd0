"""Pools: the passages of one language, with their vectors (FAISS) and their words (BM25).

Scores are comparable only within a pool: a question in French is nearer to every French passage than to the
Arabic article that answers it. Each pool is therefore normalised by itself before pools are merged.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import bm25s
import faiss
import numpy as np
import numpy.typing as npt

from index.analysis import terms, vocabulary
from index.embedder import FloatArray
from index.figures import Figure, figure_term, figures_in

IntArray = npt.NDArray[np.int64]

_ROWS: Final = "rows.json"
_VECTORS: Final = "vectors.faiss"
_WORDS: Final = "words"
_EMPTY_VOCABULARY: Final = "∅"
_BYTES_A_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Pool:
    """The passages of one language; `rows[i]` is the store row of the pool's i-th vector and document."""

    language: str
    rows: IntArray
    vectors: faiss.Index
    words: bm25s.BM25

    def dense(self, query: FloatArray) -> FloatArray:
        """Cosine of `query` with every passage, shape (len(rows),), in pool order."""
        similarities, order = self.vectors.search(query.reshape(1, -1), len(self.rows))
        scores = np.empty(len(self.rows), dtype=np.float32)
        scores[order[0]] = similarities[0]
        return scores

    def lexical(self, text: str) -> FloatArray:
        """BM25 score of `text`, read in the pool's language, for every passage, in pool order."""
        known = [term for term in set(terms(text, self.language)) if term in self.words.vocab_dict]
        if not known:
            return np.zeros(len(self.rows), dtype=np.float32)
        return np.asarray(self.words.get_scores(known), dtype=np.float32)

    def stating(self, figures: Iterable[Figure]) -> FloatArray:
        """1.0 for every passage that states one of the kinds of figures, 0.0 for others, in pool order."""
        found = np.zeros(len(self.rows), dtype=np.float32)
        for figure in figures:
            found[self._holding(figure_term(figure))] = 1.0
        return found

    def shared(self, wanted: str, held: str) -> float:
        """Share of the terms of `wanted`, weighted by their rarity here, that `held` has too."""
        weights = {term: self._rarity(term) for term in vocabulary(wanted, self.language)}
        whole = sum(weights.values())
        found = vocabulary(held, self.language)
        return sum(weight for term, weight in weights.items() if term in found) / whole if whole else 0.0

    def _rarity(self, term: str) -> float:
        """Inverse document frequency after BM25 (Robertson and Sparck Jones), read off the stored postings."""
        count, holding = len(self.rows), len(self._holding(term))
        return math.log(1 + (count - holding + 0.5) / (holding + 0.5))

    def _holding(self, term: str) -> IntArray:
        """Places in pool order of the passages that hold `term`."""
        number = self.words.vocab_dict.get(term)
        if number is None:
            return np.empty(0, dtype=np.int64)
        first, last = self.words.scores["indptr"][number : number + 2]
        return np.asarray(self.words.scores["indices"][first:last], dtype=np.int64)


def build_pool(language: str, rows: Sequence[int], texts: Sequence[str], vectors: FloatArray) -> Pool:
    """A pool of `texts`, whose vectors are the rows of `vectors`, shape (len(texts), dimension)."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    words = bm25s.BM25()
    documents = [_document_terms(text, language) for text in texts]
    words.index(documents, show_progress=False)
    return Pool(language, np.asarray(rows, dtype=np.int64), index, words)


def _document_terms(text: str, language: str) -> list[str]:
    return [*terms(text, language), *map(figure_term, figures_in(text))] or [_EMPTY_VOCABULARY]


def save_pool(pool: Pool, folder: Path) -> None:
    """Write the pool's three parts into `folder`; nothing is pickled."""
    folder.mkdir(parents=True)
    (folder / _ROWS).write_text(json.dumps(pool.rows.tolist()), encoding="ascii")
    faiss.write_index(pool.vectors, str(folder / _VECTORS))
    pool.words.save(str(folder / _WORDS), show_progress=False)


def load_pool(language: str, folder: Path) -> Pool:
    """Read what save_pool wrote. The caller has verified the checksums: FAISS itself would not notice damage."""
    rows = np.asarray(json.loads((folder / _ROWS).read_text(encoding="ascii")), dtype=np.int64)
    faiss.set_deserialization_vector_byte_limit((folder / _VECTORS).stat().st_size + _BYTES_A_NUMBER)
    vectors = faiss.read_index(str(folder / _VECTORS))
    words = bm25s.BM25.load(str(folder / _WORDS), load_corpus=False, show_progress=False)
    if vectors.ntotal != len(rows):
        raise ValueError(
            f"pool {language}: one vector for each passage is needed, got {vectors.ntotal} for {len(rows)}"
        )
    return Pool(language, rows, vectors, words)
