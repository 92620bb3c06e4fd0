"""What changed from one edition of a text to the next, article by article."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.article import article_order
from corpus.source import Source
from ingest.document import Document
from ingest.intake import ingest_file
from ingest.isolation import Isolation

_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of the articles that are new, gone, or worded otherwise; `elsewhere`: text outside articles differs."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    elsewhere: bool

    @property
    def sentence(self) -> str:
        """For a reader, in one line."""
        kinds = {"changed": self.changed, "new": self.new, "gone": self.gone}
        listed = "; ".join(f"{kind}: {_listed(articles)}" for kind, articles in kinds.items() if articles)
        outside = "text outside articles changed" if self.elsewhere else ""
        return "; ".join(filter(None, [listed and f"articles {listed}", outside])) or "the same text in another file"


def changes_of(old: Path, new: Path, source: Source, isolation: Isolation) -> Changes:
    """Read two editions and compare them. Raises UnreadableError when one of them holds no usable text."""
    return changes_between(ingest_file(old, source, isolation), ingest_file(new, source, isolation))


def changes_between(before: Document, after: Document) -> Changes:
    """Line breaks and spaces are no change: another layout of the same words is the same article."""
    old, new = _by_article(before), _by_article(after)
    outside = old.pop(None, ""), new.pop(None, "")
    return Changes(
        new=_sorted(new.keys() - old.keys()),
        gone=_sorted(old.keys() - new.keys()),
        changed=_sorted(article for article in old.keys() & new.keys() if old[article] != new[article]),
        elsewhere=outside[0] != outside[1],
    )


def _by_article(document: Document) -> dict[str | None, str]:
    """The words of each article, and under None of what stands outside of them; footnotes count as outside."""
    words: dict[str | None, list[str]] = {}
    for passage in document.passages:
        article = passage.article if passage.role == "body" else None
        words.setdefault(article, []).extend(passage.text.split())
    return {article: " ".join(found) for article, found in words.items()}


def _sorted(articles: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted((article for article in articles if article is not None), key=article_order))


def _listed(articles: tuple[str, ...]) -> str:
    more = f" and {len(articles) - _LISTED} more" if len(articles) > _LISTED else ""
    return ", ".join(articles[:_LISTED]) + more
