"""The same promises on the real documents of the shared inputs; skipped where these are absent."""

import json
import re
from pathlib import Path

import pytest

from corpus.catalogue import read_catalogue
from corpus.instrument import Instrument
from corpus.source import Source
from ingest.document import Document, Passage
from ingest.facts.identity import links_between
from ingest.intake import ingest_file
from ingest.readers.reader import UnreadableError
from ingest.repair.lam_alef import repair
from tests.fakes import InProcess

ARABIC_WORD = re.compile("[\u0621-\u064a\u064b-\u0652\u0670]+")
SAMPLE = 15


def exchanged(text: str) -> str:
    return re.sub("ل([اأإآ])", r"\1ل", text)


@pytest.fixture
def contexts(shared: Path) -> list[str]:
    """Clean Arabic paragraphs of XQuAD."""
    articles = json.loads((shared / "bench/xquad/xquad.ar.json").read_text(encoding="utf-8"))["data"]
    return [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]


def test_nearly_all_exchanged_words_are_restored_exactly(contexts: list[str]) -> None:
    clean = "\n".join(contexts)
    damaged = exchanged(clean)
    words = zip(*(ARABIC_WORD.findall(text) for text in (clean, damaged, repair(damaged).text)), strict=True)
    restored = [before == after for before, broken, after in words if before != broken]
    assert len(restored) > 2000
    assert sum(restored) / len(restored) >= 0.985


def test_clean_paragraphs_are_not_taken_for_damaged(contexts: list[str]) -> None:
    assert len(contexts) == 240
    assert [context for context in contexts if repair(context).changes] == []


def test_a_sample_of_real_files_gives_passages_that_slice_their_text(shared: Path) -> None:
    core = shared / "corpus/core"
    catalogue = read_catalogue(core)
    files = sorted(path for path in core.iterdir() if path.suffix in {".txt", ".md", ".html", ".pdf"})
    sample = files[:: max(1, len(files) // SAMPLE)][:SAMPLE]
    unreadable: list[str] = []
    documents: list[Document] = []
    for path in sample:
        try:
            documents.append(ingest_file(path, catalogue.source(path.name), InProcess()))
        except UnreadableError as error:
            unreadable.append(error.code)
    assert len(documents) + len(unreadable) == SAMPLE
    assert len(documents) >= SAMPLE - 3
    assert set(unreadable) <= {"needs_ocr"}
    for document in documents:
        _check_passages(document)


def _check_passages(document: Document) -> None:
    name = document.source.path
    assert document.passages, name
    last = 0
    for position, passage in enumerate(document.passages):
        assert passage.position == position, name
        assert passage.start >= last, f"{name}: {passage.id} overlaps the one before"
        assert passage.text == document.text[passage.start : passage.end], passage.id
        assert passage.text.strip(), passage.id
        last = passage.end


def _article(document: Document, number: str) -> Passage:
    (found,) = [part for part in document.passages if part.article == number and part.role == "body"]
    return found


@pytest.mark.parametrize(
    ("name", "currency", "page"),
    [
        ("loi-09-08-donnees-personnelles-fr.txt", "DH", None),
        ("adala-electronic-38-ar.txt", "درهم", 32),
    ],
)
def test_article_52_is_found_with_its_fine(shared: Path, name: str, currency: str, page: int | None) -> None:
    core = shared / "corpus/core"
    document = ingest_file(core / name, read_catalogue(core).source(name), InProcess())
    article = _article(document, "52")
    amounts = re.findall(r"\d+(?:\.\d{3})+", article.text)
    assert amounts == ["10.000", "100.000"]
    assert currency in article.text
    assert article.page == page
    assert document.source.instrument == Instrument("loi", "09-08")


def test_the_damaged_arabic_law_is_repaired(shared: Path) -> None:
    name = "adala-electronic-38-ar.txt"
    document = ingest_file(shared / "corpus/core" / name, Source(path=name, title=name), InProcess())
    assert "المادة 12 أعلاه، أو واصل نشاط معالجة المعطيات ذات الطابع الشخصي" in document.text
    assert "الأشخاص الذين تعرضوا لأضرار نتيجة هذه المخالفة" in document.text
    assert "األشخاص" not in document.text
    assert repair(document.text).changes == ()


TWINS = (
    ("loi-09-08-donnees-personnelles-fr.txt", "adala-electronic-38-ar.txt", 60, 0.95),
    ("loi-05-20-cybersecurite-fr.txt", "adala-electronic-43-ar.txt", 50, 0.95),
    ("loi-43-20-services-confiance-fr.txt", "adala-electronic-36-ar.txt", 80, 0.95),
    ("loi-53-05-echange-electronique-donnees-juridiques-fr.txt", "adala-electronic-37-ar.txt", 4, 0.95),
    ("decret-2-22-687-application-loi-43-20-fr.txt", "adala-electronic-4541-ar.txt", 36, 0.95),
    ("decret-2-24-921-cloud-iiv-fr.txt", "adala-electronic-6013-ar.txt", 20, 0.95),
)


@pytest.mark.parametrize(("french", "arabic", "articles", "share"), TWINS)
def test_french_and_arabic_texts_are_linked_by_article(
    shared: Path, french: str, arabic: str, articles: int, share: float
) -> None:
    core = shared / "corpus/core"
    documents = [ingest_file(core / name, Source(path=name, title=name), InProcess()) for name in (french, arabic)]
    (link,) = links_between(documents)
    assert link.kind == "translation"
    assert len(link.articles) >= articles
    assert link.score >= share
    unequal = [linked.article for linked in link.articles if linked.figures == "unequal"]
    assert unequal == (["57", "61"] if french.startswith("loi-09-08") else [])


def test_a_wrong_title_at_the_source_is_noticed(shared: Path) -> None:
    core = shared / "corpus/core"
    name = "adala-electronic-5110-ar.txt"
    document = ingest_file(core / name, read_catalogue(core).source(name), InProcess())
    assert [warning for warning in document.warnings if "title is not that of the text" in warning]
    assert document.source.instrument == Instrument("decret", "2-15-712")
    assert ("repeals", "2-21-406", "2-15-712") in [
        (one.kind, one.by.number, one.target.number) for one in document.relations
    ]
