"""What every embedder promises, kept by the fake one and by the real default, and how packed weights are read."""

import json
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embedder import DEFAULT_MODEL, Embedder, FloatArray, load_embedder
from index.nearness import measure, nearness
from index.sentence_model import SentenceTransformerEmbedder, load_model
from index.weights import read_packed
from tests.fakes import FakeEmbedder

FINE = "Est puni d'une amende quiconque traite des données sans déclaration."
DELAY = "La réponse est donnée dans un délai de dix jours."
FINE_AR = "تحدد الغرامة في مبلغ يتراوح بين ألف وخمسة آلاف درهم."
DELAY_AR = "يقدم الجواب داخل أجل عشرة أيام من تاريخ التوصل بالطلب."


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the default model, converted once for all tests; it is large, so it does not stay."""
    folder = tmp_path_factory.mktemp("data") / "models"
    load_model(DEFAULT_MODEL, folder, threads=2)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def default_embedder(models_folder: Path) -> SentenceTransformerEmbedder:
    """The model that Sanad embeds passages with unless it is told otherwise."""
    return load_model(DEFAULT_MODEL, models_folder, threads=2)


@pytest.fixture(scope="session")
def packed_embedder(models_folder: Path) -> Embedder:
    """The embedder that Sanad uses unless it is told otherwise."""
    return load_embedder(DEFAULT_MODEL, models_folder, threads=2)


def conform(embedder: Embedder) -> None:
    """Check everything that `Embedder` promises."""
    texts = [FINE, DELAY, "", "…", FINE]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (5, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1] * 5, abs=1e-4)
    assert float(vectors[0] @ vectors[4]) == pytest.approx(1, abs=1e-3)
    longer_than_any_model_reads = embedder.embed_passages(["loi " * 600])
    assert float(np.linalg.norm(longer_than_any_model_reads)) == pytest.approx(1, abs=1e-4)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts[:2]])
    assert (alone * vectors[:2]).sum(axis=1).tolist() == pytest.approx([1, 1], abs=1e-2)
    query = embedder.embed_query("Quelle amende ?")
    assert query.shape == (embedder.dimension,)
    assert query.dtype == np.float32
    assert float(np.linalg.norm(query)) == pytest.approx(1, abs=1e-4)
    nothing = embedder.embed_passages([])
    assert nothing.shape == (0, embedder.dimension)
    assert nothing.dtype == np.float32
    find_the_right_passage(embedder)


def find_the_right_passage(embedder: Embedder) -> None:
    """Check that questions are nearer to what answers them than to what does not, in and across languages."""
    for fine, delay in ((FINE, DELAY), (FINE_AR, DELAY_AR)):
        vectors = embedder.embed_passages([fine, delay])
        for question in ("Quelle amende est prévue ?", "ما مبلغ الغرامة؟"):
            near = vectors @ embedder.embed_query(question)
            assert near[0] > near[1]
        for question in ("Dans quel délai la réponse est-elle donnée ?", "داخل أي أجل يقدم الجواب؟"):
            near = vectors @ embedder.embed_query(question)
            assert near[1] > near[0]


def test_the_fake_embedder_conforms() -> None:
    conform(FakeEmbedder())


def test_the_default_embedder_conforms(default_embedder: SentenceTransformerEmbedder) -> None:
    conform(default_embedder)


def test_the_packed_embedder_conforms_and_agrees_with_the_model(
    packed_embedder: Embedder, default_embedder: SentenceTransformerEmbedder
) -> None:
    conform(packed_embedder)
    for text in (FINE, "ما هي الغرامة؟", "Who must report an incident?", "ch7al lgharama?", "?", "loi " * 600):
        one, other = packed_embedder.embed_query(text), default_embedder.embed_query(text)
        assert float(one @ other) == pytest.approx(1, abs=5e-3), text


def test_the_default_embedder_is_e5_small(default_embedder: SentenceTransformerEmbedder) -> None:
    assert (default_embedder.name, default_embedder.dimension) == ("multilingual-e5-small", 384)


def test_questions_and_passages_are_marked_as_e5_was_trained(default_embedder: SentenceTransformerEmbedder) -> None:
    marked = ["query: Quelle amende ?", "passage: Quelle amende ?"]
    expected = [default_embedder.model.encode([text], prompt="", normalize_embeddings=True)[0] for text in marked]
    query, passage = (
        default_embedder.embed_query("Quelle amende ?"),
        default_embedder.embed_passages(["Quelle amende ?"]),
    )
    assert np.allclose(query, expected[0], atol=1e-5)
    assert np.allclose(passage[0], expected[1], atol=1e-5)
    assert not np.allclose(query, passage[0], atol=1e-2)


def test_the_conversion_is_not_repeated(models_folder: Path, default_embedder: SentenceTransformerEmbedder) -> None:
    def state() -> dict[str, tuple[int, int]]:
        files = [path for path in models_folder.rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

    before = state()
    again = load_model(DEFAULT_MODEL, models_folder, threads=2)
    assert str(models_folder / DEFAULT_MODEL / "model.safetensors") in before
    assert state() == before
    assert np.array_equal(again.embed_query(FINE), default_embedder.embed_query(FINE))


def test_the_conversion_leaves_only_the_model(models_folder: Path) -> None:
    assert [path.name for path in models_folder.iterdir()] == [DEFAULT_MODEL]


def test_the_noted_precision_is_used(models_folder: Path, default_embedder: SentenceTransformerEmbedder) -> None:
    noted = (models_folder / DEFAULT_MODEL / "fastest-precision.txt").read_text(encoding="ascii")
    names = {"float32": torch.float32, "bfloat16": torch.bfloat16}
    assert {weights.dtype for weights in default_embedder.model.parameters()} == {names[noted]}


def test_an_e5_model_without_prompts_gets_those_of_e5(
    models_folder: Path, default_embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    tmp_path /= "my-e5-model"
    tmp_path.mkdir()
    for path in (models_folder / DEFAULT_MODEL).iterdir():
        (tmp_path / path.name).symlink_to(path)
    settings = tmp_path / "config_sentence_transformers.json"
    fields = json.loads(settings.read_text(encoding="utf-8")) | {"prompts": {}}
    settings.unlink()
    settings.write_text(json.dumps(fields), encoding="utf-8")
    other = load_embedder(str(tmp_path), tmp_path / "unused", threads=2)
    assert (other.name, other.dimension) == (str(tmp_path), 384)
    assert not (tmp_path / "unused").exists()
    assert float(other.embed_query(FINE) @ default_embedder.embed_query(FINE)) == pytest.approx(1, abs=2e-3)


@dataclass
class OneHot:
    """Gives each question of the probes the vector of its own answer."""

    name: str = "one-hot"
    dimension: int = 9
    asked: int = 0

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return np.eye(len(texts), self.dimension, dtype=np.float32)

    def embed_query(self, text: str) -> FloatArray:
        self.asked += 1
        unit: FloatArray = np.eye(self.dimension, dtype=np.float32)[self.asked - 1]
        return unit


@dataclass
class Backwards(OneHot):
    """Gives each question the vector of the answer after its own."""

    def embed_query(self, text: str) -> FloatArray:
        self.asked += 1
        unit: FloatArray = np.eye(self.dimension, dtype=np.float32)[self.asked % self.dimension]
        return unit


def test_the_scale_runs_from_unrelated_to_related() -> None:
    assert measure(OneHot()) == (0.0, 1.0)
    assert [nearness(cosine, (0.8, 0.9)) for cosine in (0.8, 0.85, 0.9, 0.7)] == pytest.approx([0, 0.5, 1, -1])


def test_the_default_embedder_tells_answers_from_other_texts(default_embedder: SentenceTransformerEmbedder) -> None:
    unrelated, related = measure(default_embedder)
    assert 0.7 < unrelated < related < 0.95
    assert related - unrelated > 0.05


def test_a_model_that_cannot_tell_answers_apart_is_refused() -> None:
    # Of the 72 other answers 9 have a cosine of 1: 0.125, shown as 0.12.
    with pytest.raises(ValueError, match=r"'one-hot' gives 0\.00 against 0\.12: choose a model"):
        measure(Backwards())


def packed() -> bytes:
    """Packed weights by hand: two pieces, a tensor of two floats and one of a single block of 4-bit numbers."""
    header = b"E5S1" + bytes(4) + struct.pack("<7ifi", 2, 1, 1, 4, 2, 8, 1, 0.5, 0)
    names = [b"<s>", "▁a".encode()]
    pieces = struct.pack("<5iQ", 2, 0, 2, 1, 3, 7) + struct.pack("<3I2f", 0, 3, 7, 0.0, -1.5) + b"".join(names)
    code_points = struct.pack("<iI", 1, 4) + b"\xff" * 4
    block = struct.pack("<e", 0.5) + bytes([0x9F, *[0x88] * 14, 0x08])
    data = struct.pack("<2f", 1.5, -2.0) + block
    start = len(header) + len(pieces) + len(code_points) + 4 + (2 + 3 + 21) + (2 + 4 + 21)
    floats = struct.pack("<H3sBIQQ", 3, b"fln", 0, 2, start, 8)
    blocks = struct.pack("<H4sBIQQ", 4, b"l0.q", 1, 32, start + 8, 18)
    return header + pieces + code_points + struct.pack("<i", 2) + floats + blocks + data


def test_packed_weights_are_decoded(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(packed())
    model = read_packed(tmp_path / "weights.bin")
    assert (model.shape.hidden, model.shape.feed_forward, model.shape.positions, model.shape.epsilon) == (2, 4, 8, 0.5)
    assert model.pieces == [("<s>", 0.0), ("▁a", -1.5)]
    assert len(packed()) == 194
    assert model.tensors["fln"].tolist() == [1.5, -2.0]
    # 0x9F: low half 15, high half 9; 0x88: 8 and 8; 0x08: 8 and 0. All less 8, times 0.5; low halves come first.
    assert model.tensors["l0.q"].tolist() == [3.5, *[0.0] * 15, 0.5, *[0.0] * 14, -4.0]


@pytest.mark.parametrize("content", [b"", b"E5S", b"PK\x03\x04 a zip archive", b"a law"])
def test_a_file_that_is_not_packed_weights_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(content)
    with pytest.raises(ValueError, match=r"packed weights must start with b'E5S1', got .* in weights\.bin: reinstall"):
        read_packed(tmp_path / "weights.bin")


@pytest.mark.parametrize(
    "kept",
    [4, 60, 90, 130, 193],
    ids=["after the magic", "in the counts", "in the pieces", "in the directory", "in the tensors"],
)
def test_packed_weights_that_are_cut_short_are_refused(kept: int, tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(packed()[:kept])
    with pytest.raises(ValueError, match=r"\w+"):
        read_packed(tmp_path / "weights.bin")
