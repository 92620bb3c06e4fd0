"""A source: one published document, as the catalogue describes it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from corpus.instrument import Instrument

Kind = Literal["law", "decree", "order", "directive", "strategy", "report", "faq", "press", "note", "dataset", "other"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KIND_OF_TYPE: Final[dict[str, Kind]] = {
    "constitution": "law",
    "convention": "law",
    "loi_organique": "law",
    "loi_cadre": "law",
    "loi": "law",
    "dahir": "law",
    "decret_loi": "law",
    "decret": "decree",
    "arrete": "order",
    "decision": "order",
    "deliberation": "order",
    "directive": "directive",
    "circulaire": "directive",
}
"""The kind of a legal text by the type of its instrument; a constitution is one without number."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document. `path` is relative to the ingested folder, with `/`; unknown facts are None."""

    path: str
    title: str
    kind: Kind = "other"
    language: str | None = None
    issuer: str | None = None
    published: str | None = None
    url: str | None = None
    complete: bool = True
    note: str | None = None
    instrument: Instrument | None = None

    @property
    def id(self) -> str:
        """Stable, fit for a URL, and made from the path only: a corrected title keeps every citation valid."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.path.rsplit(".", 1)[0].lower()).strip("-")[:60] or "document"
        return f"{slug}-{hashlib.sha256(self.path.encode()).hexdigest()[:10]}"

    @property
    def family(self) -> str:
        """Shared by the translations of one document, whose names differ by `-fr`, `-ar` or `-en` at their end."""
        return re.sub(r"[-_.](?:fr|ar|en)$", "", self.path.rsplit(".", 1)[0].lower())


def published_on(published: str | None) -> date | None:
    """First day that a date of the catalogue may mean: `2024`, `2024-02` and `2024-02-15` are all accepted."""
    if published is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", published)
    if match is None:
        raise ValueError(f"a publication date is YYYY, YYYY-MM or YYYY-MM-DD, got {published!r}: correct the catalogue")
    return date(int(match.group(1)), int(match.group(2) or 1), int(match.group(3) or 1))
