"""Lines that may open an article, in every shape that French, Arabic and English texts give them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from corpus.article import ARTICLE_REPEAT, SPOKEN_NUMBER, article_key, articles_in
from corpus.instrument import western_digits
from ingest.structure.headings import ARABIC_LETTER, Line

# In a heading a dash may have spaces around it, and the call of a footnote may be glued to the last figure.
_FIGURES: Final = r"(?P<digits>\d{1,4}(?:[-.–]\d{1,5}(?!\d)| ?[-–] ?\d{1,2}(?=\W{0,9}$)){0,3})"
_NUMBER: Final = rf"(?i:(?:{SPOKEN_NUMBER}|{_FIGURES}){ARTICLE_REPEAT})"
_OPENING: Final = re.compile(
    r"^[\W_]{0,4}(?:ART-\d+\s+)?"
    r"(?P<word>Articles?|ARTICLES?|articles?|A ?RT\.?|Art\.?|المادة|الماده|املادة|مادة|الفصل|فصل|البند)(?!\w)"
    rf"\s*(?P<lead>[:.–—-]{{0,4}})\s*(?:{_NUMBER}|(?P<roman>[IVX]{{1,6}}(?!\w)))(?P<mark>[\s:.)\]*°–—-]*)(?P<rest>.*)$"
)
# Right-to-left damage puts the number first, and its parts in reverse: `2.60 المادة` is article 60-2.
_REVERSED: Final = re.compile(
    r"^[\W_]{0,3}(?P<digits>\d{1,3}(?:[.-]\d{1,2}){0,3})\s?[:.]?\s?(?P<word>المادة|مادة|الفصل)(?!\w)"
    r"(?P<mark>[\s:.)–—-]*)(?P<rest>.*)$"
)
_GLUED: Final = re.compile(
    r"(?<=[.؛…؟!])\s{0,2}ه?(?P<head>(?P<word>المادة|الفصل|Article|ARTICLE|ART\.|Art\.)"
    rf"\s*[:.–-]?\s*{_NUMBER}(?P<mark>[\s:.–—-]*))(?P<rest>.{{0,40}})"
)
_SOLE: Final = re.compile(r"^\W*(?:Article unique|المادة الفريدة|مادة فريدة|المادة الوحيدة)\W*$", re.IGNORECASE)
_QUOTE: Final = re.compile(r"^[«\"“„]")
_NOTE: Final = re.compile(r"^\W{0,3}\d{1,3}\W{0,3}(?:أنظر|انظر|راجع|المادة|Voir|Cf\.?)(?!\w)")
_CONTENTS: Final = re.compile(r"(?:[.…·] ?){4,}\d{1,4}$")
# What follows a number that is only referred to: `المادة 7 أعلاه`, `Article 12 de la loi`.
_REFERS: Final = re.compile(
    r"[,،;؛/]|(?:أعلاه|أدناه|بعده|آنفا|المشار|المذكور|السالف|سالف|أو|وما|الفقر|فقرة|والمادة|والمواد|و\s?\d|و\s|إلى\s+\d"
    r"|إلى\s+المادة|من\s+(?:ال|هذ|نفس|ق|م|ظ|ن))"
    r"|(?i:et|ou|à|au|aux|de|des|du|d['’]|ci-|précit|susvis|susmention|relati|alinéa|paragraph|of|and|to)(?!\w)"
)
_WEAKLY_REFERS: Final = re.compile(r"(?:على|في|عن|كما|لا|إذا|مع|التي|الذي|هذه|هذا|بشأن|منه|من|إلى)(?!\w)")
# How the text of an article begins, and hardly any title.
_SENTENCE: Final = re.compile(
    r"(?i:(?:les?|la|une?|des|ces?|cette|il|elle|on|tout|toute|tous|toutes|est|sont|sera|seront|sans|en|au|aux|dans|pour"
    r"|sous|lorsque|si|the|any|each|every|no|all)\s|l['’])|[يت]\w+\s|لا\s|كل\s"
)
_LONGEST_LABEL: Final = 80
_LONGEST_NOTE: Final = 300
_FEW: Final = 2
_MOST_CHAPTERS: Final = 40
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may open article `number`; the heading is `text[start:end]`.

    `sure`: it stands and reads like a heading, else it is one only where the count needs it. `quoted`: it opens
    with a quotation mark or belongs to another text. `noted`: a footnote shows it. `glued`: it stands
    inside a line.
    """

    start: int
    end: int
    label: str
    number: str
    word: str
    sure: bool
    quoted: bool = False
    noted: bool = False
    glued: bool = False

    @property
    def arabic(self) -> bool:
        """Whether the heading is an Arabic one: the two languages of a text count by themselves."""
        return bool(ARABIC_LETTER.match(self.word))


