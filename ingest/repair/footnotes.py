"""Footnotes of a page, apart from the sentence that they interrupt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_FOOTNOTE: Final = re.compile(r"^[ \t]*-[ \t]?(\d{1,3})[ \t]*(?=[^\d\s-])")

# Without its dash a note is known by the gazette that it names.
_BARE_FOOTNOTE: Final = re.compile(r"^[ \t]*(\d{1,3})[ \t]*(?=الجريدة الرسمية (?:عدد|رقم) ?\d)")
_EDITORS_NOTE: Final = re.compile(
    r"الجريدة الرسمية|[اأ]نظر |راجع |تمت? (?:تغيير|تتميم|نسخ|إضافة|تعويض|حذف)|Voir |Cf\.? |Bulletin officiel"
)

_HEADING: Final = re.compile(
    r"\s*(?:المادة|الفصل|الباب|الفرع|القسم|Article|Chapitre|Titre|Section)(?!\w)", re.IGNORECASE
)
_QUOTATION: Final = re.compile(r"\s*[\"«“]")
_QUOTATION_END: Final = re.compile(r"[\"»”]\W*$")
# A figure after or before these counts or names something, whatever note has its number.
_BEFORE_FIGURE: Final = re.compile(
    "(?<![\u0621-\u064a])(?:و|أو|من|في|إلى|(?:ال)?رقم|عدد|ص|يوم|بتاريخ|ال?موافق|بعد|قبل|كل|داخل|مدة|أجل|سن|نحو"
    "|[وبفكل]*(?:ال)?(?:مادة|مادتين|مواد|فصل|فصلين|فصول|فقرة|بند|ملحق)) ?$"
)
_AFTER_FIGURE: Final = re.compile(
    " ?(?:من|في|إلى|و|أو|على|أعلاه|أدناه|درهم|دراهم|يوما?|أيام|أشهر|شهرا?|سنة|سنوات|ساعة|ساعات|دقيقة|ألف|آلاف"
    "|مليون|مليار|عضوا?|أعضاء|مترا?|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذ[يو]|يناير|[في]براير|مارس|[اأ]بريل|ماي"
    "|يونيو|يوليوز?|غشت|شتنبر|أكتوبر|نونبر|دجنبر|أغسطس|سبتمبر|نوفمبر|ديسمبر)(?![\u0621-\u064a])"
)
_FARTHEST_QUOTATION: Final = 4
_FARTHEST_CALL: Final = 80
_LONGEST_WORD: Final = 20


@dataclass(frozen=True, slots=True)
class SplitPage:
    body: str
    notes: str
    last_note: int


def split_footnotes(text: str, last_note: int, *, paged: bool) -> SplitPage:
    """Body and footnotes of a page: notes start with a number that the body calls, glued to a word.

    Notes are numbered through the document; one that does not follow the last must stand after a blank line. On a
    page of its own, a note whose call was lost is known by the words that editors of laws open notes with.
    """
    lines = text.split("\n")
    body: list[str] = []
    notes: list[str] = []
    numbers = [last_note]
    index = 0
    while index < len(lines):
        number = _note_number(lines, index, numbers[-1], paged=paged)
        end = index + 1 if number is None else _end_of_note(lines, index)
        (body if number is None else notes).extend(lines[index:end])
        numbers += [] if number is None else [number]
        index = end
    return SplitPage(_without_calls("\n".join(body), numbers[1:]), "\n".join(notes), max(numbers))


def _note_number(lines: list[str], index: int, last_note: int, *, paged: bool) -> int | None:
    match = _FOOTNOTE.match(lines[index]) or (_BARE_FOOTNOTE.match(lines[index]) if paged else None)
    if match is None:
        return None
    number = int(match.group(1))
    if paged and _EDITORS_NOTE.match(lines[index], match.end()):
        return number
    expected = number == last_note + 1 or (index > 0 and not lines[index - 1].strip())
    before = "\n".join(lines[max(0, index - _FARTHEST_CALL) : index]) if expected else ""
    return number if _call(number).search(before) else None


def _end_of_note(lines: list[str], start: int) -> int:
    """The line after a note: a blank one, the next note or a heading, unless the note quotes what follows."""
    quoting = _opens_quotation(lines[start])
    for index in range(start + 1, len(lines)):
        line = lines[index]
        quoted = _quoted_next(lines, index)
        opens = _FOOTNOTE.match(line) or _BARE_FOOTNOTE.match(line) or _HEADING.match(line)
        if not quoting and not quoted and (opens or not line.strip()):
            return index
        quoting = (quoting or _opens_quotation(line)) and not _QUOTATION_END.search(line)
    return len(lines)


def _quoted_next(lines: list[str], index: int) -> bool:
    """Whether a quotation begins here, after blank lines or the heading of the article that is quoted."""
    following = [line for line in lines[index : index + _FARTHEST_QUOTATION] if line.strip()]
    if following and _HEADING.match(following[0]):
        following = following[1:]
        if not following:
            # The page ends with the heading of the quoted article; what it quotes was left out or is on the next.
            return index + _FARTHEST_QUOTATION >= len(lines)
    return bool(following) and _opens_quotation(following[0])


def _opens_quotation(line: str) -> bool:
    return bool(_QUOTATION.match(line))


def _without_calls(body: str, numbers: list[int]) -> str:
    """The body without what calls its notes: numbers glued to a word, or on a line of their own amid a sentence."""
    if not numbers:
        return body
    alone = re.compile(rf"(?<=[^\W\d_])(?<!المادة)(?<!الفصل)\n[ \t]*(?:{_any_of(numbers)})[ \t]*\n(?:[ \t]*\n)?")
    body = alone.sub("\n", body)
    for number in numbers:
        body = _without_lone_call(body, number)
    call = _call(*numbers)
    return call.sub("", re.sub(rf"(?:{call.pattern})(?=\w)", " ", body))


def _without_lone_call(body: str, number: int) -> str:
    """The body without a call that came loose from its word, where it is the only figure that can be it."""
    if _call(number).search(body):
        return body
    loose = re.compile(rf"(?<=[\u0621-\u064a]{{2}}) {number}(?= ?[\u0621-\u064a]{{2}})")
    found = [
        match
        for match in loose.finditer(body)
        if not _BEFORE_FIGURE.search(body[max(0, match.start() - _LONGEST_WORD) : match.start() + 1])
        and not _AFTER_FIGURE.match(body, match.end())
    ]
    if len(found) != 1:
        return body
    return f"{body[: found[0].start()]} {body[found[0].end() :].lstrip(' ')}"


def _call(*numbers: int) -> re.Pattern[str]:
    """The number glued to the word or the sentence that it annotates, but not `المادة12`, which names an article."""
    after_word = r"(?<=[^\W\d_])(?<!مادة)(?<!المادة)(?<!الفصل)"
    after_mark = r"(?:(?<=[^\W\d_][.,،؛»\"])|(?<= [،؛]))"
    number = rf"(?:{_any_of(numbers)})"
    return re.compile(rf"(?:{after_word}|{after_mark}){number}(?![\d.])|{after_mark}{number}(?!\d)")


def _any_of(numbers: Iterable[int]) -> str:
    return "|".join(map(str, numbers))
