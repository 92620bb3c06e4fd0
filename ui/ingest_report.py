"""What an ingest made of each file, for the eyes of a maintainer: one page that lists the files, one for each file."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, select_autoescape

from index.gather import FileOutcome
from ingest.document import Document, Passage
from ingest.facts.identity import Link
from ingest.isolation import Isolation
from ingest.readers.scan import page_image

Report = Callable[[int, int], None]
"""Called with (done, total) files."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_DRAWN: Final = ("pdf", "image")


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
        "links": [{"kind": link.kind, "with": _other(link, document), "score": link.score} for link in entry.links],
    }


def articles_of(document: Document) -> list[str]:
    """Numbers of the articles, each once, in the order of the text."""
    return list(dict.fromkeys(passage.article for passage in document.passages if passage.article))


def write_report(target: Path, entries: Sequence[Entry], isolation: Isolation, report: Report) -> None:
    """Write JSON when `target` ends so, else a page with a folder beside it that holds a page for each file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.lower() == ".json":
        target.write_text(json.dumps([as_json_of(entry) for entry in entries], ensure_ascii=False, indent=2), "utf-8")
        return
    folder = target.with_name(f"{target.stem}-files")
    folder.mkdir(exist_ok=True)
    pages = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape())
    for done, entry in enumerate(entries, start=1):
        if entry.document is not None:
            images = _draw(folder, entry, isolation)
            page = pages.get_template("ingest_file.html").render(
                entry=entry, document=entry.document, pages=_by_page(entry.document), images=images,
                articles=articles_of(entry.document), other=_other,
            )  # fmt: skip
            (folder / f"{entry.document.source.id}.html").write_text(page, "utf-8")
        report(done, len(entries))
    listed = pages.get_template("ingest_report.html").render(entries=entries, folder=folder.name, articles=articles_of)
    target.write_text(listed, "utf-8")


def _draw(folder: Path, entry: Entry, isolation: Isolation) -> dict[int, str]:
    """File names of the page images, by page."""
    document, file = entry.document, entry.outcome.file
    if document is None or file is None or document.reader not in _DRAWN:
        return {}
    names = {}
    for page in sorted({span.number for span in document.pages}):
        name = f"{document.source.id}-{page}.jpg"
        (folder / name).write_bytes(isolation.run(page_image, file, page))
        names[page] = name
    return names


def _by_page(document: Document) -> list[tuple[int | None, list[Passage]]]:
    """Passages under the page on which they begin, in the order of the text; pages without any stand empty."""
    found: dict[int | None, list[Passage]] = {span.number: [] for span in document.pages}
    for passage in document.passages:
        found.setdefault(passage.page, []).append(passage)
    return list(found.items())


def _other(link: Link, document: Document) -> str:
    return link.b if link.a == document.source.id else link.a
