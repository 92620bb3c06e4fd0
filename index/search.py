"""Questions to hits: each pool scores its passages, scores are normalised within the pool, pools are merged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from corpus.instrument import numbers_in
from corpus.source import Source, published_on
from corpus.validity import Change, Validity, read_validity
from index.analysis import ANALYSIS_VERSION
from index.embedder import Embedder, FloatArray
from index.generation import (
    HEADNOTES,
    LEANINGS,
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
from index.hit import NO_SCORE, Hit, Query, Score
from index.leaning import Leanings, load_leanings
from index.meaning import Meaning, meaning_of
from index.places import Places, places_in
from index.pools import Pool, load_pool
from index.reranker import RERANKED, Reranker, reranked
from index.scoring import Asked, Led, Parts, led_by, spread, words_of
from index.sentences import load_sentences
from index.store import Store
from ingest.document import Passage

_FULL_TRUST: Final = 1.5
_DIALECT_TRUST: Final = 0.5
_CANDIDATES_PER_POOL: Final = 50


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage of a pool by its place there, with its total score."""

    pool: Pool
    place: int
    parts: Parts
    shares: Mapping[str, FloatArray]
    total: float

    @property
    def row(self) -> int:
        return int(self.pool.rows[self.place])


@dataclass(frozen=True, slots=True)
class Index:
    """An open generation. All methods are safe to call from several threads."""

    generation: str
    manifest: Manifest
    store: Store
    embedder: Embedder
    pools: tuple[Meaning, ...]
    headnotes: Headnotes
    passages: tuple[Passage, ...]
    rows: dict[str, int]
    sources: dict[str, Source]
    places: Places
    translations: frozenset[tuple[str, str]]
    validity: Validity
    reranker: Reranker | None = None

    @property
    def folder(self) -> Path:
        """The index folder, in which the generation lies."""
        return self.store.path.parents[1]

    def search(self, query: Query, top_k: int, vectors: Sequence[FloatArray] = ()) -> list[Hit]:
        """The `top_k` best passages for `query`, best first; fewer when the filters leave fewer.

        `vectors` are those of the query's readings, for callers that have them already.
        """
        if not len(vectors):
            vectors = [self.embedder.embed_query(reading.text) for reading in query.readings]
        asked = [Asked(reading, vector) for reading, vector in zip(query.readings, vectors, strict=True)]
        led = led_by(self.headnotes, asked, len(self.passages), self.manifest.scale)
        found = [one for pool in self._wanted(query) for one in self._search_pool(pool, query, asked, led)]
        best = sorted(found, key=lambda one: (-one.total, self.passages[one.row].id))
        if self.reranker is None:
            return [self._hit(one, query, asked, led) for one in best[:top_k]]
        read_again = [self._hit(one, query, asked, led) for one in best[: max(top_k, RERANKED)]]
        return reranked(read_again, query.text, self.reranker)[:top_k]

    def rivals(self, language: str) -> int:
        """How many passages may answer who asks in `language`; of a note that exists in it, not those in others."""
        hidden = {source.id for source in self.sources.values() if self._is_twin_of_note(source, language)}
        return sum(len(rows) for source, rows in self.places.sources.items() if source not in hidden)

    def changes_to(self, numbers: Iterable[str]) -> list[Change]:
        """What ended the instruments `numbers` or parts of them."""
        return [change for number in numbers for change in self.validity.changes.get(number, ())]

    def ending(self, change: Change, query: Query, language: str) -> Hit | None:
        """The provision that made a change, in `language` where it is held; best the part that names what it ends.

        None when the change had not been made on the day of the query, or its filters leave that provision out.
        """
        if change.by is None or change.by_article is None or not change.in_effect(query.day):
            return None
        wanted = {one.pool.language for one in self._wanted(query)}
        held = [self.passages[row] for row in self.places.provisions.get((change.by.number, change.by_article), ())]
        shown = [
            passage
            for passage in held
            if passage.language in wanted and self._allowed(self.sources[passage.source_id], query)
        ]
        if not shown:
            return None
        passage = max(shown, key=lambda one: (change.instrument in numbers_in(one.text), one.language == language))
        return self._unscored(passage, query.day)

    def _unscored(self, passage: Passage, day: date | None) -> Hit:
        source = self.sources[passage.source_id]
        return Hit(passage, source, NO_SCORE, self.validity.standing(source, passage.article, day))

    def whole_article(self, hit: Hit, day: date | None) -> list[Hit]:
        """All parts of a hit's article, in order; in a text without articles, the passage with its neighbours."""
        article, position = hit.passage.article, hit.passage.position
        held = [self.passages[row] for row in self.places.sources[hit.source.id]]
        held = [one for one in held if one.role == hit.passage.role]
        parts = [one for one in held if one.article == article and (article or abs(one.position - position) <= 1)]
        return [self._unscored(one, day) for one in sorted(parts, key=lambda one: one.position)]

    def twins(self, hit: Hit, language: str, day: date | None) -> list[Hit]:
        """The parts of the same provision in another language; text in force where there is some."""
        if hit.source.instrument is None:
            return [self._unscored(passage, day) for passage in self._same_section(hit, language)]
        rows = self.places.provisions.get((hit.source.instrument.number, hit.passage.article or ""), ())
        found = [self._unscored(self.passages[row], day) for row in rows if self.passages[row].language == language]
        found = [one for one in found if one.source.instrument == hit.source.instrument]
        if not found:
            return []
        best = max(found, key=lambda one: (one.standing.in_force is not False, not one.standing.outdated))
        return [one for one in found if one.source.id == best.source.id]

    def _same_section(self, hit: Hit, language: str) -> list[Passage]:
        """The section of a translation that stands where the hit's does: translations of a note are parallel."""
        family = [one for one in self.sources.values() if one.family == hit.source.family and one.kind == "note"]
        twin = next((one for one in family if one.language == language), None)
        if twin is None:
            return []
        own, theirs = (self._sections(source.id) for source in (hit.source, twin))
        place = list(own).index(hit.passage.path)
        return list(theirs.values())[place] if len(own) == len(theirs) else []

    def _sections(self, source_id: str) -> dict[tuple[str, ...], list[Passage]]:
        sections: dict[tuple[str, ...], list[Passage]] = {}
        for row in self.places.sources[source_id]:
            sections.setdefault(self.passages[row].path, []).append(self.passages[row])
        return sections

    def articles_of(self, number: str) -> frozenset[str]:
        """Articles found in the texts of the instrument `number`, in all languages together."""
        return self.places.held.get(number, frozenset())

    def near_sentences(self, hit: Hit, vector: FloatArray, language: str) -> dict[str, float]:
        """The cosine of a query in `language` with each sentence of a hit that has a vector of its own."""
        pool = next(one for one in self.pools if one.pool.language == hit.passage.language)
        place = int(np.searchsorted(pool.pool.rows, self.rows[hit.passage.id]))
        return pool.near_sentences(place, hit.passage.text, vector, language)

    def _wanted(self, query: Query) -> list[Meaning]:
        return [one for one in self.pools if not query.languages or one.pool.language in query.languages]

    def _search_pool(self, meaning: Meaning, query: Query, asked: Sequence[Asked], led: Led) -> list[_Candidate]:
        pool, parts = meaning.pool, self._parts(meaning, query, asked, led)
        shares = parts.shares(self._trust_in_words(pool, parts.words, query))
        total = np.sum(list(shares.values()), axis=0)
        found: list[_Candidate] = []
        for place in map(int, np.argsort(-total)):
            if len(found) == _CANDIDATES_PER_POOL:
                break
            passage = self.passages[pool.rows[place]]
            if self._allowed(self.sources[passage.source_id], query):
                found.append(_Candidate(pool, place, parts, shares, float(total[place])))
        return found

    def _parts(self, meaning: Meaning, query: Query, asked: Sequence[Asked], led: Led) -> Parts:
        pool = meaning.pool
        cosines = [meaning.near(one.vector, one.reading.language) for one in asked]
        return Parts(
            nearest=np.max([pool.dense(one.vector) for one in asked], axis=0),
            dense=np.max([spread(one, self.manifest.scale) for one in cosines], axis=0),
            words=words_of(pool, asked, query.expansions),
            reference=self.places.reference(query.numbers, query.articles)[pool.rows],
            named=self.places.reference(query.named, ())[pool.rows],
            headnote=led.meaning[pool.rows],
            headnote_words=led.words[pool.rows],
            figure=pool.stating(query.figures),
            validity=-self.places.out_of_force(query.day, query.on)[pool.rows],
            footnote=self.places.footnote[pool.rows],
        )

    def _hit(self, found: _Candidate, query: Query, asked: Sequence[Asked], led: Led) -> Hit:
        parts, place, passage = found.parts, found.place, self.passages[found.row]
        source = self.sources[passage.source_id]
        score = Score(
            total=found.total,
            dense=float(parts.nearest[place]),
            words=float(parts.words[place]),
            coverage=_coverage(found.pool, asked, passage),
            reference=float(parts.reference[place]),
            headnote=float(parts.headnote[place]),
            figure=float(parts.figure[place]),
            validity=float(parts.validity[place]),
            shares=tuple((name, float(share[place])) for name, share in found.shares.items()),
        )
        clues = self.headnotes.best_of(found.row, led.nearness)
        return Hit(passage, source, score, self.validity.standing(source, passage.article, query.day), clues)

    def _trust_in_words(self, pool: Pool, words: FloatArray, query: Query) -> float:
        """0.0 to 1.0. Where even the best passage holds few of the rare words, a match on the rest is chance."""
        if not words.any():
            return 0.0
        if query.dialect:
            return _DIALECT_TRUST
        best = self.passages[pool.rows[int(words.argmax())]]
        return min(1.0, _FULL_TRUST * pool.shared(query.text, f"{best.context}\n{best.text}"))

    def _is_twin_of_note(self, source: Source, language: str) -> bool:
        """Whether the same note exists in `language`, which then says the same in the asker's own tongue."""
        translated = source.language != language and (source.family, language) in self.translations
        return source.kind == "note" and translated

    def _allowed(self, source: Source, query: Query) -> bool:
        shown = not query.languages or query.language in query.languages
        if shown and self._is_twin_of_note(source, query.language):
            return False
        if query.kinds and source.kind not in query.kinds:
            return False
        published = published_on(source.published)
        return query.as_of is None or published is None or published <= query.as_of


