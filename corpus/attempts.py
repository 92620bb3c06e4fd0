"""What may go wrong when a file is loaded from a host, and what of it is worth another attempt."""

import time
from typing import Final, Protocol

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

MOST_ATTEMPTS: Final = 4
_BACK_OFF: Final = wait_exponential(multiplier=2, max=60)


class Clock(Protocol):
    """Time as far as it matters here."""

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after that long."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class UnfetchedError(Exception):
    """A file that cannot be had in this run; the message says rule, value and remedy."""


class PassingError(UnfetchedError):
    """A failure that may pass by itself; the host asked to be left alone for `after` seconds."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


def attempts(clock: Clock) -> Retrying:
    """Calls a function again, after longer and longer pauses, as long as it raises PassingError."""
    return Retrying(
        stop=stop_after_attempt(MOST_ATTEMPTS),
        retry=retry_if_exception_type(PassingError),
        wait=_pause,
        sleep=clock.sleep,
        reraise=True,
    )


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, PassingError) else 0.0
    return max(asked, _BACK_OFF(state))
