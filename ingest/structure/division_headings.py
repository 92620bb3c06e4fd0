"""Lines that open a book, title, chapter or section, in French, Arabic and English, with the title that follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.structure.headings import MARKS, Heading, Level, Line

_WORDS: Final = (
    (Level.BOOK, r"Livre|Book|الكتاب|كتاب"),
    (Level.PART, r"Partie|Part|القسم(?!\s+الفرعي)|قسم|الجزء|المحور"),
    (Level.TITLE, r"Titre|Title|الباب|باب"),
    (Level.CHAPTER, r"Chapitre|Chapter|الفصل|فصل"),
    (Level.BRANCH, r"Section|الفرع(?!\s+الفرعي)|فرع|المبحث"),
    (Level.SUBSECTION, r"Sous[-\s]section|Subsection|القسم\s+الفرعي|الفرع\s+الفرعي|المطلب"),
    (Level.PARAGRAPH, r"Paragraphe|Sous[-\s]paragraphe"),
)
_ORDINAL: Final = (
    r"premi(?:er|[èe]re)|deuxi[èe]me|second|seconde|troisi[èe]me|quatri[èe]me|cinqui[èe]me|sixi[èe]me|septi[èe]me"
    r"|huiti[èe]me|neuvi[èe]me|dixi[èe]me|onzi[èe]me|douzi[èe]me"
)
_NUMBER: Final = (
    rf"(?:[IVXLC]+(?:er)?|\d{{1,3}}(?:er|[èe]re)?|[A-H]|{_ORDINAL}|unique|pr[ée]liminaire|liminaire"
    r"|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen"
    r"|ال\w+(?:\s+عشرة?)?|تمهيدي|فريد)(?:\s+(?:bis|ter|quater|(?:ال)?مكرر\w*))?"
)
_ANNEX: Final = re.compile(
    r"^\W{0,6}(?:A(?:nnexes?|NNEXES?)|A(?:ppendi(?:x|ce)|PPENDI(?:X|CE))|الملحق|ملحق|الملاحق|الملحقات)(?!\w)"
    r"(?P<number>\s*(?:n[°ºo]|رقم)?\s*:?\s*(?:\d{1,2}|[IVX]{1,5}|[A-H]|الأول|الثاني|الثالث|الرابع|الخامس)(?!\w))?"
    r"(?P<mark>[\s:.–—-]*)(?P<rest>.{0,160})$"
)
_RANK_FIRST: Final = rf"^\W{{0,6}}(?:{_ORDINAL})\s+{{}}(?!\w)(?P<mark>[\s:.–—-]*)(?P<rest>.{{0,160}})$"
_DIVISIONS: Final = (
    (Level.ANNEX, _ANNEX),
    (Level.PART, re.compile(_RANK_FIRST.replace("{}", "partie"), re.IGNORECASE)),
    (Level.BRANCH, re.compile(_RANK_FIRST.replace("{}", "section"), re.IGNORECASE)),
    *(
        (
            level,
            re.compile(
                rf"^\W{{0,6}}(?:{words})(?:\s+|\s*[:.–—-]\s*)(?P<number>{_NUMBER})(?P<glued>(?<=[IVX])(?=[\u0621-\u064a]))?"
                r"(?(glued)|(?!\w|[.-]\d))(?P<mark>[\s:.–—-]*)(?P<rest>.{0,160})$",
                re.IGNORECASE,
            ),
        )
        for level, words in _WORDS
    ),
)
# A value under the header of its column, in a record of a table: `Chapitre : 3. Accès`.
_FIELD: Final = re.compile(r"^\W{0,6}(?!(?i:annex|appendi))[A-Za-z-]{4,15}\s+:\s")
_CONTINUES: Final = re.compile(
    r"(?:de\s+l[a’']|de\s+ce|du\s+pr[ée]sent|de\s+l['’]|du\s+titre|du\s+livre|of\s+this|of\s+the|et\s|ou\s|[àa]\s|,|،"
    r"|من\s+(?:هذا|هذه|ال|نفس|ق)|أعلاه|أدناه|و\s|والباب|المذكور|السالف|المشار)",
    re.IGNORECASE,
)
_CONTENTS: Final = re.compile(r"(?:[.…·_] ?){4,}\d{1,4}$")
_QUOTE: Final = re.compile(r"^[«\"“]")
_ITEM: Final = re.compile(r"^(?:[-–—•▪●○*►▶·]|\d{1,3}\s*[-.)°]|\(?[a-zA-Zأ-ي]\s?[-.)])")
_ENDS: Final = ".;؛:,،"
_UNFINISHED: Final = (";", "؛", ",", "،")
_LONGEST_TITLE: Final = 160
_TAIL: Final = 20
MOST_TITLE_LINES: Final = 3
TITLE_MARK: Final = " – "
"""Between the number of a division and the title that was found below it."""


@dataclass(frozen=True, slots=True)
class Division:
    """A heading, and whether its title stands on the same line."""

    heading: Heading
    titled: bool


def division(line: Line) -> Division | None:
    """The division that this line opens."""
    too_long = len(line.text) > 2 * _LONGEST_TITLE
    if too_long or line.text.endswith(_UNFINISHED) or line.goes_on or _CONTENTS.search(line.text[-_TAIL:]):
        return None
    for level, pattern in _DIVISIONS:
        match = pattern.match(line.text)
        if match is not None and _is_heading(match, line):
            return _division(line, level, match)
    return None


def _is_heading(match: re.Match[str], line: Line) -> bool:
    """Not `Annexe à l'acte`, nor `Titre II de la présente loi`, which begin a sentence."""
    rest = match.group("rest")
    if _FIELD.match(line.text):
        return False
    if rest and match.group("mark").strip():
        return True
    sentence = rest.endswith(".") and not line.apart
    return line.opens and (not rest or not (_CONTINUES.match(rest) or rest[0].islower() or sentence))


def _division(line: Line, level: Level, match: re.Match[str]) -> Division:
    # A chapter that an amending law inserts is quoted: it closes nothing of the law itself.
    depth = Level.QUOTED_DIVISION if _QUOTE.match(line.text) else level
    heading = Heading(line.start, line.at + len(line.text), depth, line.text.strip(MARKS + '«»"“”'))
    return Division(heading, titled=bool(match["rest"]))


def with_title(found: Division, below: Sequence[Line], taken: frozenset[int]) -> Heading:
    """The heading with the title that stands on the lines `below`, of which none in `taken` belongs to it."""
    heading = found.heading
    title: list[Line] = []
    # The last line of a text is no title: nothing would stand under it.
    for line, _ in pairwise(below):
        if found.titled or line.start in taken or line.text[-1] in _ENDS or not _goes_with(line, title):
            break
        title.append(line)
    if not title:
        return heading
    words = " ".join(line.text.strip(MARKS) for line in title)
    end = title[-1].at + len(title[-1].text)
    return Heading(heading.start, end, heading.level, f"{heading.label}{TITLE_MARK}{words}")


def _goes_with(line: Line, title: Sequence[Line]) -> bool:
    """Whether a line reads like a title, or like more of the `title` so far."""
    if title and line.apart and not line.text[0].islower():
        return False
    length = sum(len(part.text) for part in title) + len(line.text)
    return length <= _LONGEST_TITLE and not _ITEM.match(line.text)
