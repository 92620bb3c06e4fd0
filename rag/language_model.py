"""What Sanad asks of a language model: to reword excerpts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: its rules, and the question with the excerpts as data."""

    rules: str
    data: str


class LanguageModel(Protocol):
    """Rewords excerpts. Replies come in pieces as they are written."""

    @property
    def name(self) -> str: ...

    def reply(self, prompt: Prompt) -> Iterator[str]:
        """The reply, piece by piece. Raises any error of its server or of the way there."""
