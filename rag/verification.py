"""Does a quote stand in the text that it is said to be from?"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from corpus.article import articles_in
from corpus.instrument import number_key
from corpus.source import Source
from index.search import Index
from index.wording_match import Place, places_of, similar_places
from ingest.document import Passage

Verdict = Literal["verbatim", "similar", "absent", "not_held"]
"""`not_held`: the index holds no text of that reference, so that nothing can be said of the quote."""

_FINDERS: Final[dict[Verdict, Callable[[str, str], Iterator[Place]]]] = {
    "verbatim": places_of,
    "similar": similar_places,
}
_MOST_PLACES: Final = 20
_MOST_LOOKED_AT: Final = 2000
"""Of one document: a quote that stands in more places is no quote."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The text that a quote is said to be from: a document by its id or path, or an instrument by its number."""

    source_id: str | None = None
    source_path: str | None = None
    instrument: str | None = None
    article: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote with its reference, and the place `text[start:end]` where it is said to stand."""

    quote: str
    reference: Reference
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand: `text` is the stored text from `start` to `end`.

    `as_cited` says that this is the article, and the place, that the claim names.
    """

    source: Source
    article: str | None
    page: int | None
    start: int
    end: int
    text: str
    as_cited: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a claim; places as cited come first. `searched` are the ids of the documents that were read."""

    verdict: Verdict
    places: tuple[Found, ...]
    searched: tuple[str, ...]


def verify(claim: Claim, index: Index) -> Verification:
    """Look for the quote in every text that its reference may mean: word for word, then in a similar spelling.

    Words that stand where the reference says, in whichever spelling, go before the same words elsewhere.
    """
    sources = list(_meant(claim.reference, index.sources.values()))
    searched = tuple(source.id for source in sources)
    if not sources:
        return Verification("not_held", (), ())
    found: dict[Verdict, list[Found]] = {}
    for verdict in _FINDERS:
        found[verdict] = [place for source in sources for place in _found(claim, source, index, verdict)]
        if any(place.as_cited for place in found[verdict]):
            return _verification(verdict, found[verdict], searched)
    elsewhere = next((verdict for verdict in found if found[verdict]), None)
    return _verification(elsewhere, found[elsewhere], searched) if elsewhere else Verification("absent", (), searched)


def _verification(verdict: Verdict, places: Sequence[Found], searched: tuple[str, ...]) -> Verification:
    first = sorted(places, key=lambda place: not place.as_cited)
    return Verification(verdict, tuple(first[:_MOST_PLACES]), searched)


def article_named(name: str) -> str:
    """The key of an article as people name it: `7 bis` for `Article 7 bis`, `1` for `premier`, `52` for `المادة 52`."""
    return next(iter(articles_in(name) or articles_in(f"article {name}")), name.strip())


def _meant(reference: Reference, sources: Iterable[Source]) -> Iterator[Source]:
    wanted = (reference.source_id, reference.source_path, reference.language)
    number = None if reference.instrument is None else number_key(reference.instrument.strip())
    for source in sources:
        known = (source.id, source.path, source.language)
        held = source.instrument.number if source.instrument else None
        fits = all(want in {None, have} for want, have in zip(wanted, known, strict=True))
        if fits and number in {None, held}:
            yield source


def _found(claim: Claim, source: Source, index: Index, verdict: Verdict) -> Iterator[Found]:
    text = index.store.text(source.id) or ""
    cited = None if claim.reference.article is None else article_named(claim.reference.article)
    passages = [index.passages[row] for row in index.places.sources.get(source.id, ())]
    for start, end in islice(_FINDERS[verdict](claim.quote, text), _MOST_LOOKED_AT):
        passage = _passage_at(start, passages)
        article, page = (passage.article, passage.page) if passage else (None, None)
        fits = cited in {None, article} and claim.start in {None, start} and claim.end in {None, end}
        yield Found(source, article, page, start, end, text[start:end], fits)


def _passage_at(offset: int, passages: Sequence[Passage]) -> Passage | None:
    """The last passage that begins at `offset` or before it; `passages` stand in the order of the text."""
    after = bisect_right(passages, offset, key=lambda passage: passage.start)
    return passages[after - 1] if after else None
