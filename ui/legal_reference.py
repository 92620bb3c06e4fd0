"""References as lawyers write them, to be copied: `Loi n° 09-08, art. 52 (BO n° 5711 du 23 février 2009)`.

Only what is known is said.
"""

from dataclasses import dataclass

from corpus.register import Entry
from corpus.source import Source
from ingest.document import Document, Facts
from rag.wording import day_in, number_in
from ui.wording import Interface


@dataclass(frozen=True, slots=True)
class Gazette:
    """The number of the Bulletin officiel, with the day on which it came (ISO) where that is known."""

    number: str
    day: str | None


def gazette_of(facts: Facts, entry: Entry | None) -> Gazette | None:
    """As the register states it, else as the document does."""
    if entry is not None and entry.bulletin is not None:
        return Gazette(entry.bulletin, entry.published)
    return Gazette(facts.gazette, facts.gazette_date) if facts.gazette else None


def legal_reference(document: Document, article: str | None, entry: Entry | None, words: Interface) -> str:
    """The reference of an article of a document, of the whole document without one, in the language of `words`."""
    source, gazette = document.source, gazette_of(document.facts, entry)
    said = words.reference
    parts = [named(source, words)]
    if article is not None:
        parts.append(said.article.format(article=article_in(article, words)))
    if source.instrument is None:
        parts += [fact for fact in (source.issuer, source.published and day_in(source.published, words.speaks)) if fact]
    if gazette is None:
        return said.comma.join(parts)
    day = said.gazette_day.format(day=day_in(gazette.day, words.speaks)) if gazette.day else ""
    return said.comma.join(parts) + said.gazette.format(number=gazette.number, day=day)


def named(source: Source, words: Interface) -> str:
    """`Loi n° 09-08`, in Arabic `القانون رقم 09.08`; of what has no number, its title."""
    if source.instrument is None:
        return source.title.join(words.reference.quotation)
    type_ = words.types.get(source.instrument.type, words.types["other"])
    return words.reference.numbered.format(type=type_, number=number_in(source.instrument.number, words.speaks))


def article_in(article: str, words: Interface) -> str:
    """The number of an article as it is written: `premier`, `7 bis`, `7 المكررة`."""
    if article == "1":
        return words.reference.first
    number, *repeated = article.split(" ")
    return " ".join([number, *(words.reference.repeated.get(word, word) for word in repeated)])
