"""What goes into the store comes out of it, character for character."""

import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.authority import Authority, Level
from corpus.instrument import Instrument
from corpus.source import KINDS, Source
from index.store import Rejected, Store, StoredDocument, write_store
from ingest.document import Document, Facts, Passage, Relation, RelationKind, Repair
from ingest.facts.identity import ArticleLink, Link

TEXT = "Loi n° 09-08\nالمادة 52 𝟘\nArticle 52\n"


def stored(
    path: str = "loi-fr.txt", text: str = TEXT, spans: tuple[tuple[int, int], ...] = ((0, 12), (13, 24))
) -> StoredDocument:
    """A document cut at `spans`."""
    source = Source(path, "Loi", kind="law", language="fr", instrument=Instrument("loi", "09-08"))
    passages = tuple(
        Passage(source.id, position, start, end, text[start:end], "fr") for position, (start, end) in enumerate(spans)
    )
    return StoredDocument(
        Document(source, text, "fr", passages, (Repair("ligatures", 2, (("oﬃciel", "officiel"),)),)),
        f"fingerprint of {path}",
    )


def written(
    folder: Path, *documents: StoredDocument, rejected: tuple[Rejected, ...] = (), links: tuple[Link, ...] = ()
) -> Store:
    """A store of `documents` in `folder`."""
    write_store(folder / "store.sqlite", documents, rejected, links)
    return Store(folder / "store.sqlite")


@st.composite
def documents(draw: st.DrawFn) -> StoredDocument:
    """Any document with any passages."""
    text = draw(st.text(max_size=60))
    maybe = st.none() | st.text(max_size=8)
    source = Source(
        path=draw(st.text(min_size=1, max_size=12)),
        title=draw(st.text(max_size=8)),
        kind=draw(st.sampled_from(KINDS)),
        language=draw(maybe),
        issuer=draw(maybe),
        published=draw(maybe),
        url=draw(maybe),
        complete=draw(st.booleans()),
        note=draw(maybe),
        instrument=draw(st.none() | st.builds(Instrument, st.text(max_size=5), st.text(max_size=5))),
    )
    offset = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(offset, offset).map(lambda pair: (min(pair), max(pair))), max_size=4))
    passages = tuple(
        Passage(
            source_id=source.id,
            position=position,
            start=start,
            end=end,
            text=text[start:end],
            language=draw(st.sampled_from(["fr", "ar", "en"])),
            path=tuple(draw(st.lists(st.text(max_size=6), max_size=3))),
            article=draw(maybe),
            page=draw(st.none() | st.integers(1, 9999)),
            role=draw(st.sampled_from(["body", "footnote"])),
            context=draw(st.text(max_size=8)),
            paragraphs=draw(st.none() | st.tuples(st.integers(1, 99), st.integers(1, 99))),
            points=draw(st.none() | st.tuples(st.text(max_size=3), st.text(max_size=3))),
        )
        for position, (start, end) in enumerate(spans)
    )
    facts = Facts(
        title=draw(maybe),
        instrument=source.instrument,
        kind=draw(st.none() | st.sampled_from(KINDS)),
        signed=draw(maybe),
        authority=draw(st.none() | st.builds(Authority, st.sampled_from(get_args(Level)), st.text(max_size=5))),
    )
    one = st.builds(Instrument, st.text(max_size=5), st.text(max_size=5))
    articles = st.lists(st.text(max_size=3), max_size=2).map(tuple)
    relation = st.builds(
        Relation, st.sampled_from(get_args(RelationKind)), one, one, articles, st.booleans(), maybe, offset, offset
    )
    said = (facts, tuple(draw(st.lists(st.text(max_size=9), max_size=2))), tuple(draw(st.lists(relation, max_size=2))))
    sample = st.tuples(st.text(max_size=5), st.text(max_size=5))
    samples = st.lists(sample, max_size=2).map(tuple)
    repairs = tuple(draw(st.lists(st.builds(Repair, st.text(max_size=5), st.integers(1, 9), samples), max_size=2)))
    return StoredDocument(
        Document(source, text, draw(st.sampled_from(["fr", "ar"])), passages, repairs, *said), draw(st.text())
    )


