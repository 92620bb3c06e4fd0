"""Catalogue and text side by side: what the catalogue leaves open is filled in, where they disagree it is said."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from corpus.instrument import TYPE_WORD, Instrument, instruments_in, mentions_in
from corpus.source import KIND_OF_TYPE, Source
from ingest.document import Facts
from ingest.facts.dates import agree
from ingest.facts.heading import PROMULGATES
from ingest.languages import arabic_share

_LEGAL: Final = frozenset({"law", "decree", "order", "directive"})
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ARABIC_PREFIX: Final = re.compile(r"^و?(?:ال|لل|[بل]ال|[بلي](?=\w{4}))")
_FEWEST_WORDS: Final = 4
_SAME_TITLE: Final = 0.5


def completed(source: Source, facts: Facts) -> Source:
    """`source` with the facts that the catalogue does not give; what the catalogue gives always stands."""
    name = source.path.rsplit("/", 1)[-1]
    known = replace(
        source,
        title=facts.title or source.title if source.title == name else source.title,
        kind=facts.kind or source.kind if source.kind == "other" else source.kind,
        issuer=source.issuer or facts.issuer,
        published=source.published or facts.dated,
    )
    return known if known.instrument else replace(known, instrument=_instrument(known, facts))


def _instrument(source: Source, facts: Facts) -> Instrument | None:
    """The number that title, heading, file name or opening of a legal text give it, of a type that its kind expects."""
    stem = re.sub(r"(?<=[^\W\d])[-_.]+|[-_.]+(?=[^\W\d])", " ", source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    named = [
        *_named_first(source.title),
        *([facts.instrument] if facts.instrument else []),
        *instruments_in(stem),
    ]
    if source.kind not in _LEGAL:
        return None
    expected = (instrument for instrument in named if KIND_OF_TYPE.get(instrument.type) == source.kind)
    return min(expected, key=lambda instrument: instrument.type == "dahir", default=None)


def _named_first(title: str) -> Iterator[Instrument]:
    """What a title begins with, and the law that a dahir promulgates; not the law that a decree applies."""
    before = ""
    end = 0
    for mention in mentions_in(title):
        before += title[end : mention.start]
        end = mention.end
        if not TYPE_WORD.search(before) or PROMULGATES.search(before):
            yield mention.instrument


def contradictions(source: Source, facts: Facts, language: str) -> tuple[str, ...]:
    """Where the catalogue's `source` and the text disagree, or two dates of the text; one sentence each."""
    return tuple(_contradictions(source, facts, language))


def _contradictions(source: Source, facts: Facts, language: str) -> Iterator[str]:
    if source.language and language not in source.language.split("+"):
        yield f"the catalogue gives the language {source.language}, the text is in {language}"
    if {source.kind, facts.kind} <= _LEGAL and source.kind != facts.kind:
        yield f"the catalogue gives the kind {source.kind}, the text is a {facts.kind}"
    yield from _of_titles(source, facts)
    yield from _of_dates(source, facts)


def _of_titles(source: Source, facts: Facts) -> Iterator[str]:
    if facts.title is None or facts.instrument is None:
        return
    named = [found for found in _named_first(source.title) if found.type == facts.instrument.type]
    if named and named[0] != facts.instrument:
        yield f"the catalogue's title names {named[0].number}, the text is {facts.instrument.number}"
    if (arabic_share(source.title) > 0.5) != (arabic_share(facts.title) > 0.5):
        return
    given, own = _content(source.title), _content(facts.title)
    if min(len(given), len(own)) >= _FEWEST_WORDS and len(given & own) / min(len(given), len(own)) < _SAME_TITLE:
        yield f"the catalogue's title is not that of the text, which reads: {facts.title}"


def _content(title: str) -> frozenset[str]:
    words = _WORD.findall(TYPE_WORD.sub(" ", title).lower())
    return frozenset(_ARABIC_PREFIX.sub("", word) for word in words)


def _of_dates(source: Source, facts: Facts) -> Iterator[str]:
    stated = [day for day in (facts.published, facts.signed, facts.gazette_date) if day]
    given = source.published
    # A text that tells only its version or its gazette may well have been signed before.
    later = bool(given and facts.signed is None and given < min(stated, default=given))
    if given and stated and not later and not any(day.startswith(given) or given.startswith(day) for day in stated):
        yield f"the catalogue gives the date {given}, the text {', '.join(stated)}"
    if facts.signed and facts.hijri and not agree(date.fromisoformat(facts.signed), facts.hijri):
        yield f"the text gives two dates of signature that are not one day: {facts.signed} and {facts.hijri} (Hijri)"
    if facts.signed and facts.gazette_date and facts.gazette_date < facts.signed:
        yield f"the text gives a publication ({facts.gazette_date}) before its signature ({facts.signed})"
