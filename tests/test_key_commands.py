"""`sanad keys`: the key is shown once, and never in a list."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.key_commands import key_app
from api.keys import KeyFile
from settings import Settings


@dataclass(frozen=True)
class Front:
    """What the front door leaves for its commands."""

    folder: Path

    def settings(self) -> Settings:
        return Settings.model_validate({"data_dir": self.folder})


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path)


def ran(front: Front, *arguments: str) -> str:
    """What a command prints."""
    result = CliRunner().invoke(key_app, arguments, obj=front, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_key_is_made_shown_once_and_works(front: Front) -> None:
    secret = ran(front, "create", "Office", "--scope", "ask", "--scope", "search", "--days", "30").strip()
    keys = KeyFile(front.settings().keys_file)
    found = keys.find(secret)
    assert found is not None
    assert found.scopes == ("ask", "search")
    assert found.expires is not None
    assert (found.expires - found.created).days == 30
    listed = ran(front, "list")
    assert found.id in listed
    assert "Office" in listed
    assert secret not in listed
    assert secret not in ran(front, "list", "--json")


def test_a_key_is_rotated_and_revoked(front: Front) -> None:
    old = ran(front, "create", "Office", "--scope", "ask").strip()
    new = ran(front, "rotate", old.split("_")[1], "--days", "0").strip()
    assert "revoked" in ran(front, "revoke", new.split("_")[1])
    listed = json.loads(ran(front, "list", "--json"))
    assert [key["name"] for key in listed] == ["Office", "Office"]
    assert listed[0]["expires"] is not None
    assert listed[1]["revoked"] is not None


def test_without_keys_the_list_says_how_to_make_one(front: Front) -> None:
    assert "sanad keys create" in ran(front, "list")


def test_an_unknown_scope_is_refused(front: Front) -> None:
    with pytest.raises(ValueError, match="scopes among ask, search, feedback, ingest, eval, admin, got rule"):
        ran(front, "create", "Office", "--scope", "rule")


def test_an_unknown_id_is_refused(front: Front) -> None:
    with pytest.raises(ValueError, match="the id of a key is needed, got 'none'"):
        ran(front, "revoke", "none")
