"""Work on one file in a process of its own kind: limited in memory, processor time and wall time.

A file that exhausts a limit or brings its process down costs that process and nothing else: the caller gets an
UnreadableError with the reason, and the next file gets a fresh process. See docs/decisions/0006.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as TookTooLongError
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final, ParamSpec, Protocol, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.readers.reader import UnreadableError

P = ParamSpec("P")
T = TypeVar("T")

_FILES_A_PROCESS: Final = 40
"""After which a process is replaced: what caches and libraries keep counts against the memory of the next file."""
_PRELOADED: Final = ["__main__", "ingest.intake"]
_LARGEST_OUTPUT: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: seconds of wall time and of processor time, bytes of memory."""

    seconds: int = 60
    processor_seconds: int = 60
    memory: int = 1 << 30


class Isolation(Protocol):
    """Runs a function where it can do no harm."""

    @property
    def workers(self) -> int:
        """How many pieces of work may run at the same time."""
        ...

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What the function returns or raises, or UnreadableError when it exceeds a limit."""
        ...

    def within(self, limits: Limits) -> "Isolation":
        """The same isolation with other limits."""
        ...


@dataclass(frozen=True, slots=True)
class Processes:
    """Isolation by processes that are forked from a small one that has only read the reading code."""

    pool: ProcessPool
    limits: Limits
    workers: int
    waiting: set["ProcessFuture[object]"] = field(default_factory=set)

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Functions and arguments must be importable and picklable. Threads may call this at the same time."""
        work = self.pool.schedule(_limited, (self.limits, function, arguments, named), timeout=self.limits.seconds)
        self.waiting.add(work)
        try:
            result: T = work.result()
        except TookTooLongError as error:
            reason = f"a file may take {self.limits.seconds} s, this one was stopped: simplify or split it"
            raise UnreadableError("too_slow", reason) from error
        except ProcessExpired as error:
            # The processor limit ends in a signal, exhausted memory of a C library in a crash.
            reason = f"its process ended ({error}) at a limit or by a fault of the file: save it anew or split it"
            raise UnreadableError("crashed", reason) from error
        except MemoryError as error:
            allowed = self.limits.memory >> 20
            raise UnreadableError("too_large", f"a file may take {allowed} MiB of memory: split it") from error
        finally:
            self.waiting.discard(work)
        return result

    def within(self, limits: Limits) -> "Processes":
        """The same processes, which take their limits from each piece of work."""
        return replace(self, limits=limits)


@contextmanager
def processes(limits: Limits, workers: int) -> Iterator[Processes]:
    """Isolation with that many processes, which start with the first piece of work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    isolation = Processes(
        ProcessPool(max_workers=workers, max_tasks=_FILES_A_PROCESS, context=context), limits, workers
    )
    try:
        yield isolation
    finally:
        isolation.pool.stop()  # type: ignore[no-untyped-call]
        # A stopped pool leaves its work undecided: who still waits for some would wait for ever.
        for work in list(isolation.waiting):
            work.cancel()  # type: ignore[no-untyped-call]
        isolation.pool.join()


@cache
def _held_before_work() -> int:
    """Bytes of data of this process before its first piece of work: what the program had loaded is no file's fault."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    return int(pages) * resource.getpagesize()


def _limited(limits: Limits, function: Callable[..., T], arguments: tuple[object, ...], named: dict[str, object]) -> T:
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(used.ru_utime + used.ru_stime) + limits.processor_seconds
    for kind, soft in (
        (resource.RLIMIT_DATA, _held_before_work() + limits.memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, _LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1]))
    return function(*arguments, **named)
