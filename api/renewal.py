"""A newer generation takes the place of the one in service, without a restart."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from langchain_core.runnables import Runnable

from api.backend import Backend
from index.generation import current
from index.search import Index
from rag.answer import Answer
from rag.question import Question

Opened = Callable[[], tuple[Index, Runnable[Question, Answer]]]
"""Opens and verifies the current generation, and builds its chain."""

_LOG: Final = logging.getLogger(__name__)


class Renewal:
    """Looks which generation is current, and lets the backend answer from it once it is open and whole."""

    def __init__(self, backend: Backend, opened: Opened) -> None:
        self._backend, self._opened = backend, opened
        self._folder, self._lock = backend.index.folder, threading.Lock()
        self._refused: str | None = None

    def renew(self) -> None:
        """What cannot be opened is logged once, and the generation in service stays."""
        with self._lock:
            name = ""
            try:
                name = current(self._folder).name
                if name not in {self._backend.index.generation, self._refused}:
                    self._backend.serve(*self._opened())
                    _LOG.info("the index %s is served now", self._backend.index.generation)
            except Exception:  # noqa: BLE001 - whatever is wrong with a newer index, the older one answers
                if name != self._refused:
                    _LOG.exception("the index %s cannot be served", name)
                self._refused = name


@contextmanager
def renewing(renewal: Renewal, every_s: float) -> Iterator[None]:
    """Look every so many seconds, in a thread."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(every_s):
            renewal.renew()

    thread = threading.Thread(target=watch, name="renewal", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
