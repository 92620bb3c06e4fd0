"""Near copies are found without comparing every pair, and what only shares a formula is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.sketch import near_copies, sketch_of

WORDS = [f"mot{number}" for number in range(4000)]


def text_of(seed: int, length: int = 3000) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def changed(text: str, share: float) -> str:
    """`text` with one stretch of its words exchanged."""
    words = text.split()
    count = int(len(words) * share)
    return " ".join([f"autre{number}" for number in range(count)] + words[count:])


def pairs(**texts: str) -> dict[tuple[str, str], float]:
    return near_copies({name: sketch_of(text) for name, text in texts.items()})


def test_equal_words_are_a_copy_whatever_their_layout() -> None:
    text = text_of(1)
    assert pairs(a=text, b=text.upper().replace(" ", "\n")) == {("a", "b"): 1.0}
    assert pairs(a="الإدارة الرقمية ٢٠٢٠", b="الادارةُ الرقميه 2020") == {("a", "b"): 1.0}


@pytest.mark.parametrize("length", [100, 3000, 20_000])
def test_the_resemblance_of_a_near_copy_is_that_of_its_shingles(length: int) -> None:
    text = text_of(2, length)
    score = pairs(a=text, b=changed(text, 0.1))["a", "b"]
    assert score == pytest.approx(0.9 / 1.1, abs=0.06)


def test_what_stands_whole_in_a_longer_text_is_found() -> None:
    text = text_of(3, 600)
    score = pairs(a=text, b=f"{text_of(4, 900)} {text}")["a", "b"]
    assert score == pytest.approx(600 / 1500, abs=0.06)


def test_different_texts_and_short_ones_are_not_linked() -> None:
    assert pairs(a=text_of(5), b=text_of(6), c=changed(text_of(5), 0.6)) == {}
    assert pairs(a="un deux trois quatre cinq six", b="un deux trois quatre cinq sept") == {}


def test_one_character_less_than_equal_is_not_a_copy() -> None:
    text = text_of(7)
    assert 0.9 < pairs(a=text, b=f"{text} fin")["a", "b"] < 1.0


def test_many_texts_are_compared_in_buckets() -> None:
    texts = {f"t{number:03}": text_of(number, 300) for number in range(200)}
    texts["copy"] = texts["t042"]
    assert near_copies({name: sketch_of(text) for name, text in texts.items()}) == {("copy", "t042"): 1.0}


@given(st.text())
def test_any_text_has_a_sketch_that_is_always_the_same(text: str) -> None:
    first, second = sketch_of(text), sketch_of(text)
    assert (first.hashes.tolist(), first.reach, first.digest) == (second.hashes.tolist(), second.reach, second.digest)
    assert sorted(set(first.hashes.tolist())) == first.hashes.tolist()
