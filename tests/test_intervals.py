"""Means and their uncertainty, worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.intervals import Change, Estimate, change, estimate, holm, percentile

SHARES = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 2 / 3, 1.0])
VALUES = st.lists(st.tuples(st.sampled_from("abcdefgh"), SHARES), max_size=20)


def apart(before: str, after: str) -> Change | None:
    """The change of questions that are each a cluster; a digit a question: 1 is right, 0 is wrong."""
    names = [str(place) for place in range(len(before))]
    return change(
        dict(zip(names, map(float, before), strict=True)),
        dict(zip(names, map(float, after), strict=True)),
        {name: name for name in names},
    )


def width(found: Estimate | None) -> float:
    assert found is not None
    return found.high - found.low


def p_value(before: str, after: str) -> float:
    found = apart(before, after)
    assert found is not None
    return found.p_value


def test_an_empty_group_has_no_mean() -> None:
    assert estimate([]) is None


def test_all_right_does_not_mean_that_nothing_else_can_happen() -> None:
    # Wilson's interval of 3 of 3: from 1 / (1 + 1.96² / 3) = 0.4385 to 1; of 0 of 3 its mirror image.
    for right, low, high in ((1.0, 0.4385, 1.0), (0.0, 0.0, 0.5615)):
        found = estimate([("a", right), ("b", right), ("c", right)])
        assert found is not None
        assert (found.mean, found.count) == (right, 3)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3)
    assert estimate([("a", 0.5), ("b", 0.5)]) == Estimate(0.5, 0.5, 0.5, 2)


@pytest.mark.parametrize("values", [[("a", 0.5)], [("a", 1.0), ("a", 0.0), ("a", 0.5)]])
def test_of_a_single_cluster_the_interval_is_unknown(values: list[tuple[str, float]]) -> None:
    assert estimate(values) == Estimate(0.5, 0.0, 1.0, len(values))


def test_two_clusters_that_differ_may_both_be_drawn_twice() -> None:
    # Both right in a quarter of the draws, both wrong in another: the 2.5th percentile is 0, the 97.5th is 1.
    assert estimate([("a", 0.0), ("b", 1.0)]) == Estimate(0.5, 0.0, 1.0, 2)


def test_the_mean_is_over_questions_not_over_clusters() -> None:
    found = estimate([("a", 1.0), ("a", 1.0), ("a", 1.0), ("b", 0.0)])
    assert found == Estimate(0.75, 0.0, 1.0, 4)


def test_asking_the_same_again_proves_nothing_more() -> None:
    once = [(name, float(name in "abcde")) for name in "abcdefgh"]
    found, doubled = estimate(once), estimate(once + once)
    assert found is not None
    assert doubled == Estimate(found.mean, found.low, found.high, 16)
    independent = [(name.upper(), value) for name, value in once]
    assert width(estimate(once + independent)) < width(found)


@given(VALUES)
@settings(max_examples=50, deadline=None)
def test_an_interval_holds_its_mean_and_stays_a_share(values: list[tuple[str, float]]) -> None:
    found = estimate(values)
    if found is None:
        assert values == []
        return
    assert found.count == len(values)
    assert 0.0 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= 1.0 + 1e-9


def test_the_same_values_give_the_same_interval() -> None:
    values = [(str(place), float(place % 3 == 0)) for place in range(40)]
    assert estimate(values) == estimate(values)


def test_what_two_runs_can_show_follows_from_the_interval() -> None:
    # The standard error is a width of 1 over 2 · 1.96; a difference needs 2.8 of them, and √2 for two runs.
    assert Estimate(0.5, 0.0, 1.0, 2).detectable == pytest.approx(2.8 * 1.41421356 / 3.92)
    assert Estimate(1.0, 1.0, 1.0, 3).detectable == 0.0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("111111", "000000", 2 / 64),
        ("000000", "111111", 2 / 64),
        ("1111", "0000", 2 / 16),
        # Those that did not move say nothing: 6 of 20 fell.
        ("1" * 20, "0" * 6 + "1" * 14, 2 / 64),
        ("11", "00", 2 / 4),
        ("1", "0", 1.0),
        ("10", "01", 1.0),
        ("1010", "1010", 1.0),
        # 5 of 6 fell and 1 rose: of 64 signs 1 + 6 are as low or lower, and as many as high.
        ("111110", "000001", 14 / 64),
    ],
)
def test_the_p_value_is_the_share_of_signs_as_extreme(before: str, after: str, expected: float) -> None:
    assert p_value(before, after) == pytest.approx(expected)


def test_a_change_is_of_the_questions_that_both_scored() -> None:
    found = change({"a": 1.0, "b": 1.0, "c": 1.0}, {"b": 0.0, "c": 1.0, "d": 0.0}, {name: name for name in "abcd"})
    assert found == Change(-0.5, -1.0, 0.0, 1.0, 2)


def test_without_a_question_in_common_there_is_no_change() -> None:
    assert change({"a": 1.0}, {"b": 1.0}, {"a": "a", "b": "b"}) is None
    assert change({}, {}, {}) is None


def test_of_a_single_cluster_the_change_is_unknown() -> None:
    found = change({"fr": 1.0, "ar": 1.0}, {"fr": 0.0, "ar": 0.0}, {"fr": "g", "ar": "g"})
    assert found == Change(-1.0, -1.0, 1.0, 1.0, 2)


def test_a_question_in_five_languages_falls_once() -> None:
    # Six drops, but of two questions only: 2 of 4 signs.
    names = ["a1", "a2", "a3", "b1", "b2", "b3"]
    found = change(dict.fromkeys(names, 1.0), dict.fromkeys(names, 0.0), {name: name[0] for name in names})
    assert found is not None
    assert found.p_value == pytest.approx(2 / 4)


def test_gains_and_losses_that_balance_are_no_change() -> None:
    # In thirds, as shares of three sentences are: the sum of the differences is 0 but for the last bit.
    found = change(
        {"a": 0.0, "b": 1.0},
        {"a": 0.3333, "b": 0.6667},
        {name: name for name in "ab"},
    )
    assert found is not None
    assert (found.mean, found.p_value) == (0.0, 1.0)


def test_many_drops_are_told_from_chance_among_a_hundred_comparisons() -> None:
    assert 100 * p_value("1" * 40, "0" * 40) < 0.05


@pytest.mark.parametrize(
    ("given_", "corrected"),
    [
        ([], []),
        ([0.03], [0.03]),
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.04, 0.01], [0.04, 0.02]),
        ([0.5, 0.9], [1.0, 1.0]),
        # 4 · 0.01, 3 · 0.013 would be less than what is smaller before: it takes that.
        ([0.01, 0.013, 0.2, 0.6], [0.04, 0.04, 0.4, 0.6]),
    ],
)
def test_p_values_are_corrected_after_holm(given_: list[float], corrected: list[float]) -> None:
    assert holm(given_) == pytest.approx(corrected)


@given(st.lists(st.floats(0.0, 1.0), max_size=12))
def test_corrected_p_values_are_no_smaller_and_keep_their_order(values: list[float]) -> None:
    corrected = holm(values)
    assert all(value <= new <= 1.0 for value, new in zip(values, corrected, strict=True))
    assert [new for _, new in sorted(zip(values, corrected, strict=True))] == sorted(corrected)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([30.0, 10.0, 20.0], 0.5, 20.0),
        ([7.0], 0.95, 7.0),
        ([7.0], 0.5, 7.0),
        # The nearest rank is the share times the count, rounded up: 2 of 4, 5 of 10, 10 of 10, 19 of 20.
        ([4.0, 3.0, 2.0, 1.0], 0.5, 2.0),
        ([float(number) for number in range(1, 11)], 0.5, 5.0),
        ([float(number) for number in range(1, 11)], 0.95, 10.0),
        ([float(number) for number in range(1, 21)], 0.95, 19.0),
        ([1.0, 2.0], 1.0, 2.0),
        ([2.0, 1.0], 0.0, 1.0),
        ([], 0.95, None),
    ],
)
def test_percentiles_are_of_the_nearest_rank(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected
