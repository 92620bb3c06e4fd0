"""Sentences of passages with vectors of their own: a question is often nearer to one sentence than to its passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedder import FloatArray
from index.pools import IntArray
from ingest.structure.splitting import BORDER

_VECTORS: Final = "sentences.npy"
_STARTS: Final = "starts.npy"
_FEWEST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Sentences:
    """Vectors of the sentences of a pool's passages, shape (sentences, dimension), each passage's after another.

    Those of the passage at place `i` begin at `starts[i]`; a passage of one sentence has its own vector there.
    """

    vectors: FloatArray
    starts: IntArray

    def best(self, scores: FloatArray) -> FloatArray:
        """The best score among each passage's sentences; `scores` are of all sentences."""
        found: FloatArray = np.maximum.reduceat(scores, self.starts)
        return found

    def of(self, place: int) -> FloatArray:
        """The vectors of one passage's sentences."""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.vectors)
        return self.vectors[self.starts[place] : end]


def cosines(vectors: FloatArray, query: FloatArray) -> FloatArray:
    """The product of each of `vectors`, shape (n, dimension), with `query`.

    Not with `@`: the threads of BLAS go on spinning afterwards and take the cores from the engine that embeds the next
    question (33 ms became 88 on two cores).
    """
    found: FloatArray = np.einsum("ij,j->i", vectors, query)
    return found


def sentences_in(text: str) -> list[str]:
    """The sentences and list items of a passage that have a vector of their own; none where it is one sentence."""
    found = [part for part in BORDER.split(text) if len(part.split()) >= _FEWEST_WORDS]
    return found if len(found) > 1 else []


def gather_sentences(texts: Sequence[str], passages: FloatArray, vectors: dict[str, FloatArray]) -> Sentences:
    """The sentences of `texts` with the vectors given for them; `passages` are the vectors of the texts themselves."""
    rows: list[FloatArray] = []
    starts: list[int] = []
    for text, whole in zip(texts, passages, strict=True):
        starts.append(len(rows))
        rows += [vectors[sentence] for sentence in sentences_in(text)] or [whole]
    return Sentences(np.stack(rows).astype(np.float16), np.asarray(starts, dtype=np.int64))


def save_sentences(sentences: Sentences, folder: Path) -> None:
    """Write them into a pool's folder, at half precision."""
    np.save(folder / _VECTORS, sentences.vectors, allow_pickle=False)
    np.save(folder / _STARTS, sentences.starts, allow_pickle=False)


def load_sentences(folder: Path) -> Sentences:
    """What `save_sentences` wrote; the manifest has vouched for it."""
    vectors = np.load(folder / _VECTORS, allow_pickle=False).astype(np.float32)
    return Sentences(vectors, np.load(folder / _STARTS, allow_pickle=False))
