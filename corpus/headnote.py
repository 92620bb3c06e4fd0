"""Headnotes: what a provision settles, in everyday words and four tongues, written by us and never shown as evidence.

People ask "on m'a piraté, qui prévenir ?"; the law says « incident », and often only in Arabic. A question is matched
with headnotes in its own tongue, and the provision itself is quoted (`docs/decisions/0011-headnotes.md`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.source import Source

Tongue = Literal["fr", "ar", "en", "ary"]
"""Languages of headnotes; `ary` is Darija in Arabic letters."""

TONGUES: Final[tuple[Tongue, ...]] = get_args(Tongue)
FOLDER: Final = Path(__file__).parent / "headnotes"

# Titles and headings are as long as their authors liked; so much of them must agree.
_TITLE: Final = 110
_HEADING: Final = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A provision wherever it is printed.

    `document` is the number of an instrument (`09-08`), or the title of what has none. Without article and heading, the
    whole document is meant.
    """

    document: str
    article: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Headnote:
    """What the provision at `place` settles, in each tongue."""

    place: Place
    texts: dict[Tongue, str]


class _Line(BaseModel):
    """One line of a headnote file: a provision of an instrument, or a section of a document that has none.

    A document in several languages is named once a language, and so are its sections, in the same order.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    instrument: str | None = None
    titles: tuple[str, ...] = ()
    article: str | None = None
    headings: tuple[str, ...] = ()
    fr: str
    ar: str
    en: str
    ary: str

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        if (self.instrument is None) != bool(self.titles) or (self.article and self.headings):
            raise ValueError("an instrument or titles are needed, and at most one of article and headings")
        if self.headings and len(self.headings) != max(1, len(self.titles)):
            raise ValueError(f"each title needs its heading, got {len(self.titles)} and {len(self.headings)}")
        return self

    def headnotes(self) -> Iterator[Headnote]:
        texts: dict[Tongue, str] = {"fr": self.fr, "ar": self.ar, "en": self.en, "ary": self.ary}
        documents = [self.instrument] if self.instrument else [title[:_TITLE] for title in self.titles]
        if not self.headings:
            yield from (Headnote(Place(document, self.article), texts) for document in documents)
        for document, heading in zip(documents, self.headings, strict=False):
            yield Headnote(Place(document, heading=heading[:_HEADING]), texts)


def read_headnotes(folder: Path) -> list[Headnote]:
    """The headnotes of all files of a folder. Raises ValueError with file, line and fault."""
    return [headnote for file in sorted(folder.glob("*.jsonl")) for headnote in _read(file)]


@cache
def project_headnotes() -> tuple[Headnote, ...]:
    """The headnotes that this project brings."""
    return tuple(read_headnotes(FOLDER))


def places_of(source: Source, article: str | None, path: tuple[str, ...]) -> Iterator[Place]:
    """Every place that a passage of `source` belongs to."""
    number = [source.instrument.number] if source.instrument else []
    for document in [*number, source.title[:_TITLE]]:
        yield Place(document)
        if article:
            yield Place(document, article=article)
        if path:
            yield Place(document, heading=path[-1][:_HEADING])


def _read(file: Path) -> Iterator[Headnote]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                yield from _Line.model_validate(json.loads(line)).headnotes()
            except (json.JSONDecodeError, ValidationError) as error:
                raise ValueError(f"{file.name} line {number} is not a headnote: {error}") from error
