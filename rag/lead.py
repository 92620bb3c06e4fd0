"""The fact that a question asks for, where a quote states it: a clause of the quote, word for word, to stand first."""

import re
from collections.abc import Sequence
from typing import Final

from index.analysis import terms
from index.figures import Figure, figures_in
from rag.stated import stated_in

_SHORTEST, _LONGEST = 6, 140
# A line that goes on in the next one, with a small letter or a figure, is no border.
_CLAUSE: Final = re.compile(
    r"[;؛:•]|\n(?!\s*(?:[a-zà-ÿ](?!\))|\(|\d+[.,]\d{3}|\d+ ))|[,،](?=\s)|(?<!\d)[.](?=\s|$)|[.](?=\s\D|$)"
)
_OPENING: Final = re.compile(r"^(?:[\s\-–—*•«»)]+|(?:et|ou|and|or|أو)\s+)+", re.IGNORECASE)
# A bracket that opens in a clause and closes in another: the comma of `(loi 09-08, art. 52)`.
_UNCLOSED: Final = re.compile(r"\s*\([^()]*$")


def lead(quote: str, figures: Sequence[Figure], question: str, language: str) -> str | None:
    """The clause of `quote` that states one of `figures`; None where none does, or several with other numbers do.

    Of several, the one that shares most words with `question`, read in the quote's `language`, is taken.
    """
    stating = [clause for clause in _clauses(quote) if set(figures_in(clause)) & set(figures)]
    wanted = set(terms(question, language))
    shared = [len(wanted & set(terms(clause, language))) for clause in stating]
    if not stating:
        return None
    nearest = [clause for clause, count in zip(stating, shared, strict=True) if count == max(shared)]
    if len({frozenset(stated_in(clause).numbers) for clause in nearest}) > 1:
        return None
    best = nearest[0]
    return best if _SHORTEST <= len(best) <= _LONGEST else None


def _clauses(quote: str) -> list[str]:
    bare = (_UNCLOSED.sub("", _OPENING.sub("", clause)).strip() for clause in _CLAUSE.split(quote))
    return [clause for clause in bare if clause]
