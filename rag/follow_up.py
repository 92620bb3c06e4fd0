"""Questions that only an earlier one makes whole: « et pour une entreprise ? », « وكم المدة؟ »."""

import re
from collections.abc import Sequence
from typing import Final

from corpus.instrument import numbers_in
from index.analysis import terms
from rag.answer import Language
from rag.languages import framing_language, question_language
from rag.names import names_in

_JOINS_ON: Final = re.compile(
    r"^(?:et|et si|mais|dans ce cas|and|and if|but|what about|how about|و|ماذا عن|w|ou|ila)(?!\w)"
    r"|^و ?(?:كم|ماذا|متى|هل|كيف|أين|لمن|من|شحال|شكون|فين|واش|إذا|بالنسبة)",
    re.IGNORECASE,
)
_SHORT: Final = 7
_FEW_TERMS: Final = 1
_FEW_TERMS_OF_DIALECT: Final = 2
"""Question words of Darija are no stop words of the index: one more is allowed."""
_FURTHEST: Final = 3


def completed(text: str, earlier: Sequence[str]) -> str:
    """`text` after the earlier questions, newest last, that it needs; `text` itself where it stands alone."""
    needed: list[str] = []
    asked = text
    for question in reversed(earlier[-_FURTHEST:]):
        if not depends(asked):
            break
        needed.insert(0, question)
        asked = question
    return " ".join([*needed, text])


def depends(text: str) -> bool:
    """Whether a question joins on to another: by its first word, or because it is short and names no subject."""
    return bool(_JOINS_ON.match(text)) or lacks_subject(text)


def lacks_subject(text: str) -> bool:
    """Whether a question is too short to tell what it is about: « Quelle amende ? », « شحال ؟ »."""
    if len(text.split()) > _SHORT or numbers_in(text) or names_in(text):
        return False
    language: Language = question_language(text)
    few = _FEW_TERMS_OF_DIALECT if language in {"ary", "ary-Latn"} else _FEW_TERMS
    return len(set(terms(text, framing_language(language)))) <= few
