"""Questions of the field are told from others by the questions that they resemble."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from evals.questions import default_questions
from index.embedder import FloatArray
from rag.scope import load_scope
from tests.fakes import FakeEmbedder

KNOWN = tomllib.loads((Path(__file__).parents[1] / "rag" / "scope.toml").read_text(encoding="utf-8"))


def test_a_question_on_a_fine_is_inside_and_one_on_cooking_outside() -> None:
    embedder = FakeEmbedder()
    scope = load_scope(embedder)
    assert scope.margin(embedder.embed_query("Quelle sanction et quelle amende dans la loi ?")) > 0
    assert scope.margin(embedder.embed_query("Comment cuire un tajine ?")) < 0


def test_the_margin_is_the_difference_of_the_three_nearest() -> None:
    embedder = FakeEmbedder()
    scope = load_scope(embedder)
    vector = embedder.embed_query("amende")
    inside = sorted(float(cosine) for cosine in scope.inside @ vector)[-3:]
    outside = sorted(float(cosine) for cosine in scope.outside @ vector)[-3:]
    assert scope.margin(vector) == pytest.approx(sum(inside) / 3 - sum(outside) / 3, abs=1e-6)


def test_no_evaluation_question_is_among_the_known_ones() -> None:
    asked = {
        json.loads(line)["question"]
        for file in default_questions()
        for line in file.read_text("utf-8").split("\n")
        if line
    }
    assert not asked & {*KNOWN["inside"], *KNOWN["outside"]}


def test_both_sides_know_both_scripts() -> None:
    for side in ("inside", "outside"):
        assert len(KNOWN[side]) >= 20
        assert any("\u0621" <= question[0] <= "\u064a" for question in KNOWN[side])
        assert any(question[0].isascii() for question in KNOWN[side])


def test_vectors_are_kept_for_the_next_start_and_replaced_with_the_model(tmp_path: Path) -> None:
    scopes = [load_scope(FakeEmbedder(name), tmp_path) for name in ("one", "one", "other")]
    assert [path.suffix for path in tmp_path.iterdir()] == [".npy"]

    class Silent(FakeEmbedder):
        def embed_query(self, text: str) -> FloatArray:
            raise AssertionError(f"embedded again: {text}")

    again = load_scope(Silent("other"), tmp_path)
    assert all(np.array_equal(again.inside, scope.inside) for scope in scopes)
    assert np.array_equal(again.outside, scopes[0].outside)
