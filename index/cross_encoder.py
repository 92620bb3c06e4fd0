"""Rerankers of sentence-transformers: any of its cross-encoders, by hub name or path."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers import CrossEncoder

from index.embedder import FloatArray


@dataclass(frozen=True, slots=True)
class CrossEncoderReranker:
    """Scores question and passage together: better than vectors, and hundreds of times as slow on a CPU."""

    model: CrossEncoder

    def scores(self, question: str, texts: Sequence[str]) -> FloatArray:
        found = self.model.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def load_reranker(model: str, threads: int) -> CrossEncoderReranker:
    """The cross-encoder `model`, a hub name or a folder. Raises ValueError when it gives several numbers a pair."""
    torch.set_num_threads(threads)
    encoder = CrossEncoder(model, device="cpu")
    if encoder.num_labels != 1:
        raise ValueError(
            f"a reranker gives one score, {model!r} gives {encoder.num_labels}: set another SANAD_RERANKER"
        )
    return CrossEncoderReranker(encoder)
