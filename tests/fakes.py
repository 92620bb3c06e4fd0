"""Stand-ins with results that a person can compute."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import numpy as np

from index.build import Making, Tools
from index.embedder import Embedder, FloatArray
from ingest.isolation import Limits

P = ParamSpec("P")
T = TypeVar("T")

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


@dataclass(frozen=True)
class InProcess:
    """Isolation without a process: what a test of anything else needs."""

    workers: int = 1

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        return function(*arguments, **named)

    def within(self, limits: Limits) -> "InProcess":
        return self


def tools(embedder: Embedder | None = None) -> Tools:
    """The fake embedder, no isolation, nobody who watches."""
    return Tools(InProcess(), Making(embedder or FakeEmbedder(), lambda *_: None))