@given(st.lists(documents(), max_size=3, unique_by=lambda item: item.document.source.path))
@settings(deadline=None, max_examples=40)
def test_documents_come_back_as_they_were(many: list[StoredDocument]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = written(Path(folder), *many)
        assert store.documents() == sorted(many, key=lambda item: item.document.source.path)
        assert store.passages() == [passage for item in many for passage in item.document.passages]
        assert store.sources() == {item.document.source.id: item.document.source for item in many}
        for item in many:
            assert store.document(item.document.source.id) == item
            assert store.text(item.document.source.id) == item.document.text


def test_an_unknown_id_gives_none(tmp_path: Path) -> None:
    store = written(tmp_path, stored())
    assert store.document("loi-09-08-000000") is None
    assert store.text("loi-09-08-000000") is None


def test_the_text_of_a_passage_is_the_slice_of_its_document(tmp_path: Path) -> None:
    store = written(tmp_path, stored())
    assert [passage.text for passage in store.passages()] == ["Loi n° 09-08", "المادة 52 𝟘"]
    assert store.text(stored().document.source.id) == TEXT


def test_rows_count_through_all_documents(tmp_path: Path) -> None:
    store = written(tmp_path, stored("b.txt"), stored("a.txt", spans=((0, 3), (4, 6), (7, 12))))
    assert [(passage.source_id[:1], passage.position) for passage in store.passages()] == [
        ("b", 0),
        ("b", 1),
        ("a", 0),
        ("a", 1),
        ("a", 2),
    ]


def test_documents_and_sources_are_in_order_of_path(tmp_path: Path) -> None:
    store = written(tmp_path, stored("b.txt"), stored("c.txt"), stored("a.txt"))
    assert [item.document.source.path for item in store.documents()] == ["a.txt", "b.txt", "c.txt"]
    assert [source.path for source in store.sources().values()] == ["a.txt", "b.txt", "c.txt"]


def test_rejected_files_are_listed_with_their_reasons(tmp_path: Path) -> None:
    b, a = Rejected("b.pdf", "encrypted", "…", "0b"), Rejected("a.doc", "unknown_format", "…", "0a")
    assert written(tmp_path, rejected=(b, a)).rejected() == [a, b]


def test_links_come_back_in_order_with_their_articles(tmp_path: Path) -> None:
    a, b, c = stored("a.txt"), stored("b.txt"), stored("c.txt")
    ids = [item.document.source.id for item in (a, b, c)]
    copy = Link("copy", ids[0], ids[1], 1.0)
    twins = Link("translation", ids[0], ids[2], 0.5, (ArticleLink("7 bis", (0, 12), (13, 24), "unequal"),))
    assert written(tmp_path, a, b, c, links=(twins, copy)).links() == [copy, twins]


def test_an_empty_store_holds_nothing(tmp_path: Path) -> None:
    store = written(tmp_path)
    assert (store.documents(), store.passages(), store.sources(), store.rejected()) == ([], [], {}, [])
    assert store.links() == []


def test_two_documents_of_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: documents\.\w+"):
        written(tmp_path, stored(), stored())


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20é"
    folder.mkdir()
    assert len(written(folder, stored()).passages()) == 2


def test_reading_creates_and_changes_no_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        Store(tmp_path / "none.sqlite").sources()
    store = written(tmp_path, stored())
    before = store.path.read_bytes()
    store.documents()
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite"]
    assert store.path.read_bytes() == before


def test_threads_may_share_a_store(tmp_path: Path) -> None:
    store = written(tmp_path, stored())
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(store.document, [stored().document.source.id] * 40))
    assert found == [stored()] * 40
