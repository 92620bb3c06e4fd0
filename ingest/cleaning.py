"""Raw pages to clean blocks of text: characters, Arabic order, running lines, footnotes, broken lines.

What is removed carries no meaning for a reader: page numbers, running headers, line breaks inside a sentence.
Footnotes are kept, apart from the sentence that they interrupted.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

from wordfreq import zipf_frequency

from ingest import lam_alef
from ingest.document import Page, Role

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd\U000e0000-\U000e007f]"
    "|[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_SHAPED: Final = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_ARABIC: Final = "\u0621-\u064a"
_ARABIC_WORD: Final = re.compile(f"[{_ARABIC}]{{2}}")
_RTL_DATE: Final = re.compile(rf"(\d{{1,2}})\( ?(\d{{4}}) ?([{_ARABIC}]+(?: [{_ARABIC}]+)?) ?([،؛.:]?)\)(\d{{4}})")
_RTL_DATE_OPEN: Final = re.compile(rf"(\d{{1,2}})\) ?(\d{{4}}) ?([{_ARABIC}]+)\s*\( ?(\d{{4}})")
_EMPTY_BRACKETS: Final = re.compile(rf"\( ?\) ?(\d{{1,4}})(?![\d.])( ?(?=[{_ARABIC}]))?")
_MIRRORED_QUOTES: Final = re.compile(r"» ?([^«»\n]{1,90}?) ?«( ?:)?")
_GLUED_DIGIT: Final = re.compile(rf"(?<=\d)(?=[{_ARABIC}])|(?<=[{_ARABIC}]{{3}})(?=\d)")
_FLOATING_MARK: Final = re.compile(
    rf"(?<=[{_ARABIC}\d)»\"]) +([،؛:.؟!])(?=[{_ARABIC}\d(«\"])|(?<=\))([،؛])(?=[{_ARABIC}])"
)

_PAGE_NUMBER: Final = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_GAZETTE_LINE: Final = re.compile(
    r"^\W*(?:\d+\s+)?(?:BULLETIN OFFICIEL|Bulletin officiel|N[°º]\s?\d{4}\s*[–-].*\d{4}\)?|الجريدة الرسمية)\W*\d*\W*$"
)
_FOOTNOTE: Final = re.compile(r"^[ \t]*-[ \t]?(\d{1,3})[ \t]*(?=[^\d\s-])")
_MIN_REPEATS: Final = 3

_SENTENCE_END: Final = re.compile(r"[.;:؛:؟?!»…]\W*$")
_LIST_ITEM: Final = re.compile(
    r"^\s*(?:[-–—•▪●○*►▶·]|\d{1,3}\s*[-.)°]|[a-zA-Z]\s?[-.)]|[أ-ي]\s?[-.)]|[\"«]\s?\.?\d|[#|>])"
)
_HYPHEN: Final = re.compile(r"(\w+)-\n(\w{2,})")
_MIN_WRAPPED_LINE: Final = 38
_PAGE_BREAK: Final = "\f"


@dataclass(frozen=True, slots=True)
class Block:
    """Clean text of one page in one role, ready to be joined into the stored text."""

    page: int | None
    text: str
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class CleanText:
    """Blocks in reading order, and how often each repair was made."""

    blocks: tuple[Block, ...]
    repairs: dict[str, int]


def clean(pages: list[Page]) -> CleanText:
    """Clean all pages of one document together: damage and running lines show only on the whole."""
    repairs: Counter[str] = Counter()
    texts = [_characters(page.text, repairs) for page in pages]
    whole = "\n".join(texts)
    repaired = lam_alef.repair(_PAGE_BREAK.join(texts))
    texts = repaired.text.split(_PAGE_BREAK)[: len(pages)]  # no pages, no text
    repairs["lam-alef"] += repaired.words_changed
    if _quotes_are_mirrored(whole):
        texts = [_turn_quotes(text, repairs) for text in texts]
    running = _running_lines(texts)
    bodies: list[Block] = []
    footnotes: list[Block] = []
    last_note = 0
    for page, text in zip(pages, texts, strict=True):
        split = _split_footnotes(_without(text, running, repairs, paged=len(pages) > 1), last_note)
        last_note = split.last_note
        bodies.append(Block(page.number, _layout(split.body, repairs)))
        if split.notes:
            repairs["pages with footnotes"] += 1
            footnotes.append(Block(page.number, _layout(split.notes, repairs), "footnote"))
    kept = tuple(block for block in bodies + footnotes if block.text)
    return CleanText(kept, dict(repairs))


def _characters(text: str, repairs: Counter[str]) -> str:
    text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    text, shaped = _SHAPED.subn(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    text, invisible = _INVISIBLE.subn("", text)
    text = unicodedata.normalize("NFC", text)
    repairs["invisible characters removed"] += invisible
    repairs["presentation forms"] += shaped
    return re.sub(r"[^\S\n]+", " ", text)


def _quotes_are_mirrored(text: str) -> bool:
    """Whether more quotations open with `»` than with `«`, as right-to-left extraction leaves them."""
    if not _ARABIC_WORD.search(text):
        return False
    return len(re.findall(r"(?:^|[\s(])»(?=\s?\w)", text)) > len(re.findall(r"(?:^|[\s(])«(?=\s?\w)", text))


def _turn_quotes(text: str, repairs: Counter[str]) -> str:
    text, turned = _MIRRORED_QUOTES.subn(lambda match: f"«{match.group(1)}»{(match.group(2) or '').strip()}", text)
    repairs["quotation marks turned"] += turned
    return text


def _layout(text: str, repairs: Counter[str]) -> str:
    text = _unwrap(_numbers_in_place(text, repairs), repairs)
    text, floating = _FLOATING_MARK.subn(lambda match: f"{match.group(1) or match.group(2)} ", text)
    repairs["punctuation moved"] += floating
    return text


def _numbers_in_place(text: str, repairs: Counter[str]) -> str:
    """Put back what right-to-left layout moved: `18( 1430 فبراير )2009` is `1430 (18 فبراير 2009)`."""
    if not _ARABIC_WORD.search(text):
        return text
    text, dates = _RTL_DATE.subn(r"\2 (\1 \3 \5)\4", text)
    text, open_dates = _RTL_DATE_OPEN.subn(r"\2 (\1 \3 \4)", text)
    text, brackets = _EMPTY_BRACKETS.subn(
        lambda match: f"({match.group(1)})" + (" " if match.group(2) is not None else ""), text
    )
    text, glued = _GLUED_DIGIT.subn(" ", text)
    repairs["dates reordered"] += dates + open_dates
    repairs["digits unglued"] += glued
    repairs["brackets closed around figures"] += brackets
    return text


def _running_lines(texts: list[str]) -> frozenset[str]:
    """Lines that stand first or last on at least three pages: headers and footers, not sentences."""
    edges = Counter(
        line
        for text in texts
        for lines in [_content_lines(text)]
        for line in {*lines[:2], *lines[-2:]}
        if len(line) < 120
    )
    return frozenset(line for line, count in edges.items() if count >= _MIN_REPEATS and len(texts) >= _MIN_REPEATS)


def _content_lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _without(text: str, running: frozenset[str], repairs: Counter[str], *, paged: bool) -> str:
    lines = text.split("\n")
    kept = [
        line
        for place, line in enumerate(lines)
        if line.strip() not in running
        and not _GAZETTE_LINE.match(line)
        and not _is_page_number(lines, place, paged=paged)
    ]
    repairs["running lines removed"] += len(lines) - len(kept)
    return "\n".join(kept)


def _is_page_number(lines: list[str], place: int, *, paged: bool) -> bool:
    """A number that stands apart; one between two lines of text is an amount or a year that the width cut off."""
    if not _PAGE_NUMBER.match(lines[place]):
        return False
    before, after = "".join(lines[:place]).strip(), "".join(lines[place + 1 :]).strip()
    blank = not "".join(lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]).strip()
    return blank or (paged and (not before or not after))


@dataclass(frozen=True, slots=True)
class _SplitPage:
    body: str
    notes: str
    last_note: int


def _split_footnotes(text: str, last_note: int) -> _SplitPage:
    """Body and footnotes of a page: notes start with a number that the body calls, glued to a word.

    Notes are numbered through the document; one that does not follow the last must stand after a blank line.
    """
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = _FOOTNOTE.match(line)
        if match is None:
            continue
        number, body = int(match.group(1)), "\n".join(lines[:index])
        expected = number == last_note + 1 or (index > 0 and not lines[index - 1].strip())
        if expected and _call(number).search(body):
            notes = lines[index:]
            numbers = [int(found.group(1)) for found in map(_FOOTNOTE.match, notes) if found]
            for called in numbers:
                body = re.sub(rf"(?:{_call(called).pattern})(?=\w)", " ", body)
                body = _call(called).sub("", body)
            return _SplitPage(body, "\n".join(notes), max(numbers))
    return _SplitPage(text, "", last_note)


def _call(number: int) -> re.Pattern[str]:
    """The number glued to the word or the sentence that it annotates, but not `المادة12`, which names an article."""
    after_word = r"(?<=[^\W\d_])(?<!مادة)(?<!المادة)(?<!الفصل)"
    after_mark = r"(?<=[^\W\d_][.,،؛»\"])"
    return re.compile(rf"(?:{after_word}|{after_mark}){number}(?![\d.])|{after_mark}{number}(?!\d)")


def _unwrap(text: str, repairs: Counter[str]) -> str:
    text = _HYPHEN.sub(lambda match: _rejoin(match, repairs), text)
    joined: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if joined and _continues(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
            repairs["lines joined"] += 1
        else:
            joined.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip()


def _rejoin(match: re.Match[str], repairs: Counter[str]) -> str:
    """`infor-\\nmation` is one word, `ci-\\naprès` keeps its hyphen: the more frequent reading wins."""
    repairs["hyphens joined"] += 1
    left, right = match.groups()
    whole, hyphenated = left + right, f"{left}-{right}"
    return whole if zipf_frequency(whole, "fr") > zipf_frequency(hyphenated, "fr") else hyphenated


def _continues(before: str, line: str) -> bool:
    last = before.rsplit("\n", 1)[-1]
    if not line or not last or _SENTENCE_END.search(last) or _LIST_ITEM.match(line):
        return False
    first = line[0]
    if first.islower() or first in ",،)»":
        return not last.startswith("#")
    if first.isdigit():
        return len(last) >= _MIN_WRAPPED_LINE
    # Arabic has no capitals: a long unfinished line before an ordinary word was broken by the page's width.
    return "\u0621" <= first <= "\u064a" and len(last) >= _MIN_WRAPPED_LINE and not _starts_heading(line)


def _starts_heading(line: str) -> bool:
    return bool(re.match(r"(?:المادة|الفصل|الباب|الفرع|القسم|الكتاب|الجزء|المحور|ملحق)(?!\w)", line))
