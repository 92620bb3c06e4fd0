"""A piece of work that exceeds a limit costs its process and nothing else."""

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.isolation import Isolation, Limits, processes
from ingest.readers.reader import UnreadableError
from tests.fakes import InProcess
from tests.work import double, end_the_process, memory_limit, refuse, take_memory, take_time, write

SMALL = Limits(seconds=20, processor_seconds=20, memory=512 << 20)


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolation]:
    with processes(SMALL, 2) as isolation:
        yield isolation


@pytest.fixture(params=["in process", "processes"])
def isolation(request: pytest.FixtureRequest) -> Isolation:
    """The conformance suite runs over the fake and the real one."""
    if request.param == "in process":
        return InProcess()
    found: Isolation = request.getfixturevalue("isolated")
    return found


def test_results_and_reasons_come_back(isolation: Isolation) -> None:
    assert isolation.workers >= 1
    assert isolation.run(double, 21) == 42
    assert isolation.within(SMALL).run(double, number=4) == 8
    with pytest.raises(UnreadableError, match="encrypted: a reason for people"):
        isolation.run(refuse, "encrypted")


def test_memory_is_limited_and_the_next_file_is_read(isolated: Isolation) -> None:
    with pytest.raises(UnreadableError, match="too_large: a file may take 512 MiB of memory: split it"):
        isolated.run(take_memory, 1 << 30)
    assert isolated.run(take_memory, 1 << 20) == 1 << 20


def test_what_was_loaded_before_is_not_counted_against_a_file(isolated: Isolation) -> None:
    allowed = isolated.run(memory_limit)
    assert allowed > SMALL.memory
    assert isolated.run(take_memory, 1 << 20) == 1 << 20
    assert isolated.run(memory_limit) == allowed


def test_who_waits_for_work_is_let_go_when_the_processes_end() -> None:
    with ThreadPoolExecutor(1) as threads:
        with processes(SMALL, 1) as isolation:
            assert isolation.run(double, 1) == 2
            waiting = threads.submit(isolation.run, take_time)
            time.sleep(0.3)
        with pytest.raises(CancelledError):
            waiting.result(timeout=10)


def test_wall_time_is_limited(isolated: Isolation) -> None:
    with pytest.raises(UnreadableError, match="too_slow: a file may take 1 s, this one was stopped"):
        isolated.within(Limits(seconds=1)).run(take_time)
    assert isolated.run(double, 1) == 2


def test_processor_time_is_limited(isolated: Isolation) -> None:
    with pytest.raises(UnreadableError, match="crashed: its process ended"):
        isolated.within(Limits(seconds=30, processor_seconds=1)).run(take_time)
    assert isolated.run(double, 1) == 2


def test_a_process_that_dies_is_reported(isolated: Isolation) -> None:
    with pytest.raises(UnreadableError, match="crashed: its process ended"):
        isolated.run(end_the_process)
    assert isolated.run(double, 1) == 2


def test_a_file_cannot_fill_the_disk(isolated: Isolation, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        isolated.run(write, tmp_path / "big", 128 << 20)
