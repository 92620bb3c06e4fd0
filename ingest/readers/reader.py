"""What every reader takes and gives, and how it says that a file gives no text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ingest.document import Page

NEEDS_OCR: Final = "needs_ocr"
"""The code of pictures on a machine without OCR: an installation mends it, and the file is worth another try."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages of one file in reading order; `reader` names how they were read (`pdf`, `html`, …)."""

    reader: str
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()


class UnreadableError(Exception):
    """A file that gives no text. `code` is stable (`encrypted`, `corrupt`, …); `reason` is for people."""

    def __init__(self, code: str, reason: str) -> None:
        # Both are arguments of the exception, so that it can come back from another process.
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class Reader(Protocol):
    """Reads files of one format."""

    def __call__(self, path: Path) -> Reading:
        """The pages of `path`. Raises UnreadableError with a reason that says what can be done."""
        ...
