"""The front door: the `sanad` command turns settings into an index, a chain, a server.

Heavy imports wait inside the commands, so that `sanad --help` answers at once; this is the only module where
imports stand in functions, and the only one that wires the packages together.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from api.key_commands import key_app
from evals.commands import Bench, eval_app
from rag.answer import Language
from ui.corpus_commands import corpus_app
from ui.feedback_commands import feedback_app
from wiring import chain_over, drawing, ingested, mcp_over, reranker_of, served_over

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from index.embedder import Embedder
    from index.entry import Entry
    from index.search import Index
    from settings import Settings
    from ui.progress import Report

app = typer.Typer(
    help="Cited answers on Morocco's digital policy.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(eval_app, name="eval")
app.add_typer(corpus_app, name="corpus")
app.add_typer(feedback_app, name="feedback")
app.add_typer(key_app, name="keys")

IndexOption = Annotated[Path | None, typer.Option("--index", help="Index folder; the default lies in SANAD_DATA_DIR.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOfOption = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Answer as of this day.")]
ReportOption = Annotated[Path | None, typer.Option("--report", help="Say what files became, in this .html or .json.")]
LanguageOption = Annotated[Language | None, typer.Option("--language", help="fr, ar, en, ary or ary-Latn.")]


def main() -> None:
    """Run the command; what a user can mend is told in a line, without a traceback."""
    try:
        app()
    except (ValueError, OSError, RuntimeError, ModuleNotFoundError) as error:
        _fail(str(error))


@app.callback()
def front_door(context: typer.Context) -> None:
    """Cited answers on Morocco's digital policy."""
    context.obj = Bench(
        _settings,
        _open,
        lambda: _embedder(_settings()),
        _progress,
        lambda opened: chain_over(opened, _settings()),
    )


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders; a catalogue.jsonl beside them is read.")],
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Start from nothing instead of adding.")] = False,
    pruned: Annotated[bool, typer.Option("--prune", help="Remove what is not under these paths any more.")] = False,
    report_file: ReportOption = None,
) -> None:
    """Bring documents into the index; unchanged files are neither read nor embedded again."""
    from corpus.headnote import project_headnotes
    from index.build import Making
    from index.entry import entries_of
    from index.generation import STORE, current
    from index.store import Store
    from ui.terminal import report_text

    settings = _settings()
    folder = index or settings.index_folder
    with _progress() as progress:
        making = Making(_embedder(settings), progress, project_headnotes())
        report, seconds = ingested(paths, folder, settings, making, rebuild=rebuild, pruned=pruned)
    typer.echo(report_text(report, seconds))
    if report_file is not None:
        store = Store(current(folder) / STORE)
        documents = [stored.document for stored in store.documents()]
        _write_report(report_file, entries_of(report.outcomes, documents, store.links()))


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A file; a catalogue.jsonl beside it is read.", dir_okay=False)],
    report_file: ReportOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what one file becomes, without indexing it: reader, repairs, articles, facts and passages."""
    from index.entry import Entry, as_json_of
    from index.gather import FileOutcome, find
    from ingest.intake import ingest_file
    from ingest.isolation import Limits, processes
    from ingest.readers.reader import UnreadableError
    from ui.terminal import document_text

    (found,) = find([file])
    try:
        with processes(Limits(), _settings().threads) as isolation:
            document = ingest_file(found.file, found.source, isolation)
    except UnreadableError as error:
        _fail(f"{file} gives no document: {error}")
    entry = Entry(FileOutcome(found.source.path, "read", len(document.passages), file=file), document)
    typer.echo(_json(as_json_of(entry)) if as_json else document_text(document))
    if report_file is not None:
        _write_report(report_file, [entry])


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in any of the five forms.")] = None,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines file of questions.")] = None,
    out: Annotated[Path | None, typer.Option(help="JSON Lines file for the answers of --batch.")] = None,
    language: LanguageOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Answer one question, or a file of questions, with citations."""
    from rag.batch import answer_file
    from rag.question import Question
    from ui.terminal import answer_text

    if (question is None) == (batch is None) or (batch is None) != (out is None):
        _fail('one question, or --batch IN.jsonl with --out OUT.jsonl, is needed: sanad ask "…"')
    day = as_of.date() if as_of else None
    chain = chain_over(_open(index), _settings())
    if batch is not None and out is not None:
        with _progress() as progress:
            answered, bad = answer_file(chain, batch, out, lambda done, total: progress("answer", done, total))
        typer.echo(f"{answered} questions answered, {bad} bad lines, in {out}")
        return
    answer = chain.invoke(Question(question or "", language=language, as_of=day))
    typer.echo(_json(answer.as_json()) if as_json else answer_text(answer))


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="The question, in any of the five forms.")],
    top_k: Annotated[int, typer.Option("--top-k", min=1, max=100, help="How many passages.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what was understood, and where scores come from.")
    ] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Show the best passages for a question, without an answer."""
    from dataclasses import asdict

    from rag.chain import query_of
    from rag.question import Question, understand
    from ui.terminal import hits_text, understood_text

    understood = understand(Question(question))
    hits = _open(index).search(query_of(understood), top_k)
    read = f"{understood_text(understood)}\n\n" if explain else ""
    typer.echo(_json([asdict(hit) for hit in hits]) if as_json else read + hits_text(hits, explained=explain))


@app.command()
def text(
    source: Annotated[str, typer.Argument(help="Path or id of a source, as citations name it.")],
    index: IndexOption = None,
) -> None:
    """Print the stored text of one source, exactly as citations index it."""
    from index.generation import STORE, current
    from index.store import Store

    store = Store(current(index or _settings().index_folder) / STORE)
    wanted = [found.id for found in store.sources().values() if source in {found.id, found.path}]
    if not wanted:
        _fail(f"a source of the index is needed, got {source!r}: `sanad status --sources` lists them")
    sys.stdout.write(store.text(wanted[0]) or "")


@app.command()
def status(
    index: IndexOption = None,
    sources: Annotated[bool, typer.Option("--sources", help="List every source too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say what the index holds, how old it is, whether its files are whole, and what readers thought of answers."""
    from rag.feedback import FeedbackLog
    from ui.terminal import feedback_text, sources_text, status_json, status_text

    opened, kept = _open(index), FeedbackLog(_settings().feedback_file).read()
    if as_json:
        typer.echo(_json(status_json(opened, kept, sources=sources)))
        return
    typer.echo(f"{status_text(opened, datetime.now(UTC))}\n{feedback_text(kept)}")
    if sources:
        typer.echo(sources_text(opened))


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
    ingest_first: Annotated[list[Path] | None, typer.Option("--ingest", help="Bring these in first.")] = None,
) -> None:
    """Serve the chat at / and the API under /v1."""
    from api.access_log import log_to
    from api.address import listen, refuse_taken
    from index.search import open_index

    settings = _settings()
    host, port = host or settings.host, port or settings.port
    refuse_taken(host, port)
    folder, embedder = index or settings.index_folder, _embedder(settings)
    if ingest_first:
        # Readers of files are heavy, and a server that brings nothing in needs none of them at its start.
        from corpus.headnote import project_headnotes
        from index.build import Making
        from ui.terminal import totals_line

        with _progress() as progress:
            report, seconds = ingested(ingest_first, folder, settings, Making(embedder, progress, project_headnotes()))
        typer.echo(totals_line(report, seconds))
    opened = open_index(folder, embedder, reranker_of(settings))
    log_to(sys.stderr, settings.log_format)
    typer.echo(f"Sanad serves {opened.manifest.documents} documents on http://{host}:{port} (Ctrl-C ends it)")
    with drawing() as isolation, served_over(opened, settings, host, isolation) as application:
        listen(application, host, port)


