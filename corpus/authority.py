"""How much a document weighs in the order of norms, and what shows it."""

from dataclasses import dataclass
from typing import Final, Literal

from corpus.instrument import Instrument
from corpus.source import KIND_OF_TYPE, Kind

Level = Literal[
    "constitution", "treaty", "organic_law", "law", "decree", "order", "directive", "policy", "guidance", "press"
]
"""Highest first. The preamble of the Constitution places published treaties above the laws."""

_BY_TYPE: Final[dict[str, Level]] = {
    "constitution": "constitution",
    "convention": "treaty",
    "loi_organique": "organic_law",
    "deliberation": "directive",
}
"""Types that weigh more or less than others of their kind."""
_BY_KIND: Final[dict[Kind, Level]] = {
    "law": "law",
    "decree": "decree",
    "order": "order",
    "directive": "directive",
    "strategy": "policy",
    "report": "policy",
    "faq": "guidance",
    "note": "guidance",
    "press": "press",
}


@dataclass(frozen=True, slots=True)
class Authority:
    """A level of the order of norms, with its ground: the instrument, the words or the kind that it rests on."""

    level: Level
    ground: str


def authority_of(kind: Kind, instrument: Instrument | None, named: str | None = None) -> Authority | None:
    """The level of a legal text by its type, of others by their kind; None where the kind says nothing.

    `named` is the type that a text without number gives itself.
    """
    legal_type = instrument.type if instrument else named
    if legal_type in KIND_OF_TYPE:
        ground = f"{instrument.type} {instrument.number}" if instrument else f"calls itself {named}"
        return Authority(_BY_TYPE.get(legal_type) or _BY_KIND[KIND_OF_TYPE[legal_type]], ground)
    level = _BY_KIND.get(kind)
    return Authority(level, f"kind {kind}") if level else None