def candidates(lines: Iterable[Line]) -> list[Candidate]:
    """Every candidate in order of place, with the word that the text numbers its articles by."""
    found = [candidate for line in lines for candidate in _in_line(line)]
    return _of_the_word_that_counts(found)


def _in_line(line: Line) -> Iterator[Candidate]:
    if _SOLE.match(line.text):
        yield Candidate(line.start, line.at + len(line.text), line.text.strip(" .:"), "1", "Article", sure=True)
        return
    text = western_digits(line.text)
    opening = _opening(line, text) or _reversed(line, text)
    if opening is not None and not _CONTENTS.search(text[-40:]):
        yield opening
    for match in _GLUED.finditer(text):
        if not _is_reference(match):
            start, end = line.at + match.start("head"), line.at + match.end("head")
            label = line.text[match.start("head") : match.end("head")].strip(" .:–—-")
            yield Candidate(start, end, label, article_key(match), match.group("word"), sure=False, glued=True)


def _opening(line: Line, text: str) -> Candidate | None:
    match = _OPENING.match(text)
    if match is None:
        return None
    rest = match.group("rest")
    titled = bool(match.group("lead") or match.group("mark").strip())
    number = str(_roman(match["roman"])) if match["roman"] else article_key(match)
    if rest and (_is_reference(match) or (not titled and not line.opens)):
        return None
    weak = rest[:1].islower() or bool(_WEAKLY_REFERS.match(rest) and not titled)
    return Candidate(
        start=line.start,
        end=line.at + match.start("rest"),
        label=_label(line.text, match),
        number=number,
        word=match.group("word"),
        sure=line.opens and not weak,
        quoted=bool(_QUOTE.match(line.text)),
        noted=bool(_NOTE.match(line.before)) and number in articles_in(line.before[:_LONGEST_NOTE]),
    )


def _label(text: str, match: re.Match[str]) -> str:
    """The line, when what follows the number is short and reads like a title; else the word and the number."""
    whole = len(text) <= _LONGEST_LABEL and not _SENTENCE.match(match.group("rest"))
    return (text if whole else text[: match.start("rest")]).strip('*# «"“').rstrip(" .:–—-*")


def _is_reference(match: re.Match[str]) -> bool:
    """Whether what follows the number continues a sentence that names it."""
    rest, mark = match.group("rest"), match.group("mark").strip()
    if not rest:
        return False
    if mark and re.search(r"[:–—-]", mark):
        return False
    return bool(_REFERS.match(rest)) or (not mark and rest[0].islower())


def _reversed(line: Line, text: str) -> Candidate | None:
    match = _REVERSED.match(text)
    if match is None:
        return None
    number = "-".join(reversed(re.split("[.-]", match.group("digits"))))
    sure = not match.group("rest") and line.opens
    label = f"{match.group('word')} {number}"
    return Candidate(line.start, line.at + match.end("mark"), label, number, match.group("word"), sure=sure)


def _of_the_word_that_counts(found: list[Candidate]) -> list[Candidate]:
    """In a law of مواد, a فصل with a high figure is an article of the code that it amends; without, a chapter."""
    madda = sum("ماد" in candidate.word for candidate in found)
    fasl = sum("فصل" in candidate.word and bool(re.search(r"\d", candidate.label)) for candidate in found)
    by_madda = madda >= _FEW and (madda >= fasl or not any(_counts_up(candidate) for candidate in found))
    kept = []
    for candidate in found:
        if "فصل" not in candidate.word:
            kept += [] if "بند" in candidate.word and madda + fasl else [candidate]
        elif by_madda:
            of_code = not candidate.glued and _is_of_a_code(candidate.number)
            kept += [replace(candidate, quoted=True)] if of_code else []
        elif fasl >= _FEW or re.search(r"\d", candidate.label):
            kept.append(candidate)
    return kept


def _counts_up(candidate: Candidate) -> bool:
    """Whether this is one of the first فصول of a text that numbers its articles by them."""
    return "فصل" in candidate.word and candidate.label[-1:].isdigit() and candidate.number in {"2", "3"}


def _is_of_a_code(number: str) -> bool:
    return "-" in number or int(number.split(" ")[0]) > _MOST_CHAPTERS


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
