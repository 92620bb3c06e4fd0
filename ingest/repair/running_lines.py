"""Headers, footers and page numbers: lines that a page repeats and no sentence needs."""

import re
from collections import Counter, defaultdict
from typing import Final

from ingest.repair.repairs import RepairLog

_PAGE_NUMBER: Final = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_GAZETTE_LINE: Final = re.compile(
    r"^\W*(?:\d+\s+)?(?:BULLETIN OFFICIEL|Bulletin officiel|N[°º]\s?\d{4}\s*[–-].*\d{4}\)?|الجريدة الرسمية)\W*\d*\W*$"
)
# Units and years stand above the columns of every table, and are part of it.
_TABLE_HEAD: Final = re.compile(r"\(|[\d.,]+(?:\s+[\d.,]+)+$")
_COUNT: Final = re.compile(r"\d{1,4}")
# Headings and sentences may happen to count as well.
_NO_COUNT: Final = re.compile(r"\W*(?:art|الماد|الفصل|chap|titre|section|الباب|الفرع)|.*[.;:؛!?؟»]$", re.IGNORECASE)
_MIN_REPEATS: Final = 3
_MOST_ON_A_PAGE: Final = 2
_MOST_ROUNDS: Final = 6
_LONGEST: Final = 120


def _running_lines(texts: list[str]) -> frozenset[str]:
    """Lines that stand first or last on at least three pages: headers and footers, no sentences nor rows of tables."""
    contents = [_content_lines(text) for text in texts]
    inside = Counter(line for lines in contents for line in lines)
    edges = Counter(
        line
        for lines in contents
        for line in {*lines[:2], *lines[-2:]}
        if len(line) < _LONGEST and not _TABLE_HEAD.match(line)
    )
    return frozenset(
        line for line, count in edges.items() if count >= _MIN_REPEATS and inside[line] <= _MOST_ON_A_PAGE * count
    )


def _counting_lines(texts: list[str]) -> frozenset[str]:
    """Headers and footers that count the pages, `Report 2024 – page 5`: a number grows as the pages do."""
    counted: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for page, text in enumerate(texts):
        lines = _content_lines(text)
        for line in {*lines[:1], *lines[-1:]}:
            for count in _COUNT.finditer(line) if len(line) < _LONGEST and not _NO_COUNT.match(line) else ():
                words = f"{line[: count.start()]}#{line[count.end() :]}"
                counted[words, int(count.group()) - page].add(line)
    often = max(_MIN_REPEATS, len(texts) // 2)
    return frozenset(line for lines in counted.values() if len(lines) >= often for line in lines)


def _content_lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def without_running_lines(pages: list[str], log: RepairLog) -> list[str]:
    """The pages without their headers, footers and numbers, nor the lines of the official gazette.

    A header may stand above another, so that lines are taken away until none is left that repeats.
    """
    for _ in range(_MOST_ROUNDS):
        running = _running_lines(pages) | _counting_lines(pages)
        kept = [_without(page, running, log, paged=len(pages) > 1) for page in pages]
        if kept == pages:
            break
        pages = kept
    return pages


def _without(text: str, running: frozenset[str], log: RepairLog, *, paged: bool) -> str:
    lines = text.split("\n")
    kept: list[str] = []
    for place, line in enumerate(lines):
        marked = line.strip() in running or _GAZETTE_LINE.match(line)
        if line.strip() and (marked or _is_page_number(lines, place, paged=paged)):
            log.note("running lines removed", line, "")
        else:
            kept.append(line)
    return "\n".join(kept)


def _is_page_number(lines: list[str], place: int, *, paged: bool) -> bool:
    """A number that stands apart; one between two lines of text is an amount or a year that the width cut off."""
    if not _PAGE_NUMBER.match(lines[place]):
        return False
    before, after = "".join(lines[:place]).strip(), "".join(lines[place + 1 :]).strip()
    blank = not "".join(lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]).strip()
    return blank or (paged and (not before or not after))
