"""Lines as the page's width broke them, to sentences and paragraphs."""

import re
from typing import Final

from wordfreq import zipf_frequency

from ingest.repair.repairs import RepairLog

_SENTENCE_END: Final = re.compile(r"[.;:؛:؟?!»…]\W*$")
_LIST_ITEM: Final = re.compile(
    r"^\s*(?:[-–—•▪●○*►▶·]|\d{1,3}\s*[-.)°]|[a-zA-Z]\s?[-.)]|[أ-ي]\s?[-.)]|[\"«]\s?\.?\d|[#|>])"
)
_HYPHEN: Final = re.compile(r"(?<!\w)(\w{1,60})-\n(\w{2,})")
# The page at the end of a reference: `ص` on one line, `.7078` on the next.
_CUT_NUMBER: Final = re.compile(r"\.\d{3,}(?!\w)")
# A number must follow, however much it looks like that of a list: `القانون رقم` on one line, `15.11` on the next.
_WANTS_NUMBER: Final = re.compile(r"(?<!\w)(?:رقم|عدد|(?:ال)?صادرة? في|بتاريخ|[Nn]°|du)$")
_HEADING: Final = re.compile(
    r"(?:(?:المادة|الفصل)(?![^\W\d])|(?:الباب|الفرع|القسم|الكتاب|الجزء|المحور|ملحق)(?!\w)|مادة (?:فريدة|وحيدة)$)"
)
_MIN_WRAPPED_LINE: Final = 38


def unwrap(text: str, log: RepairLog) -> str:
    """Join the lines of a sentence and the halves of a word; lists, headings and paragraphs stay apart."""
    text = log.sub("hyphens joined", _HYPHEN, _rejoin, text)
    joined: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if joined and _continues(joined[-1], line):
            log.note("lines joined", "\n", " ", (joined[-1], line))
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip()


def _rejoin(match: re.Match[str]) -> str:
    """`infor-\\nmation` is one word, `ci-\\naprès` keeps its hyphen: the more frequent reading wins."""
    left, right = match.groups()
    whole, hyphenated = left + right, f"{left}-{right}"
    return whole if zipf_frequency(whole, "fr") > zipf_frequency(hyphenated, "fr") else hyphenated


def _continues(before: str, line: str) -> bool:
    last = before.rsplit("\n", 1)[-1]
    if not line or not last or last.startswith("#") or _SENTENCE_END.search(last):
        return False
    first = line[0]
    if first.isdigit() and _WANTS_NUMBER.search(last):
        return True
    if _LIST_ITEM.match(line):
        return False
    if first.islower() or first in ",،)»" or _CUT_NUMBER.match(line):
        return True
    if first.isdigit() or first == "(":
        return len(last) >= _MIN_WRAPPED_LINE
    # Arabic has no capitals: a long unfinished line before an ordinary word was broken by the page's width.
    return "\u0621" <= first <= "\u064a" and len(last) >= _MIN_WRAPPED_LINE and not _HEADING.match(line)
