"""Clean text to sections: articles, chapters, headings of Markdown, rule codes and the questions of a FAQ."""

import re
from dataclasses import dataclass
from typing import Final

from corpus.article import ARTICLE_NUMBER, ARTICLE_REPEAT, REPEATS, article_key

MARKS: Final = " .:*#–—-"
"""Signs around a heading that are not part of it."""

_END_OF_HEADING: Final = r"\s*(?P<separator>[:.–—-]*)\s*(?P<rest>.*)$"
_ARTICLE: Final = re.compile(
    rf"^\W{{0,4}}(?:\*\*)?(?:ART-\d+\s+)?(?P<word>Article|Art\.|المادة|مادة|الفصل|البند)\s*[:.–-]?\s*{ARTICLE_NUMBER}"
    rf"{ARTICLE_REPEAT}(?:\*\*)?{_END_OF_HEADING}",
    re.IGNORECASE,
)
_SOLE_ARTICLE: Final = re.compile(r"^\W*(?:Article unique|مادة فريدة|المادة الفريدة)\W*$", re.IGNORECASE)
_DIVISIONS: Final = (
    (1, r"Livre|Annexe|الكتاب|ملحق|الملحق|القسم(?!\s+الفرعي)"),
    (2, r"Titre|Partie|الباب|الجزء|المحور"),
    (3, r"Chapitre|الفصل"),
    (4, r"Section|الفرع|المبحث"),
    (5, r"Sous-section|القسم\s+الفرعي|الفرع\s+الفرعي"),
)
_DIVISION_NUMBER: Final = (
    r"(?:[IVXLC]+|\d+|premi(?:er|ère)|première|unique|deuxième|troisième|quatrième|cinquième"
    r"|(?:ال)\w+(?:\s+عشرة?)?|تمهيدي)"
)
_DIVISION: Final = tuple(
    (
        level,
        re.compile(rf"^\W{{0,3}}(?:{words})\s+{_DIVISION_NUMBER}(?!\w)[\s:.–—-]*(?P<rest>.{{0,120}})$", re.IGNORECASE),
    )
    for level, words in _DIVISIONS
)
_MARKDOWN: Final = re.compile(r"^(?P<marks>#{1,6})\s+(?P<rest>.+?)\s*#*$")
_RULE_CODE: Final = re.compile(
    r"^(?P<code>(?!ARTICLE|ART-|ART\b)[A-Z]{2,8}(?:-\s?[A-Z0-9]{2,14}){1,3})\s+(?P<rest>\S.{3,140})$"
)
_NUMBERED_RULE: Final = re.compile(r"^(?P<code>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<rest>\S.{2,120})$")
_QUESTION: Final = re.compile(r"^(?:[-•*]\s*|Q\s*[:.]\s*|س\s*[:.]\s*|\*\*)?(?P<rest>[^?؟\n]{12,180}[?؟])(?:\*\*)?$")
# `المادة 7 الغرض` is a heading without separator, `المادة 7 أعلاه` a broken sentence.
_CONTINUES: Final = re.compile(
    r"^(?:من|أعلاه|أدناه|أو|و|إلى|على|في|ب|المشار|المذكور|السالف|بشأن|التي|الذي|هذه|هذا|،|وما|منه|كما|لا|إذا|مع|عن|du|de|des"
    r"|ci-|et|ou|à|au|aux|susvis|précit|la|le|les|relati|paragraph)",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 80
_LONGEST_HEADING: Final = 240
_LONGEST_LABEL: Final = 120
_SHORTEST_HEADING: Final = 4
_FEW: Final = 2
_MOST_CHAPTERS: Final = 40
# Magazines sign a piece under its title: what follows is the author's word, not the magazine's.
_BYLINE: Final = re.compile(r"^■\s*(?P<rest>\S.{3,90})$")
_LEVEL_MARKDOWN: Final = 5
_DEEPEST_MARKDOWN: Final = 4
_LEVEL_BYLINE: Final = 10
_LEVEL_ARTICLE: Final = 11
_LEVEL_QUOTED_ARTICLE: Final = 12
_LEVEL_RULE: Final = 12
_LEVEL_QUESTION: Final = 20


@dataclass(frozen=True, slots=True)
class Section:
    """A run of text under one heading: `text[start:end]`, the heading line included."""

    path: tuple[str, ...]
    article: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    label: str
    article: str | None = None


_Placed = tuple[int, _Heading]
"""A heading with the offset at which its line starts."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the document as a whole says about its headings."""

    uses_madda: bool
    has_articles: bool


def sections(text: str) -> list[Section]:
    """Cut `text` at its headings. The sections cover the text without gap or overlap, in order."""
    shape = _Shape(
        uses_madda=len(re.findall(r"^(?:المادة|مادة)\s*[:.–-]?\s*\w+", text, re.MULTILINE)) >= _FEW,
        has_articles=len(re.findall(r"^(?:Article|المادة|الفصل)\b", text, re.MULTILINE | re.IGNORECASE)) > _FEW,
    )
    found: list[Section] = []
    stack: list[_Heading] = []
    start = 0
    for position, heading in _in_order(_headings(text, shape)):
        if position > start:
            found.append(_section(stack, start, position))
        stack = [above for above in stack if above.level < heading.level] + [heading]
        start = position
    found.append(_section(stack, start, len(text)))
    return found


def _headings(text: str, shape: _Shape) -> list[_Placed]:
    found = []
    position = 0
    for line in text.split("\n"):
        heading = _heading(line.strip(), shape)
        if heading is not None:
            found.append((position, heading))
        position += len(line) + 1
    return found


def _in_order(headings: list[_Placed]) -> list[_Placed]:
    """Without article headings that break the count: those are references that a line break put first on a line."""
    runs: list[list[_Placed]] = [[]]
    for placed in headings:
        if placed[1].level == _LEVEL_ARTICLE:
            # A first article opens a new count: an annex, or the law after the dahir that promulgates it.
            if placed[1].article == "1" and runs[-1]:
                runs.append([])
            runs[-1].append(placed)
    kept = {placed[0] for run in runs for placed in _longest_rise(run)}
    return [placed for placed in headings if placed[1].level != _LEVEL_ARTICLE or placed[0] in kept]


def _longest_rise(run: list[_Placed]) -> list[_Placed]:
    """The longest subsequence whose numbers rise; the earliest heading of a number that is repeated."""
    best: list[list[_Placed]] = []
    for placed in run:
        before = [rise for rise in best if _order(rise[-1]) < _order(placed)]
        best.append([*max(before, key=_length_then_nearness, default=[]), placed])
    return max(best, key=_length_then_nearness, default=[])


def _length_then_nearness(rise: list[_Placed]) -> tuple[int, tuple[int, ...]]:
    """Of two rises of one length, the one that skips fewer numbers."""
    return len(rise), tuple(-part for part in _order(rise[-1]))


def _order(placed: _Placed) -> tuple[int, ...]:
    """`7` before `7 bis` before `7-1` before `8`."""
    number, _, repeat = (placed[1].article or "0").partition(" ")
    parts = [int(part) for part in number.split("-")]
    return (parts[0], REPEATS.index(repeat) + 1 if repeat else 0, *parts[1:])


def _section(stack: list[_Heading], start: int, end: int) -> Section:
    article = next((heading.article for heading in reversed(stack) if heading.article), None)
    return Section(tuple(heading.label for heading in stack), article, start, end)


def _heading(line: str, shape: _Shape) -> _Heading | None:
    if len(line) < _SHORTEST_HEADING:
        return None
    article = _article(line, shape)
    if article is not None or len(line) > _LONGEST_HEADING:
        return article
    return _division(line) or _rule(line, shape) or _markdown(line) or _question(line) or _byline(line)


def _article(line: str, shape: _Shape) -> _Heading | None:
    if _SOLE_ARTICLE.match(line):
        return _Heading(_LEVEL_ARTICLE, line.strip(" .:"), "1")
    match = _ARTICLE.match(line)
    if match is None:
        return None
    # In a law of مواد, a فصل with a figure is an article of the code that the law amends; without, a chapter.
    foreign = match.group("word") == "الفصل" and shape.uses_madda
    if match.group("word") == "الفصل" and not (match.group("digits") and (not foreign or _is_of_a_code(match))):
        return None
    rest = match.group("rest")
    if rest and not match.group("separator") and not _is_title(line, match):
        return None
    label = (
        line if len(line) <= _LONGEST_TITLE else line[: match.start("rest")].strip(" .:–—-") or line[:_LONGEST_TITLE]
    )
    quoted = line[0] in '«"“' or foreign
    return _Heading(_LEVEL_QUOTED_ARTICLE if quoted else _LEVEL_ARTICLE, label.strip("*# «"), article_key(match))


def _is_of_a_code(match: re.Match[str]) -> bool:
    """`الفصل 417-1` and `الفصل 425` are articles of a code; a law has no chapter of such a number."""
    return "-" in match.group("digits") or int(match.group("digits")) > _MOST_CHAPTERS


def _is_title(line: str, match: re.Match[str]) -> bool:
    """Whether what follows the number is a title: after a separator that moved before the number, or a short phrase."""
    rest = match.group("rest")
    if re.match(r"[(«\"]", rest) or re.search(r"[:–-]", line[: match.start("rest")]):
        return True
    arabic = "\u0621" <= rest[0] <= "\u064a"
    return arabic and len(rest) <= _LONGEST_TITLE and rest[-1] not in ".؛،;," and not _CONTINUES.match(rest)


def _division(line: str) -> _Heading | None:
    if line.endswith((";", "؛", ",", "،")):
        return None
    for level, pattern in _DIVISION:
        if pattern.match(line):
            return _Heading(level, line.strip(MARKS))
    return None


def _rule(line: str, shape: _Shape) -> _Heading | None:
    match = _RULE_CODE.match(line) or (None if shape.has_articles else _NUMBERED_RULE.match(line))
    if match is None or line.endswith((";", "؛", ",")):
        return None
    code = re.sub(r"\s", "", match.group("code"))
    depth = max(0, code.count(".") - 1)
    return _Heading(_LEVEL_RULE + depth, line[:_LONGEST_LABEL], code)


def _question(line: str) -> _Heading | None:
    match = _QUESTION.match(line)
    return _Heading(_LEVEL_QUESTION, match.group("rest").strip()) if match else None


def _byline(line: str) -> _Heading | None:
    match = _BYLINE.match(line)
    return _Heading(_LEVEL_BYLINE, match.group("rest").strip("* ")) if match else None


def _markdown(line: str) -> _Heading | None:
    match = _MARKDOWN.match(line)
    if match is None:
        return None
    # Between divisions and bylines: a Markdown heading may stand above articles.
    depth = min(len(match.group("marks")), _DEEPEST_MARKDOWN)
    return _Heading(_LEVEL_MARKDOWN + depth, match.group("rest").strip("* "))
