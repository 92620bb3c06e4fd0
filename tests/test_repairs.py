"""The record of repairs: counts are complete, samples few and different."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Repair
from ingest.repair.repairs import MOST_SAMPLES, RepairLog

DIGIT = re.compile(r"\d")


def test_a_substitution_is_made_and_recorded_with_its_neighbours() -> None:
    log = RepairLog()
    assert log.sub("digits", DIGIT, "n", "chapitre 1 de la loi\narticle 2 de la loi") == (
        "chapitre n de la loi\narticle n de la loi"
    )
    assert log.repairs() == (
        Repair(
            "digits",
            2,
            (("chapitre 1 de la loi", "chapitre n de la loi"), ("article 2 de la loi", "article n de la loi")),
        ),
    )


def test_what_does_not_change_is_no_repair() -> None:
    log = RepairLog()
    assert log.sub("digits", DIGIT, lambda match: match.group(), "1 2 3") == "1 2 3"
    assert log.repairs() == ()


@given(st.text())
def test_the_log_never_changes_the_result(text: str) -> None:
    assert RepairLog().sub("digits", DIGIT, r"<\g<0>>", text) == DIGIT.sub(r"<\g<0>>", text)


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=30))
def test_samples_are_few_and_every_repair_is_counted(repairs: list[tuple[str, str]]) -> None:
    log = RepairLog()
    for before, after in repairs:
        log.note("any", before, after)
    for repair in log.repairs():
        assert repair.count == len(repairs)
        assert len(repair.samples) <= MOST_SAMPLES
