"""Fixtures of all tests: no network, a small corpus written here, an index of it."""

import json
import socket
from datetime import date
from pathlib import Path

import pytest
from langchain_core.runnables import Runnable

from index.build import build
from index.search import Index, open_index
from rag.answer import Answer
from rag.chain import build_chain
from rag.question import Question
from tests.fakes import FakeEmbedder, tools

SHARED = Path(__file__).parents[2] / "shared"
TODAY = date(2026, 11, 21)

LAW_FR = """Loi n° 77-01 relative aux essais

Chapitre premier
Dispositions générales
Article premier
La présente loi fixe les règles applicables aux données d'essai.

Article 2
Toute personne doit faire une déclaration avant de traiter des données. La déclaration est faite dans un délai de
dix jours.

Article 3
Est puni d'une amende de 1.000 à 5.000 dirhams quiconque traite des données sans déclaration.
"""
LAW_AR = """قانون رقم 77.01 يتعلق بالتجارب

المادة الأولى
يحدد هذا القانون القواعد المطبقة على معطيات التجربة.

المادة 2
يجب على كل شخص القيام بتصريح قبل معالجة المعطيات داخل أجل عشرة أيام.

المادة 3
يعاقب بغرامة من 1.000 إلى 5.000 درهم كل من عالج معطيات دون تصريح.
"""
PRESS_EN = """# Trade fair

The fair opened on Monday with a word on signature tools and their makers.
"""
CATALOGUE = (
    {
        "path": "loi-77-01-fr.txt",
        "title": "Loi n° 77-01 relative aux essais",
        "language": "fr",
        "issuer": "Parlement",
        "published": "2020-05-01",
        "kind": "law",
        "url": None,
        "complete": True,
        "note": None,
    },
    {
        "path": "loi-77-01-ar.txt",
        "title": "القانون رقم 77.01 المتعلق بالتجارب",
        "language": "ar",
        "issuer": "البرلمان",
        "published": "2020-05-01",
        "kind": "law",
    },
    {"path": "press-en.md", "title": "Trade fair", "language": "en", "published": "2024-02", "kind": "press"},
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but this machine fails the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        local = self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in {"127.0.0.1", "::1"})
        if not local:
            raise AssertionError(f"tests reach no network, but a connection to {address} was made")
        connect(self, address)  # type: ignore[arg-type]  # the address is of the kind that its family takes

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def shared() -> Path:
    """The shared inputs, which a clone by itself does not have."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared inputs beside the checkout ({SHARED.name}/), which are absent")
    return SHARED


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small corpus, free to be changed."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_corpus(folder)
    return folder


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """The folder of the index, which the first ingest makes."""
    return tmp_path / "data/index"


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A law in French and Arabic, a press piece in English, and their catalogue."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder)
    return folder


def write_corpus(folder: Path) -> None:
    """Write the small corpus into `folder`."""
    for name, text in (("loi-77-01-fr.txt", LAW_FR), ("loi-77-01-ar.txt", LAW_AR), ("press-en.md", PRESS_EN)):
        (folder / name).write_text(text, encoding="utf-8")
    lines = "\n".join(json.dumps(line, ensure_ascii=False) for line in CATALOGUE)
    (folder / "catalogue.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture(scope="session")
def index_folder(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small corpus, made with the fake embedder."""
    folder = tmp_path_factory.mktemp("index")
    build([corpus_folder], folder, tools())
    return folder


@pytest.fixture
def index(index_folder: Path) -> Index:
    """The open index of the small corpus."""
    return open_index(index_folder, FakeEmbedder())


@pytest.fixture
def chain(index: Index) -> Runnable[Question, Answer]:
    """The whole chain over the small corpus, on a fixed day."""
    return build_chain(index, lambda: TODAY)
