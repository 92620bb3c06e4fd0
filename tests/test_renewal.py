"""A newer index is served without a restart, and one that cannot be opened is not."""

import logging
import threading
from pathlib import Path

import pytest
from langchain_core.runnables import Runnable

from api.backend import Backend, LiveChain
from api.renewal import Renewal, renewing
from index.build import build
from index.generation import current
from index.search import Index, open_index
from rag.answer import Answer
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from rag.question import Question
from tests.conftest import TODAY
from tests.fakes import FakeEmbedder, tools
from tests.ingests import change_press

ASKED = Question("Quelle amende sans déclaration ?")


@pytest.fixture
def backend(corpus: Path, served: Path, tmp_path: Path) -> Backend:
    build([corpus], served, tools())
    return Backend(*opened(served), lambda: TODAY, FeedbackLog(tmp_path / "feedback.jsonl"))


def opened(served: Path) -> tuple[Index, Runnable[Question, Answer]]:
    index = open_index(served, FakeEmbedder())
    return index, build_chain(index, lambda: TODAY)


def test_a_newer_index_answers_and_who_holds_the_older_keeps_it(backend: Backend, corpus: Path, served: Path) -> None:
    renewal, chain, older = Renewal(backend, lambda: opened(served)), LiveChain(backend), backend.index
    change_press(corpus)
    build([corpus], served, tools())
    assert chain.invoke(ASKED).engine.index == older.generation
    renewal.renew()
    assert backend.index.generation == current(served).name != older.generation
    assert chain.invoke(ASKED).engine.index == backend.index.generation
    assert [draft.engine.index for draft in chain.stream(ASKED)][-1] == backend.index.generation
    press = next(source.id for source in older.sources.values() if source.kind == "press")
    assert "Monday" in (older.store.text(press) or "")
    assert "Friday" in (backend.index.store.text(press) or "")


def test_an_index_that_is_served_is_not_opened_again(backend: Backend) -> None:
    def refuse() -> tuple[Index, Runnable[Question, Answer]]:
        raise AssertionError("it is served already")

    before = backend.index
    Renewal(backend, refuse).renew()
    assert backend.index is before


def test_a_damaged_index_is_told_once_and_the_one_in_service_stays(
    backend: Backend, corpus: Path, served: Path, caplog: pytest.LogCaptureFixture
) -> None:
    renewal, older = Renewal(backend, lambda: opened(served)), backend.index
    change_press(corpus)
    build([corpus], served, tools())
    (current(served) / "store.sqlite").write_bytes(b"damaged")
    renewal.renew()
    renewal.renew()
    assert backend.index is older
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert errors == [f"the index {current(served).name} cannot be served"]
    (corpus / "press-en.md").write_text("# Trade fair\n\nAgain another sentence.", encoding="utf-8")
    build([corpus], served, tools(), rebuild=True)
    renewal.renew()
    assert backend.index.generation == current(served).name


def test_an_ingest_beside_the_server_is_noticed(backend: Backend, corpus: Path, served: Path) -> None:
    noticed = threading.Event()

    def opened_now() -> tuple[Index, Runnable[Question, Answer]]:
        noticed.set()
        return opened(served)

    with renewing(Renewal(backend, opened_now), 0.01):
        change_press(corpus)
        build([corpus], served, tools())
        assert noticed.wait(20)
    assert backend.index.generation == current(served).name
