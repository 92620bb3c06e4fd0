"""How a passage's score comes about: parts, each on a scale of its own, and their weights.

Weights were tried on the development questions (docs/decisions/0003, 0011 and 0012; ablation in docs/retrieval.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.embedder import FloatArray
from index.headnotes import Headnotes
from index.hit import Reading
from index.pools import Pool

_WORDS_WEIGHT: Final = 0.4
_SMALL_POOL: Final = 30
_USUAL_SPREAD: Final = 0.2
_INSTRUMENT_BONUS: Final = 4.0
_ARTICLE_BONUS: Final = 8.0
_NAMED_BONUS: Final = 1.0
_NAMES_ARTICLE: Final = 2.0
_FOOTNOTE_MALUS: Final = 1.0
_HEADNOTE_WEIGHT: Final = 0.9
_HEADNOTE_WORDS_WEIGHT: Final = 0.3
_FIT_WEIGHT: Final = 0.3
_NEAR_WORDS: Final = 0.33
_FIGURE_WEIGHT: Final = 1.5
_ENDED_MALUS: Final = 2.5
# As if a provision without headnote had an average one.
_NO_HEADNOTE: Final = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the question with its vector."""

    reading: Reading
    vector: FloatArray


@dataclass(frozen=True, slots=True)
class Led:
    """What headnotes say of every passage, by meaning and by words, in standard deviations; shape (passages,) each.

    `nearness` is that of each headnote by itself, shape (headnotes,).
    """

    meaning: FloatArray
    words: FloatArray
    nearness: FloatArray


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the scores of a pool's passages, shape (passages of the pool,) each, in pool order.

    `nearest` are cosines and `dense` their z-scores; the others are those of `index.hit.Score`.
    """

    nearest: FloatArray
    dense: FloatArray
    words: FloatArray
    reference: FloatArray
    named: FloatArray
    headnote: FloatArray
    headnote_words: FloatArray
    figure: FloatArray
    validity: FloatArray
    footnote: FloatArray

    def shares(self, trust_in_words: float) -> dict[str, FloatArray]:
        """What each part gives to the total; words count for less where `trust_in_words` (0.0 to 1.0) is low."""
        words = _WORDS_WEIGHT * trust_in_words
        article, instrument = self.reference >= _NAMES_ARTICLE, np.minimum(self.reference, 1.0)
        return {
            "meaning": (1 - words) * self.dense,
            "words": words * _z(self.words),
            "reference": np.where(article, _ARTICLE_BONUS, _INSTRUMENT_BONUS * instrument) + _NAMED_BONUS * self.named,
            "headnote": _HEADNOTE_WEIGHT * self.headnote + _HEADNOTE_WORDS_WEIGHT * self.headnote_words,
            "figure": _FIGURE_WEIGHT * self.figure,
            "validity": _ENDED_MALUS * self.validity,
            "footnote": -_FOOTNOTE_MALUS * self.footnote,
        }


def spread(dense: FloatArray, scale: tuple[float, float]) -> FloatArray:
    """z-scores of cosines. In a small pool mean and spread are drawn towards what the model gives anywhere."""
    unrelated, related = scale
    known = len(dense) / (len(dense) + _SMALL_POOL)
    mean = known * dense.mean() + (1 - known) * unrelated
    deviation = known * dense.std() + (1 - known) * (related - unrelated) * _USUAL_SPREAD
    scores: FloatArray = (dense - mean) / deviation
    return scores


def words_of(pool: Pool, asked: Sequence[Asked], expansions: Iterable[tuple[str, str]] = ()) -> FloatArray:
    """BM25 of the best reading in the pool's language, with the official names of what it speaks of.

    In another language than the question's only these names mean anything.
    """
    names = " ".join(text for language, text in expansions if language == pool.language)
    readings = [f"{one.reading.text} {names}" for one in asked if one.reading.language == pool.language]
    found: FloatArray = np.max([pool.lexical(text) for text in readings or [names]], axis=0)
    return found


def led_by(headnotes: Headnotes, asked: Sequence[Asked], passages: int, scale: tuple[float, float]) -> Led:
    """How well the headnotes of each passage fit, over all readings and their tongues; the best counts."""
    meaning = np.full(passages, -np.inf, dtype=np.float32)
    words = meaning.copy()
    nearness = np.full(headnotes.count, -np.inf, dtype=np.float32)
    for one in asked:
        for pool in (headnotes.pools[t] for t in one.reading.tongues if t in headnotes.pools):
            near, shared = spread(pool.dense(one.vector), scale), _z(pool.lexical(one.reading.text))
            headnotes.lift(meaning, near, _FIT_WEIGHT)
            headnotes.lift(words, shared)
            nearness = np.maximum(nearness, near + _NEAR_WORDS * shared)
    meaning, words = (np.where(np.isneginf(found), _NO_HEADNOTE, found) for found in (meaning, words))
    return Led(meaning, words, nearness)


def _z(scores: FloatArray) -> FloatArray:
    deviation = float(scores.std())
    centred: FloatArray = scores - scores.mean()
    return centred / deviation if deviation > 0 else centred
