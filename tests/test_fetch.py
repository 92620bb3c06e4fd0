"""Files of a register, from a real server on this machine into a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import read_catalogue
from corpus.fetch import Loading, Outcome, all_files, fetch, files_of, official_hosts
from corpus.fetched import FetchedFolder
from corpus.register import Register, Theme, read_register
from ingest.promise import suffix_of
from tests.file_server import FakeClock, FileServer, Reply, serving, web_of
from tests.pdfs import page_of, pdf
from tests.registers import entry, register

OLD = pdf(page_of("Article 1\nLe delai est de dix jours."))
NEW = pdf(page_of("Article 1\nLe delai est de vingt jours."))
HTML = b"<!doctype html><html><body>Page introuvable</body></html>"


@dataclass
class Run:
    """Runs of `sanad corpus fetch`, one after the other, on days that pass."""

    server: FileServer
    folder: Path
    day: int = 21

    def __call__(self, known: Register) -> list[Outcome]:
        self.day += 1
        with web_of(self.server, FakeClock()) as web:
            loading = Loading(web, suffix_of, lambda: date(2026, 11, self.day))
            return list(fetch(all_files(known), FetchedFolder(self.folder), loading))

    def statuses(self, known: Register) -> list[str]:
        return [outcome.status for outcome in self(known)]


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving() as server:
        yield server


@pytest.fixture
def run(server: FileServer, tmp_path: Path) -> Run:
    return Run(server, tmp_path / "fetched")


def test_files_are_named_and_catalogued_from_the_register(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD))
    server.say("/a", Reply(body=NEW))
    known = register(entry("loi-1", ("fr", server.url("/f.pdf")), ("ar", server.url("/a"))))
    assert run.statuses(known) == ["new", "new"]
    french, arabic = (read_catalogue(run.folder).source(f"loi-1-{language}.pdf") for language in ("fr", "ar"))
    assert (french.title, french.language, french.kind, french.issuer) == ("Titre de loi-1", "fr", "law", "Parlement")
    assert (french.published, french.url) == ("2009-03-05", server.url("/f.pdf"))
    assert arabic.title == "عنوان loi-1"
    assert french.family == arabic.family


def test_an_unchanged_file_is_asked_about_and_not_loaded(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD, etag='"1"'))
    known = register(entry("loi-1", ("fr", server.url("/f.pdf"))))
    assert run.statuses(known) == ["new"]
    assert run.statuses(known) == ["unchanged"]
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    line = FetchedFolder(run.folder).known("loi-1-fr")
    assert line is not None
    assert (line.fetched.day, line.checked.day) == (22, 23)


def test_the_same_bytes_are_unchanged_whatever_the_host_says(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD, etag='"1"'), Reply(body=OLD, etag='"2"'))
    known = register(entry("loi-1", ("fr", server.url("/f.pdf"))))
    assert run.statuses(known) == ["new"]
    assert run.statuses(known) == ["unchanged"]
    line = FetchedFolder(run.folder).known("loi-1-fr")
    assert line is not None
    assert (line.etag, line.fetched.day) == ('"2"', 22)


def test_a_changed_file_is_told_with_the_old_one(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD, etag='"1"'), Reply(body=NEW, etag='"2"'))
    known = register(entry("loi-1", ("fr", server.url("/f.pdf"))))
    run(known)
    (outcome,) = run(known)
    assert outcome.status == "changed"
    assert outcome.file is not None
    assert outcome.old is not None
    assert (outcome.old.read_bytes(), outcome.file.read_bytes()) == (OLD, NEW)


def test_a_new_address_in_the_register_is_asked_without_conditions(run: Run, server: FileServer) -> None:
    for path in ("/old.pdf", "/new.pdf"):
        server.say(path, Reply(body=OLD, etag='"1"'))
    run(register(entry("loi-1", ("fr", server.url("/old.pdf")))))
    assert run.statuses(register(entry("loi-1", ("fr", server.url("/new.pdf"))))) == ["unchanged"]
    assert "If-None-Match" not in server.asked[-1][1]
    assert read_catalogue(run.folder).source("loi-1-fr.pdf").url == server.url("/new.pdf")


def test_a_file_that_fails_takes_no_other_with_it(run: Run, server: FileServer) -> None:
    server.say("/page.pdf", Reply(body=HTML))
    server.say("/f.pdf", Reply(body=OLD))
    known = register(
        entry("gone", ("fr", server.url("/gone.pdf"))),
        entry("page", ("fr", server.url("/page.pdf"))),
        entry("loi-1", ("fr", server.url("/f.pdf"))),
    )
    gone, page, law = run(known)
    assert (gone.status, page.status, law.status) == ("failed", "failed", "new")
    assert "got 404 Not Found" in gone.reason
    assert page.reason.startswith("a PDF was promised, got an HTML page")
    assert sorted(file.name for file in run.folder.iterdir()) == [
        ".fetch", "catalogue.jsonl", "fetched.jsonl", "loi-1-fr.pdf",
    ]  # fmt: skip
    assert list((run.folder / ".fetch").iterdir()) == []


def test_a_host_that_fails_again_and_again_is_left_alone(run: Run, server: FileServer) -> None:
    paths = [f"/{number}.pdf" for number in range(5)]
    for path in paths:
        server.say(path, Reply(503))
    outcomes = run(register(*[entry(f"loi-{path[1]}", ("fr", server.url(path))) for path in paths]))
    assert set(server.paths()) == set(paths[:3])
    assert [outcome.status for outcome in outcomes] == ["failed"] * 5
    assert "failed 3 times in a row and is left: try again later" in outcomes[4].reason


def test_a_host_that_answers_in_between_is_not_left(run: Run, server: FileServer) -> None:
    paths = [f"/{number}.pdf" for number in range(5)]
    for path in paths:
        server.say(path, Reply(503))
    server.say("/2.pdf", Reply(body=OLD))
    run(register(*[entry(f"loi-{path[1]}", ("fr", server.url(path))) for path in paths]))
    assert set(server.paths()) == set(paths)


def test_a_page_in_the_place_of_a_file_leaves_the_file_that_was_there(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD), Reply(body=HTML))
    known = register(entry("loi-1", ("fr", server.url("/f.pdf"))))
    run(known)
    assert run.statuses(known) == ["failed"]
    assert (run.folder / "loi-1-fr.pdf").read_bytes() == OLD


def test_a_file_of_two_entries_is_loaded_once_and_says_so(run: Run, server: FileServer) -> None:
    server.say("/f.pdf", Reply(body=OLD))
    url = server.url("/f.pdf")
    assert run.statuses(register(entry("loi-1", ("fr", url)), entry("loi-2", ("fr", url)))) == ["new"]
    assert read_catalogue(run.folder).source("loi-1-fr.pdf").note == "+ Titre de loi-2"


def test_editions_in_one_language_have_names_of_their_own() -> None:
    known = register(entry("loi-1", ("fr", "https://a.ma/1.pdf"), ("fr", "https://b.ma/1.pdf")))
    assert [wanted.stem for wanted in all_files(known)] == ["loi-1-fr", "loi-1-edition-2-fr"]


def test_entries_are_chosen_by_id_and_by_theme() -> None:
    first, second = entry("loi-1", ("fr", "https://a.ma/1.pdf")), entry("loi-2", ("fr", "https://a.ma/2.pdf"))
    known = Register((Theme("one", {}, (first,)), Theme("two", {}, (second, entry("loi-3")))))
    assert [file.stem for file in files_of(known, (), None)] == ["loi-1-fr", "loi-2-fr"]
    assert [file.stem for file in files_of(known, ["loi-2"], None)] == ["loi-2-fr"]
    assert [file.stem for file in files_of(known, (), "one")] == ["loi-1-fr"]
    assert [file.stem for file in files_of(known, ["loi-2"], "one")] == ["loi-1-fr", "loi-2-fr"]
    assert files_of(known, ["loi-3"], None) == ()
    with pytest.raises(ValueError, match=r"ids of the register are needed, got loi-9: `sanad corpus list`"):
        files_of(known, ["loi-9"], None)
    with pytest.raises(ValueError, match=r"a theme of the register is needed, got 'three': it is one of one, two"):
        files_of(known, (), "three")


def test_official_hosts_are_those_of_the_files_with_and_without_www() -> None:
    known = register(entry("loi-1", ("fr", "https://www.a.ma/1.pdf"), ("ar", "http://b.ma:8080/1.pdf")))
    assert official_hosts(known) >= {"www.a.ma", "a.ma", "b.ma:8080", "www.b.ma:8080"}


def test_every_file_of_the_project_has_a_name_and_a_line_of_its_own() -> None:
    files = all_files(read_register())
    assert len({wanted.stem for wanted in files}) == len(files) > 100
    assert {wanted.catalogued(f"{wanted.stem}.pdf").title == "" for wanted in files} == {False}
    assert {wanted.promised for wanted in files} == {".pdf", ".docx", ".txt"}
