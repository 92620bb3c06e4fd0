"""`sanad keys`: create, list, revoke and rotate the keys of the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from api.keys import SCOPES, Key, KeyFile, NewKey, utc_now

if TYPE_CHECKING:
    from settings import Settings

key_app = typer.Typer(help="Keys of the API: who may call what, until when.", no_args_is_help=True)

IdArgument = Annotated[str, typer.Argument(help="Id of the key, as `sanad keys list` shows it.")]
Days = Annotated[int | None, typer.Option(min=1, max=3650, help="Days until it expires; never by default.")]


class Wired(Protocol):
    """What the front door leaves for its commands."""

    @property
    def settings(self) -> Callable[[], Settings]: ...


@key_app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Who holds it, such as an office and its program.")],
    scope: Annotated[list[str], typer.Option(help=f"What it opens: {', '.join(SCOPES)}; repeat for more.")],
    days: Days = None,
) -> None:
    """Make a key and show it, once."""
    lifetime = timedelta(days=days) if days else None
    _show(_keys(context).create(name, scope, lifetime))


@key_app.command("list")
def listed(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show every key that was ever made, without its secret."""
    found = _keys(context).listed()
    if as_json:
        typer.echo(json.dumps([asdict(key) for key in found], ensure_ascii=False, indent=2, default=str))
        return
    typer.echo("\n".join(map(_line, found)) or "no keys: `sanad keys create NAME --scope ask` makes one")


@key_app.command()
def revoke(context: typer.Context, key_id: IdArgument) -> None:
    """Close a key at once and for good."""
    typer.echo(_line(_keys(context).revoke(key_id)))


@key_app.command()
def rotate(
    context: typer.Context,
    key_id: IdArgument,
    days: Annotated[int, typer.Option(min=0, max=365, help="Days for which the old key still works.")] = 7,
) -> None:
    """Make a second key of the same name and let the old one expire; both work in between."""
    keys = _keys(context)
    new = keys.rotate(key_id, timedelta(days=days))
    (old,) = (key for key in keys.listed() if key.id == key_id)
    typer.echo(_line(old), err=True)
    _show(new)


def _keys(context: typer.Context) -> KeyFile:
    wired: Wired = context.obj
    return KeyFile(wired.settings().keys_file)


def _show(new: NewKey) -> None:
    typer.echo(_line(new.key), err=True)
    typer.echo("This is the only time the key is shown. Send it as `Authorization: Bearer …`:", err=True)
    typer.echo(new.secret)


def _line(key: Key) -> str:
    """One key in one line."""
    until = f"until {key.expires:%Y-%m-%d %H:%M} UTC" if key.expires else "without end"
    used = f"last used {key.last_used}" if key.last_used else "never used"
    return f"{key.id}  {key.state(utc_now()):8} {key.name}  [{' '.join(key.scopes)}]  {until}, {used}"
