"""Pieces of work for the tests of isolation, in a module that imports little: a process must load it first."""

import os
import resource
import signal
from pathlib import Path

from ingest.readers.reader import UnreadableError


def double(number: int) -> int:
    return 2 * number


def refuse(code: str) -> None:
    raise UnreadableError(code, "a reason for people")


def take_memory(size: int) -> int:
    return len(bytearray(size))


def memory_limit() -> int:
    return resource.getrlimit(resource.RLIMIT_DATA)[0]


def take_time() -> None:
    while True:
        pass


def end_the_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write(path: Path, size: int) -> None:
    path.write_bytes(bytes(size))
