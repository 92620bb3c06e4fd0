"""Files of an ingest: what becomes of each, what is read again, and what is left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from PIL import Image

from index.build import Making, Tools, build
from index.generation import current
from ingest.isolation import Limits
from ingest.readers.reader import UnreadableError
from ingest.readers.scan import recognise
from ingest.reading import read
from tests.conftest import CATALOGUE
from tests.fakes import FakeEmbedder, InProcess
from tests.ingests import (
    LAW_AR,
    LAW_FR,
    PRESS,
    BrokenEmbedder,
    change_press,
    embedded_passages,
    folder_of,
    ingest,
    paths,
    statuses,
    store,
    write_catalogue,
)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class ReadingRoom(InProcess):
    """Keeps a list of the files that are read; no recogniser is installed in it."""

    read_files: list[str] = field(default_factory=list)

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        if function is read:
            self.read_files.append(Path(str(arguments[0])).name)
        if function is recognise:
            raise UnreadableError("needs_ocr", "install it")
        return super().run(function, *arguments, **named)

    def within(self, limits: Limits) -> "ReadingRoom":
        return self


def test_files_that_cannot_be_read_are_reported_and_listed(corpus: Path, served: Path) -> None:
    (corpus / "table.xls").write_bytes(b"\xd0\xcf\x11\xe0\x00")
    (corpus / "empty.txt").write_bytes(b"")
    report = ingest(served, corpus)
    assert statuses(report) == {
        "empty.txt": "quarantined",
        LAW_AR: "indexed",
        LAW_FR: "indexed",
        PRESS: "indexed",
        "table.xls": "skipped",
    }
    reasons = {outcome.path: outcome.reason for outcome in report.outcomes if outcome.reason}
    assert set(reasons) == {"empty.txt", "table.xls"}
    assert reasons["empty.txt"].startswith("empty: the file has no content")
    assert "(.xls)" in reasons["table.xls"]
    kept = [(item.path, item.status, f"{item.code}: {item.reason}") for item in store(served).rejected()]
    assert kept == [("empty.txt", "quarantined", reasons["empty.txt"]), ("table.xls", "skipped", reasons["table.xls"])]


def test_a_second_run_embeds_nothing_and_publishes_nothing(corpus: Path, served: Path) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    ingest(served, corpus)
    before = sorted(path.name for path in served.iterdir())
    embedder = FakeEmbedder()
    report = ingest(served, corpus, embedder=embedder)
    assert statuses(report) == {
        "empty.txt": "quarantined",
        LAW_AR: "unchanged",
        LAW_FR: "unchanged",
        PRESS: "unchanged",
    }
    assert (report.generation, report.documents, report.passages, report.embedded) == ("gen-000001", 3, 9, 0)
    assert embedder.embedded == []
    assert sorted(path.name for path in served.iterdir()) == before


def test_only_a_changed_file_is_embedded_again(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    change_press(corpus)
    embedder = FakeEmbedder()
    report = ingest(served, corpus, embedder=embedder)
    assert statuses(report) == {LAW_AR: "unchanged", LAW_FR: "unchanged", PRESS: "indexed"}
    assert embedded_passages(embedder) == [
        "Trade fair › Trade fair\n# Trade fair\n\nThe fair closed on Friday after a week of meetings."
    ]
    assert report.embedded == 2
    assert report.generation == current(served).name == "gen-000002"
    assert "The fair closed on Friday after a week of meetings." in store(served).passages()[-1].text


def test_a_catalogue_change_alone_reads_that_file_again(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    write_catalogue(corpus, [*CATALOGUE[:2], CATALOGUE[2] | {"note": "seen by a lawyer"}])
    report = ingest(served, corpus)
    assert statuses(report) == {LAW_AR: "unchanged", LAW_FR: "unchanged", PRESS: "indexed"}
    assert report.embedded == 0
    assert [source.note for source in store(served).sources().values()] == [None, None, "seen by a lawyer"]


def test_another_folder_adds_to_the_first(corpus: Path, served: Path, tmp_path: Path) -> None:
    ingest(served, corpus)
    report = ingest(served, folder_of(tmp_path / "other", {"2024/avis.txt": "Avis de la commission."}))
    assert statuses(report) == {"2024/avis.txt": "indexed"}
    assert (report.documents, report.passages, report.embedded) == (4, 10, 1)
    assert paths(served) == ["2024/avis.txt", LAW_AR, LAW_FR, PRESS]


def test_one_file_is_ingested_with_its_catalogue_line(corpus: Path, served: Path) -> None:
    assert statuses(ingest(served, corpus / PRESS)) == {PRESS: "indexed"}
    assert [source.kind for source in store(served).sources().values()] == ["press"]


def test_hidden_files_and_folders_are_left_alone(corpus: Path, served: Path) -> None:
    folder_of(corpus, {".git/notes.txt": "not for the index", ".draft.txt": "nor this"})
    ingest(served, corpus)
    assert paths(served) == [LAW_AR, LAW_FR, PRESS]


def test_the_same_path_in_two_folders_is_an_error(corpus: Path, served: Path, tmp_path: Path) -> None:
    other = folder_of(tmp_path / "other", {PRESS: "Another fair."})
    with pytest.raises(ValueError, match=r"press-en\.md stands in two of the folders: ingest the folder above"):
        ingest(served, corpus, other)
    assert not served.exists()
    assert statuses(ingest(served, tmp_path))[f"other/{PRESS}"] == "indexed"


def test_pruning_removes_what_is_not_under_the_paths_any_more(corpus: Path, served: Path) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    ingest(served, corpus)
    (corpus / PRESS).unlink()
    (corpus / "empty.txt").unlink()
    assert statuses(ingest(served, corpus)) == {LAW_AR: "unchanged", LAW_FR: "unchanged"}
    assert PRESS in paths(served)
    report = ingest(served, corpus, pruned=True)
    assert statuses(report) == {
        "empty.txt": "removed", PRESS: "removed", LAW_AR: "unchanged", LAW_FR: "unchanged"
    }  # fmt: skip
    assert paths(served) == [LAW_AR, LAW_FR]
    assert (report.passages, report.generation, store(served).rejected()) == (8, "gen-000002", [])


def test_pruning_by_an_empty_folder_is_refused(corpus: Path, served: Path, tmp_path: Path) -> None:
    ingest(served, corpus)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="pruning needs at least one file, the given paths hold none"):
        ingest(served, tmp_path / "empty", pruned=True)
    assert len(paths(served)) == 3


def test_a_file_that_was_rejected_is_tried_again_only_where_an_installation_may_mend_it(
    corpus: Path, served: Path
) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    Image.new("L", (30, 20)).save(corpus / "scan.png")
    room = ReadingRoom()
    first = build([corpus], served, Tools(room, Making(FakeEmbedder(), lambda *_: None)))
    assert room.read_files == ["broken.pdf", LAW_AR, LAW_FR, PRESS, "scan.png"]
    assert [item.code for item in store(served).rejected()] == ["corrupt", "needs_ocr"]
    room.read_files.clear()
    second = build([corpus], served, Tools(room, Making(FakeEmbedder(), lambda *_: None)))
    assert room.read_files == ["scan.png"]
    assert statuses(second) == statuses(first) | dict.fromkeys((LAW_AR, LAW_FR, PRESS), "unchanged")


def test_a_killed_ingest_goes_on_from_the_files_that_it_finished(corpus: Path, served: Path) -> None:
    room = ReadingRoom()
    with pytest.raises(RuntimeError, match="no memory"):
        build([corpus], served, Tools(room, Making(BrokenEmbedder(), lambda *_: None)))
    assert room.read_files == [LAW_AR, LAW_FR, PRESS]
    change_press(corpus)
    report = build([corpus], served, Tools(room, Making(FakeEmbedder(), lambda *_: None)))
    assert room.read_files == [LAW_AR, LAW_FR, PRESS, PRESS]
    assert statuses(report) == dict.fromkeys((LAW_AR, LAW_FR, PRESS), "indexed")
    assert not (served / "journal.sqlite").exists()


def test_a_path_that_does_not_exist_is_an_error(served: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere does not exist: check the spelling"):
        ingest(served, tmp_path / "nowhere")


def test_progress_counts_files_and_then_passages(corpus: Path, served: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    build([corpus], served, Tools(InProcess(), Making(FakeEmbedder(), lambda *step: seen.append(step))))
    assert seen == [("read", 1, 3), ("read", 2, 3), ("read", 3, 3), ("embed", 13, 13)]


def test_a_file_that_was_emptied_leaves_the_index_until_it_is_filled(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    text = (corpus / PRESS).read_bytes()
    (corpus / PRESS).write_bytes(b"")
    assert statuses(ingest(served, corpus))[PRESS] == "quarantined"
    assert paths(served) == [LAW_AR, LAW_FR]
    (corpus / PRESS).write_bytes(text)
    assert statuses(ingest(served, corpus))[PRESS] == "indexed"
    assert paths(served) == [LAW_AR, LAW_FR, PRESS]
    assert store(served).rejected() == []


def test_files_with_arabic_names_do_not_collide(served: Path, tmp_path: Path) -> None:
    names = ["قرار ٣٥٨٨.txt", "قرار ٥٠٠٨.txt"]
    ingest(served, folder_of(tmp_path / "ar", dict.fromkeys(names, "يعاقب بغرامة كل من عالج معطيات دون تصريح.")))
    assert paths(served) == names
