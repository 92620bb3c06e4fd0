"""May a change pass? Two runs over the same questions are compared; a drop beyond chance is refused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from evals.intervals import Change, change, holm
from evals.record import Record, Run, Scores
from evals.scores import SCORES, ScoreKind

_LEVEL: Final = 0.05
_EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a later run is held against: the scores of each question by its id, and how they were made."""

    made: dict[str, str]
    scores: dict[str, Scores]


@dataclass(frozen=True, slots=True)
class Compared:
    """A score of one language, or of all, before and after. `harmed` when it fell beyond chance."""

    score: ScoreKind
    language: str
    before: float
    after: float
    change: Change
    p_corrected: float
    harmed: bool


_BASELINE: Final = TypeAdapter(Baseline)


def baseline_of(run: Run) -> Baseline:
    """The scores of a run as a baseline; nothing of the sources is in it."""
    made = {"when": run.made.when, "commit": run.made.commit or "", "embedder": run.made.embedder}
    return Baseline(made | {"fingerprint": run.made.fingerprint}, _rounded(run.records))


def write_baseline(run: Run, file: Path) -> None:
    """Write the baseline of a run, a line a question, so that a change of it can be read."""
    baseline = baseline_of(run)
    lines = [f"  {json.dumps(name)}: {json.dumps(scores)}" for name, scores in sorted(baseline.scores.items())]
    made = json.dumps(baseline.made, indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'{{"made": {made},\n"scores": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def read_baseline(file: Path) -> Baseline:
    """Raises FileNotFoundError or ValueError with the command that writes one."""
    if not file.is_file():
        raise FileNotFoundError(f"a baseline is needed, got {file}: `sanad eval --write-baseline {file}` makes one")
    try:
        return _BASELINE.validate_json(file.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{file} is not a baseline ({error.errors()[0]['msg']}): write it again") from error


def check_comparable(baseline: Baseline, run: Run) -> None:
    """Raises ValueError when questions of the baseline were not asked: a gate must not pass by asking less."""
    missing = sorted(baseline.scores.keys() - {record.gold.id for record in run.records})
    if missing:
        raise ValueError(
            f"the run must ask every question of the baseline, got none of {len(missing)} of them ({missing[0]}, …): "
            "index their sources, or write a new baseline when questions were removed"
        )


def compare(before: Mapping[str, Scores], records: Sequence[Record]) -> list[Compared]:
    """Every score, over all questions and by language, of questions that both runs hold.

    Over all questions a drop counts below a p-value of 5 %; over languages after Holm's correction, because among
    many languages and scores some fall by chance.
    """
    after = _rounded(records)
    clusters = {record.gold.id: record.gold.cluster for record in records}
    languages = {record.gold.id: record.gold.language for record in records}
    rows = []
    for group in (_EVERYTHING, *dict.fromkeys(languages.values())):
        chosen = {name for name in after if group in {_EVERYTHING, languages[name]}}
        rows += [row for kind in SCORES if (row := _row(kind, group, (before, after), chosen, clusters)) is not None]
    return _judged(rows)


def failures(compared: Sequence[Compared]) -> list[Compared]:
    """What the gate refuses."""
    return [row for row in compared if row.harmed]


def _rounded(records: Sequence[Record]) -> dict[str, Scores]:
    """Scores by question as a baseline keeps them; both sides are rounded, lest two thirds fall below two thirds."""
    return {record.gold.id: {name: round(value, 4) for name, value in record.scores.items()} for record in records}


def _row(
    kind: ScoreKind,
    group: str,
    scores: tuple[Mapping[str, Scores], Mapping[str, Scores]],
    chosen: set[str],
    clusters: Mapping[str, str],
) -> Compared | None:
    before, after = (
        {name: values[kind.name] for name, values in side.items() if name in chosen and kind.name in values}
        for side in scores
    )
    found = change(before, after, clusters)
    if found is None:
        return None
    common = before.keys() & after.keys()
    means = [sum(side[name] for name in common) / len(common) for side in (before, after)]
    return Compared(kind, group, means[0], means[1], found, found.p_value, harmed=False)


def _judged(rows: list[Compared]) -> list[Compared]:
    parts = [row for row in rows if row.language != _EVERYTHING]
    corrected = dict(zip(map(id, parts), holm([row.change.p_value for row in parts]), strict=True))
    return [_with_verdict(row, corrected.get(id(row), row.change.p_value)) for row in rows]


def _with_verdict(row: Compared, p_value: float) -> Compared:
    worse = row.change.mean < 0 if row.score.better == "higher" else row.change.mean > 0
    harmed = worse and (row.score.strict or p_value < _LEVEL)
    return Compared(row.score, row.language, row.before, row.after, row.change, p_value, harmed)
