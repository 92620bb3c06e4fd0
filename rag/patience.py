"""Pieces that another thread fetches, for as long as one is willing to wait."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

_GLANCE_S: Final = 0.2
"""How long a reader who has left is waited for."""


def always() -> bool:
    """For what is wanted to its end."""
    return True


def within(seconds: float, pieces: Iterable[str], wanted: Callable[[], bool] = always) -> Iterator[str]:
    """`pieces` as they come, until they are not `wanted` any more.

    Raises TimeoutError when they have not all come after `seconds`, and what they raise.
    """
    arrived: queue.Queue[str | Exception | None] = queue.Queue()
    given_up = threading.Event()
    threading.Thread(target=_fetch, args=(pieces, arrived, given_up), daemon=True).start()
    ends = time.monotonic() + seconds
    try:
        while (piece := _next(arrived, ends, wanted)) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        given_up.set()


def _fetch(pieces: Iterable[str], arrived: "queue.Queue[str | Exception | None]", given_up: threading.Event) -> None:
    try:
        for piece in pieces:
            if given_up.is_set():
                return
            arrived.put(piece)
        arrived.put(None)
    except Exception as error:  # noqa: BLE001  # it is raised again in the thread that waits
        arrived.put(error)


def _next(
    arrived: "queue.Queue[str | Exception | None]", ends: float, wanted: Callable[[], bool]
) -> str | Exception | None:
    while wanted():
        left = ends - time.monotonic()
        try:
            return arrived.get(timeout=max(0.0, min(left, _GLANCE_S)))
        except queue.Empty:
            if left <= _GLANCE_S:
                raise TimeoutError("the reply has not come in time") from None
    return None
