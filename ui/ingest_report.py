"""What an ingest made of each file, for the eyes of a maintainer: one page that lists the files, one for each file."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, select_autoescape

from index.entry import Entry, articles_of, as_json_of, other_of
from ingest.document import Document, Passage
from ingest.isolation import Isolation
from ingest.readers.scan import page_image

Report = Callable[[int, int], None]
"""Called with (done, total) files."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_DRAWN: Final = ("pdf", "image")


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
                articles=articles_of(entry.document), other=other_of,
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
