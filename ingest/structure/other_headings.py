"""Headings of texts that are no laws: Markdown, codes of rules, numbered chapters, questions, signatures."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.structure.headings import Heading, Level, Line

_MARKDOWN: Final = re.compile(r"^(?P<marks>#{1,6})\s+(?P<rest>\S.*)$")
_CODE: Final = re.compile(
    r"^(?P<code>(?!ARTICLE|ART-)[A-Z]{2,8}(?:[-/]\s?[A-Z0-9]{2,14}){1,4})\s+(?P<rest>\S.{3,140})$"
)
_NUMBERED_RULE: Final = re.compile(
    r"^(?P<code>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<rest>[^\W\d_a-zà-ÿ].{2,120}|[«\"(].{2,120})$"
)
_NUMBERED_CHAPTER: Final = re.compile(r"^(?P<code>\d{1,2})\s?[.)]\s*(?P<rest>[A-ZÀ-Þ][^a-zà-ÿ\u0621-\u064a]{5,100})$")
_CONTENTS: Final = re.compile(r"(?:[.…·_] ?){4,}")
_OBJECTIVE: Final = re.compile(r"^(?:Objectif|Objective|Exigence|الهدف)\s+\d{1,3}\W*$")
_QUESTION: Final = re.compile(r"^(?:[-•*]\s*|Q\s*[:.]\s*|س\s*[:.]\s*|\*\*)?(?P<rest>[^?؟\n]{12,180}[?؟])(?:\*\*)?$")
# The title of another piece, to which this one points between its paragraphs.
_POINTER: Final = re.compile(
    r"^\W{0,6}(?:(?:[àa]\s)?lire\s(?:également|aussi|encore)|voir\saussi|read\s(?:also|more)|see\salso|اقرأ\sأيضا)",
    re.IGNORECASE,
)
# Magazines sign a piece beside its title: what follows is the author's word, not the magazine's.
_BYLINE: Final = re.compile(
    r"^(?:■\s*(?:Par\s+|By\s+)?|(?:Par|By|Propos recueillis par|بقلم)\s*:?\s+(?=[^\W\d_a-zà-ÿ]))(?P<rest>\S.{3,90})$"
)
_NAME_PART: Final = r"[^\W\d_a-zà-ÿ][\w.'’-]*"
_NAME: Final = re.compile(rf"^{_NAME_PART}(?:\s+{_NAME_PART}){{1,4}}\s*(?:[,–|].{{0,60}})?$")
_UNFINISHED: Final = (";", "؛", ",", "،")
_LONGEST_LABEL: Final = 120
_LONGEST: Final = 240
_DEEPEST_MARKDOWN: Final = 4
_FEW: Final = 2
_CAPITALS: Final = re.compile(r"[A-ZÀ-Þ]{3}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the document as a whole says about its headings."""

    has_articles: bool
    has_codes: bool


def shape_of(lines: Sequence[Line], *, has_articles: bool) -> Shape:
    """Codes of rules come in families: several lines that share the first part of a code."""
    codes = [match for match in (_CODE.match(line.text) for line in lines if len(line.text) <= _LONGEST) if match]
    families = Counter(match["code"].split("-")[0] for match in codes)
    return Shape(has_articles, not has_articles and max(families.values(), default=0) >= _FEW)


def other_heading(line: Line, shape: Shape) -> Heading | None:
    """The heading that this line is, if any."""
    if len(line.text) > _LONGEST:
        return None
    return _rule(line, shape) or _markdown(line) or _question(line) or _byline(line)


def _rule(line: Line, shape: Shape) -> Heading | None:
    if shape.has_articles or line.text.endswith(_UNFINISHED) or _CONTENTS.search(line.text):
        return None
    match = (_CODE.match(line.text) if shape.has_codes else None) or _NUMBERED_RULE.match(line.text)
    if match is not None:
        code = re.sub(r"\s", "", match["code"])
        depth = Level.RULE + max(0, code.count(".") - 1)
        return Heading(line.start, line.at + match.end("code"), depth, f"{code} {match['rest']}"[:_LONGEST_LABEL])
    chapter = _NUMBERED_CHAPTER.match(line.text)
    if chapter is not None and _CAPITALS.search(chapter["rest"]):
        return _made(line, Level.NUMBERED, line.text)
    return _made(line, Level.OBJECTIVE, line.text) if _OBJECTIVE.match(line.text) else None


def _markdown(line: Line) -> Heading | None:
    match = _MARKDOWN.match(line.text)
    if match is None:
        return None
    # Between divisions and signatures: a Markdown heading may stand above articles.
    depth = min(len(match["marks"]), _DEEPEST_MARKDOWN)
    return _made(line, Level.MARKDOWN + depth, match["rest"].strip("*# "))


def _question(line: Line) -> Heading | None:
    match = None if _POINTER.match(line.text) else _QUESTION.match(line.text)
    return _made(line, Level.QUESTION, match["rest"].strip()) if match else None


def _byline(line: Line) -> Heading | None:
    match = _BYLINE.match(line.text)
    if match is None or (line.text[0] != "■" and not _NAME.match(match["rest"])):
        return None
    return _made(line, Level.BYLINE, match["rest"].strip("* "))


def _made(line: Line, level: int, label: str) -> Heading:
    return Heading(line.start, line.at + len(line.text), level, label)


def signed(headings: Sequence[Heading], text: str) -> list[Heading]:
    """Signatures that stand just above a title are drawn into it: they name the author of what follows."""
    joined: list[Heading] = []
    for heading in headings:
        above = joined[-1] if joined else None
        titled = Level.MARKDOWN < heading.level < Level.BYLINE
        if above and above.level == Level.BYLINE and titled and not text[above.end : heading.start].strip():
            label = f"{heading.label} – {above.label}"
            joined[-1] = Heading(above.start, heading.end, heading.level, label)
        else:
            joined.append(heading)
    return joined
