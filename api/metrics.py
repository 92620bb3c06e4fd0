"""What those who run the service watch, for Prometheus, on a port of its own: never a question, never a person."""

from datetime import UTC, datetime
from typing import Final

from langchain_core.runnables import Runnable
from langchain_core.tracers.schemas import Run
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from index.search import Index
from rag.answer import Answer
from rag.question import Question

_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_THOUSAND: Final = 1000


class Metrics:
    """Counters and times of answers, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "sanad_answers", "Answers by outcome", ["status", "language", "generator"], registry=self.registry
        )
        self._seconds = Histogram(
            "sanad_step_seconds", "Time of a step of an answer", ["step"], buckets=_SECONDS, registry=self.registry
        )
        self._dropped = Counter(
            "sanad_sentences_dropped", "Sentences of a language model that were not shown", registry=self.registry
        )
        self._fallbacks = Counter(
            "sanad_fallbacks", "Answers in quotes though a language model is set", ["reason"], registry=self.registry
        )
        self._failures = Counter(
            "sanad_failures", "Questions that ended in an error", ["error"], registry=self.registry
        )
        self._info = Gauge("sanad_index_info", "The index in use", ["generation", "embedder"], registry=self.registry)
        self._age = Gauge("sanad_index_age_seconds", "Time since the index in use was made", registry=self.registry)
        self._documents = Gauge("sanad_index_documents", "Documents of the index in use", registry=self.registry)

    def count(self, answer: Answer) -> None:
        """Take in one answer."""
        generator = "quotes" if answer.engine.generator == "quotes" else "model"
        self._answers.labels(answer.status, answer.language, generator).inc()
        for step, milliseconds in answer.timings_ms.items():
            self._seconds.labels(step).observe(milliseconds / _THOUSAND)
        self._dropped.inc(answer.dropped)
        if answer.engine.fallback:
            self._fallbacks.labels(answer.engine.fallback).inc()

    def watched(self, chain: Runnable[Question, Answer]) -> Runnable[Question, Answer]:
        """The same chain, whose answers and failures are counted; of a stream, the last draft."""

        def ended(run: Run) -> None:
            answer = (run.outputs or {}).get("output")
            if isinstance(answer, Answer):
                self.count(answer)

        def failed(run: Run) -> None:
            # The first word of the error's text is its type; a question that cannot be read is no fault of ours.
            self._failures.labels((run.error or "unknown").partition("(")[0]).inc()

        return chain.with_listeners(on_end=ended, on_error=failed)

    def watch(self, index: Index) -> None:
        """Show which generation answers from now on, and how old it is."""
        made = datetime.fromisoformat(index.manifest.created)
        self._info.clear()
        self._info.labels(index.generation, index.embedder.name).set(1)
        self._age.set_function(lambda: (datetime.now(UTC) - made).total_seconds())
        self._documents.set(index.manifest.documents)


def serve_metrics(metrics: Metrics, host: str, port: int) -> None:
    """Offer the metrics on `http://host:port/metrics`, from a thread that ends with the process."""
    start_http_server(port, addr=host, registry=metrics.registry)
