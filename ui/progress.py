"""Progress with an estimate: a bar in a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Report = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

_SECONDS_BETWEEN_LINES: Final = 15.0


@contextmanager
def terminal_progress() -> Iterator[Report]:
    """A reporter that draws on standard error for as long as the block runs."""
    console = Console(stderr=True)
    if console.is_terminal:
        columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as bars:
            tasks: dict[str, TaskID] = {}

            def draw(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage)
                bars.update(tasks[stage], completed=done, total=total)

            yield draw
    else:
        yield _Lines().report


class _Lines:
    """One line per stage every few seconds, with the time that is left at the pace so far."""

    def __init__(self) -> None:
        self._started: dict[str, float] = {}
        self._written: dict[str, float] = {}

    def report(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        started = self._started.setdefault(stage, now)
        if done == total or now - self._written.get(stage, started) >= _SECONDS_BETWEEN_LINES:
            self._written[stage] = now
            left = (now - started) / done * (total - done) if done else 0.0
            sys.stderr.write(f"{stage} {done}/{total}, about {left:.0f} s left\n")
