"""The register: which instruments and documents of digital policy exist, with facts about each and where they stand.

A catalogue describes files that somebody has; the register describes what was published, had or not. Whether a text is
in force, and what amended or repealed it, is said once, in `corpus/validity.jsonl`.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from corpus.instrument import Instrument
from corpus.source import KIND_OF_TYPE, KINDS, Kind, published_on

FOLDER: Final = Path(__file__).parent / "register"
THEMES_NAME: Final = "themes.toml"

Language = Literal["fr", "ar", "en"]
RelationKind = Literal["implements", "promulgates", "amends", "consolidates", "translates", "summarises"]
"""What one entry does to another; repeals and replacements stand in the validity file."""

Document = Literal["strategy", "report", "faq", "press", "note", "dataset", "other"]
"""Types of what is no legal text."""

Text = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Relation(_Facts):
    """What an entry does to the entry `to`, since a day where that is known."""

    kind: RelationKind
    to: str
    since: str | None = None

    @field_validator("since")
    @classmethod
    def _readable_date(cls, value: str | None) -> str | None:
        published_on(value)
        return value


class File(_Facts):
    """An official edition that can be downloaded."""

    language: Language
    url: HttpUrl


class Titles(_Facts):
    """The official title, or the usual one, in each language in which there is one; at least one."""

    fr: Text | None = None
    ar: Text | None = None
    en: Text | None = None

    @model_validator(mode="after")
    def _not_nameless(self) -> Self:
        if not (self.fr or self.ar or self.en):
            raise ValueError("a title is needed in at least one of fr, ar, en")
        return self

    def best(self, language: str) -> str:
        """In `language` if there is one, else in the language of the text."""
        own = {"fr": self.fr, "ar": self.ar, "en": self.en}
        return own.get(language) or self.ar or self.fr or self.en or ""


class Entry(_Facts):
    """One instrument or document. What is not known is left out; `taken_from` says where the facts were read.

    `known_as` are other titles under which files of it are found.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    type: str
    number: str | None = Field(default=None, pattern=r"^[0-9A-Z]+(-[0-9A-Z]+)+$")
    titles: Titles
    known_as: tuple[Text, ...] = ()
    issuer: Text | None = None
    signed: str | None = None
    published: str | None = None
    bulletin: str | None = Field(default=None, pattern=r"^\d{3,5}( bis)?$")
    authentic: Language | None = None
    page: HttpUrl | None = None
    files: tuple[File, ...] = ()
    relations: tuple[Relation, ...] = ()
    taken_from: tuple[Text, ...] = Field(min_length=1)

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        known = (*KIND_OF_TYPE, *get_args(Document))
        if value not in known:
            raise ValueError(f"type must be one of {', '.join(known)}, got {value!r}")
        return value

    @field_validator("signed", "published")
    @classmethod
    def _readable_date(cls, value: str | None) -> str | None:
        published_on(value)
        return value

    @property
    def kind(self) -> Kind:
        if self.type in KIND_OF_TYPE:
            return KIND_OF_TYPE[self.type]
        return next(kind for kind in KINDS if kind == self.type)

    @property
    def instrument(self) -> Instrument | None:
        return Instrument(self.type, self.number) if self.number else None


@dataclass(frozen=True, slots=True)
class Theme:
    """A part of the register, with its name in each language."""

    id: str
    names: dict[str, str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that is known to have been published, by theme."""

    themes: tuple[Theme, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for theme in self.themes for entry in theme.entries)


def read_register(folder: Path = FOLDER) -> Register:
    """The register of `folder`. Raises ValueError with file, entry and fault."""
    names: dict[str, dict[str, str]] = tomllib.loads((folder / THEMES_NAME).read_text(encoding="utf-8"))
    stray = {file.stem for file in folder.glob("*.toml")} - {*names, Path(THEMES_NAME).stem}
    if stray:
        raise ValueError(f"{folder.name}: {', '.join(sorted(stray))} is no theme of {THEMES_NAME}: name it there")
    register = Register(tuple(Theme(theme, words, tuple(_entries(folder, theme))) for theme, words in names.items()))
    twice = [name for name, times in Counter(entry.id for entry in register.entries).items() if times > 1]
    if twice:
        raise ValueError(f"{folder.name}: {', '.join(twice)} stands twice: an entry belongs to one theme")
    return register


def entry_schema() -> dict[str, Any]:
    """The JSON schema of a file of entries, for editors and for whoever writes the register by program."""
    return TypeAdapter(dict[Literal["entry"], list[Entry]]).json_schema()


@cache
def project_register() -> Register:
    """The register that this project brings."""
    return read_register()


def _entries(folder: Path, theme: str) -> Iterator[Entry]:
    file = folder / f"{theme}.toml"
    if not file.exists():
        return
    try:
        rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8")).get("entry", [])
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name} is not TOML: {error}") from error
    for number, row in enumerate(rows, start=1):
        try:
            yield Entry.model_validate(row)
        except (ValidationError, ValueError) as error:
            raise ValueError(f"{file.name}, entry {number} ({row.get('id', 'no id')}): {error}") from error
