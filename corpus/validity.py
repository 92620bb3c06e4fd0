"""What is in force: instruments known to be, and provisions that a later text repealed, replaced or amended.

Facts only, each with the text that made the change (`validity.jsonl`); what is not said there is unknown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.instrument import Instrument
from corpus.source import Source, published_on

FILE: Final = Path(__file__).parent / "validity.jsonl"
Status = Literal["in_force", "repealed", "replaced", "amended"]


class Change(BaseModel):
    """A line of the file: what became of an instrument, or of its `articles` where they are named.

    `replaced` is said where nothing repeals a text whose matter another one now settles; `since` is the day of the
    change, of an amendment the day on which it was published.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    instrument: str
    articles: tuple[str, ...] = ()
    status: Status
    by: Instrument | None = None
    by_article: str | None = None
    since: str | None = None

    def in_effect(self, day: date | None) -> bool:
        """Whether the change had been made on `day`; without a day, whether it has been made."""
        made = published_on(self.since)
        return day is None or made is None or made <= day

    def concerns(self, source: Source, article: str | None) -> bool:
        """Whether it ends the wording in force of this provision: an edition that came after it has it worked in."""
        if self.articles and article not in self.articles:
            return False
        return self.status != "amended" or self.came_after(source)

    def came_after(self, source: Source) -> bool:
        """Whether this edition came out before the change; True where its date is unknown."""
        if source.published is None or self.since is None:
            return True
        return source.published < self.since[: len(source.published)]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a provision is in force, None where nobody has checked it, and the change by which it is not.

    `outdated` is True of an edition of which other provisions have changed since: a later edition is the one to read.
    """

    in_force: bool | None = None
    change: Change | None = None
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Validity:
    """All that is known, by the number of the instrument."""

    known: frozenset[str]
    changes: dict[str, tuple[Change, ...]]

    def changes_of(self, source: Source, article: str | None) -> tuple[Change, ...]:
        """What ended, at some time, the wording of this provision as `source` prints it."""
        if source.instrument is None:
            return ()
        made = self.changes.get(source.instrument.number, ())
        return tuple(change for change in made if change.concerns(source, article))

    def standing(self, source: Source, article: str | None, day: date | None) -> Standing:
        """Of a provision of `source` on `day`, today where there is none."""
        for change in self.changes_of(source, article):
            if change.in_effect(day):
                return Standing(in_force=False, change=change)
        if self.is_outdated(source, day):
            return Standing(outdated=True)
        known = source.instrument is not None and source.instrument.number in self.known
        return Standing(in_force=True if known else None)

    def is_outdated(self, source: Source, day: date | None) -> bool:
        """Whether some part of an instrument was changed after this edition of it came out."""
        if source.instrument is None:
            return False
        made = self.changes.get(source.instrument.number, ())
        return any(change.articles and change.came_after(source) and change.in_effect(day) for change in made)


def read_validity(file: Path = FILE) -> Validity:
    """The facts of `file`. Raises ValueError with line and fault."""
    return _validity(_line(text, number) for number, text in enumerate(file.read_text("utf-8").splitlines(), start=1))


def _line(text: str, number: int) -> Change:
    try:
        change = Change.model_validate_json(text)
        published_on(change.since)
    except (ValidationError, ValueError) as fault:
        raise ValueError(f"validity, line {number}: {fault}") from fault
    return change


def _validity(lines: Iterable[Change]) -> Validity:
    known, changes = set[str](), defaultdict[str, list[Change]](list)
    for line in lines:
        if line.status == "in_force":
            known.add(line.instrument)
        else:
            changes[line.instrument].append(line)
    return Validity(frozenset(known), {number: tuple(made) for number, made in changes.items()})
