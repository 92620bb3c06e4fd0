"""Which hits are quoted: each provision once, in the best of its texts, and of the first one the part that follows."""

from collections.abc import Sequence
from typing import Final

from index.analysis import vocabulary
from index.hit import Hit

MOST_CITATIONS: Final = 5
_COPIED: Final = 0.85
"""Share of the words of the shorter from which two passages are copies."""


def quoted(hits: Sequence[Hit], language: str) -> list[Hit]:
    """What is quoted: the distinct hits, and after the first, most often the answer, the next part of its article."""
    best, *others = distinct(hits, language)
    place = (best.source.id, best.passage.article)
    parts = [hit for hit in hits if best.passage.article and (hit.source.id, hit.passage.article) == place]
    further = [hit for hit in parts if hit.passage.position != best.passage.position]
    return [best, *further[:1], *others][:MOST_CITATIONS]


def distinct(hits: Sequence[Hit], language: str) -> list[Hit]:
    """Best hit of each article or text; twins and copies count once, shown in the reader's language if possible."""
    chosen: dict[tuple[str, str | None, int], Hit] = {}
    for hit in hits:
        key = _identity(hit)
        kept = chosen.get(key)
        if kept is None:
            new = not any(_same_words(hit, other) for other in chosen.values())
        else:
            new = _reads_better(hit, kept, language)
        if new:
            chosen[key] = hit
    return list(chosen.values())


def _same_words(hit: Hit, other: Hit) -> bool:
    """Whether one is a copy of the other: the same page as text and as PDF, in two editions, on two sites."""
    if hit.passage.language != other.passage.language or hit.source.id == other.source.id:
        return False
    language = hit.passage.language
    one, two = vocabulary(hit.passage.text, language), vocabulary(other.passage.text, language)
    return len(one & two) >= _COPIED * max(1, min(len(one), len(two)))


def _reads_better(hit: Hit, kept: Hit, language: str) -> bool:
    """Whether the twin of what was found before is text in force instead of older text, or in the reader's language."""
    if _is_old(hit) != _is_old(kept):
        return _is_old(kept)
    return hit.passage.language == language != kept.passage.language


def _is_old(hit: Hit) -> bool:
    return hit.standing.in_force is False or hit.standing.outdated


def _identity(hit: Hit) -> tuple[str, str | None, int]:
    source = hit.source
    if source.instrument and hit.passage.article and hit.passage.role == "body":
        return source.instrument.number, hit.passage.article, 0
    return source.id, hit.passage.article, hit.passage.position
