"""`sanad eval`: run, gate, compare, prove the gold, take candidates from feedback.

What a command needs is imported when it runs, so that `sanad --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from evals.gate import Baseline
    from evals.record import Run
    from index.embedder import Embedder
    from index.search import Index
    from rag.answer import Answer
    from rag.question import Question
    from settings import Settings

eval_app = typer.Typer(
    help="Score retrieval and answers on questions with gold (needs the packages of the extra `evals`).",
    invoke_without_command=True,
)

IndexOption = Annotated[Path | None, typer.Option("--index", help="Index folder; the default lies in SANAD_DATA_DIR.")]
QuestionsOption = Annotated[
    list[Path] | None, typer.Option("--questions", help="A question file (repeatable), else the project's.")
]


@dataclass(frozen=True, slots=True)
class Bench:
    """What an evaluation works with, wired by the front door."""

    settings: Callable[[], Settings]
    open_index: Callable[[Path | None], Index]
    open_embedder: Callable[[], Embedder]
    progress: Callable[[], AbstractContextManager[Callable[[str, int, int], None]]]
    chain: Callable[[Index], Runnable[Question, Answer]]

    @property
    def folder(self) -> Path:
        """Where runs, judgements and benchmark indexes are kept."""
        return self.settings().data_dir / "evals"


@eval_app.callback()
def evaluate(
    context: typer.Context,
    questions: QuestionsOption = None,
    index: IndexOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; the default lies in SANAD_DATA_DIR.")] = None,
    gate: Annotated[Path | None, typer.Option(help="Fail when a score fell beyond chance from this baseline.")] = None,
    new_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Keep the scores of this run as the baseline.")
    ] = None,
    beir: Annotated[Path | None, typer.Option(help="Rank scores of this BEIR folder instead.", file_okay=False)] = None,
    queries: Annotated[
        Path | None, typer.Option(help="With --beir, queries of another folder: across languages.", file_okay=False)
    ] = None,
    ragas: Annotated[bool, typer.Option(help="Score with ragas too, and its judge when SANAD_JUDGE_… is set.")] = True,
    details: Annotated[bool, typer.Option("--details", help="Say for each wrong question what went wrong.")] = False,
) -> None:
    """Ask every question, print the scores, save the run with a report to open in a browser."""
    if context.invoked_subcommand is not None:
        return
    from evals.gate import read_baseline, write_baseline

    bench: Bench = context.obj
    if beir is not None:
        _run_beir(bench, beir, queries)
        return
    if queries is not None:
        _fail(f"--queries goes with --beir FOLDER, got {queries} alone: `--questions` names a file of questions")
    baseline = read_baseline(gate) if gate else None  # before minutes of work, and before it is written anew
    run = _run(bench, questions, index)
    if ragas:
        run = _with_ragas(bench, run)
    _keep(run, out or bench.folder / datetime.now(UTC).strftime("%Y%m%d-%H%M%S"), details=details)
    if new_baseline is not None:
        write_baseline(run, new_baseline)
        typer.echo(f"baseline in {new_baseline}")
    if baseline is not None:
        typer.echo(f"\nAgainst {gate}:")
        _gate(run, baseline)


@eval_app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="A saved run, its folder or run.json.")],
    after: Annotated[Path, typer.Argument(help="The other.")],
    report: Annotated[Path | None, typer.Option(help="Write a page with both side by side.")] = None,
) -> None:
    """Compare two saved runs over the questions that both asked."""
    from evals.gate import baseline_of, compare
    from evals.page import write_comparison
    from evals.record import load_run
    from evals.report import comparison_text

    old, new = load_run(before), load_run(after)
    compared = compare(baseline_of(old).scores, new.records)
    if not compared:
        _fail(f"two runs of the same questions are needed, got none in common between {before} and {after}")
    typer.echo(comparison_text(compared))
    if report is not None:
        write_comparison(old, new, compared, report)
        typer.echo(f"report in {report}")


@eval_app.command()
def check(context: typer.Context, questions: QuestionsOption = None, index: IndexOption = None) -> None:
    """Prove the gold: every fact stands in a source, every article exists, wording is not borrowed."""
    from evals.questions import default_questions, read_questions
    from evals.report import soundness_text
    from evals.soundness import check_gold

    bench: Bench = context.obj
    opened = bench.open_index(index)
    asked = read_questions(questions or default_questions(), opened.sources.values())
    sound = check_gold(asked.questions, opened)
    typer.echo(soundness_text(sound, asked))
    if sound.faults or not sound.paraphrased:
        raise SystemExit(1)


@eval_app.command()
def add_from_feedback(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="Question file to which candidates are added.", dir_okay=False)],
    feedback: Annotated[
        Path | None, typer.Option(help="The feedback file of another server; the default lies in SANAD_DATA_DIR.")
    ] = None,
) -> None:
    """Turn thumbs-down into candidate questions, for a maintainer to finish with gold."""
    from evals.candidates import add_candidates
    from rag.feedback import FeedbackLog

    bench: Bench = context.obj
    log = FeedbackLog(feedback or bench.settings().feedback_file)
    if not log.path.is_file():
        _fail(f"a feedback file is needed, got {log.path}: `sanad serve` writes one when somebody judges an answer")
    for fault in log.read().faults:
        typer.echo(fault, err=True)
    added, known = add_candidates(log, out)
    typer.echo(
        f"{added} candidates added to {out}, {known} were there already; each needs its gold and a second reader"
    )


def _run(bench: Bench, questions: list[Path] | None, index: Path | None) -> Run:
    from evals.made import made_with
    from evals.questions import default_questions, read_questions
    from evals.run import run

    opened = bench.open_index(index)
    asked = read_questions(questions or default_questions(), opened.sources.values())
    if not asked.questions:
        _fail(f"questions that this index can be asked are needed, got none: {asked.left_out} have no source in it")
    chain = bench.chain(opened)
    with bench.progress() as progress:
        made = made_with(opened, {name: str(value) for name, value in bench.settings().model_dump().items()})
        return run(asked, opened, chain, made, lambda done, total: progress("answer", done, total))


def _run_beir(bench: Bench, corpus: Path, queries: Path | None) -> None:
    from evals.beir import beir_text, run_beir

    with bench.progress() as progress:
        result = run_beir(corpus, bench.folder / "beir", bench.open_embedder(), progress, queries)
    typer.echo(beir_text(result))


def _with_ragas(bench: Bench, run: Run) -> Run:
    from evals.ragas_judge import JudgeSettings, judge_text, with_judge
    from evals.ragas_scores import with_ragas

    settings, embedder = bench.settings(), bench.open_embedder()
    with bench.progress() as progress:
        run, failed = with_ragas(run, embedder, lambda done, total: progress("ragas", done, total))
        if failed:
            typer.echo(f"{failed} scores of ragas failed and count as 0")
        if settings.judge_base_url is None:
            return run
        judge = JudgeSettings(settings.judge_base_url, settings.judge_model, settings.judge_api_key)
        cache = bench.folder / "judge.jsonl"
        run, judged = with_judge(run, embedder, judge, cache, lambda done, total: progress("judge", done, total))
    typer.echo(judge_text(judged))
    return run


def _keep(run: Run, folder: Path, *, details: bool) -> None:
    from evals.page import write_page
    from evals.record import save_run
    from evals.report import run_text

    typer.echo(run_text(run, details=details))
    save_run(run, folder)
    write_page(run, folder / "report.html")
    typer.echo(f"run and report in {folder}")


def _gate(run: Run, baseline: Baseline) -> None:
    from evals.gate import check_comparable, compare, failures
    from evals.report import comparison_text

    check_comparable(baseline, run)
    compared = compare(baseline.scores, run.records)
    typer.echo(comparison_text(compared))
    if harmed := failures(compared):
        _fail(
            f"{len(harmed)} scores fell beyond chance: see HARMED above; `--write-baseline` accepts a loss knowingly", 1
        )
    typer.echo("gate passed: nothing fell beyond chance")


def _fail(message: str, code: int = 2) -> NoReturn:
    typer.echo(f"sanad eval: {message}", err=True)
    raise SystemExit(code)
