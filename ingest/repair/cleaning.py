"""Raw pages to clean blocks of text: characters, Arabic order, running lines, footnotes, broken lines.

What is removed carries no meaning for a reader: page numbers, running headers, line breaks inside a sentence.
Footnotes are kept, apart from the sentence that they interrupted.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ingest.document import Page, Repair, Role
from ingest.repair import lam_alef
from ingest.repair.arabic_order import figures_in_place, marks_in_place, quotes_are_mirrored, turn_quotes
from ingest.repair.footnotes import split_footnotes
from ingest.repair.kashida import without_kashida
from ingest.repair.lam_ligatures import lam_in_order
from ingest.repair.lines import unwrap
from ingest.repair.repairs import RepairLog
from ingest.repair.reversed_text import in_reading_order
from ingest.repair.running_lines import without_running_lines
from ingest.repair.word_borders import words_in_place

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd\U000e0000-\U000e007f]"
    "|[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_SHAPED: Final = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
# Persian and Urdu fonts write kaf, heh and yeh with codes of their own, which no search for the Arabic word finds.
_PERSIAN: Final = re.compile("[کھہ]|ی(?=[\u0621-\u064aیکھہ])")
_ARABIC_LETTERS: Final = str.maketrans("کھہی", "كههي")
_LINE: Final = re.compile(r"[^\n]+")
_DOUBLED: Final = re.compile(r"(?<!\S)(?:(\S)\1)+(?!\S)")
_SURELY_DOUBLED: Final = re.compile(r"(?<!\S)(?:([^\W\d_])\1){4,}(?!\S)")
_LINE_END: Final = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_PAGE_BREAK: Final = "\f"
_MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Clean text of one page in one role, ready to be joined into the stored text."""

    page: int | None
    text: str
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class CleanText:
    """Blocks in reading order, and what was repaired in them."""

    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]


def clean(pages: list[Page]) -> CleanText:
    """Clean all pages of one document together: damage and running lines show only on the whole."""
    log = RepairLog()
    noted = [page for page in pages if page.margin]
    raw = [page.text for page in pages] + [page.margin for page in noted]
    texts = in_reading_order([_characters(text, log) for text in raw], log)
    texts = _letters_in_order(lam_in_order(without_kashida(texts, log), log), log)
    texts = without_running_lines(texts, log)
    bodies: list[Block] = []
    footnotes: list[Block] = []
    last_note = 0
    for page, text in zip(pages, texts, strict=False):
        split = split_footnotes(text, last_note, paged=len(pages) > 1)
        last_note = split.last_note
        bodies.append(Block(page.number, _layout(split.body, log)))
        if split.notes:
            notes = _layout(split.notes, log)
            log.note("pages with footnotes", "", notes)
            footnotes.append(Block(page.number, notes, "footnote"))
    for page, text in zip(noted, texts[len(pages) :], strict=True):
        log.note("pages with notes in the margin", text, "")
        footnotes.append(Block(page.number, _layout(text, log), "footnote"))
    kept = tuple(block for block in bodies + footnotes if block.text)
    return CleanText(kept, log.repairs())


def _characters(text: str, log: RepairLog) -> str:
    text = _LINE_END.sub("\n", text)
    text = log.sub("presentation forms", _SHAPED, lambda match: unicodedata.normalize("NFKC", match.group()), text)
    text = log.sub("invisible characters removed", _INVISIBLE, "", text)
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = log.sub("letters of Persian", _PERSIAN, lambda match: match.group().translate(_ARABIC_LETTERS), text)
    return _single_struck(text, log)


def _single_struck(text: str, log: RepairLog) -> str:
    """Headings made bold by printing every letter twice, `TTIITTRREE`, with each letter once."""

    def halve(match: re.Match[str]) -> str:
        line = match.group()
        return _DOUBLED.sub(lambda word: word.group()[::2], line) if _SURELY_DOUBLED.search(line) else line

    return log.sub("double letters", _LINE, halve, text)


def _letters_in_order(texts: list[str], log: RepairLog) -> list[str]:
    repaired = lam_alef.repair(_PAGE_BREAK.join(texts))
    for before, after in repaired.changes:
        log.note("lam-alef", before, after)
    mirrored = quotes_are_mirrored("\n".join(texts))
    texts = repaired.text.split(_PAGE_BREAK)[: len(texts)]  # no pages, no text
    return [turn_quotes(text, log) for text in texts] if mirrored else texts


def _layout(text: str, log: RepairLog) -> str:
    # What one step puts in place may let another see more: a bracket that was closed ends a line.
    for _ in range(_MOST_ROUNDS):
        before = text
        text = words_in_place(marks_in_place(figures_in_place(unwrap(text, log), log), log), log)
        if text == before:
            break
    return text
