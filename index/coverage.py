"""What is covered: each entry of the register with the documents of the index that hold it, and what no entry names."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from corpus.instrument import Instrument
from corpus.register import Entry, Register, Theme
from corpus.source import Kind, Source
from corpus.validity import Change, Validity
from index.analysis import words
from index.search import Index

Force = Literal["in_force", "changed", "ended", "unknown"]
"""Of a whole instrument: `changed` where it stands and articles of it were changed, `ended` where none is left."""

COLUMNS: Final = (
    "theme", "id", "type", "number", "title_fr", "title_ar", "title_en", "issuer", "signed", "published", "bulletin",
    "indexed", "languages", "force", "changed_by", "since", "legibility", "sources",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_ENDING: Final = frozenset({"repealed", "replaced"})


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the index; `legibility` is the share of real words in its text, 0.0 to 1.0."""

    source: Source
    legibility: float


@dataclass(frozen=True, slots=True)
class Covered:
    """A line of the list: an entry of the register with its documents, or documents of one text that are no entry.

    `change` is what ended the instrument, else the latest known change to a part of it; None where there is none.
    """

    theme: Theme | None
    entry: Entry | None
    documents: tuple[Held, ...]
    force: Force
    change: Change | None = None

    @property
    def source(self) -> Source | None:
        return self.documents[0].source if self.documents else None

    @property
    def indexed(self) -> bool:
        return bool(self.documents)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which the index holds the text, in alphabetical order."""
        return tuple(sorted({held.source.language for held in self.documents if held.source.language}))

    @property
    def instrument(self) -> Instrument | None:
        if self.entry is not None and self.entry.instrument is not None:
            return self.entry.instrument
        return self.source.instrument if self.source else None

    @property
    def type(self) -> str:
        """The legal type, else the kind of the document."""
        if self.entry is not None:
            return self.entry.type
        return self.instrument.type if self.instrument else self.kind

    @property
    def kind(self) -> Kind:
        if self.entry is not None:
            return self.entry.kind
        return self.source.kind if self.source else "other"

    @property
    def issuer(self) -> str | None:
        described = self.entry or self.source
        return described.issuer if described else None

    @property
    def dated(self) -> str | None:
        """The day of publication, else of signature."""
        if self.entry is not None:
            return self.entry.published or self.entry.signed
        return self.source.published if self.source else None

    @property
    def legibility(self) -> float | None:
        """Of the best document; None where there is none."""
        return max((held.legibility for held in self.documents), default=None)

    def title(self, language: str) -> str:
        """In `language` where that is known, else as it is."""
        if self.entry is not None:
            return self.entry.titles.best(language)
        own = (held.source.title for held in self.documents if held.source.language == language)
        return next(own, self.source.title if self.source else "")


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines a theme has, and of how many the index holds the text; `theme` None: of no entry."""

    theme: Theme | None
    known: int
    indexed: int


def coverage(index: Index, register: Register, day: date) -> tuple[Covered, ...]:
    """Every entry in the order of the register, then what the index holds besides; `day` is that of the law in force.

    Instruments meet their documents by type and number; these and others by title or address where no number is known.
    """
    legibility = index.store.legibility()
    held = [Held(source, legibility[source.id]) for source in index.sources.values()]
    found = _Documents(held)
    listed = [
        Covered(theme, entry, found.of(entry), *_standing(index.validity, entry.number, day))
        for theme in register.themes
        for entry in theme.entries
    ]
    named = {one.source.id for line in listed for one in line.documents}
    rest = _by_text(one for one in held if one.source.id not in named)
    return (*listed, *(_unlisted(documents, index.validity, day) for documents in rest))


def counts(lines: Sequence[Covered]) -> tuple[Count, ...]:
    """One for each theme in the order of `lines`, what is in none last."""
    by_theme: dict[str, list[Covered]] = {}
    for line in lines:
        by_theme.setdefault(line.theme.id if line.theme else "", []).append(line)
    return tuple(Count(some[0].theme, len(some), sum(line.indexed for line in some)) for some in by_theme.values())


