"""`sanad corpus fetch`, run as its user runs it, against a server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import corpus.fetch
import corpus.register
from index.files import writer_lock
from tests.conftest import LAW_FR
from tests.file_server import FileServer, Reply, serving
from tests.registers import entry, register
from ui.fetch_command import fetch

HTML = b"<!doctype html><html><body>Page introuvable</body></html>"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FileServer]:
    """With a register of one law that it has and one that it has not."""
    monkeypatch.setenv("SANAD_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SANAD_FETCH_DELAY_S", "0")
    monkeypatch.setenv("SANAD_FETCH_LOOPBACK", "true")
    monkeypatch.setenv("SANAD_CONTACT", "sanad@example.org")
    with serving() as server:
        known = register(
            entry("loi-1", ("fr", server.url("/1.txt", "127.0.0.1"))),
            entry("loi-2", ("fr", server.url("/2.pdf", "127.0.0.1"))),
            entry("loi-3"),
        )
        monkeypatch.setattr(corpus.register, "project_register", lambda: known)
        server.say("/1.txt", Reply(body=LAW_FR.encode()))
        server.say("/2.pdf", Reply(body=HTML))
        yield server


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(fetch)
    return CliRunner().invoke(app, arguments)


def test_each_file_gets_a_line_and_a_failure_is_an_exit_status(server: FileServer, tmp_path: Path) -> None:
    result = run()
    folder = tmp_path / "data/fetched"
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "new        loi-1-fr.txt  (0.0 MB)"
    assert lines[1].startswith("failed     loi-2-fr  (a PDF was promised, got an HTML page")
    assert lines[2] == f"2 files of the register: 1 new, 0 changed, 0 unchanged, 1 failed; in {folder}"
    assert (folder / "loi-1-fr.txt").read_text("utf-8") == LAW_FR
    assert server.asked[0][1]["User-Agent"].endswith("(corpus fetch; sanad@example.org)")


def test_a_changed_law_is_told_article_by_article(server: FileServer, tmp_path: Path) -> None:
    into = ("--into", str(tmp_path / "elsewhere"), "--only", "loi-1")
    assert run(*into).exit_code == 0
    server.say("/1.txt", Reply(body=LAW_FR.replace("dix jours", "trente jours").encode()))
    result = run(*into)
    assert result.exit_code == 0
    assert "changed    loi-1-fr.txt  (articles changed: 2; before: " in result.stdout
    assert ".old/loi-1-fr.until-" in result.stdout


def test_a_text_that_cannot_be_read_any_more_is_no_end(server: FileServer) -> None:
    run("--only", "loi-1")
    server.say("/1.txt", Reply(body=b" \n \n"))
    assert "articles cannot be compared: no_text" in run("--only", "loi-1").stdout


def test_a_dry_run_asks_nobody(server: FileServer, tmp_path: Path) -> None:
    result = run("--dry-run")
    assert result.exit_code == 0
    assert "not here       loi-2-fr  (http://127.0.0.1:" in result.stdout
    assert "2 files on 1 hosts" in result.stdout
    assert server.asked == []
    assert not (tmp_path / "data").exists()


def test_an_entry_without_a_file_is_named(server: FileServer) -> None:
    result = run("--only", "loi-3")
    assert "no address of a file is known for loi-3: look at its page" in result.stderr
    assert server.asked == []


def test_an_interruption_says_that_the_next_run_goes_on(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus.fetch, "download", interrupt)
    result = run()
    assert result.exit_code == 130
    assert "the same command goes on from what is here" in result.stderr


def test_loopback_is_not_asked_without_leave(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SANAD_FETCH_LOOPBACK")
    result = run("--only", "loi-1")
    assert result.exit_code == 1
    assert "a host on the public network is needed, 127.0.0.1 has the address 127.0.0.1" in result.stdout
    assert server.asked == []


def test_hosts_are_asked_only_when_they_are_official_or_allowed(server: FileServer) -> None:
    away = server.url("/1.txt", "localhost")
    server.say("/2.pdf", Reply(302, headers={"Location": away}))
    refused = run("--only", "loi-2")
    host = away.split("/")[2]
    assert f"--allow-host {host}" in refused.stdout
    assert "a PDF was promised, got plain text" in run("--only", "loi-2", "--allow-host", host).stdout


def test_one_fetch_at_a_time_writes_into_a_folder(server: FileServer, tmp_path: Path) -> None:
    working = tmp_path / "data/fetched/.fetch"
    working.mkdir(parents=True)
    with writer_lock(working):
        result = run()
    assert result.exit_code == 1
    assert "one process at a time may write to" in str(result.exception)
