"""How near a pool's passages are to a question: the passage and its best sentence, within and across languages."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from index.embedder import FloatArray
from index.leaning import Leanings
from index.pools import Pool
from index.sentences import Sentences, cosines, sentences_in

_SENTENCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Meaning:
    """A pool's passages and sentences, and what is needed to take their language off.

    `passage_norms` and `sentence_norms` are the lengths of the vectors without the leaning of their language.
    """

    pool: Pool
    sentences: Sentences
    leanings: Leanings
    passage_norms: FloatArray
    sentence_norms: FloatArray

    def near(self, vector: FloatArray, language: str) -> FloatArray:
        """Mean of the cosines of a query in `language` with each passage and with its best sentence, in pool order."""
        passages, sentences = self._cosines(vector, language)
        found: FloatArray = (1 - _SENTENCE) * passages + _SENTENCE * self.sentences.best(sentences)
        return found

    def near_sentences(self, place: int, text: str, vector: FloatArray, language: str) -> dict[str, float]:
        """The cosine of a query with each sentence of the passage `text` at a place of the pool."""
        query = vector if language == self.pool.language else self.leanings.query_across(vector, language)
        scores = cosines(self.sentences.of(place), query)
        return dict(zip(sentences_in(text), map(float, scores), strict=False))

    def _cosines(self, vector: FloatArray, language: str) -> tuple[FloatArray, FloatArray]:
        if language == self.pool.language:
            return self.pool.dense(vector), cosines(self.sentences.vectors, vector)
        query = self.leanings.query_across(vector, language)
        taken_off = float(_lean(self.leanings, self.pool) @ query)
        passages: FloatArray = (self.pool.dense(query) - taken_off) / self.passage_norms
        sentences: FloatArray = (cosines(self.sentences.vectors, query) - taken_off) / self.sentence_norms
        return passages, sentences


def meaning_of(pool: Pool, sentences: Sentences, leanings: Leanings) -> Meaning:
    """The meaning of a pool, ready to be searched."""
    lean = _lean(leanings, pool)
    passage_norms, sentence_norms = (
        np.sqrt(1 - 2 * near + float(lean @ lean)) for near in (pool.dense(lean), cosines(sentences.vectors, lean))
    )
    return Meaning(pool, sentences, leanings, passage_norms, sentence_norms)


def _lean(leanings: Leanings, pool: Pool) -> FloatArray:
    return leanings.passage.get(pool.language, np.zeros(pool.vectors.d, dtype=np.float32))
