"""Every word that Sanad says by itself, from `wordings/*.toml`. Nothing else in an answer is without a source.

In Arabic, numbers of instruments are written with dots: a hyphen would be shown as another number (05-20 as 20-05).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from corpus.validity import Change, Standing
from rag.answer import Citation

_LONGEST_NAME: Final = 80
_FOLDER: Final = Path(__file__).parent / "wordings"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; `{}` fields are filled with facts of the citation or the question."""

    says: dict[str, str]
    see_also: str
    same_text: str
    separator: str
    article: str
    page: str
    instrument: dict[str, str]
    quotation: tuple[str, str]
    list_comma: str
    notice: str
    original_in: dict[str, str]
    arabic_prevails: str
    not_found: str
    nearest: str
    unknown_instrument: str
    unknown_article: str
    refusals: dict[str, str]
    premise_of: str
    ask_instead: str
    article_of: str
    where_to_go: str
    as_of: str
    dated: str
    months: tuple[str, ...]
    first_of_month: str
    missing: dict[str, str]
    differ: str
    unsure: str
    masked: str
    wishes: dict[str, str]
    ended: dict[str, str]
    changed: dict[str, str]


@cache
def wording(language: str) -> Wording:
    """The wording for `fr`, `ar` or `en`. Raises ValueError when its file lacks a sentence."""
    text = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return TypeAdapter(Wording).validate_python(tomllib.loads(text))


def day_in(written: str, language: str) -> str:
    """A day, month or year in ISO form as people write it: `1er mars 2020`, `مارس 2020`, `2020`."""
    words = wording(language)
    year, *rest = written.split("-")
    month = [words.months[int(rest[0]) - 1]] if rest else []
    day = [words.first_of_month if int(rest[1]) == 1 else str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def number_in(number: str, language: str) -> str:
    """The number of an instrument as it is written in `language`: `05-20` in French and English, `05.20` in Arabic."""
    return number.replace("-", ".") if language == "ar" else number


def reference(citation: Citation, language: str) -> str:
    """A pinpoint reference in `language`: instrument or title, then article, heading or page."""
    parts = (source_name(citation, language), place_name(citation, language))
    return wording(language).list_comma.join(part for part in parts if part)


def source_name(citation: Citation, language: str) -> str:
    """The instrument that is cited, or the title of a text that is none, with its day where it is of the press."""
    words = wording(language)
    known = words.instrument.get(citation.instrument.type) if citation.instrument else None
    if known and citation.instrument:
        return known.format(number=number_in(citation.instrument.number, language))
    title = _short(citation.title).join(words.quotation)
    dated = citation.kind == "press" and citation.published
    return words.list_comma.join([title, day_in(citation.published or "", language)]) if dated else title


def place_name(citation: Citation, language: str) -> str:
    """Where in its source a quote stands: article, else heading, else page; empty where nothing is known."""
    words = wording(language)
    if citation.article:
        return words.article.format(number=citation.article)
    if citation.path and citation.path[-1] != citation.title:
        return _short(citation.path[-1]).join(words.quotation)
    return words.page.format(number=citation.page) if citation.page else ""


def _short(name: str) -> str:
    """Titles and headings are as long as their authors liked; the whole one stands with the citation."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rpartition(' ')[0] or name[:_LONGEST_NAME]}…"


def provision(number: str, article: str | None, type_: str | None, language: str) -> str:
    """An article of an instrument, or the whole of it, inside a sentence: `l'article 7 de la loi n° 43-20`."""
    words = wording(language)
    shown = number_in(number, language)
    instrument = words.instrument[type_ if type_ in words.instrument else "text"].format(number=shown)
    if article is None:
        return instrument
    return words.article_of.format(article=article, instrument=instrument).replace(" de le ", " du ")


def ended_line(cited: Citation, change: Change, language: str) -> str:
    """The sentence that says that what is cited is no longer in force, by what and since when."""
    words = wording(language).ended
    by = provision(change.by.number, change.by_article, change.by.type, language) if change.by else ""
    return words[change.status].format(
        reference=reference(cited, language),
        by=words["by"].format(reference=by) if by else "",
        since=words["since"].format(since=day_in(change.since, language)) if change.since else "",
    )


def change_line(change: Change, type_: str, language: str) -> str:
    """The sentence that says what became of an instrument or of some of its articles."""
    words = wording(language)
    by = provision(change.by.number, change.by_article, change.by.type, language) if change.by else ""
    articles = words.list_comma.join(change.articles)
    listed = "article" if len(change.articles) == 1 else "articles"
    return words.changed[change.status].format(
        instrument=provision(change.instrument, None, type_, language),
        articles=words.changed[listed].format(articles=articles) if articles else "",
        by=words.ended["by"].format(reference=by) if by else "",
        since=words.ended["since"].format(since=day_in(change.since, language)) if change.since else "",
    )


def note_of(language_of_source: str, kind: str, standing: Standing, language: str) -> str | None:
    """What a reader in `language` must know of the quoted text: whether it still holds, its tongue, which prevails."""
    words = wording(language)
    notes = []
    if standing.in_force is False:
        notes.append(words.ended["note"])
    elif standing.outdated:
        notes.append(words.ended["edition"])
    if language_of_source != language:
        notes.append(words.original_in.get(language_of_source, ""))
    if language_of_source == "fr" and kind in {"law", "decree", "order"}:
        notes.append(words.arabic_prevails)
    return words.separator.join(note for note in notes if note) or None


def as_of_line(day: date, language: str) -> str:
    """The sentence that says up to when documents were considered."""
    return wording(language).as_of.format(day=day_in(day.isoformat(), language))
