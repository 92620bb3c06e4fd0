"""Rank scores over a benchmark in the layout of BEIR (Thakur et al., arXiv 2104.08663): hybrid beside its parts."""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Final

from corpus.source import Source
from evals.beir_folder import BeirLine, Judged, read_corpus, read_judged
from evals.intervals import Change, Estimate, change, estimate
from evals.ranking import MEASURES, measured
from evals.record import Scores
from index.embedder import Embedder
from index.hit import Query
from index.search import Index, open_index
from index.texts import publish_texts
from rag.chain import query_of
from rag.question import Question, understand

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

HYBRID: Final = "hybrid"
PARTS: Final = ("dense", "words")
_COMPARED: Final = "ndcg@10"
_DEPTH: Final = 100
"""Passages looked at, so that ten documents are found though several passages are of one."""


@dataclass(frozen=True, slots=True)
class BeirResult:
    """Scores over the judged queries of a benchmark.

    `scores` holds each measure by the way of ranking (`hybrid`, `dense`, `words`), `gains` the change of nDCG@10 from
    a part to hybrid over the same queries. `unindexed` documents have no usable text and `unasked` queries cannot be
    read as a question (too long, no words): neither finds or is found, which counts.
    """

    name: str
    queries: int
    documents: int
    scores: dict[str, dict[str, Estimate]]
    gains: dict[str, Change]
    unindexed: int
    unasked: int


def run_beir(
    folder: Path, index_folder: Path, embedder: Embedder, progress: Progress, queries_folder: Path | None = None
) -> BeirResult:
    """Index the corpus of `folder`, ask its queries (or those of `queries_folder`, judged there) and score the ranks.

    Raises ValueError with file, line and remedy, or FileNotFoundError, when a folder is not a benchmark.
    """
    asked_of = queries_folder or folder
    documents = read_corpus(folder)
    judged = read_judged(asked_of, {document.id for document in documents})
    report = publish_texts([_text_of(document) for document in documents], index_folder, embedder, progress)
    index = open_index(index_folder, embedder)
    found = []
    for done, item in enumerate(judged, start=1):
        found.append(_found(index, item.text))
        progress("search", done, len(judged))
    by_way = {way: _scores(judged, [ranked.get(way, []) for ranked in found]) for way in (HYBRID, *PARTS)}
    return BeirResult(
        name=folder.name if asked_of == folder else f"{asked_of.name} → {folder.name}",
        queries=len(judged),
        documents=len(documents),
        scores={way: _estimates(judged, scores) for way, scores in by_way.items()},
        gains=_gains(judged, by_way),
        unindexed=len(documents) - report.documents,
        unasked=sum(not ranked for ranked in found),
    )


def beir_text(result: BeirResult) -> str:
    """The scores on the terminal: a measure a line, a way of ranking a column, and what hybrid gains."""
    rows = [
        f"{measure:10}" + "".join(f"{_percent(estimates[measure]):>20}" for estimates in result.scores.values())
        for measure in MEASURES
    ]
    gains = [
        f"hybrid against {part}: {100 * gain.mean:+.1f} [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}] points of "
        f"{_COMPARED}, p {gain.p_value:.4f}"
        for part, gain in result.gains.items()
    ]
    left_out = {
        f"documents without usable text: {result.unindexed}, which are never found": result.unindexed,
        f"queries that cannot be read as a question: {result.unasked}, which find nothing": result.unasked,
    }
    return "\n".join([
        f"{result.name}: {result.queries} queries, {result.documents} documents; per cent [95 % interval]",
        f"{'':10}" + "".join(f"{way:>20}" for way in result.scores),
        *rows,
        *gains,
        *(line for line, count in left_out.items() if count),
    ])


def _text_of(document: BeirLine) -> tuple[Source, str]:
    return Source(path=document.id, title=" ".join((document.title or "").split())), document.text


def _found(index: Index, text: str) -> dict[str, list[str]]:
    """Ids of documents, best first, by the way of ranking; none when `text` cannot be read as a question."""
    try:
        query = query_of(understand(Question(text)))
    except ValueError:
        return {}
    vector = index.embedder.embed_query(query.text)
    hits = index.search(query, _DEPTH)
    # Each part ranks all passages: among those that hybrid found it would be better or worse than it is.
    dense = (pair for one in index.pools for pair in zip(one.pool.rows, one.near(vector, query.language), strict=True))
    return {
        HYBRID: list(dict.fromkeys(hit.source.path for hit in hits)),
        "dense": _documents(index, dense),
        "words": _documents(index, _words(index, query)),
    }


def _words(index: Index, query: Query) -> Iterable[tuple[int, float]]:
    """Row and BM25 score of the passages that share a word with the query, which is looked up in its language only."""
    for pool in (one.pool for one in index.pools):
        if pool.language == query.language:
            scores = pool.lexical(query.text)
            yield from ((row, score) for row, score in zip(pool.rows, scores, strict=True) if score > 0)


def _documents(index: Index, scored: Iterable[tuple[int, float]]) -> list[str]:
    """Documents in the order of their best passage."""
    best = heapq.nlargest(_DEPTH, scored, key=itemgetter(1))
    return list(dict.fromkeys(index.sources[index.passages[row].source_id].path for row, _ in best))


def _scores(judged: Sequence[Judged], found: Sequence[Sequence[str]]) -> dict[str, Scores]:
    relevant = {item.id: item.relevant for item in judged}
    ranked = {
        item.id: {document: -float(rank) for rank, document in enumerate(documents)}
        for item, documents in zip(judged, found, strict=True)
    }
    return measured(relevant, ranked)


def _estimates(judged: Sequence[Judged], scores: Mapping[str, Scores]) -> dict[str, Estimate]:
    estimates = {name: estimate([(item.cluster, scores[item.id][name]) for item in judged]) for name in MEASURES}
    return {name: value for name, value in estimates.items() if value is not None}


def _gains(judged: Sequence[Judged], by_way: Mapping[str, Mapping[str, Scores]]) -> dict[str, Change]:
    clusters = {item.id: item.cluster for item in judged}
    compared = {way: {query: values[_COMPARED] for query, values in scores.items()} for way, scores in by_way.items()}
    gains = {part: change(compared[part], compared[HYBRID], clusters) for part in PARTS}
    return {part: gain for part, gain in gains.items() if gain is not None}


def _percent(value: Estimate) -> str:
    return f"{100 * value.mean:.1f} [{100 * value.low:.1f}–{100 * value.high:.1f}]"
