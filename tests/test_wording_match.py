"""Places of words in a text, exact and similar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wording_match import places_of, similar_places


@pytest.mark.parametrize(
    ("quote", "text", "places"),
    [("ab", "abcab", [(0, 2), (3, 5)]), ("aa", "aaaa", [(0, 2), (2, 4)]), ("x", "abc", []), ("", "abc", [])],
)
def test_exact_places_do_not_overlap(quote: str, text: str, places: list[tuple[int, int]]) -> None:
    assert list(places_of(quote, text)) == places


def test_places_count_from_the_start_of_the_whole_text() -> None:
    assert list(places_of("ab", "ab ab ab", 3, 5)) == [(3, 5)]
    assert list(similar_places("AB", "ab ab ab", 3, 5)) == [(3, 5)]


@pytest.mark.parametrize(
    ("quote", "text", "stored"),
    [
        ("l'article  2", "voir L’article\n2.", "L’article\n2"),
        ("الاداره", "«الإدارة»", "الإدارة"),
        ("سنـــد", "سند", "سند"),
        ("05–20", "loi 05-20 du", "05-20"),
        ("cœur", "un coeur", "coeur"),
    ],
)
def test_spelling_that_carries_no_meaning_may_differ(quote: str, text: str, stored: str) -> None:
    (place,) = similar_places(quote, text)
    assert text[slice(*place)] == stored


@pytest.mark.parametrize(
    ("quote", "text"), [("10.000", "100.00"), ("20-05", "05-20"), ("de loi", "deloi"), ("!?", "a")]
)
def test_what_carries_meaning_may_not(quote: str, text: str) -> None:
    assert list(similar_places(quote, text)) == []


@given(st.text(max_size=30), st.text(max_size=80))
def test_any_text_is_searched(quote: str, text: str) -> None:
    for start, end in similar_places(quote, text):
        assert 0 <= start < end <= len(text)
