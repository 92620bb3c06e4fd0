"""How a host wants to be asked: by whom, how often, and for what."""

from typing import Final

from protego import Protego

from corpus.attempts import Clock

ROBOT: Final = "Sanad"
"""The name by which a robots.txt may address this program."""


def user_agent(contact: str | None) -> str:
    """Who asks, and whom to write to about it."""
    return f"{ROBOT} (corpus fetch{f'; {contact}' if contact else ''})"


class Pace:
    """A pause between the end of one request to a host and the start of the next, in seconds."""

    def __init__(self, delay: float, clock: Clock) -> None:
        self._delay, self._clock = delay, clock
        self._ended: dict[str, float] = {}

    def wait(self, host: str, crawl_delay: float | None = None) -> None:
        """Return when `host` may be asked again; it may want a longer pause than ours, not a shorter one."""
        ended = self._ended.get(host)
        if ended is not None:
            left = ended + max(self._delay, crawl_delay or 0.0) - self._clock.now()
            if left > 0:
                self._clock.sleep(left)

    def ended(self, host: str) -> None:
        """Count the pause from now."""
        self._ended[host] = self._clock.now()


def may_load(rules: Protego, url: str) -> bool:
    """Whether a robots.txt lets this program load `url`."""
    return rules.can_fetch(url, ROBOT)


def crawl_delay(rules: Protego) -> float | None:
    """Seconds between two requests that a robots.txt asks of this program."""
    delay = rules.crawl_delay(ROBOT)
    return None if delay is None else float(delay)
