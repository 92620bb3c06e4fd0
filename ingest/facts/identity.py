"""Which documents are one text: copies, reprints, versions in another language, and their articles side by side."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from corpus.article import articles_in
from ingest.document import Document, Passage
from ingest.facts.figures import amounts_in, terms_in
from ingest.facts.sketch import near_copies, sketch_of
from ingest.structure.headings import MIXED

LinkKind = Literal["copy", "near_copy", "translation", "same_instrument"]
Figures = Literal["equal", "unequal", "partial", "none"]
"""What sums and terms say of two articles: `unequal` where each states one that the other lacks, `partial` where only
one of them does, `none` where neither states any."""

Span = tuple[int, int]

_LARGEST_GROUP: Final = 24
"""Documents of one instrument of which each is compared with each; of more, each with the first only."""


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """One article in two documents: `text[start:end]` of the stored text of each."""

    article: str
    a: Span
    b: Span
    figures: Figures


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents, by their source ids in order, that hold one text.

    `score` is the resemblance of copies (0 to 1), else the share of the articles of the shorter text that are linked;
    1.0 where neither has articles. A `translation` links different languages, `same_instrument` other versions.
    """

    kind: LinkKind
    a: str
    b: str
    score: float
    articles: tuple[ArticleLink, ...] = ()


def links_between(documents: Iterable[Document]) -> tuple[Link, ...]:
    """Every link among `documents`, one a pair, in order of the ids."""
    known = {document.source.id: document for document in documents}
    resembling = near_copies({key: sketch_of(document.text) for key, document in known.items()})
    same = _pairs({key: document.source.instrument for key, document in known.items()})
    family = _pairs({key: document.source.family for key, document in known.items()})
    translated = {(a, b) for a, b in family if known[a].language != known[b].language}
    articles = {key: articles_of(known[key]) for pair in same for key in pair}
    links = []
    for a, b in sorted({*resembling, *same, *translated}):
        linked = tuple(_linked(known[a], known[b], articles[a], articles[b])) if (a, b) in same else ()
        score = resembling.get((a, b), _share(linked, articles.get(a, {}), articles.get(b, {})))
        links.append(Link(_kind(known[a], known[b], resembling.get((a, b))), a, b, round(score, 3), linked))
    return tuple(links)


def articles_of(document: Document) -> dict[str, Span]:
    """Where each article stands in the body; of two of one number, the longer (the other is a quotation or a list).

    Articles whose texts a reading of columns has mixed stand in one place together.
    """
    spans: dict[str, Span] = {}
    last: tuple[str, ...] = ()
    start = 0
    for passage in document.passages:
        articles = _articles_at(passage)
        if articles != last:
            start, last = passage.start, articles
        for article in articles:
            known = spans.get(article, (start, start))
            spans[article] = max(known, (start, passage.end), key=_length)
    return spans


def _articles_at(passage: Passage) -> tuple[str, ...]:
    if passage.role != "body":
        return ()
    if passage.article is None and passage.path and MIXED in passage.path[-1]:
        return tuple(articles_in(passage.path[-1]))
    return (passage.article,) if passage.article else ()


def _length(span: Span) -> int:
    return span[1] - span[0]


def _pairs(groups: Mapping[str, Hashable | None]) -> set[tuple[str, str]]:
    """Keys (in order) whose group is the same and known."""
    members: dict[Hashable, list[str]] = defaultdict(list)
    for key in sorted(groups):
        if groups[key] is not None:
            members[groups[key]].append(key)
    return {pair for keys in members.values() for pair in _within(keys)}


def _within(keys: list[str]) -> Iterator[tuple[str, str]]:
    if len(keys) <= _LARGEST_GROUP:
        return combinations(keys, 2)
    return ((keys[0], key) for key in keys[1:])


def _kind(a: Document, b: Document, resemblance: float | None) -> LinkKind:
    if resemblance is not None:
        return "copy" if resemblance == 1.0 else "near_copy"
    return "translation" if a.language != b.language else "same_instrument"


def _share(linked: Sequence[ArticleLink], a: Mapping[str, Span], b: Mapping[str, Span]) -> float:
    shorter = min(len(a), len(b))
    return len(linked) / shorter if shorter else 1.0


def _linked(a: Document, b: Document, of_a: Mapping[str, Span], of_b: Mapping[str, Span]) -> Iterator[ArticleLink]:
    """Articles of one number, in the order of `a`."""
    for article, span in of_a.items():
        if article in of_b:
            other = of_b[article]
            figures = _figures(a.text[slice(*span)], b.text[slice(*other)])
            yield ArticleLink(article, span, other, figures)


def _figures(a: str, b: str) -> Figures:
    compared = [(amounts_in(a), amounts_in(b)), (terms_in(a), terms_in(b))]
    if any(one - other and other - one for one, other in compared):
        return "unequal"
    if not any(one or other for one, other in compared):
        return "none"
    return "equal" if all(one == other for one, other in compared) else "partial"
