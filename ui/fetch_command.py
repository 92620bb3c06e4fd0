"""`sanad corpus fetch`: the files of the register into a folder, and what changed in them.

What the command needs is imported when it runs, so that `sanad --help` answers at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from corpus.fetch import Outcome, Wanted
    from corpus.fetched import FetchedFolder
    from corpus.web import Asking
    from ingest.isolation import Isolation
    from settings import Settings

_MEGABYTE = 1_000_000


def fetch(
    only: Annotated[list[str] | None, typer.Option("--only", help="Id of an entry (repeatable).")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Id of a theme.")] = None,
    into: Annotated[
        Path | None, typer.Option("--into", file_okay=False, help="Folder; the default lies in SANAD_DATA_DIR.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A host to ask beside the official ones (repeatable).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked for, without asking.")] = False,
) -> None:
    """Load the files of the register from the official hosts, ready for `sanad ingest`; go on where a run ended."""
    from corpus.fetch import files_of, official_hosts
    from corpus.fetched import FetchedFolder
    from corpus.register import project_register
    from settings import Settings

    settings, register = Settings(), project_register()
    wanted = files_of(register, only or (), theme)
    for name in sorted(set(only or ()) - {entry.id for one in wanted for entry in (one.entry, *one.also)}):
        typer.echo(f"no address of a file is known for {name}: look at its page", err=True)
    folder = FetchedFolder(into or settings.fetched_folder)
    if dry_run:
        _show(wanted, folder, settings)
        return
    hosts = official_hosts(register) | {host.lower() for host in allow_host or ()}
    try:
        outcomes = _fetch(wanted, folder, _asking(hosts, settings), settings)
    except KeyboardInterrupt:
        typer.echo("sanad: stopped; the same command goes on from what is here", err=True)
        raise typer.Exit(130) from None
    kinds = [outcome.status for outcome in outcomes]
    totals = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("new", "changed", "unchanged", "failed"))
    typer.echo(f"{len(wanted)} files of the register: {totals}; in {folder.path}")
    if "failed" in kinds:
        raise typer.Exit(1)


def _show(wanted: Sequence[Wanted], folder: FetchedFolder, settings: Settings) -> None:
    for one in wanted:
        known = folder.known(one.stem)
        typer.echo(f"{f'of {known.fetched}' if known else 'not here':13}  {one.stem}  ({one.url})")
    hosts = {one.host for one in wanted}
    pauses = len(wanted) * settings.fetch_delay_s
    typer.echo(f"{len(wanted)} files on {len(hosts)} hosts, some {pauses:.0f} s of pauses; into {folder.path}")


def _asking(hosts: frozenset[str], settings: Settings) -> Asking:
    from corpus.politeness import user_agent
    from corpus.web import Asking

    if settings.contact is None:
        typer.echo("hosts are not told whom to write to: set SANAD_CONTACT to an e-mail or a page", err=True)
    return Asking(
        hosts, user_agent(settings.contact), settings.fetch_delay_s, settings.fetch_timeout_s, settings.fetch_loopback
    )


def _fetch(wanted: Sequence[Wanted], folder: FetchedFolder, asking: Asking, settings: Settings) -> list[Outcome]:
    """With a line for each file as soon as it is there, so that a killed run has said what it did."""
    from corpus.addresses import addresses_of
    from corpus.attempts import SystemClock
    from corpus.download import Limits
    from corpus.fetch import Loading
    from corpus.fetch import fetch as fetch_files
    from corpus.web import polite_web
    from index.files import writer_lock
    from ingest.isolation import Limits as ReadingLimits
    from ingest.isolation import processes
    from ingest.promise import suffix_of
    from ui.progress import terminal_progress

    folder.working.mkdir(parents=True, exist_ok=True)
    limits = Limits(settings.fetch_largest_mb * _MEGABYTE)
    outcomes = []
    with (
        writer_lock(folder.working),
        polite_web(asking, addresses_of, SystemClock()) as web,
        processes(ReadingLimits(), settings.threads) as isolation,
        terminal_progress() as progress,
    ):
        for outcome in fetch_files(wanted, folder, Loading(web, suffix_of, _today, limits)):
            outcomes.append(outcome)
            progress("fetch", len(outcomes), len(wanted))
            typer.echo(_line(outcome, isolation))
    return outcomes


def _today() -> date:
    return datetime.now(UTC).date()


def _line(outcome: Outcome, isolation: Isolation) -> str:
    name = outcome.file.name if outcome.file else outcome.wanted.stem
    detail = outcome.reason
    if outcome.old is not None and outcome.file is not None:
        detail = f"{_changes(outcome.old, outcome.file, isolation)}; before: {outcome.old}"
    elif outcome.file is not None:
        detail = f"{outcome.file.stat().st_size / _MEGABYTE:.1f} MB"
    return f"{outcome.status:9}  {name}  ({detail})"


def _changes(old: Path, new: Path, isolation: Isolation) -> str:
    from corpus.source import Source
    from ingest.changes import changes_of
    from ingest.readers.reader import UnreadableError

    try:
        return changes_of(old, new, Source(new.name, new.stem), isolation).sentence
    except UnreadableError as error:
        return f"articles cannot be compared: {error}"
