"""Means with their uncertainty, by resampling (SciPy). An empty group has no mean: None, never `nan`.

Questions that ask the same in several languages are no independent observations, so whole clusters are resampled
(Miller, arXiv 2411.00640, section 2.2).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap, permutation_test

Values = Sequence[tuple[str, float]]
"""(cluster, value) of each question."""

_RESAMPLES: Final = 2000
_PERMUTATIONS: Final = 9999
"""The smallest p-value is 0.0002, so that one of a hundred comparisons can still be told from chance."""
_NOISE: Final = 9
"""Decimals beyond which a difference is one of rounding."""
_SEED: Final = 20261121
_LEVEL: Final = 0.95
_NORMAL: Final = 1.96 + 0.84
"""Two-sided 5 % and power 80 %."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` questions and its 95 % interval; that of a single cluster is unknown, so it is the widest."""

    mean: float
    low: float
    high: float
    count: int

    @property
    def detectable(self) -> float:
        """The smallest change between runs over different questions that would be found in four of five cases."""
        return _NORMAL * math.sqrt(2) * (self.high - self.low) / (2 * 1.96)


@dataclass(frozen=True, slots=True)
class Change:
    """The mean change from one run to another over the same questions, its 95 % interval and permutation p-value."""

    mean: float
    low: float
    high: float
    p_value: float
    count: int


def estimate(values: Values) -> Estimate | None:
    """Mean and interval of shares (0.0 to 1.0); None when there are no values.

    Resampling values that are all 0 or all 1 says that nothing else can happen; there the interval is Wilson's.
    """
    if not values:
        return None
    sums, counts = _clusters(values)
    mean = float(sums.sum() / counts.sum())
    if mean in {0.0, 1.0} and len(sums) > 1:
        found = binomtest(round(mean * len(sums)), len(sums)).proportion_ci(_LEVEL, "wilson")
        return Estimate(mean, float(found.low), float(found.high), len(values))
    low, high = _interval(sums, counts, (0.0, 1.0))
    return Estimate(mean, low, high, len(values))


def change(before: Mapping[str, float], after: Mapping[str, float], clusters: Mapping[str, str]) -> Change | None:
    """Change over the questions (by id) that both runs scored; None when there are none."""
    common = [name for name in before if name in after]
    if not common:
        return None
    sums, counts = _clusters([(clusters[name], after[name] - before[name]) for name in common])
    mean = round(float(sums.sum() / counts.sum()), _NOISE)
    low, high = _interval(sums, counts, (-1.0, 1.0))
    return Change(mean, low, high, _p_value(sums), len(common))


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for their number, after Holm (1979)."""
    corrected = [1.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = highest
    return corrected


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of `values` lie (nearest rank); None when there are none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _clusters(values: Values) -> tuple[NDArray[Any], NDArray[Any]]:
    """Sum and number of the values of each cluster."""
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for cluster, value in values:
        sums[cluster] = sums.get(cluster, 0.0) + value
        counts[cluster] = counts.get(cluster, 0) + 1
    return np.array(list(sums.values())), np.array(list(counts.values()))


def _interval(sums: NDArray[Any], counts: NDArray[Any], widest: tuple[float, float]) -> tuple[float, float]:
    if len(sums) < 2:
        return widest
    found = bootstrap(
        (sums, counts), _ratio, paired=True, n_resamples=_RESAMPLES, confidence_level=_LEVEL, method="percentile",
        rng=_SEED,
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def _p_value(sums: NDArray[Any]) -> float:
    """Of the hypothesis that a change for the worse was as likely as the same for the better."""
    moved = sums[sums.round(_NOISE) != 0]
    if len(moved) < 2:  # a single one falls as often as it rises
        return 1.0
    tested = permutation_test(
        (moved, np.zeros_like(moved)), _difference, permutation_type="samples", vectorized=True,
        n_resamples=_PERMUTATIONS, rng=_SEED,
    )  # fmt: skip
    return float(tested.pvalue)


def _ratio(sums: NDArray[Any], counts: NDArray[Any], axis: int = -1) -> NDArray[Any]:
    ratio: NDArray[Any] = sums.sum(axis=axis) / counts.sum(axis=axis)
    return ratio


def _difference(one: NDArray[Any], other: NDArray[Any], axis: int = -1) -> NDArray[Any]:
    difference: NDArray[Any] = (one - other).sum(axis=axis)
    return difference
