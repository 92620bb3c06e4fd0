"""Which paths need which scope of a key, and which of them ask questions."""

from dataclasses import dataclass
from typing import Final

from api.keys import KeyScope


@dataclass(frozen=True, slots=True)
class Entry:
    """A path and everything under it, with the scope that opens it."""

    path: str
    scope: KeyScope
    asks: bool = False
    uploads: bool = False

    def holds(self, path: str) -> bool:
        """Whether the path is this one or lies under it."""
        return path == self.path or path.startswith(f"{self.path}/")


# A test holds that every route under /v1 stands here.
TABLE: Final = (
    Entry("/v1/ask", "ask", asks=True),
    Entry("/v1/chat/completions", "ask", asks=True),
    Entry("/v1/models", "ask"),
    Entry("/v1/search", "search", asks=True),
    Entry("/v1/documents", "search"),
    Entry("/v1/citations", "search"),
    Entry("/v1/feedback", "feedback"),
    Entry("/v1/ingest", "ingest", uploads=True),
    Entry("/v1/eval", "eval"),
    # One path for all tools, of which one asks.
    Entry("/mcp", "ask", asks=True),
    # The chat page and the form of the pages send their questions here.
    Entry("/gradio_api/queue/join", "ask"),
    Entry("/simple", "ask", asks=True),
)
ANONYMOUS_SCOPES: Final[tuple[KeyScope, ...]] = ("ask", "search", "feedback")
_API: Final = "/v1/"


def entry_of(path: str) -> Entry | None:
    """The entry that the path falls under, None where it is open to all, such as the page and the health routes."""
    return next((entry for entry in TABLE if entry.holds(path)), None)


def is_guarded(path: str) -> bool:
    """Whether the path belongs to the API, and not to the page."""
    return path.startswith(_API)


def is_question(method: str, path: str) -> bool:
    """Whether a request makes the index work."""
    entry = entry_of(path)
    return method == "POST" and entry is not None and entry.asks


def is_upload(method: str, path: str) -> bool:
    """Whether a request brings a file, which is not read into memory."""
    entry = entry_of(path)
    return method == "POST" and entry is not None and entry.uploads and path == entry.path