def open_index(folder: Path, embedder: Embedder, reranker: Reranker | None = None) -> Index:
    """Open the current generation after verifying settings and checksums.

    Raises UnusableIndexError (NoIndexError, OtherSettingsError or DamagedError) with the command that mends it.
    """
    generation = current(folder)
    manifest = read_manifest(generation)
    check_settings(manifest, Expected(embedder.name, embedder.dimension, ANALYSIS_VERSION))
    verify(generation, manifest)
    store = Store(generation / STORE)
    leanings = load_leanings(generation / LEANINGS)
    pools = tuple(_open_pool(language, generation / POOLS / language, leanings) for language in manifest.passages)
    passages, sources = tuple(store.passages()), store.sources()
    translations = frozenset((source.family, source.language) for source in sources.values() if source.language)
    headnotes = load_headnotes(generation / HEADNOTES)
    validity = read_validity()
    places = places_in(passages, sources, validity)
    rows = {passage.id: row for row, passage in enumerate(passages)}
    return Index(
        generation.name,
        manifest,
        store,
        embedder,
        pools,
        headnotes,
        passages,
        rows,
        sources,
        places,
        translations,
        validity,
        reranker,
    )


def _open_pool(language: str, folder: Path, leanings: Leanings) -> Meaning:
    return meaning_of(load_pool(language, folder), load_sentences(folder), leanings)


def _coverage(pool: Pool, asked: Sequence[Asked], passage: Passage) -> float:
    """Share of a reading's terms that the passage holds, weighted by their rarity; 0.0 across languages."""
    held = f"{passage.context}\n{passage.text}"
    return max(
        (pool.shared(one.reading.text, held) for one in asked if one.reading.language == pool.language), default=0.0
    )
