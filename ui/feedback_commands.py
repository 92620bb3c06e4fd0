"""`sanad feedback …`: what readers said of answers, to be looked at, exported, and forgotten (law 09-08, articles 3-8).

What a command needs is imported when it runs, so that `sanad --help` answers at once.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.feedback import FeedbackLog

feedback_app = typer.Typer(help="What readers said of answers: export it, forget it.", no_args_is_help=True)

IdsArgument = Annotated[list[str], typer.Argument(help="Ids of answers, as readers see them in the answer's JSON.")]


@feedback_app.command()
def export(ids: Annotated[list[str] | None, typer.Argument(help="Ids of answers; all without any.")] = None) -> None:
    """Print what is kept, a JSON object a line."""
    for said in _log().read().feedback:
        if not ids or said.id in ids:
            typer.echo(json.dumps(asdict(said), ensure_ascii=False))


@feedback_app.command()
def erase(ids: IdsArgument) -> None:
    """Remove what was said of these answers."""
    typer.echo(f"{_log().forget(datetime.min.replace(tzinfo=UTC), ids)} lines erased")


@feedback_app.command()
def prune(
    days: Annotated[int, typer.Option("--older-than", min=0, help="Days; what is older is removed.")],
) -> None:
    """Remove what is old; to be run daily where there is a duty to forget."""
    typer.echo(f"{_log().forget(datetime.now(UTC) - timedelta(days=days))} lines older than {days} days erased")


def _log() -> FeedbackLog:
    from rag.feedback import FeedbackLog
    from settings import Settings

    return FeedbackLog(Settings().feedback_file)
