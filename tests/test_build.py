"""Documents to a published index: what is embedded again, and what a failure leaves behind."""

from pathlib import Path

import pytest

from index.files import BusyError, writer_lock
from index.generation import STORE, DamagedError, current, read_manifest, verify
from index.hit import Query
from index.search import open_index
from tests.conftest import CATALOGUE
from tests.fakes import FakeEmbedder
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


def test_a_first_ingest_indexes_every_file(corpus: Path, served: Path) -> None:
    report = ingest(served, corpus)
    assert [(outcome.path, outcome.status, outcome.passages) for outcome in report.outcomes] == [
        (LAW_AR, "indexed", 4),
        (LAW_FR, "indexed", 4),
        (PRESS, "indexed", 1),
    ]
    assert (report.generation, report.documents, report.passages, report.embedded) == ("gen-000001", 3, 9, 13)
    manifest = read_manifest(current(served))
    assert (manifest.embedder, manifest.dimension, manifest.documents) == ("fake", 9, 3)
    assert manifest.passages == {"ar": 4, "en": 1, "fr": 4}
    verify(current(served), manifest)


def test_a_rebuild_reads_everything_again_and_forgets_the_rest(corpus: Path, served: Path, tmp_path: Path) -> None:
    ingest(served, folder_of(tmp_path / "other", {"avis.txt": "Avis de la commission."}))
    ingest(served, corpus)
    report = ingest(served, corpus, rebuild=True)
    assert statuses(report) == {LAW_AR: "indexed", LAW_FR: "indexed", PRESS: "indexed"}
    assert (report.generation, report.embedded) == ("gen-000003", 0)
    assert paths(served) == [LAW_AR, LAW_FR, PRESS]


def test_the_report_of_a_rebuild_without_files_agrees_with_the_index(
    corpus: Path, served: Path, tmp_path: Path
) -> None:
    ingest(served, corpus)
    (tmp_path / "empty").mkdir()
    report = ingest(served, tmp_path / "empty", rebuild=True)
    assert len(paths(served)) == report.documents
    assert report.generation == current(served).name


def test_a_bad_catalogue_line_leaves_the_index_untouched(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    before = {path: path.read_bytes() for path in served.rglob("*") if path.is_file()}
    change_press(corpus)
    write_catalogue(corpus, [*CATALOGUE[:2], CATALOGUE[2] | {"kind": "gossip"}])
    with pytest.raises(ValueError, match=r"catalogue\.jsonl line 3 is not a valid catalogue line"):
        ingest(served, corpus)
    assert {path: path.read_bytes() for path in served.rglob("*") if path.is_file()} == before


def test_a_failure_while_embedding_leaves_the_index_in_use(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    change_press(corpus)
    with pytest.raises(RuntimeError, match=r"no memory for \d passages"):
        ingest(served, corpus, embedder=BrokenEmbedder())
    assert current(served).name == "gen-000001"
    verify(current(served), read_manifest(current(served)))
    assert ingest(served, corpus).generation == "gen-000002"


def test_a_second_ingest_at_the_same_time_is_refused(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    change_press(corpus)
    with writer_lock(served), pytest.raises(BusyError, match="one process at a time"):
        ingest(served, corpus)
    assert current(served).name == "gen-000001"


def test_a_damaged_index_is_mended_by_a_rebuild_only(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    (current(served) / STORE).write_bytes(b"")
    with pytest.raises(DamagedError, match="run `sanad ingest --rebuild PATH`"):
        ingest(served, corpus)
    assert ingest(served, corpus, rebuild=True).documents == 3
    verify(current(served), read_manifest(current(served)))


def test_another_embedder_embeds_everything_again(corpus: Path, served: Path) -> None:
    ingest(served, corpus)
    other = FakeEmbedder("other")
    report = ingest(served, corpus, embedder=other)
    assert set(statuses(report).values()) == {"unchanged"}
    assert (report.generation, report.embedded, len(embedded_passages(other))) == ("gen-000002", 13, 9)
    assert read_manifest(current(served)).embedder == "other"


def test_the_same_text_in_two_documents_can_be_cited_from_both(served: Path, tmp_path: Path) -> None:
    text = "The signature tool is certified by the authority."
    folder = folder_of(tmp_path / "twice", {"a.txt": text, "b.txt": text})
    write_catalogue(folder, [{"path": name, "title": "Notice"} for name in ("a.txt", "b.txt")])
    report = ingest(served, folder)
    assert (report.passages, report.embedded) == (2, 1)
    hits = open_index(served, FakeEmbedder()).search(Query("signature", "en"), 5)
    assert [hit.source.path for hit in hits] == ["a.txt", "b.txt"]
    assert len({hit.passage.id for hit in hits}) == 2
    assert {hit.passage.text for hit in hits} == {text}


def test_passage_ids_depend_on_neither_model_nor_catalogue(corpus: Path, served: Path, tmp_path: Path) -> None:
    ingest(served, corpus)
    write_catalogue(corpus, [])
    ingest(tmp_path / "other", corpus, embedder=FakeEmbedder("other"))
    ids = [[passage.id for passage in store(folder).passages()] for folder in (served, tmp_path / "other")]
    assert len(set(ids[0])) == 9
    assert ids[0] == ids[1]