def coverage_csv(lines: Iterable[Covered]) -> str:
    """The list as CSV with a byte order mark, which spreadsheets need for Arabic; no cell is taken for a formula."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in _values(line)] for line in lines)
    return "\ufeff" + written.getvalue()


class _Documents:
    """The documents of the index by what an entry may know them by."""

    def __init__(self, held: Sequence[Held]) -> None:
        self._instruments: defaultdict[Instrument, list[Held]] = defaultdict(list)
        self._titles: defaultdict[tuple[str, ...], list[Held]] = defaultdict(list)
        self._addresses: defaultdict[str, list[Held]] = defaultdict(list)
        for one in held:
            if one.source.instrument is not None:
                self._instruments[one.source.instrument].append(one)
            if one.source.kind != "note":
                self._titles[tuple(words(one.source.title))].append(one)
            if one.source.url is not None:
                self._addresses[_address(one.source.url)].append(one)

    def of(self, entry: Entry) -> tuple[Held, ...]:
        named = (entry.titles.fr, entry.titles.ar, entry.titles.en, *entry.known_as)
        titles = {tuple(words(title)) for title in named if title}
        found = {one.source.id: one for title in titles for one in self._titles.get(title, ())}
        found |= {one.source.id: one for one in self._addresses.get(_address(str(entry.page or "")), ())}
        if entry.instrument is not None:
            found = {place: one for place, one in found.items() if one.source.instrument is None}
            found |= {one.source.id: one for one in self._instruments.get(entry.instrument, ())}
        return tuple(sorted(found.values(), key=lambda one: one.source.path))


def _address(url: str) -> str:
    """A page has one address, however it is written."""
    return re.sub(r"^https?://(?:www\.)?|/+$", "", url.lower())


def _by_text(held: Iterable[Held]) -> Iterable[list[Held]]:
    groups: defaultdict[Instrument | str, list[Held]] = defaultdict(list)
    for one in held:
        groups[one.source.instrument or one.source.family].append(one)
    return groups.values()


def _unlisted(documents: Sequence[Held], validity: Validity, day: date) -> Covered:
    instrument = documents[0].source.instrument
    number = instrument.number if instrument else None
    return Covered(None, None, tuple(documents), *_standing(validity, number, day))


def _standing(validity: Validity, number: str | None, day: date) -> tuple[Force, Change | None]:
    if number is None:
        return "unknown", None
    made = [change for change in validity.changes.get(number, ()) if change.in_effect(day)]
    ended = next((change for change in made if change.status in _ENDING and not change.articles), None)
    if ended is not None:
        return "ended", ended
    if made:
        return "changed", max(made, key=lambda change: change.since or "")
    return ("in_force" if number in validity.known else "unknown"), None


def _values(line: Covered) -> Iterator[str]:
    entry, change = line.entry, line.change
    titles: Mapping[str, str | None] = entry.titles.model_dump() if entry else {}
    by = change.by.number if change and change.by else ""
    yield from (line.theme.id if line.theme else "", entry.id if entry else "", line.type)
    yield line.instrument.number if line.instrument else ""
    for language in ("fr", "ar", "en"):
        own = (held.source.title for held in line.documents if held.source.language == language)
        yield (titles.get(language) or "") if entry else next(own, "")
    yield from (line.issuer or "", (entry.signed or "") if entry else "")
    yield from ((entry.published if entry else line.dated) or "", (entry.bulletin or "") if entry else "")
    yield from ("yes" if line.indexed else "no", " ".join(line.languages), line.force, by)
    yield from ((change.since or "") if change else "", "" if line.legibility is None else f"{line.legibility:.2f}")
    yield " ".join(held.source.id for held in line.documents)


def _cell(value: str) -> str:
    """A value that a spreadsheet would compute is marked as text."""
    return f"'{value}" if value.startswith(_FORMULA) else value
