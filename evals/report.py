"""A run on the terminal: a score a line, a language a column, in per cent with 95 % intervals."""

from collections.abc import Sequence
from typing import Final

from evals.gate import Compared
from evals.intervals import Estimate
from evals.questions import Asked
from evals.record import Diagnosis, Record, Run
from evals.soundness import Soundness
from evals.tables import confidence_rows, latency_rows, parity_rows, score_rows

DIAGNOSES: Final[dict[Diagnosis, str]] = {
    "not_retrieved": "not retrieved: no gold passage among the first ten",
    "not_chosen": "retrieved, but not cited",
    "cut": "cited, but the fact was cut off",
    "wrongly_refused": "found, but refused",
    "invented": "answered, though no source does",
    "right": "right",
    "rightly_refused": "rightly refused",
}
WRONG: Final[frozenset[Diagnosis]] = frozenset(DIAGNOSES) - {"right", "rightly_refused"}


def run_text(run: Run, *, details: bool) -> str:
    """The tables of a run, and with `details` a line for each question that was not served right."""
    return "\n\n".join(filter(None, [
        _scores(run.records), _parity(run.records), _diagnoses(run.records), _confidence(run.records),
        _latency(run.records), _made(run), _details(run.records) if details else "",
    ]))  # fmt: skip


def comparison_text(compared: Sequence[Compared]) -> str:
    """What changed, a line each; a drop beyond chance is marked."""
    moved = [row for row in compared if row.change.mean]
    if not moved:
        return f"No score changed ({len(compared)} compared)."
    head = f"{'score':26}{'of':10}{'before':>8}{'after':>8}{'change':>8}   95 %             p   n"
    return "\n".join([head, *map(_compared, moved)])


def soundness_text(sound: Soundness, asked: Asked) -> str:
    """Faults of the gold, a line each, and how many questions borrow the words of their source."""
    faults = [f"{fault.question:16} {fault.message}" for fault in sound.faults]
    unchecked = sum(question.checked_by is None for question in asked.questions)
    return "\n".join([
        *faults,
        f"{len(sound.faults)} faults in {len(asked.questions)} questions "
        f"({asked.left_out} left out: none of their sources is indexed); "
        f"{len(sound.sharing)} of {sound.answerable} answerable ones share a rare word with their source (half may); "
        f"{unchecked} have not been read by a second person.",
    ])


def percent(value: Estimate | None) -> str:
    """`62 [52–72]`, or a dash for a group without questions."""
    return "–" if value is None else f"{100 * value.mean:.0f} [{100 * value.low:.0f}–{100 * value.high:.0f}]"


def _scores(records: Sequence[Record]) -> str:
    rows = score_rows(records, lambda record: record.gold.language)
    names = list(rows[0].groups) if rows else []
    sizes = [sum(record.gold.language == name for record in records) for name in names]
    lines = [_line("", ["all", *names], "seen from"), _line("questions", [str(len(records)), *map(str, sizes)], "")]
    for row in rows:
        mark = " ↓" if row.kind.better == "lower" else ""
        cells = [percent(value) for value in (row.overall, *row.groups.values())]
        lines.append(_line(row.kind.name + mark, cells, f"{100 * row.overall.detectable:.0f}"))
    lines.append(
        "Per cent [95 % interval]; ↓ less is better. seen from: a change of `all` below so many points is noise "
        "between runs over different questions; `--gate` and `compare` pair the questions and see less."
    )
    return "\n".join(lines)


def _line(name: str, cells: Sequence[str], last: str) -> str:
    return f"{name:26}" + "".join(f"{cell:>15}" for cell in cells) + f"{last:>11}"


def _parity(records: Sequence[Record]) -> str:
    lines = [
        f"{row.score:26}{row.language:10}{100 * row.change.mean:+5.0f} "
        f"[{100 * row.change.low:+.0f}, {100 * row.change.high:+.0f}]  ({row.change.count} questions)"
        for row in parity_rows(records)
    ]
    return "\n".join(["Difference from French, same questions, points [95 % interval]:", *lines]) if lines else ""


def _diagnoses(records: Sequence[Record]) -> str:
    counted = {name: sum(record.diagnosis == name for record in records) for name in DIAGNOSES}
    return "\n".join(f"{count:5}  {DIAGNOSES[name]}" for name, count in counted.items() if count)


def _confidence(records: Sequence[Record]) -> str:
    parts = [f"{word} {percent(value)} of {value.count}" for word, value in confidence_rows(records).items() if value]
    return "Right answers by word of confidence: " + ", ".join(parts) if parts else ""


def _latency(records: Sequence[Record]) -> str:
    parts = [f"{row.step} {row.p50:.0f} / {row.p95:.0f}" for row in latency_rows(records)]
    return "Milliseconds p50 / p95: " + ", ".join(parts) if parts else ""


def _made(run: Run) -> str:
    made = run.made
    return (
        f"Index {made.index} ({made.fingerprint}) of {made.documents} documents, {made.embedder}; "
        f"code {made.commit or 'unknown'}; {made.machine}. {run.left_out} questions left out: none of their sources "
        "is indexed."
    )


def _details(records: Sequence[Record]) -> str:
    wrong = [record for record in records if record.diagnosis in WRONG]
    return "\n".join(f"{record.gold.id:16} {record.diagnosis:16} {record.gold.question}" for record in wrong)


def _compared(row: Compared) -> str:
    change = row.change
    interval = f"[{100 * change.low:+.1f}, {100 * change.high:+.1f}]"
    verdict = "  HARMED" if row.harmed else ""
    return (
        f"{row.score.name:26}{row.language:10}{100 * row.before:8.1f}{100 * row.after:8.1f}{100 * change.mean:+8.1f}   "
        f"{interval:17}{row.p_corrected:5.3f} {change.count:4}{verdict}"
    )
