"""Cosines of one model on a scale that means the same for all: 0 for unrelated, 1 for question and answer.

Models differ: two unrelated texts have a cosine of 0.8 with e5 and of 0.1 with others. The scale is measured on
the probes below when an index is built, and kept in its manifest.
"""

from typing import Final

import numpy as np

from index.embedder import Embedder

_PROBES: Final = (
    ("Quelle amende pour une fausse déclaration ?", "Est puni d'une amende quiconque fait une fausse déclaration."),
    ("Dans quel délai recevoir la réponse ?", "L'administration répond dans un délai de trente jours."),
    ("Qui signale un incident informatique ?", "L'opérateur signale sans retard tout incident informatique."),
    ("ما هي شروط التوقيع الإلكتروني؟", "يشترط في التوقيع الإلكتروني أن يكون خاصا بصاحبه."),
    ("من يتولى رئاسة المجلس؟", "يتولى الوزير رئاسة المجلس ويعين كاتبه العام."),
    ("كم تبلغ رسوم البطاقة؟", "تحدد رسوم تسليم البطاقة في مائة درهم."),
    ("Who may consult the archives?", "Anyone may consult public archives free of charge."),
    ("When does the licence expire?", "The licence expires five years after it was granted."),
    ("How are prices published?", "Operators publish their prices on their website."),
)


def measure(embedder: Embedder) -> tuple[float, float]:
    """Mean cosine of the probes' questions with the other probes' answers, and with their own.

    Raises ValueError when a model does not tell the two apart: it is of no use for search.
    """
    queries = np.stack([embedder.embed_query(question) for question, _ in _PROBES])
    answers = embedder.embed_passages([answer for _, answer in _PROBES])
    cosines = queries @ answers.T
    own = np.eye(len(_PROBES), dtype=bool)
    unrelated, related = float(cosines[~own].mean()), float(cosines[own].mean())
    if related <= unrelated:
        raise ValueError(
            f"a model must find answers nearer than unrelated texts, {embedder.name!r} gives {related:.2f} against "
            f"{unrelated:.2f}: choose a model for multilingual search"
        )
    return unrelated, related


def nearness(cosine: float, scale: tuple[float, float]) -> float:
    """A cosine on the scale that `measure` gave."""
    unrelated, related = scale
    return (cosine - unrelated) / (related - unrelated)
