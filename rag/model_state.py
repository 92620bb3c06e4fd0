"""Whether the server of the language model answers, for those who watch: answers to questions never wait for this."""

import threading
import time
from collections.abc import Callable
from typing import Final, Literal

import httpx
from pydantic import SecretStr

ModelState = Literal["quotes only", "reachable", "unreachable"]

_PATIENCE_S: Final = 2.0
_KEPT_S: Final = 30.0


class ModelProbe:
    """Asks an OpenAI-compatible server for its models, at most once in 30 seconds and for at most 2 of them.

    A server that refuses the key counts as unreachable: it words no answer either.
    """

    def __init__(self, base_url: str, api_key: SecretStr, clock: Callable[[], float] = time.monotonic) -> None:
        self._address, self._key, self._clock = f"{base_url.rstrip('/')}/models", api_key, clock
        self._lock = threading.Lock()
        self._state: ModelState = "unreachable"
        self._until = clock()

    def __call__(self) -> ModelState:
        with self._lock:
            if self._clock() >= self._until:
                self._state, self._until = self._asked(), self._clock() + _KEPT_S
            return self._state

    def _asked(self) -> ModelState:
        headers = {"Authorization": f"Bearer {self._key.get_secret_value()}"}
        try:
            response = httpx.get(self._address, headers=headers, timeout=_PATIENCE_S)
        except (httpx.HTTPError, httpx.InvalidURL):
            return "unreachable"
        return "reachable" if response.is_success else "unreachable"


def no_model() -> ModelState:
    """For a service without a language model."""
    return "quotes only"
