"""Contradictions and gaps of the register."""

import pytest

from corpus.instrument import Instrument
from corpus.register import Entry, Register, Relation, Theme, Titles, project_register
from corpus.register_check import Fault, check
from corpus.validity import Change, Validity, read_validity

NOTHING = Validity(frozenset(), {})
LAW = Entry(
    id="loi-77-01",
    type="loi",
    number="77-01",
    titles=Titles(fr="Loi", ar="قانون"),
    signed="2020-05-04",
    published="2020-05-10",
    bulletin="6880",
    page="https://example.ma/loi",  # type: ignore[arg-type]
    taken_from=("test",),
)


def found(*entries: Entry, validity: Validity = NOTHING) -> list[Fault]:
    names = {"fr": "Essais", "ar": "التجارب", "en": "Trials"}
    return check(Register((Theme("trials", names, entries),)), validity)


def changed(**facts: object) -> Entry:
    return Entry.model_validate(LAW.model_dump(exclude_none=True) | facts)


def contradictions(*entries: Entry, validity: Validity = NOTHING) -> list[str]:
    return [fault.what for fault in found(*entries, validity=validity) if fault.kind == "contradiction"]


def test_a_whole_entry_lacks_nothing() -> None:
    assert found(LAW, validity=Validity(frozenset({"77-01"}), {})) == []


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"published": "2020-05-01"}, "was published on 2020-05-01, before it was signed on 2020-05-04"),
        ({"published": "2019"}, "was published on 2019, before it was signed on 2020-05-04"),
        ({"id": "loi-01-77"}, "has the number 77-01, which its id does not end in"),
        ({"relations": [{"kind": "implements", "to": "loi-00-00"}]}, "refers to loi-00-00, which is no entry"),
        ({"relations": [{"kind": "implements", "to": "loi-77-01"}]}, "refers to itself"),
    ],
)
def test_facts_that_cannot_all_be_true_are_told(facts: dict[str, object], what: str) -> None:
    assert contradictions(changed(**facts)) == [what]


def test_a_date_that_is_less_precise_contradicts_nothing() -> None:
    assert contradictions(changed(published="2020-05"), changed(id="b-88-01", number="88-01", published="2020")) == []


def test_two_entries_of_one_instrument_are_one_too_many() -> None:
    assert contradictions(LAW, changed(id="copie-loi-77-01")) == ["has the type and number of loi-77-01"]


def test_what_implements_a_law_is_not_older_than_it() -> None:
    decree = changed(
        id="decret-2-01-1", type="decret", number="2-01-1", signed="2001", published="2001",
        relations=[Relation(kind="implements", to="loi-77-01")],
    )  # fmt: skip
    assert contradictions(LAW, decree) == ["was published on 2001, before loi-77-01 was signed on 2020-05-04"]


def test_a_change_is_not_older_than_the_texts_that_it_joins() -> None:
    by = Instrument("loi", "77-01")
    change = Change(instrument="66-01", status="repealed", by=by, since="2019-01-01")
    assert contradictions(LAW, validity=Validity(frozenset(), {"66-01": (change,)})) == [
        "was changed on 2019-01-01, before loi-77-01 was signed on 2020-05-04"
    ]
    own = Change(instrument="77-01", status="amended", since="2019-01-01")
    assert contradictions(LAW, validity=Validity(frozenset(), {"77-01": (own,)})) == [
        "was changed on 2019-01-01, before it was signed on 2020-05-04"
    ]


def test_what_is_not_known_is_a_gap() -> None:
    bare = Entry(id="loi-88-01", type="loi", number="88-01", titles=Titles(ar="قانون"), taken_from=("test",))
    assert {fault.what for fault in found(bare)} == {
        "has no title in French",
        "has no date",
        "has no number of the Bulletin officiel",
        "nobody has checked whether it is in force",
        "has no official address",
    }
    page = Entry(id="page", type="faq", titles=Titles(fr="Page", ar="صفحة"), taken_from=("test",))
    assert {fault.what for fault in found(page)} == {"has no date", "has no official address"}


def test_the_register_of_the_project_contradicts_itself_nowhere() -> None:
    faults = check(project_register(), read_validity())
    assert [fault for fault in faults if fault.kind == "contradiction"] == []
