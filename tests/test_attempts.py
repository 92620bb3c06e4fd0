"""What may pass is tried again, after longer and longer pauses; what will not pass is not."""

import pytest

from corpus.attempts import MOST_ATTEMPTS, PassingError, UnfetchedError, attempts
from tests.file_server import FakeClock


def test_pauses_grow_and_the_last_failure_is_told() -> None:
    clock, calls = FakeClock(), []

    def fail() -> None:
        calls.append(clock.time)
        raise PassingError(f"failure {len(calls)}")

    with pytest.raises(PassingError, match=f"failure {MOST_ATTEMPTS}"):
        attempts(clock)(fail)
    assert len(calls) == MOST_ATTEMPTS
    assert clock.slept == [2, 4, 8]


def test_a_host_may_ask_for_a_longer_pause() -> None:
    clock, failures = FakeClock(), [PassingError("busy", after=30)]

    def fail_once() -> str:
        if failures:
            raise failures.pop()
        return "done"

    assert attempts(clock)(fail_once) == "done"
    assert clock.slept == [30]


def test_what_will_not_pass_is_not_tried_again() -> None:
    clock = FakeClock()

    def fail() -> None:
        raise UnfetchedError("gone")

    with pytest.raises(UnfetchedError, match="gone"):
        attempts(clock)(fail)
    assert clock.slept == []
