"""Hits to citations: which part of a passage is quoted, cut at sentence and list borders, word for word."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.analysis import terms
from index.figures import Figure, figures_in
from index.hit import Hit
from ingest.structure.splitting import BORDER
from rag.answer import Citation, CitedInstrument
from rag.wording import note_of

Similarity = Callable[[Hit], Mapping[str, float]]
"""Cosine of the question with each sentence of a hit."""

LONGEST_QUOTE: Final = 600
_WITH_EXCEPTION: Final = 900
"""Characters that a quote may have when it ends with the exception to its rule."""
_EXCEPTION: Final = re.compile(
    r"\W*(?:toutefois|cependant|n[ée]anmoins|sauf|hormis|excepté|à moins|sous réserve|par dérogation|à l['’]exception"
    r"|however|unless|except|notwithstanding|save (?:where|as)|provided that|this does not apply"
    r"|غير أن|إلا أن|إلا إذا|باستثناء|ما لم|ما عدا|واستثناء|على أن|لكن|ولا تسري|ولا يسري)",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"[.!?؟;؛:…»”\")\]]\W*$")
_FRAGMENT: Final = 20
_SHARED_WORD: Final = 0.02
_STATED_FIGURE: Final = 0.05
_LEGAL: Final = frozenset({"law", "decree", "order"})


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of a passage, in offsets of the passage."""

    start: int
    end: int


NOTHING: Final = Span(0, 0)
"""For a citation that only names its place."""


def citation(n: int, hit: Hit, span: Span, language: str) -> Citation:
    """The citation number `n` of the part `span` of a hit, with notes for a reader in `language`."""
    passage, source = hit.passage, hit.source
    instrument = source.instrument
    official = passage.language == "ar" if source.kind in _LEGAL else True
    return Citation(
        n=n,
        source_path=source.path,
        source_id=source.id,
        passage_id=passage.id,
        title=source.title,
        kind=source.kind,
        issuer=source.issuer,
        instrument=CitedInstrument(instrument.type, instrument.number) if instrument else None,
        article=passage.article,
        page=passage.page,
        language=passage.language,
        quote=passage.text[span.start : span.end],
        start=passage.start + span.start,
        end=passage.start + span.end,
        published=source.published,
        in_force=hit.standing.in_force,
        note=note_of(passage.language, source.kind, hit.standing, language),
        official_language=official,
        url=source.url,
        score=round(hit.score.total, 4),
        path=passage.path,
    )


def best_span(hit: Hit, question: str, near: Mapping[str, float], figures: Sequence[Figure] = ()) -> Span:
    """The part of a hit to quote: all below its headings if that is short, else the sentences nearest the question.

    `near` has the cosine of the question with each sentence; one that states one of `figures` is nearer.
    """
    text = hit.passage.text
    body = _whole_sentences(text, _below_headings(text, hit.passage.path, hit.passage.article))
    if body.end - body.start <= LONGEST_QUOTE:
        return body
    units = _units(text, body)
    wanted = set(terms(f"{question} {hit.clue}", hit.passage.language))
    scores = [_unit_score(text[unit.start : unit.end], wanted, near, hit.passage.language, figures) for unit in units]
    window = _widest_window(units, scores)
    return _with_exceptions(text, units, window)


def _below_headings(text: str, path: tuple[str, ...], article: str | None) -> Span:
    """Without the heading lines that `path` repeats, and the number of the article, unless nothing is left."""
    start = 0
    while (end := text.find("\n", start)) != -1 and _is_heading(text[start:end], path):
        start = end + 1
    while start < len(text) and text[start].isspace():
        start += 1
    number = re.compile(rf"(?:article|art\.|المادة|الفصل)\s+{re.escape(article or '-')}(?!\d)[\s.:–—-]+", re.IGNORECASE)
    heading = number.match(text, start)
    return Span(heading.end() if heading and heading.end() < len(text) else start, len(text))


def _whole_sentences(text: str, body: Span) -> Span:
    """Without a last sentence that the passage cuts short, where others stand before it."""
    *before, last = _units(text, body) or [body]
    cut_short = (
        before and not _ENDED.search(text[last.start : last.end]) and len(text[last.start : last.end]) > _FRAGMENT
    )
    return Span(body.start, before[-1].end) if cut_short and "\n" not in text[before[-1].end : last.start] else body


def _is_heading(line: str, path: tuple[str, ...]) -> bool:
    bare = line.strip(" .:*#–—-")
    # A chapter's title may stand on a line below its number.
    known = {part.strip(" .:*#–—-") for heading in path for part in (heading, *heading.split(" – "))}
    return not bare or bare in known


def _units(text: str, body: Span) -> list[Span]:
    units = []
    start = body.start
    for match in BORDER.finditer(text, body.start, body.end):
        if match.start() > start:
            units.append(Span(start, match.start()))
        start = match.end()
    if body.end > start:
        units.append(Span(start, body.end))
    return units


def _unit_score(
    unit: str, wanted: set[str], near: Mapping[str, float], language: str, figures: Sequence[Figure]
) -> float:
    shared = len(wanted & set(terms(unit, language)))
    states = bool(figures) and any(figure in figures_in(unit) for figure in figures)
    return near.get(unit, 0.0) + _SHARED_WORD * shared + _STATED_FIGURE * states


def _with_exceptions(text: str, units: list[Span], window: Span) -> Span:
    """The window with the exceptions that follow it, and with the rule before it where it opens with an exception."""
    start, end = window.start, window.end
    first = next(place for place, unit in enumerate(units) if unit.start == start)
    if first > 0 and _EXCEPTION.match(text[start:end]) and end - units[first - 1].start <= _WITH_EXCEPTION:
        start = units[first - 1].start
    for unit in units:
        if unit.start >= end and _EXCEPTION.match(text[unit.start : unit.end]) and unit.end - start <= _WITH_EXCEPTION:
            end = unit.end
        elif unit.start >= end:
            break
    return Span(start, end)


def _widest_window(units: list[Span], scores: list[float]) -> Span:
    """Grow from the best unit to the better neighbour while the quote stays within its longest."""
    first = last = max(range(len(units)), key=lambda place: (scores[place], -place))
    while True:
        before = scores[first - 1] if first > 0 else float("-inf")
        after = scores[last + 1] if last + 1 < len(units) else float("-inf")
        for grows_left in sorted((True, False), key=lambda left: -(before if left else after)):
            left, right = (first - 1, last) if grows_left else (first, last + 1)
            if left >= 0 and right < len(units) and units[right].end - units[left].start <= LONGEST_QUOTE:
                first, last = left, right
                break
        else:
            return Span(units[first].start, units[last].end)
