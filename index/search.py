"""Questions to hits: each pool scores its passages, scores are normalised within the pool, pools are merged."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from corpus.source import Source, published_on
from index.analysis import ANALYSIS_VERSION, terms
from index.embedder import Embedder, FloatArray
from index.generation import (
    HEADNOTES,
    POOLS,
    STORE,
    Expected,
    Manifest,
    check_settings,
    current,
    read_manifest,
    verify,
)
from index.headnotes import Headnotes, load_headnotes
from index.hit import Hit, Query, Reading, Score
from index.pools import Pool, load_pool
from index.store import Store
from ingest.document import Passage

# Weights tried on the development questions (docs/decisions/0003-pools-by-language.md).
_WORDS_WEIGHT: Final = 0.4
_FULL_TRUST: Final = 1.5
_SMALL_POOL: Final = 30
_USUAL_SPREAD: Final = 0.2
_INSTRUMENT_BONUS: Final = 4.0
_ARTICLE_BONUS: Final = 8.0
_FOOTNOTE_MALUS: Final = 1.0
_HEADNOTE_WEIGHT: Final = 0.9
_HEADNOTE_WORDS_WEIGHT: Final = 0.3
# As if a provision without headnote had an average one.
_NO_HEADNOTE: Final = 0.0
_CANDIDATES_PER_POOL: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the question with its vector."""

    reading: Reading
    vector: FloatArray


@dataclass(frozen=True, slots=True)
class Led:
    """What headnotes say of every passage, by meaning and by words, in standard deviations; shape (passages,) each."""

    meaning: FloatArray
    words: FloatArray


@dataclass(frozen=True, slots=True)
class Index:
    """An open generation. All methods are safe to call from several threads."""

    generation: str
    manifest: Manifest
    store: Store
    embedder: Embedder
    pools: tuple[Pool, ...]
    headnotes: Headnotes
    passages: tuple[Passage, ...]
    sources: dict[str, Source]
    articles: dict[str, frozenset[str]]
    translations: frozenset[tuple[str, str]]

    def search(self, query: Query, top_k: int, vectors: Sequence[FloatArray] = ()) -> list[Hit]:
        """The `top_k` best passages for `query`, best first; fewer when the filters leave fewer.

        `vectors` are those of the query's readings, for callers that have them already.
        """
        if not len(vectors):
            vectors = [self.embedder.embed_query(reading.text) for reading in query.readings]
        asked = [Asked(reading, vector) for reading, vector in zip(query.readings, vectors, strict=True)]
        led = self._led_by_headnotes(asked)
        hits = [hit for pool in self._wanted(query) for hit in self._search_pool(pool, query, asked, led)]
        return sorted(hits, key=lambda hit: (-hit.score.total, hit.passage.id))[:top_k]

    def articles_of(self, number: str) -> frozenset[str]:
        """Articles found in the texts of the instrument `number`, in all languages together."""
        return self.articles.get(number, frozenset())

    def _wanted(self, query: Query) -> list[Pool]:
        return [pool for pool in self.pools if not query.languages or pool.language in query.languages]

    def _search_pool(self, pool: Pool, query: Query, asked: Sequence[Asked], led: Led) -> list[Hit]:
        cosines = [pool.dense(one.vector) for one in asked]
        dense = np.max([self._spread(one) for one in cosines], axis=0)
        words = np.max([_words(pool, one.reading) for one in asked], axis=0)
        reference = np.array([self._reference(self.passages[row], query) for row in pool.rows], dtype=np.float32)
        weight = _WORDS_WEIGHT * self._trust_in_words(pool, words, query)
        total = (1 - weight) * dense + weight * _z(words) + _bonus(reference)
        total += _HEADNOTE_WEIGHT * led.meaning[pool.rows] + _HEADNOTE_WORDS_WEIGHT * led.words[pool.rows]
        total -= _FOOTNOTE_MALUS * np.array([self.passages[row].role == "footnote" for row in pool.rows])
        hits: list[Hit] = []
        for place in np.argsort(-total):
            if len(hits) == _CANDIDATES_PER_POOL:
                break
            row = pool.rows[place]
            passage = self.passages[row]
            if self._allowed(self.sources[passage.source_id], query):
                nearest = max(float(one[place]) for one in cosines)
                coverage = _coverage(pool, asked, passage)
                parts = (total[place], nearest, words[place], coverage, reference[place], led.meaning[row])
                hits.append(Hit(passage, self.sources[passage.source_id], Score(*map(float, parts))))
        return hits

    def _led_by_headnotes(self, asked: Sequence[Asked]) -> Led:
        """How well the headnotes of each passage fit, over all readings and their tongues; the best counts."""
        meaning = np.full(len(self.passages), -np.inf, dtype=np.float32)
        words = meaning.copy()
        for one in asked:
            for pool in (self.headnotes.pools[t] for t in one.reading.tongues if t in self.headnotes.pools):
                near, shared = self._spread(pool.dense(one.vector)), _z(pool.lexical(one.reading.text))
                self.headnotes.lift(meaning, near)
                self.headnotes.lift(words, shared)
        return Led(*(np.where(np.isneginf(found), _NO_HEADNOTE, found) for found in (meaning, words)))

    def _spread(self, dense: FloatArray) -> FloatArray:
        """z-scores of cosines. In a small pool mean and spread are drawn towards what the model gives anywhere."""
        unrelated, related = self.manifest.scale
        known = len(dense) / (len(dense) + _SMALL_POOL)
        mean = known * dense.mean() + (1 - known) * unrelated
        spread = known * dense.std() + (1 - known) * (related - unrelated) * _USUAL_SPREAD
        scores: FloatArray = (dense - mean) / spread
        return scores

    def _trust_in_words(self, pool: Pool, words: FloatArray, query: Query) -> float:
        """0.0 to 1.0. Where even the best passage holds few of the rare words, a match on the rest is chance."""
        if not words.any():
            return 0.0
        if query.dialect:
            return 1.0
        best = self.passages[pool.rows[int(words.argmax())]]
        return min(1.0, _FULL_TRUST * _shared(pool, query.text, best))

    def _reference(self, passage: Passage, query: Query) -> float:
        instrument = self.sources[passage.source_id].instrument
        if not query.numbers:
            return 0.5 if passage.article is not None and passage.article in query.articles else 0.0
        if instrument is None or instrument.number not in query.numbers:
            return 0.0
        return 2.0 if passage.article is not None and passage.article in query.articles else 1.0

    def _has_translation(self, source: Source, language: str) -> bool:
        """Whether the same note exists in `language`, which then says the same in the asker's own tongue."""
        return source.language != language and (source.family, language) in self.translations

    def _allowed(self, source: Source, query: Query) -> bool:
        shown = not query.languages or query.language in query.languages
        if source.kind == "note" and shown and self._has_translation(source, query.language):
            return False
        if query.kinds and source.kind not in query.kinds:
            return False
        published = published_on(source.published)
        return query.as_of is None or published is None or published <= query.as_of


