"""What an ingest made of one file: its outcome, its document, and how that is told as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.gather import FileOutcome
from ingest.document import Document
from ingest.facts.identity import Link


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a report: what became of it, and its document where it has one."""

    outcome: FileOutcome
    document: Document | None = None
    links: tuple[Link, ...] = ()


def entries_of(outcomes: Sequence[FileOutcome], documents: Sequence[Document], links: Sequence[Link]) -> list[Entry]:
    """Each outcome with its document and the links of that."""
    by_path = {document.source.path: document for document in documents}
    entries = []
    for outcome in outcomes:
        document = by_path.get(outcome.path)
        linked = tuple(link for link in links if document and document.source.id in {link.a, link.b})
        entries.append(Entry(outcome, document, linked))
    return entries


def as_json_of(entry: Entry) -> dict[str, Any]:
    """Everything but the text: reader, repairs with samples, articles, legibility, facts, relations, warnings."""
    outcome, document = entry.outcome, entry.document
    listed: dict[str, Any] = {"path": outcome.path, "status": outcome.status, "reason": outcome.reason or None}
    if document is None:
        return listed
    return listed | {
        "source": asdict(document.source),
        "reader": document.reader,
        "language": document.language,
        "legibility": document.legibility,
        "pages": len(document.pages) or None,
        "characters": len(document.text),
        "passages": len(document.passages),
        "articles": articles_of(document),
        "repairs": [asdict(repair) for repair in document.repairs],
        "warnings": document.warnings,
        "facts": asdict(document.facts),
        "relations": [asdict(relation) for relation in document.relations],
        "links": [{"kind": link.kind, "with": other_of(link, document), "score": link.score} for link in entry.links],
    }


def articles_of(document: Document) -> list[str]:
    """Numbers of the articles, each once, in the order of the text."""
    return list(dict.fromkeys(passage.article for passage in document.passages if passage.article))


def other_of(link: Link, document: Document) -> str:
    """The id of the document at the other end of a link."""
    return link.b if link.a == document.source.id else link.a
