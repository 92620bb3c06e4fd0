"""Stand-ins with results that a person can compute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index.embedder import FloatArray

CONCEPTS = (
    ("amende", "sanction", "غرامة", "الغرامة", "fine", "penalty"),
    ("déclaration", "declaration", "declarer", "تصريح", "التصريح"),
    ("incident", "incidents", "حادث", "حوادث"),
    ("données", "donnees", "data", "معطيات", "المعطيات"),
    ("signature", "التوقيع", "توقيع"),
    ("délai", "delai", "jours", "أجل", "يوما", "days"),
    ("loi", "law", "القانون"),
    ("recette", "cuire", "tajine", "match", "film", "météo", "cook", "weather", "movie", "الطقس", "فيلم", "نطيب"),
)
"""One dimension each; the last dimension is for texts that hold none."""


@dataclass
class FakeEmbedder:
    """The direction of a text is how often it speaks of each concept, in any language; calls are recorded."""

    name: str = "fake"
    embedded: list[str] = field(default_factory=list)

    @property
    def dimension(self) -> int:
        return len(CONCEPTS) + 1

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> FloatArray:
        return self._vector(text)

    def _vector(self, text: str) -> FloatArray:
        words = re.findall(r"\w+", text.lower())
        counts = [float(sum(word in concept for word in words)) for concept in CONCEPTS]
        vector = np.asarray([*counts, 0.0 if any(counts) else 1.0], dtype=np.float32)
        unit: FloatArray = vector / np.linalg.norm(vector)
        return unit
