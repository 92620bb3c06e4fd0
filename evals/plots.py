"""Plots of a run as SVG that stands in a page by itself: no font, script or file from elsewhere."""

import io
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.intervals import Estimate
from evals.record import Record, records_of
from evals.tables import LatencyRow, ScoreRow
from rag.answer import LANGUAGES

_SHOWN: Final = ("recall@5", "evidence@5", "correct", "source@1", "article@1", "refused", "invented")
_COLOURS: Final = dict(zip(LANGUAGES, ("#1b6ca8", "#0b6b4f", "#b3541e", "#7a3e9d", "#a8871b"), strict=True))
_INK: Final = "#444444"


def scores_plot(rows: Sequence[ScoreRow]) -> str:
    """Scores with their 95 % intervals, a colour a language."""
    shown = [row for row in rows if row.kind.name in _SHOWN]
    figure, axes = _axes(7.6, 0.75 * len(shown) + 0.9)
    for place, row in enumerate(shown):
        for step, (language, value) in enumerate(row.groups.items()):
            if value is not None:
                _dot(axes, value, place + 0.13 * (step - (len(row.groups) - 1) / 2), _COLOURS.get(language, _INK))
    axes.set_yticks(range(len(shown)), [row.kind.name + (" ↓" if row.kind.better == "lower" else "") for row in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(-2, 102)
    axes.set_xlabel("per cent, with 95 % interval (↓ less is better)")
    axes.grid(axis="x", alpha=0.3)
    handles = [axes.plot([], [], "o", color=_COLOURS[name], label=name)[0] for name in LANGUAGES]
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 1.0 + 0.35 / max(1, len(shown))), ncols=5)
    return _svg(figure)


def recall_plot(records: Sequence[Record]) -> str:
    """The share of answerable questions with a gold passage among the first k, k from 1 to 10."""
    figure, axes = _axes(5.2, 3.0)
    for language in LANGUAGES:
        asked = [record for record in records_of(records, language) if record.gold.answerable]
        if asked:
            shares = [100 * _found_within(asked, rank) / len(asked) for rank in range(1, 11)]
            axes.plot(range(1, 11), shares, "o-", markersize=3, color=_COLOURS[language], label=language)
    axes.set_xticks(range(1, 11))
    axes.set_ylim(0, 102)
    axes.set_xlabel("passages looked at")
    axes.set_ylabel("gold found, per cent")
    axes.grid(alpha=0.3)
    if axes.lines:  # a run may ask nothing that has an answer
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return _svg(figure)


def confidence_plot(rows: Mapping[str, Estimate | None]) -> str:
    """How often answers were right, by the word of confidence that they were given with."""
    figure, axes = _axes(3.4, 3.0)
    known = [(word, value) for word, value in rows.items() if value is not None]
    for place, (_, value) in enumerate(known):
        axes.bar(place, 100 * value.mean, width=0.6, color="#0b6b4f", alpha=0.75)
        axes.vlines(place, 100 * value.low, 100 * value.high, color=_INK)
    axes.set_xticks(range(len(known)), [f"{word}\nn = {value.count}" for word, value in known])
    axes.set_ylim(0, 102)
    axes.set_ylabel("right answers, per cent")
    axes.grid(axis="y", alpha=0.3)
    return _svg(figure)


def latency_plot(rows: Sequence[LatencyRow]) -> str:
    """Milliseconds of each step, half and nineteen of twenty questions faster than that."""
    figure, axes = _axes(7.6, 0.4 * len(rows) + 0.9)
    for place, row in enumerate(rows):
        axes.barh(place, row.p95, height=0.6, color="#1b6ca8", alpha=0.35, label="p95" if not place else None)
        axes.barh(place, row.p50, height=0.6, color="#1b6ca8", label="p50" if not place else None)
        axes.annotate(f" {row.p50:.0f} / {row.p95:.0f} ms", (row.p95, place), va="center")
    axes.set_yticks(range(len(rows)), [row.step for row in rows])
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.set_xlabel("milliseconds")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
    return _svg(figure)


def _found_within(records: Sequence[Record], rank: int) -> int:
    return sum(any(hit.gold for hit in record.found[:rank]) for record in records)


def _dot(axes: Axes, value: Estimate, height: float, colour: str) -> None:
    axes.hlines(height, 100 * value.low, 100 * value.high, color=colour, linewidth=1.4, alpha=0.6)
    axes.plot(100 * value.mean, height, "o", markersize=4, color=colour)


def _style() -> AbstractContextManager[None]:
    """A fixed salt makes the same plot the same bytes; text stays text, so that a reader can search and copy it."""
    return mpl.rc_context({
        "svg.hashsalt": "sanad",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
    })


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    with _style():
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    with _style():
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :]
