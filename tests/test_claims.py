"""A reply that arrives in pieces, to sentences with the numbers of what they cite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims import Claim, claims
from rag.prompt import MARK


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("L'amende est de 500 dirhams [1].", [Claim("L'amende est de 500 dirhams.", (1,))]),
        ("L'amende est de 500 dirhams. [1]", [Claim("L'amende est de 500 dirhams.", (1,))]),
        ("Un. [1] Deux [2][3].", [Claim("Un.", (1,)), Claim("Deux.", (2, 3))]),
        ("- Un [1]\n- Deux [2]", [Claim("Un.", (1,)), Claim("Deux.", (2,))]),
        ("Un [1] [2]. Trois", [Claim("Un.", (1, 2)), Claim("Trois", ())]),
        ("هل يعاقب؟ نعم [1].", [Claim("هل يعاقب؟ نعم.", (1,))]),
        (f"Une{MARK}amende [1].", [Claim("Une amende.", (1,))]),
        ("NO_ANSWER", [Claim("NO_ANSWER", ())]),
        ("", []),
    ],
)
def test_sentences_end_with_their_markers(reply: str, expected: list[Claim]) -> None:
    assert list(claims([reply])) == expected


@given(st.lists(st.sampled_from(["Une amende", " de 500", " [1]", ".", " [2]", "[3]", " Deux", "\n", " fin"])))
def test_where_a_reply_is_cut_changes_nothing(pieces: list[str]) -> None:
    whole = "".join(pieces)
    assert list(claims(pieces)) == list(claims([whole])) == list(claims(list(whole)))


@given(st.text(alphabet="a .[]12\n"))
def test_no_number_is_lost_or_made_up(reply: str) -> None:
    for claim in claims([reply]):
        assert all(f"[{n}]" in reply.replace("[0", "[") for n in claim.cited if n)


def test_a_claim_is_given_before_the_reply_ends() -> None:
    def slow() -> object:
        yield "Une amende [1]. "
        yield "Deux"
        raise AssertionError("the first claim was to be given before")

    arriving = claims(slow())  # type: ignore[arg-type]
    assert next(arriving) == Claim("Une amende.", (1,))
