"""What is wrong in the register, and what is missing: contradictions are faults to mend, gaps are work to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus.register import Entry, Register, Relation, RelationKind
from corpus.source import KIND_OF_TYPE
from corpus.validity import Change, Validity

Finding = Literal["contradiction", "gap"]

_NUMBERLESS: Final = frozenset({"constitution", "convention", "directive", "circulaire"})
"""Types of legal texts that may well have no number."""
_LATER: Final[frozenset[RelationKind]] = frozenset({"implements", "amends", "consolidates", "translates", "summarises"})
"""What can only be done to a text that is there."""
_IN_BULLETIN: Final = frozenset({"loi_organique", "loi_cadre", "loi", "decret_loi", "decret", "dahir"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: its entry or instrument, and what is wrong or missing."""

    kind: Finding
    about: str
    what: str


def check(register: Register, validity: Validity) -> list[Fault]:
    """Contradictions first, then gaps, each in the order of the register."""
    entries = {entry.id: entry for entry in register.entries}
    wrong = [Fault("contradiction", about, what) for about, what in _contradictions(entries, validity)]
    missing = [Fault("gap", entry.id, what) for entry in register.entries for what in _gaps(entry, validity)]
    return wrong + missing


def _contradictions(entries: dict[str, Entry], validity: Validity) -> Iterator[tuple[str, str]]:
    numbers: dict[object, str] = {}
    for entry in entries.values():
        if entry.instrument:
            other = numbers.setdefault(entry.instrument, entry.id)
            if other != entry.id:
                yield entry.id, f"has the type and number of {other}"
        if entry.number and not entry.id.endswith(entry.number.lower()):
            yield entry.id, f"has the number {entry.number}, which its id does not end in"
        if _before(entry.published, entry.signed):
            yield entry.id, f"was published on {entry.published}, before it was signed on {entry.signed}"
        for relation in entry.relations:
            yield from ((entry.id, what) for what in _wrong_relation(entry, relation, entries.get(relation.to)))
    for change in (change for changes in validity.changes.values() for change in changes):
        yield from ((change.instrument, what) for what in _wrong_change(change, entries))


def _wrong_relation(entry: Entry, relation: Relation, other: Entry | None) -> Iterator[str]:
    if other is None:
        yield f"refers to {relation.to}, which is no entry"
    elif other.id == entry.id:
        yield "refers to itself"
    elif relation.kind in _LATER and _before(entry.published, other.signed):
        yield f"was published on {entry.published}, before {other.id} was signed on {other.signed}"


def _wrong_change(change: Change, entries: dict[str, Entry]) -> Iterator[str]:
    """What the validity file says of an instrument against the days of the text that changed it."""
    maker = next((one for one in entries.values() if change.by and one.instrument == change.by), None)
    changed = next((one for one in entries.values() if one.number == change.instrument), None)
    if maker and _before(change.since, maker.signed):
        yield f"was changed on {change.since}, before {maker.id} was signed on {maker.signed}"
    if changed and _before(change.since, changed.signed):
        yield f"was changed on {change.since}, before it was signed on {changed.signed}"


def _gaps(entry: Entry, validity: Validity) -> Iterator[str]:
    if not (entry.titles.fr and entry.titles.ar):
        yield f"has no title in {'Arabic' if entry.titles.fr else 'French'}"
    if entry.signed is None and entry.published is None:
        yield "has no date"
    if entry.type in KIND_OF_TYPE:
        yield from _gaps_of_law(entry, validity)
    if entry.page is None and not entry.files:
        yield "has no official address"


def _gaps_of_law(entry: Entry, validity: Validity) -> Iterator[str]:
    if entry.number is None and entry.type not in _NUMBERLESS:
        yield "has no number"
    if entry.bulletin is None and entry.type in _IN_BULLETIN:
        yield "has no number of the Bulletin officiel"
    if entry.number and entry.number not in validity.known and entry.number not in validity.changes:
        yield "nobody has checked whether it is in force"


def _before(one: str | None, other: str | None) -> bool:
    """Whether the first day is surely earlier: with the precision that both have."""
    if one is None or other is None:
        return False
    precision = min(len(one), len(other))
    return one[:precision] < other[:precision]
