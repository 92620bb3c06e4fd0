"""Is this a question for Sanad at all? Told by which known questions it resembles: those of the field or others."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedder import Embedder, FloatArray
from index.sentences import cosines

_FILE: Final = Path(__file__).parent / "scope.toml"
_NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """Vectors of the questions in `scope.toml`, shape (questions, dimension) each."""

    inside: FloatArray
    outside: FloatArray

    def margin(self, vector: FloatArray) -> float:
        """How much nearer a question is to those of the field than to others, in cosine; below 0 for the others."""
        return _nearest(cosines(self.inside, vector)) - _nearest(cosines(self.outside, vector))


def load_scope(embedder: Embedder) -> Scope:
    """Embed the questions of `scope.toml`, which takes a second or two."""
    questions = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    inside, outside = (
        np.stack([embedder.embed_query(question) for question in questions[side]]) for side in ("inside", "outside")
    )
    return Scope(inside, outside)


def _nearest(near: FloatArray) -> float:
    return float(np.sort(near)[-_NEAREST:].mean())
