"""Metrics of answers: outcomes, times, failures, and the age of the index."""

import socket
import urllib.request
from dataclasses import replace

import pytest
from langchain_core.runnables import Runnable
from prometheus_client import generate_latest

from api.metrics import Metrics, serve_metrics
from index.search import Index
from rag.answer import Answer
from rag.question import Question

ASKED = Question("Quelle amende sans déclaration ?")


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_answers_are_counted_by_outcome_and_language_with_the_time_of_each_step(
    metrics: Metrics, chain: Runnable[Question, Answer]
) -> None:
    watched = metrics.watched(chain)
    watched.invoke(ASKED)
    watched.invoke(Question("الغرامة دون تصريح"))
    watched.invoke(Question("Comment cuire un tajine ?"))
    counted = {"generator": "quotes", "status": "answered"}
    assert value(metrics, "sanad_answers_total", language="fr", **counted) == 1
    assert value(metrics, "sanad_answers_total", language="ar", **counted) == 1
    assert value(metrics, "sanad_answers_total", language="fr", generator="quotes", status="out_of_scope") == 1
    assert value(metrics, "sanad_step_seconds_count", step="retrieve") == 3


def test_of_a_stream_one_answer_is_counted(metrics: Metrics, chain: Runnable[Question, Answer]) -> None:
    drafts = list(metrics.watched(chain).stream(ASKED))
    assert isinstance(drafts[-1], Answer)
    assert value(metrics, "sanad_answers_total", language="fr", generator="quotes", status="answered") == 1


def test_a_failure_is_counted_under_its_type_and_without_its_text(
    metrics: Metrics, chain: Runnable[Question, Answer]
) -> None:
    with pytest.raises(ValueError, match="a question needs words"):
        metrics.watched(chain).invoke(Question("123 ?"))
    assert value(metrics, "sanad_failures_total", error="UnreadableQuestionError") == 1
    assert b"123" not in generate_latest(metrics.registry)


def test_the_index_in_use_is_named_with_its_age(metrics: Metrics, index: Index) -> None:
    metrics.watch(index)
    age = value(metrics, "sanad_index_age_seconds")
    assert age is not None
    assert age > 0
    assert value(metrics, "sanad_index_documents") == 3
    assert value(metrics, "sanad_index_info", generation=index.generation, embedder="fake") == 1
    metrics.watch(replace(index, generation="gen-000009"))
    assert value(metrics, "sanad_index_info", generation="gen-000009", embedder="fake") == 1
    assert value(metrics, "sanad_index_info", generation=index.generation, embedder="fake") is None


def test_metrics_are_read_on_a_port_of_their_own(metrics: Metrics, chain: Runnable[Question, Answer]) -> None:
    metrics.watched(chain).invoke(ASKED)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve_metrics(metrics, "127.0.0.1", port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        told = response.read().decode()
    assert 'sanad_answers_total{generator="quotes",language="fr",status="answered"} 1.0' in told
    assert "déclaration" not in told
