"""The order of norms: an instrument says more than the kind."""

from typing import get_args

import pytest

from corpus.authority import Authority, Level, authority_of
from corpus.instrument import Instrument
from corpus.source import KIND_OF_TYPE, Kind


@pytest.mark.parametrize(
    ("kind", "instrument", "named", "level", "ground"),
    [
        ("law", Instrument("loi_organique", "130-13"), None, "organic_law", "loi_organique 130-13"),
        ("law", Instrument("loi", "09-08"), None, "law", "loi 09-08"),
        ("law", Instrument("convention", "108"), None, "treaty", "convention 108"),
        ("law", None, "constitution", "constitution", "calls itself constitution"),
        ("decree", Instrument("decret", "2-21-406"), None, "decree", "decret 2-21-406"),
        ("decree", None, None, "decree", "kind decree"),
        ("order", Instrument("arrete", "3-17-25"), None, "order", "arrete 3-17-25"),
        ("directive", Instrument("circulaire", "12-2018"), None, "directive", "circulaire 12-2018"),
        ("faq", None, None, "guidance", "kind faq"),
        ("press", None, None, "press", "kind press"),
    ],
)
def test_the_level_has_its_ground(
    kind: Kind, instrument: Instrument | None, named: str | None, level: Level, ground: str
) -> None:
    authority = authority_of(kind, instrument, named)
    assert authority is not None
    assert (authority.level, authority.ground) == (level, ground)


@pytest.mark.parametrize(
    ("named", "kind", "level"),
    [
        ("constitution", "law", "constitution"),
        ("convention", "law", "treaty"),
        ("loi_organique", "law", "organic_law"),
        ("loi_cadre", "law", "law"),
        ("loi", "law", "law"),
        ("dahir", "law", "law"),
        ("decret_loi", "law", "law"),
        ("decret", "decree", "decree"),
        ("arrete", "order", "order"),
        ("decision", "order", "order"),
        ("deliberation", "order", "directive"),
        ("directive", "directive", "directive"),
        ("circulaire", "directive", "directive"),
    ],
)
def test_each_type_has_its_kind_and_its_level_whatever_the_catalogue_says(named: str, kind: Kind, level: Level) -> None:
    assert KIND_OF_TYPE[named] == kind
    for stated in get_args(Kind):
        authority = authority_of(stated, Instrument(named, "1-2"))
        assert authority is not None
        assert (authority.level, authority.ground) == (level, f"{named} 1-2")


def test_a_type_that_is_not_known_weighs_as_its_kind() -> None:
    assert authority_of("law", None, "charte") == Authority("law", "kind law")


def test_a_kind_of_no_authority_has_none() -> None:
    assert authority_of("dataset", None) is None
    assert authority_of("other", None) is None


def test_levels_stand_highest_first() -> None:
    order: list[Level] = [
        "constitution",
        "treaty",
        "organic_law",
        "law",
        "decree",
        "order",
        "directive",
        "guidance",
        "press",
    ]
    assert sorted(order, key=get_args(Level).index) == order
