"""One file to one document, each step in isolation: read, recognise the pages that are pictures, clean and cut."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.source import Source
from ingest.document import Document
from ingest.isolation import Isolation, Limits
from ingest.pipeline import document_of
from ingest.readers.reader import Reading, UnreadableError
from ingest.readers.scan import recognise
from ingest.reading import read

Step = Callable[[int], None]
"""Called with how many pages are still to be recognised."""

_LISTED: Final = 10
_OF_A_PICTURE: Final = Limits(seconds=180, processor_seconds=180)
"""Recognising one coloured page takes some twenty seconds of an idle core."""


def ingest_file(path: Path, source: Source, isolation: Isolation, step: Step = lambda _: None) -> Document:
    """Read `path` into a document. Raises UnreadableError when it holds no usable text."""
    reading = isolation.run(read, path)
    return isolation.run(document_of, _recognised(reading, path, isolation, step), source)


def _recognised(reading: Reading, path: Path, isolation: Isolation, step: Step) -> Reading:
    """With text for the pictured pages; pages that cannot be recognised are named in a warning."""
    pictured = [page.number or 1 for page in reading.pages if page.pictured]
    texts: dict[int | None, str] = {}
    failed: dict[str, list[int]] = {}
    with ThreadPoolExecutor(isolation.workers) as threads:
        results = threads.map(lambda number: _text_or_reason(path, number, isolation), pictured)
        for left, number, result in zip(range(len(pictured), 0, -1), pictured, results, strict=True):
            step(left)
            if isinstance(result, UnreadableError):
                failed.setdefault(str(result), []).append(number)
            else:
                texts[number] = result
    pages = tuple(
        replace(page, text=f"{page.text}\n{texts[page.number]}".strip()) if page.number in texts else page
        for page in reading.pages
    )
    if not any(page.text.strip() for page in pages):
        reason = next(iter(failed), "nothing legible was found in it")
        raise UnreadableError("needs_ocr" if reason.startswith("needs_ocr") else "no_text", _whole(len(pages), reason))
    warnings = tuple(f"pages {_numbers(numbers)} are pictures without text: {why}" for why, numbers in failed.items())
    return replace(reading, pages=pages, warnings=reading.warnings + warnings)


def _text_or_reason(path: Path, number: int, isolation: Isolation) -> str | UnreadableError:
    try:
        return isolation.within(_OF_A_PICTURE).run(recognise, path, number)
    except UnreadableError as error:
        return error


def _whole(pages: int, reason: str) -> str:
    return f"the {pages} pages are pictures without a text layer that is seen: {reason.removeprefix('needs_ocr: ')}"


def _numbers(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return ", ".join(map(str, numbers[:_LISTED])) + more
