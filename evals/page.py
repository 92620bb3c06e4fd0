"""A run, or two side by side, as one page that needs nothing else: open it in a browser, send it by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from evals.gate import Compared
from evals.plots import confidence_plot, latency_plot, recall_plot, scores_plot
from evals.record import Record, Run
from evals.report import DIAGNOSES, WRONG, percent
from evals.tables import confidence_rows, latency_rows, parity_rows, score_rows

_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs."""

    before: Record
    after: Record

    @property
    def moved(self) -> bool:
        """Whether anything that is scored changed."""
        return self.before.scores != self.after.scores


def write_page(run: Run, file: Path) -> None:
    """Tables, plots, and for every question the answer, the quotes, the gold and the diagnosis."""
    by_language = score_rows(run.records, lambda record: record.gold.language)
    plots = {
        "scores": scores_plot(by_language),
        "recall": recall_plot(run.records),
        "confidence": confidence_plot(confidence_rows(run.records)),
        "latency": latency_plot(latency_rows(run.records)),
    }
    views = {
        "language": by_language,
        "kind": score_rows(run.records, lambda record: record.gold.kind),
        "audience": score_rows(run.records, lambda record: record.gold.audience),
        "split": score_rows(run.records, lambda record: record.gold.split),
    }
    _write(
        file, "run.html", run=run, views=views, parity=parity_rows(run.records),
        records=sorted(run.records, key=_worst_first), plots={name: Markup(drawn) for name, drawn in plots.items()},
    )  # fmt: skip


def write_comparison(before: Run, after: Run, compared: Sequence[Compared], file: Path) -> None:
    """What moved between two runs: scores with intervals, and each question whose scores differ, side by side."""
    earlier = {record.gold.id: record for record in before.records}
    pairs = [Pair(earlier[record.gold.id], record) for record in after.records if record.gold.id in earlier]
    moved = [pair for pair in pairs if pair.moved]
    rows = [row for row in compared if row.change.mean]
    _write(file, "comparison.html", before=before, after=after, compared=rows, pairs=moved, count=len(pairs))


def _write(file: Path, template: str, **context: object) -> None:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = percent
    environment.globals |= {"diagnoses": DIAGNOSES, "wrong": WRONG}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(environment.get_template(template).render(**context), encoding="utf-8")


def _worst_first(record: Record) -> tuple[bool, str, str]:
    return record.diagnosis not in WRONG, record.diagnosis, record.gold.id
