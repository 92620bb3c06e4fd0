"""Clean text to sections: articles under their chapters, headings of Markdown, rule codes and questions of a FAQ."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.structure.article_headings import candidates
from ingest.structure.articles import Articles, place_articles
from ingest.structure.division_headings import MOST_TITLE_LINES, Division, division, with_title
from ingest.structure.headings import ARABIC_LETTER, LATIN_LETTER, Heading, Level, Line, is_signature, lines_of
from ingest.structure.instrument_headings import instrument_titles
from ingest.structure.other_headings import other_heading, shape_of, signed

_FEW: Final = 2
_ENOUGH_LETTERS: Final = 3
_QUESTION_MARKS: Final = ("?", "؟")


@dataclass(frozen=True, slots=True)
class Section:
    """A run of text under one heading: `text[start:end]`, the heading included, which ends at `body`.

    `whole`: it begins with the heading of `article` itself, not with an article that this one quotes, nor where the
    text goes on after a quotation or after the other language of a bilingual text. `apart`: it stands under the heading
    of an article, be its number known or not, of a rule or of a question, and is never read together with another.
    """

    path: tuple[str, ...]
    article: str | None
    start: int
    end: int
    body: int = 0
    whole: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where the text goes on without a heading: in the other language (`arabic`), or with `level` closed."""

    start: int
    arabic: bool | None = None
    level: Level = Level.QUOTED_DIVISION


def sections(text: str) -> list[Section]:
    """Cut `text` at its headings. The sections cover the text without gap or overlap, in order."""
    lines = list(lines_of(text))
    articles = place_articles(text, candidates(lines))
    headings = _headings(text, lines, articles)
    turns = [_Turn(start) for start in articles.resumed]
    turns += [_Turn(line.start, level=Level.ARTICLE) for line in lines if is_signature(line)]
    if articles.bilingual:
        turns += _turns_of_language(lines)
    return _Outline(text, bilingual=articles.bilingual).cut(headings, turns)


def _headings(text: str, lines: Sequence[Line], articles: Articles) -> list[Heading]:
    found = {heading.start: heading for heading in articles.headings}
    found |= {heading.start: heading for heading in instrument_titles(lines, articles.counts)}
    divisions = {line.start: known for line in lines if line.start not in found and (known := division(line))}
    divisions = _quoted_with_their_articles(divisions, articles)
    shape = shape_of(lines, has_articles=len(articles.headings) > _FEW)
    others = (other_heading(line, shape) for line in lines if line.start not in found and line.start not in divisions)
    found |= {heading.start: heading for heading in others if heading is not None}
    taken = frozenset(found) | frozenset(divisions)
    for place, line in enumerate(lines):
        if line.start in divisions:
            below = lines[place + 1 : place + MOST_TITLE_LINES + 2]
            found[line.start] = with_title(divisions[line.start], below, taken)
    return signed(sorted(found.values(), key=lambda heading: heading.start), text)


def _quoted_with_their_articles(divisions: dict[int, Division], articles: Articles) -> dict[int, Division]:
    """Chapters that an amending law inserts stand above quoted articles: they close nothing of the law itself."""
    starts = [heading.start for heading in articles.headings]
    kept = dict(divisions)
    for start, found in divisions.items():
        place = bisect_left(starts, start)
        below = articles.headings[place] if place < len(starts) else None
        if below and below.level == Level.QUOTED and not below.foreign:
            kept[start] = Division(replace(found.heading, level=Level.QUOTED_DIVISION), found.titled)
    return kept


def _turns_of_language(lines: Sequence[Line]) -> list[_Turn]:
    """Where one language follows the other; lines of figures and marks belong to what stands above."""
    turns: list[_Turn] = []
    for line in lines:
        arabic, latin = len(ARABIC_LETTER.findall(line.text)), len(LATIN_LETTER.findall(line.text))
        speaks = max(arabic, latin) >= _ENOUGH_LETTERS and arabic != latin
        if speaks and (not turns or turns[-1].arabic != (arabic > latin)):
            turns.append(_Turn(line.start, arabic > latin))
    return turns


class _Outline:
    """The headings that stand above the place that is read, for each language of a bilingual text."""

    def __init__(self, text: str, *, bilingual: bool) -> None:
        self._text = text
        self._bilingual = bilingual
        self._stacks: dict[bool, list[Heading]] = {False: [], True: []}
        self._arabic = False

    def cut(self, headings: Sequence[Heading], turns: Sequence[_Turn]) -> list[Section]:
        """The sections between all headings and turns."""
        found: list[Section] = []
        last: Heading | _Turn = _Turn(0)
        # A turn that falls on a heading goes first.
        marks: list[Heading | _Turn] = [*turns, *headings]
        for mark in sorted(marks, key=lambda mark: (mark.start, isinstance(mark, Heading))):
            if mark.start > last.start:
                found.append(self._section(last, mark.start))
            last = mark
            self._pass(mark)
        found.append(self._section(last, len(self._text)))
        return found

    def _pass(self, mark: Heading | _Turn) -> None:
        if isinstance(mark, _Turn):
            if mark.arabic is not None:
                self._arabic = mark.arabic
            else:
                self._close(mark.level)
            return
        if self._bilingual:
            self._arabic = bool(ARABIC_LETTER.search(mark.label))
        self._close(mark.level)
        self._stacks[self._arabic].append(mark)

    def _close(self, level: int) -> None:
        self._stacks[self._arabic] = [above for above in self._stacks[self._arabic] if above.level < level]

    def _section(self, mark: Heading | _Turn, end: int) -> Section:
        stack = self._stacks[self._arabic]
        article = next((heading.article for heading in reversed(stack) if heading.article), None)
        if any(heading.foreign for heading in stack):
            article = None
        path = tuple(heading.label for heading in stack)
        whole = isinstance(mark, Heading) and mark.article is not None
        body = mark.end if isinstance(mark, Heading) else mark.start
        apart = any(heading.level >= Level.ARTICLE for heading in stack) or "".join(path[-1:]).endswith(_QUESTION_MARKS)
        return Section(path, article, mark.start, end, body, whole, apart)