@app.command()
def mcp(index: IndexOption = None) -> None:
    """Serve an assistant over standard input and output (MCP): search, fetch, ask and verify_citation."""
    mcp_over(_open(index), _settings()).run()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _settings() -> Settings:
    from settings import Settings

    return Settings()


def _embedder(settings: Settings) -> Embedder:
    import logging

    from index.embedder import load_embedder

    logging.getLogger("transformers").setLevel(logging.ERROR)
    return load_embedder(settings.model, settings.models_folder, settings.threads)


def _write_report(target: Path, entries: list[Entry]) -> None:
    from ingest.isolation import Limits, processes
    from ui.ingest_report import write_report

    with _progress() as progress, processes(Limits(), _settings().threads) as isolation:
        write_report(target, entries, isolation, lambda done, total: progress("report", done, total))
    typer.echo(f"report in {target}")


def _open(folder: Path | None) -> Index:
    from index.generation import current
    from index.search import open_index

    settings = _settings()
    chosen = folder or settings.index_folder
    current(chosen)  # without an index, say so before the model is loaded
    return open_index(chosen, _embedder(settings), reranker_of(settings))


def _progress() -> AbstractContextManager[Report]:
    from ui.progress import terminal_progress

    return terminal_progress()


def _fail(message: str) -> NoReturn:
    typer.echo(f"sanad: {message}", err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
