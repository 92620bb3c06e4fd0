"""Is this a question for Sanad at all? Told by which known questions it resembles: those of the field or others."""

import hashlib
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.embedder import Embedder, FloatArray
from index.files import write_atomically
from index.sentences import cosines

_FILE: Final = Path(__file__).parent / "scope.toml"
_NEAREST: Final = 3
_KEY: Final = 16


@dataclass(frozen=True, slots=True)
class Scope:
    """Vectors of the questions in `scope.toml`, shape (questions, dimension) each."""

    inside: FloatArray
    outside: FloatArray

    def margin(self, vector: FloatArray) -> float:
        """How much nearer a question is to those of the field than to others, in cosine; below 0 for the others."""
        return _nearest(cosines(self.inside, vector)) - _nearest(cosines(self.outside, vector))


def load_scope(embedder: Embedder, folder: Path | None = None) -> Scope:
    """Embed the questions of `scope.toml`, which takes ten seconds; `folder` keeps the vectors for the next start."""
    questions = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    inside, outside = questions["inside"], questions["outside"]
    vectors = _vectors(embedder, [*inside, *outside], folder)
    return Scope(vectors[: len(inside)], vectors[len(inside) :])


def _vectors(embedder: Embedder, questions: list[str], folder: Path | None) -> FloatArray:
    if folder is None:
        return _embedded(embedder, questions)
    key = hashlib.sha256("\0".join([embedder.name, *questions]).encode()).hexdigest()[:_KEY]
    kept = folder / f"scope-{key}.npy"
    if not kept.exists():
        _keep(kept, _embedded(embedder, questions))
    return np.asarray(np.load(kept, allow_pickle=False), dtype=np.float32)


def _embedded(embedder: Embedder, questions: list[str]) -> FloatArray:
    return np.stack([embedder.embed_query(question) for question in questions])


def _keep(target: Path, vectors: FloatArray) -> None:
    """Vectors of other models or questions are of no use any more."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for stale in target.parent.glob("scope-*.npy"):
        stale.unlink()
    written = io.BytesIO()
    np.save(written, vectors, allow_pickle=False)
    write_atomically(target, written.getvalue())


def _nearest(near: FloatArray) -> float:
    return float(np.sort(near)[-_NEAREST:].mean())
