"""A run as a table: one line a language, shares in per cent, and the questions that went wrong."""

from collections.abc import Sequence
from typing import Final

from evals.run import Results
from evals.scores import QuestionScore, mean, percentile
from rag.answer import LANGUAGES

_COLUMNS: Final = ("recall_at_5", "source_at_1", "article_at_1", "correct", "false_refusal", "false_answer")
_HEADINGS: Final = ("recall@5", "source@1", "article@1", "correct", "refused", "invented")


def report_table(results: Results, *, details: bool) -> str:
    """The table, its legend, and with `details` a line for each question that was not served right."""
    lines = [f"{'':9}{'n':>5}" + "".join(f"{heading:>12}" for heading in _HEADINGS) + f"{'p50 ms':>9}{'p95 ms':>9}"]
    for language in LANGUAGES:
        group = [score for score in results.scores if score.question.language == language]
        if group:
            lines.append(_line(language, group))
    lines.append(_line("all", results.scores))
    lines.append(
        f"Per cent (questions that count). refused: answerable but not answered; invented: unanswerable but answered. "
        f"Index {results.index} of {results.documents} documents; {results.left_out} questions left out: "
        "none of their sources is indexed."
    )
    if details:
        lines += [_diagnosis(score) for score in results.scores if not _served(score)]
    return "\n".join(lines)


def _line(name: str, group: Sequence[QuestionScore]) -> str:
    cells = []
    for column in _COLUMNS:
        found = mean(getattr(score, column) for score in group)
        cells.append(f"{'–' if found is None else f'{100 * found[0]:.0f} ({found[1]})':>12}")
    times = [score.milliseconds for score in group]
    return f"{name:9}{len(group):5}" + "".join(cells) + f"{percentile(times, 0.5):9.0f}{percentile(times, 0.95):9.0f}"


def _served(score: QuestionScore) -> bool:
    return bool(score.correct) if score.question.answerable else not score.false_answer


def _diagnosis(score: QuestionScore) -> str:
    if not score.question.answerable:
        cause = "answered, though no source does"
    elif not score.recall_at_5:
        cause = "not retrieved"
    else:
        cause = "refused" if score.false_refusal else "retrieved, fact not shown"
    return f"{score.question.id:14} {cause:32} {score.question.question}"
