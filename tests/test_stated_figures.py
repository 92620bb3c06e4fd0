"""Whether a text states an amount, a duration, a term or a share."""

import numpy as np
import pytest

from index.figures import figures_in
from index.pools import build_pool


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Une amende de 10.000 à 100.000 DH", ("amount",)),
        ("غرامة من 10.000 إلى 100.000 درهم", ("amount",)),
        ("dans un délai de trente (30) jours", ("duration",)),
        ("داخل أجل خمسة عشر يوما", ("duration",)),
        ("puni d'un emprisonnement de trois mois", ("duration", "prison")),
        ("يعاقب بالحبس", ("prison",)),
        ("soit 10 % du PIB", ("share",)),
        ("Le président convoque la commission.", ()),
        ("La madrague et le mad", ("amount",)),
    ],
)
def test_figures_are_told_by_unit(text: str, figures: tuple[str, ...]) -> None:
    assert figures_in(text) == figures


def test_a_pool_knows_which_passages_state_a_figure_and_no_word_finds_it() -> None:
    texts = ["Une amende de 10 DH", "Le président convoque", "sous dix jours"]
    pool = build_pool("fr", [3, 4, 5], texts, np.eye(3, dtype=np.float32))
    assert pool.stating(("amount",)).tolist() == [1, 0, 0]
    assert pool.stating(("amount", "duration")).tolist() == [1, 0, 1]
    assert pool.stating(()).tolist() == [0, 0, 0]
    assert not pool.lexical("#amount").any()
