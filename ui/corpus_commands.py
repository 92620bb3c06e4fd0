"""`sanad corpus …`: what has been published and what of it is indexed, what is wrong in the register, its schema.

What a command needs is imported when it runs, so that `sanad --help` answers at once.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, Protocol, cast

import typer

from ui.fetch_command import fetch

if TYPE_CHECKING:
    from rich.table import Table

    from index.coverage import Covered
    from index.search import Index

corpus_app = typer.Typer(help="What has been published on digital policy, and what of it Sanad can answer from.")

corpus_app.command()(fetch)

IndexOption = Annotated[Path | None, typer.Option("--index", help="Index folder; the default lies in SANAD_DATA_DIR.")]

_WIDTH: Final = 160
_SHOWN: Final = 12
"""Entries of a gap that are named without `--details`."""


class Opens(Protocol):
    """What the front door hands on: a way to the index."""

    def open_index(self, folder: Path | None, /) -> Index: ...


@corpus_app.command("list")
def list_entries(
    context: typer.Context,
    index: IndexOption = None,
    theme: Annotated[str | None, typer.Option(help="Only this theme, such as data-protection.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    language: Annotated[Literal["fr", "ar", "en"], typer.Option(help="Language of titles.")] = "fr",
) -> None:
    """Say by theme what is indexed, in which languages, in force or not, since when, and how readable the text is."""
    from rich.console import Console

    from corpus.register import project_register
    from index.coverage import counts, coverage, coverage_csv

    register = project_register()
    known = [one.id for one in register.themes]
    if theme is not None and theme not in known:
        raise ValueError(f"a theme of the register is needed, got {theme!r}: choose one of {', '.join(known)}")
    opened = cast("Opens", context.obj).open_index(index)
    lines = coverage(opened, register, datetime.now(UTC).date())
    shown = [line for line in lines if theme is None or (line.theme and line.theme.id == theme)]
    if as_csv:
        typer.echo(coverage_csv(shown), nl=False)
        return
    console = Console() if Console().is_terminal else Console(width=_WIDTH)
    console.print(_table(shown, language))
    for count in counts(shown):
        name = count.theme.names[language] if count.theme else "in no entry"
        typer.echo(f"{count.indexed:4} of {count.known:4}  {name}")


@corpus_app.command("check")
def check_register(
    details: Annotated[bool, typer.Option("--details", help="Name every entry with a gap.")] = False,
) -> None:
    """Report contradictions, which must be mended, and gaps, which are work to do; exit status 1 on a contradiction."""
    from corpus.register import project_register
    from corpus.register_check import check
    from corpus.validity import read_validity

    register = project_register()
    faults = check(register, read_validity())
    wrong = [fault for fault in faults if fault.kind == "contradiction"]
    missing = Counter(fault.what for fault in faults if fault.kind == "gap")
    for what, times in missing.most_common():
        named = [fault.about for fault in faults if fault.kind == "gap" and fault.what == what]
        shown = named if details else named[:_SHOWN]
        typer.echo(f"gap: {times} {what}: {', '.join(shown)}{'' if len(shown) == times else ', …'}")
    for fault in wrong:
        typer.echo(f"contradiction: {fault.about} {fault.what}")
    typer.echo(f"{len(register.entries)} entries, {len(wrong)} contradictions, {sum(missing.values())} gaps")
    if wrong:
        raise typer.Exit(1)


@corpus_app.command()
def schema() -> None:
    """Print the JSON schema of an entry of the register."""
    from corpus.register import entry_schema

    typer.echo(json.dumps(entry_schema(), indent=2, ensure_ascii=False))


def _table(lines: list[Covered], language: str) -> Table:
    from rich.table import Table

    table = Table("entry", "title", "dated", "languages", "force", "legible")
    theme = None
    for line in lines:
        if line.theme is not theme:
            theme = line.theme
            table.add_section()
        number = line.entry.id if line.entry else (line.source.path if line.source else "")
        since = f" {line.change.since or ''}" if line.change else ""
        quality = f"{line.legibility:.0%}" if line.legibility is not None else "—"
        languages = ", ".join(line.languages) or ("yes" if line.indexed else "—")
        table.add_row(number, line.title(language), line.dated or "—", languages, f"{line.force}{since}", quality)
    return table
