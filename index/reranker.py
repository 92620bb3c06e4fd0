"""A second look at the first hits by a model that reads question and passage together: none unless a setting asks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from index.embedder import FloatArray
from index.hit import Hit

RERANKED: Final = 50
"""How many of the first hits are read again."""
SHARE: Final = "reranker"
_WEIGHT: Final = 1.0


class Reranker(Protocol):
    """Says how well each of some texts answers a question."""

    def scores(self, question: str, texts: Sequence[str]) -> FloatArray:
        """One number a text, shape (len(texts),), higher for better; only their order and spread mean anything."""


def reranked(hits: Sequence[Hit], question: str, reranker: Reranker) -> list[Hit]:
    """`hits`, best first after the reranker's scores, in standard deviations among them, are added to theirs."""
    if not hits:
        return []
    found = reranker.scores(question, [f"{hit.passage.context}\n{hit.passage.text}" for hit in hits])
    deviation = float(found.std())
    shares = _WEIGHT * (found - found.mean()) / deviation if deviation > 0 else found * 0
    raised = [_raised(hit, float(share)) for hit, share in zip(hits, shares, strict=True)]
    return sorted(raised, key=lambda hit: (-hit.score.total, hit.passage.id))


def _raised(hit: Hit, share: float) -> Hit:
    score = hit.score
    return replace(hit, score=replace(score, total=score.total + share, shares=(*score.shares, (SHARE, share))))
