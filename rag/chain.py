"""The chain: understand, retrieve, decide, compose; each step a LangChain Runnable, timed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator, RunnableLambda

from index.embedder import FloatArray
from index.hit import Hit, Query
from index.search import Index
from rag.answer import Answer, Engine
from rag.compose import Evidence, QuotesComposer
from rag.evidence import Verdict, judge
from rag.granting import grant, offers
from rag.language_model import LanguageModel
from rag.manner import Manner, manner_of
from rag.outside import speaks_to_the_machine
from rag.prose import ProseComposer
from rag.question import Question, Understood, understand
from rag.quotes import Similarity
from rag.scope import Scope, load_scope
from rag.selection import quoted

_CANDIDATES: Final = 20
_LANGUAGES: Final = ("fr", "ar", "en")
_MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Timed:
    """What a step hands to the next, with the time at which each step ended."""

    understood: Understood
    clock: tuple[tuple[str, float], ...]
    hits: tuple[Hit, ...] = ()
    vectors: tuple[FloatArray, ...] = ()
    scope_margin: float = 0.0
    verdict: Verdict | None = None


def query_of(understood: Understood) -> Query:
    """The index query of an understood question."""
    return Query(
        text=understood.search_text,
        language=understood.search_language,
        dialect=understood.dialect,
        numbers=understood.numbers,
        articles=understood.articles,
        kinds=understood.question.kinds,
        languages=understood.question.source_languages,
        as_of=understood.question.as_of,
        tongues=understood.tongues,
        also=understood.also,
        named=understood.named,
        expansions=tuple((language, _official_names(understood, language)) for language in _LANGUAGES),
        figures=understood.asks.figures,
        on=understood.asks.on,
    )


def build_chain(
    index: Index,
    today: Callable[[], date],
    model: LanguageModel | None = None,
    patience: float = 20.0,
    kept: Path | None = None,
) -> Runnable[Question, Answer]:
    """A Runnable from Question to Answer (invoke, batch) over an open index; `stream` gives drafts as they grow.

    With a language model, answers are prose where that holds, within `patience` seconds; a `Manner` in the
    configuration of a call asks to go without it, or to end early. `kept` is a folder for what need not be computed
    again. A question that cannot be read raises ValueError with the rule, the value and the remedy.
    """
    quotes = QuotesComposer(
        today=today,
        engine=Engine(index=index.generation, embedder=index.embedder.name, generator="quotes"),
        documents=index.manifest.documents,
    )
    prose = ProseComposer(model, quotes, patience) if model else None
    chain = _Chain(index, load_scope(index.embedder, kept), quotes, prose)
    steps: Runnable[Question, Answer] = (
        RunnableLambda(chain.read)
        | RunnableLambda(chain.retrieve)
        | RunnableLambda(chain.decide)
        | RunnableGenerator(chain.compose)
    )
    return steps


@dataclass(frozen=True, slots=True)
class _Chain:
    """The steps, over what they work with."""

    index: Index
    scope: Scope
    quotes: QuotesComposer
    prose: ProseComposer | None

    def read(self, question: Question) -> _Timed:
        start = ("start", time.perf_counter())
        understood = understand(question)
        return _Timed(understood, (start, ("understand", time.perf_counter())))

    def retrieve(self, step: _Timed) -> _Timed:
        query = query_of(step.understood)
        vectors = [self.index.embedder.embed_query(reading.text) for reading in query.readings]
        found = [
            hit for hit in self.index.search(query, _CANDIDATES, vectors) if not speaks_to_the_machine(hit.passage.text)
        ]
        hits = _with_ending(self.index, query, found, step.understood.wording)
        margin = max(self.scope.margin(vector) for vector in vectors)
        return _after(replace(step, hits=tuple(hits), vectors=tuple(vectors), scope_margin=margin), "retrieve")

    def decide(self, step: _Timed) -> _Timed:
        verdict = judge(step.understood, list(step.hits), self.index, step.scope_margin)
        return _after(replace(step, verdict=verdict), "decide")

    def compose(self, steps: Iterator[_Timed], config: RunnableConfig | None = None) -> Iterator[Answer]:
        manner = manner_of(config)
        for step in steps:
            for draft in self._drafts(step, manner):
                yield replace(draft, timings_ms=_timings(_after(step, "compose")))

    def _drafts(self, step: _Timed, manner: Manner) -> Iterator[Answer]:
        verdict, understood = step.verdict or Verdict("weak", 0.0), step.understood
        evidence = Evidence(understood, step.hits, verdict, _similarity(self.index, step))
        if not verdict.sufficient:
            yield self.quotes.compose(evidence)
            return
        first = quoted(step.hits, understood.wording)[0]
        if understood.wish:
            citations, sentences = grant(self.index, understood, first)
            yield self.quotes.answer(evidence, citations, sentences, "answered" if citations else "not_found", ())
        else:
            evidence = replace(evidence, further=offers(self.index, understood, first))
            answer = self.quotes.compose(evidence)
            prose = None if manner.quotes_only else self.prose
            yield from prose.stream(evidence, answer, manner.wanted) if prose else [answer]


def _with_ending(index: Index, query: Query, hits: list[Hit], language: str) -> list[Hit]:
    """After the first hit what ended it, or the text that the question names, if that is no longer in force."""
    ended = [hits[0].standing.change] if hits and hits[0].standing.change else index.changes_to(query.numbers)
    endings = (index.ending(change, query, language) for change in ended)
    ending = next((found for found in endings if found), None)
    return [*hits[:1], ending, *hits[1:]] if hits and ending else hits


def _official_names(understood: Understood, language: str) -> str:
    return " ".join(name.in_language(language) for name in understood.names)


def _similarity(index: Index, step: _Timed) -> Similarity:
    """How near sentences are to the reading of the question that is nearest to them."""
    readings = list(zip(query_of(step.understood).readings, step.vectors, strict=True))

    def near(hit: Hit) -> dict[str, float]:
        found: dict[str, float] = {}
        for reading, vector in readings:
            for sentence, cosine in index.near_sentences(hit, vector, reading.language).items():
                found[sentence] = max(cosine, found.get(sentence, -1.0))
        return found

    return near


def _after(step: _Timed, name: str) -> _Timed:
    return replace(step, clock=(*step.clock, (name, time.perf_counter())))


def _timings(step: _Timed) -> dict[str, float]:
    """Milliseconds of each step and in total."""
    ends = step.clock
    steps = {
        name: round((end - before) * _MILLISECONDS, 1)
        for (_, before), (name, end) in zip(ends[:-1], ends[1:], strict=True)
    }
    return steps | {"total": round((ends[-1][1] - ends[0][1]) * _MILLISECONDS, 1)}
