"""Read a `catalogue.jsonl`: one line a document, with what is known about it."""

import json
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from corpus.source import KINDS, Kind, Source, published_on

CATALOGUE_NAME: Final = "catalogue.jsonl"
FETCHED_NAME: Final = "fetched.jsonl"
"""The record beside a catalogue of where its files came from; neither of the two is a document."""

STARTER: Final = Path(__file__).parent / "starter"

_KIND_BY_TITLE: Final[tuple[tuple[str, Kind], ...]] = (
    (r"arr[êe]t[ée]|قرار|مقرر", "order"),
    (r"directive|التوجيه", "directive"),
    (r"strat[ée]gie|الاستراتيجية", "strategy"),
)


class CatalogueLine(BaseModel):
    """One line of `catalogue.jsonl`; a field that is not listed here is an error, so that a typo is not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    title: str
    language: str | None = None
    issuer: str | None = None
    published: str | None = None
    kind: str = "other"
    url: str | None = None
    complete: bool = True
    note: str | None = None

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {value!r}")
        return value

    @field_validator("published")
    @classmethod
    def _readable_date(cls, value: str | None) -> str | None:
        published_on(value)
        return value


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sources by their path relative to the folder of the catalogue."""

    sources: dict[str, Source]

    def source(self, path: str) -> Source:
        """The catalogue's source for `path`, or one that knows no more than the file's name."""
        return self.sources.get(path) or Source(path=path, title=path.rsplit("/", 1)[-1])


def read_catalogue(folder: Path) -> Catalogue:
    """Read the catalogue beside the files of `folder`; without one, the catalogue is empty.

    Raises ValueError with file, line and remedy when a line is not valid.
    """
    path = folder / CATALOGUE_NAME
    if not path.exists():
        return Catalogue({})
    sources = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if text.strip():
            source = _source(text, f"{path.name} line {number}")
            sources[source.path] = source
    return Catalogue(sources)


def change_catalogue(folder: Path, gone: Collection[str], put: Iterable[CatalogueLine]) -> None:
    """Take the lines of the paths `gone` out of the catalogue of `folder` and put others in; the rest stays."""
    catalogue = folder / CATALOGUE_NAME
    standing = catalogue.read_text(encoding="utf-8").split("\n") if catalogue.exists() else []
    others = [text for text in standing if text.strip() and json.loads(text)["path"] not in gone]
    lines = [*others, *(line.model_dump_json() for line in put)]
    write_lines(catalogue, sorted(lines, key=lambda text: str(json.loads(text)["path"])))


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """A reader sees the old content or the new, never a part."""
    temporary = file.with_name(f".{file.name}.new")
    with temporary.open("w", encoding="utf-8") as content:
        content.writelines(f"{line}\n" for line in lines)
        content.flush()
        os.fsync(content.fileno())
    os.replace(temporary, file)


def _source(text: str, where: str) -> Source:
    try:
        line = CatalogueLine.model_validate(json.loads(text))
    except (json.JSONDecodeError, ValidationError) as error:
        raise ValueError(f"{where} is not a valid catalogue line: {error}") from error
    title = " ".join(line.title.split())
    return Source(
        path=line.path,
        title=title,
        kind=_kind(line.kind, title),
        language=line.language,
        issuer=line.issuer,
        published=line.published,
        url=line.url,
        complete=line.complete,
        note=line.note,
    )


def _kind(kind: str, title: str) -> Kind:
    """Collectors file orders and directives under "decree" or "law"; the first word of the title says better."""
    if kind in {"law", "decree"}:
        for pattern, better in _KIND_BY_TITLE:
            if re.match(pattern, title, re.IGNORECASE):
                return better
    return next(known for known in KINDS if known == kind)
