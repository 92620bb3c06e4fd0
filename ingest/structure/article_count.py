"""Which headings count the articles of a text: the rest are references, quotations or damage.

Articles are numbered one after the other. Of all ways to go through the candidates with rising numbers, the one that
takes most of the sure ones and skips fewest numbers is the text's own count. It may begin again at 1, once for each
text that the document holds: the law after the dahir that promulgates it, a convention in an annex.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.article import article_order
from ingest.structure.article_headings import Candidate

_SURE: Final = 2.0
_UNSURE: Final = 0.6
_SUCCESSOR: Final = 1.0
_NEAR: Final = 0.3
_NEAREST: Final = 3
_RESTART: Final = -1.9
_FIRST: Final = (1,)

_Best = tuple[float, int]
"""A score, and the place that it ends at, negated: of two equal ways, the greater ends earlier."""
_NONE: Final[_Best] = (0.0, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """Places in the list of candidates: the text's own articles, those that begin a count, and those of a count inside.

    `steps` counts the articles that come right after the one before.
    """

    own: frozenset[int]
    restarts: tuple[int, ...]
    inserted: frozenset[int]
    steps: int


def count_articles(candidates: list[Candidate]) -> Count:
    """The count of one language; candidates that are quoted must be left out. Takes time in proportion to n·log n."""
    orders = [article_order(candidate.number) for candidate in candidates]
    scores = _Scores(sorted(set(orders)))
    links: list[int] = []
    for place, candidate in enumerate(candidates):
        score, before = scores.step(orders[place], sure=candidate.sure)
        links.append(-before)
        if score > 0:
            scores.add(orders[place], (score, -place))
    return _trace(links, orders, -scores.top[1])


def _trace(links: list[int], orders: list[tuple[int, ...]], place: int) -> Count:
    way = []
    while place >= 0:
        way.append(place)
        place = links[place]
    own = _without_inserted(way[::-1], orders)
    restarts = [after for before, after in pairwise(own) if orders[after] <= orders[before]]
    steps = sum(orders[after][0] - orders[before][0] in {0, 1} for before, after in pairwise(own))
    return Count(frozenset(own), tuple(own[:1] + restarts), frozenset(way) - frozenset(own), steps)


def _without_inserted(own: list[int], orders: list[tuple[int, ...]]) -> list[int]:
    """Without counts from 1 that stand inside another: `12 13 1 2 3 14`, where a note shows a decree."""
    kept: list[int] = []
    left: tuple[int, ...] | None = None
    for place in own:
        order = orders[place]
        above = orders[kept[-1]] if kept else (0,)
        if left and left < order and order[0] <= left[0] + 1 and order[0] > above[0] + 1:
            while orders[kept[-1]] != left:
                kept.pop()
        elif order <= above:
            left = above
        kept.append(place)
    return kept


class _Scores:
    """The best way to each number so far, asked for by prefix (a Fenwick tree), by neighbour and over all."""

    def __init__(self, ordered: list[tuple[int, ...]]) -> None:
        self._ordered = ordered
        self._tree = [_NONE] * (len(ordered) + 1)
        self._at: dict[tuple[int, ...], _Best] = {}
        self._of_number: dict[int, _Best] = {}
        self.top = _NONE

    def step(self, order: tuple[int, ...], *, sure: bool) -> _Best:
        """The best score of a way that takes this number now, and the place that it comes from; 0 when none may."""
        ways = [(score + _SUCCESSOR, place) for score, place in self._before(order)]
        if sure:
            near = (self._of_number.get(order[0] - step, _NONE) for step in range(2, _NEAREST + 1))
            ways += [(score + _NEAR, place) for score, place in near if place <= 0]
            ways.append(self._below(order))
        if order == _FIRST:
            ways.append((self.top[0] + (_RESTART if self.top[1] <= 0 else 0.0), self.top[1]))
        if not ways:
            return _NONE
        score, before = max(ways)
        return score + (_SURE if sure else _UNSURE), before

    def _before(self, order: tuple[int, ...]) -> list[_Best]:
        """Ways to the number of which this is the successor: `6` or `6 bis` before `7`, `7` before `7 bis`."""
        rank = bisect_left(self._ordered, order)
        ways = [self._of_number.get(order[0] - 1, _NONE)]
        if rank and self._ordered[rank - 1][0] == order[0]:
            ways.append(self._at.get(self._ordered[rank - 1], _NONE))
        return [way for way in ways if way[1] <= 0]

    def _below(self, order: tuple[int, ...]) -> _Best:
        best, rank = _NONE, bisect_left(self._ordered, order)
        while rank > 0:
            best = max(best, self._tree[rank])
            rank -= rank & -rank
        return best

    def add(self, order: tuple[int, ...], way: _Best) -> None:
        """Record a way that ends at this number."""
        self._at[order] = max(way, self._at.get(order, _NONE))
        self._of_number[order[0]] = max(way, self._of_number.get(order[0], _NONE))
        self.top = max(way, self.top)
        rank = bisect_left(self._ordered, order) + 1
        while rank < len(self._tree):
            self._tree[rank] = max(way, self._tree[rank])
            rank += rank & -rank
