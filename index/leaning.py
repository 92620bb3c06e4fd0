"""What vectors owe to their language, and how much of it is taken off where a question meets text in another.

A multilingual model puts texts of one language together, whatever they say: a French question is nearer to French
texts on anything than to the Arabic article that answers it. Measured on parallel sentences; half is taken off (all of
it costs more than it gives, docs/retrieval.md has the trials).
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedder import Embedder, FloatArray

_FILE: Final = Path(__file__).parent / "parallel.toml"
_TAKEN_OFF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Leanings:
    """The part of each language's mean vector that is taken off, for queries and for passages; shape (dimension,)."""

    query: Mapping[str, FloatArray]
    passage: Mapping[str, FloatArray]

    def query_across(self, vector: FloatArray, language: str) -> FloatArray:
        """A query's vector, of length 1, as it is compared with passages in other languages."""
        upright = vector - self.query.get(language, np.zeros_like(vector))
        across: FloatArray = upright / np.linalg.norm(upright)
        return across


def measure_leanings(embedder: Embedder) -> Leanings:
    """Embed the parallel sentences as queries and as passages."""
    sentences = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sentence"]
    texts = {language: [sentence[language] for sentence in sentences] for language in sentences[0]}
    return Leanings(
        {language: _lean(np.stack([embedder.embed_query(one) for one in lines])) for language, lines in texts.items()},
        {language: _lean(embedder.embed_passages(lines)) for language, lines in texts.items()},
    )


def _lean(vectors: FloatArray) -> FloatArray:
    lean: FloatArray = (_TAKEN_OFF * vectors.mean(axis=0)).astype(np.float32)
    return lean


def save_leanings(leanings: Leanings, file: Path) -> None:
    """Write them as JSON."""
    written = {
        side: {language: vector.tolist() for language, vector in vectors.items()}
        for side, vectors in (("query", leanings.query), ("passage", leanings.passage))
    }
    file.write_text(json.dumps(written), encoding="ascii")


def load_leanings(file: Path) -> Leanings:
    """What `save_leanings` wrote."""
    read = json.loads(file.read_text(encoding="ascii"))
    query, passage = (
        {language: np.asarray(vector, dtype=np.float32) for language, vector in read[side].items()}
        for side in ("query", "passage")
    )
    return Leanings(query, passage)
