"""One file to one document, each step in isolation: read, recognise the pages that are pictures, clean and cut."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.source import Source
from ingest.document import Document
from ingest.isolation import Isolation, Limits
from ingest.pipeline import document_of
from ingest.readers.reader import NEEDS_OCR, Reading, UnreadableError
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
    """With text for the pictured pages; warnings name the pages that were recognised and those that cannot be."""
    pictured = [page.number or 1 for page in reading.pages if page.pictured]
    texts: dict[int | None, str] = {}
    failed: dict[int, UnreadableError] = {}
    with ThreadPoolExecutor(isolation.workers) as threads:
        results = threads.map(lambda number: _text_or_error(path, number, isolation), pictured)
        for left, number, result in zip(range(len(pictured), 0, -1), pictured, results, strict=True):
            step(left)
            if isinstance(result, UnreadableError):
                failed[number] = result
            elif result.strip():
                texts[number] = result
    pages = tuple(
        replace(page, text=f"{page.text}\n{texts[page.number]}".strip()) if page.number in texts else page
        for page in reading.pages
    )
    if not any(page.text.strip() for page in pages):
        raise _nothing_legible(len(pages), next(iter(failed.values()), None))
    recognised = [number for number in pictured if number in texts]
    return replace(reading, pages=pages, warnings=(*reading.warnings, *_warnings(recognised, failed)))


def _text_or_error(path: Path, number: int, isolation: Isolation) -> str | UnreadableError:
    try:
        return isolation.within(_OF_A_PICTURE).run(recognise, path, number)
    except UnreadableError as error:
        return error


def _nothing_legible(pages: int, error: UnreadableError | None) -> UnreadableError:
    whole = "the only page is a picture" if pages == 1 else f"the {pages} pages are pictures"
    unseen = f"{whole} without a text layer that is seen"
    if error is None:
        return UnreadableError("no_text", f"{unseen}: nothing legible was found")
    if error.code == NEEDS_OCR:
        return UnreadableError(NEEDS_OCR, f"{unseen}: {error.reason}")
    return UnreadableError("no_text", f"{unseen}: {error}")


def _warnings(recognised: list[int], failed: dict[int, UnreadableError]) -> Iterator[str]:
    """A reader of a quote must know that letters were taken from a picture: they may be misread."""
    if recognised:
        were = "was recognised from its picture" if len(recognised) == 1 else "were recognised from their pictures"
        yield f"{_named(recognised)} {were} (OCR): compare a quote with the page"
    by_reason: dict[str, list[int]] = {}
    for number, error in failed.items():
        by_reason.setdefault(str(error), []).append(number)
    for reason, numbers in by_reason.items():
        are = "is a picture" if len(numbers) == 1 else "are pictures"
        yield f"{_named(numbers)} {are} without text: {reason}"


def _named(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:_LISTED]))}{more}"
