"""Documents, their articles, versions and standing as the API shows them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from corpus.source import Kind, Source, published_on
from corpus.validity import Change, Standing
from index.search import Index
from ingest.document import Document, Passage
from ingest.facts.identity import ArticleLink, Link, LinkKind, Span, articles_of
from rag.wording import note_of

_LANGUAGES: Final = frozenset({"fr", "ar", "en"})
_DEFAULT: Final = "fr"
"""For notes on a document in several languages."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A source of the index as its catalogue describes it."""

    id: str
    path: str
    title: str
    kind: Kind
    language: str | None
    issuer: str | None
    published: str | None
    instrument: str | None
    url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with its place: `text` is `stored_text[start:end]` of the document."""

    id: str
    article: str | None
    page: int | None
    path: tuple[str, ...]
    language: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ListedDocument(DocumentView):
    """A document with what is known of it as a whole: None where nobody has checked it."""

    in_force: bool | None


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Documents of the index in order of path; `total` counts all that fit the filter, `next_cursor` leads on."""

    documents: tuple[ListedDocument, ...]
    index: str
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What became of an instrument, or of its `articles` where some are named, by `by_article` of `by`.

    `by_ids` are the documents of the index that hold the text which made the change.
    """

    status: str
    articles: tuple[str, ...]
    by: str | None
    by_article: str | None
    by_ids: tuple[str, ...]
    since: str | None
    in_effect: bool


@dataclass(frozen=True, slots=True)
class StandingView:
    """Whether a provision is in force on `as_of`, None where nobody has checked it, and the change by which it is not.

    `outdated`: other provisions have changed since this edition. `later_edition`: it came out after `as_of`.
    """

    as_of: date
    in_force: bool | None
    outdated: bool
    later_edition: bool
    change: ChangeView | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article by its number; it is `stored_text[start:end]`, below the headings of `path`."""

    number: str
    path: tuple[str, ...]
    start: int
    end: int
    in_force: bool | None
    note: str | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """Another document of the same instrument or the same text."""

    id: str
    title: str
    language: str | None
    published: str | None
    relation: LinkKind


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with its articles, other versions of it, what changed it, and its passages."""

    document: DocumentView
    characters: int
    pages: int
    standing: StandingView
    articles: tuple[ArticleView, ...]
    versions: tuple[VersionView, ...]
    changes: tuple[ChangeView, ...]
    passages: tuple[PassageView, ...] | None
    index: str


@dataclass(frozen=True, slots=True)
class TwinView:
    """The same article in a document of another language: `stored_text[start:end]` of that."""

    id: str
    language: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """The whole text of an article, `stored_text[start:end]`, with its standing and its twins in other languages."""

    document: DocumentView
    number: str
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    standing: StandingView
    twins: tuple[TwinView, ...]
    index: str


def document_view(source: Source) -> DocumentView:
    """A source as the API shows it."""
    number = source.instrument.number if source.instrument else None
    known = (source.id, source.path, source.title, source.kind, source.language, source.issuer, source.published)
    return DocumentView(*known, number, source.url, source.note)


def passage_view(passage: Passage) -> PassageView:
    """A passage as the API shows it."""
    place = (passage.id, passage.article, passage.page, passage.path, passage.language, passage.start, passage.end)
    return PassageView(*place, passage.text)


def listed_view(source: Source, standing: Standing) -> ListedDocument:
    """A source in a list."""
    return ListedDocument(**asdict(document_view(source)), in_force=standing.in_force)


def change_view(change: Change, index: Index, day: date) -> ChangeView:
    """A change as the API shows it, made or not on `day`."""
    by = change.by
    held = tuple(source.id for source in index.sources.values() if by is not None and source.instrument == by)
    number = by.number if by else None
    return ChangeView(
        change.status, change.articles, number, change.by_article, held, change.since, change.in_effect(day)
    )


def standing_view(index: Index, source: Source, article: str | None, day: date) -> StandingView:
    """The standing of an article, or of the whole document, on `day`."""
    standing = index.validity.standing(source, article, day)
    published = published_on(source.published)
    later = published is not None and published > day
    change = change_view(standing.change, index, day) if standing.change else None
    # An edition that did not exist yet says nothing of what held on that day.
    in_force = None if later and standing.in_force else standing.in_force
    return StandingView(day, in_force, standing.outdated, later, change, _note(source, standing))


def _note(source: Source, standing: Standing) -> str | None:
    language = source.language if source.language in _LANGUAGES else _DEFAULT
    return note_of(language, source.kind, standing, language)


def article_views(index: Index, document: Document, day: date) -> Iterator[ArticleView]:
    """The articles of a document in the order of its text."""
    spans = articles_of(document)
    for number, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        standing = standing_view(index, document.source, number, day)
        yield ArticleView(number, path_at(document, start), start, end, standing.in_force, standing.note)


def path_at(document: Document, start: int) -> tuple[str, ...]:
    """The headings above the passage that begins at `start`."""
    return next((passage.path for passage in document.passages if passage.start == start), ())


def version_views(index: Index, source: Source) -> Iterator[VersionView]:
    """Documents linked with this one as one text, then others of its instrument."""
    linked = {_other(link, source.id): link.kind for link in index.store.links_of(source.id)}
    same = [one for one in index.sources.values() if source.instrument and one.instrument == source.instrument]
    for other in [*linked, *(one.id for one in same if one.id not in linked and one.id != source.id)]:
        held = index.sources[other]
        kind: LinkKind = "same_instrument" if held.language == source.language else "translation"
        yield VersionView(other, held.title, held.language, held.published, linked.get(other, kind))


def twin_views(index: Index, source: Source, article: str) -> Iterator[TwinView]:
    """The same article in documents of other languages."""
    for link in index.store.links_of(source.id):
        other = index.sources[_other(link, source.id)]
        for linked in link.articles:
            if linked.article == article and other.language != source.language:
                yield TwinView(other.id, other.language, *_span_in(other.id, link, linked))


def _other(link: Link, source_id: str) -> str:
    return link.b if link.a == source_id else link.a


def _span_in(source_id: str, link: Link, linked: ArticleLink) -> Span:
    return linked.a if link.a == source_id else linked.b