def open_index(folder: Path, embedder: Embedder) -> Index:
    """Open the current generation after verifying settings and checksums.

    Raises UnusableIndexError (NoIndexError, OtherSettingsError or DamagedError) with the command that mends it.
    """
    generation = current(folder)
    manifest = read_manifest(generation)
    check_settings(manifest, Expected(embedder.name, embedder.dimension, ANALYSIS_VERSION))
    verify(generation, manifest)
    store = Store(generation / STORE)
    pools = tuple(load_pool(language, generation / POOLS / language) for language in manifest.passages)
    passages, sources = tuple(store.passages()), store.sources()
    articles = _articles(passages, sources)
    translations = frozenset((source.family, source.language) for source in sources.values() if source.language)
    headnotes = load_headnotes(generation / HEADNOTES)
    return Index(
        generation.name, manifest, store, embedder, pools, headnotes, passages, sources, articles, translations
    )


def _articles(passages: Iterable[Passage], sources: dict[str, Source]) -> dict[str, frozenset[str]]:
    """The articles of each instrument, by its number."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for passage in passages:
        instrument = sources[passage.source_id].instrument
        if instrument and passage.article:
            found[instrument.number].add(passage.article)
    return {number: frozenset(articles) for number, articles in found.items()}


def _z(scores: FloatArray) -> FloatArray:
    spread = float(scores.std())
    centred: FloatArray = scores - scores.mean()
    return centred / spread if spread > 0 else centred


def _bonus(reference: FloatArray) -> FloatArray:
    bonus: FloatArray = np.where(reference >= 2.0, _ARTICLE_BONUS, _INSTRUMENT_BONUS * np.minimum(reference, 1.0))
    return bonus.astype(np.float32)


def _words(pool: Pool, reading: Reading) -> FloatArray:
    """BM25 of a reading in its own language; words of another language mean nothing."""
    return pool.lexical(reading.text) if pool.language == reading.language else np.zeros(len(pool.rows), np.float32)


def _coverage(pool: Pool, asked: Sequence[Asked], passage: Passage) -> float:
    """Share of a reading's terms that the passage holds, weighted by their rarity; 0.0 across languages."""
    return max(
        (_shared(pool, one.reading.text, passage) for one in asked if one.reading.language == pool.language),
        default=0.0,
    )


def _shared(pool: Pool, text: str, passage: Passage) -> float:
    wanted = set(terms(text, pool.language))
    held = set(terms(f"{passage.context}\n{passage.text}", pool.language))
    weights = {term: _rarity(pool, term) for term in wanted}
    whole = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / whole if whole else 0.0


def _rarity(pool: Pool, term: str) -> float:
    """Inverse document frequency after BM25 (Robertson and Sparck Jones), read off the stored postings."""
    count = len(pool.rows)
    number = pool.words.vocab_dict.get(term)
    postings = pool.words.scores["indptr"]
    holding = 0 if number is None else int(postings[number + 1] - postings[number])
    return math.log(1 + (count - holding + 0.5) / (holding + 0.5))
