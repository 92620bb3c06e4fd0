"""What is said instead of an answer: what was looked for, what comes near, where to go, what to ask instead."""

import re
from collections.abc import Sequence
from typing import Final

from index.hit import Hit
from rag.answer import Sentence, frame
from rag.evidence import Verdict
from rag.question import Understood
from rag.quotes import NOTHING, citation
from rag.selection import distinct
from rag.wording import number_in, provision, reference, wording

_NEAREST: Final = 2
_MOST_SUGGESTIONS: Final = 3
# Five words or more: what is shorter leans on the words before it.
_QUESTION: Final = re.compile(r"(?:[^\s?؟.!:;؛]+\s+){4,}[^?؟.!:;؛]+[?؟]")
_NOT_OURS: Final = frozenset({"out_of_scope", "elsewhere", "instructions"})


def refusing(understood: Understood, hits: Sequence[Hit], verdict: Verdict, documents: int) -> list[Sentence]:
    """The sentences of a refusal, all from the wording file, filled with references."""
    words = wording(understood.wording)
    private = [frame(words.masked)] if understood.masked else []
    if verdict.reason in words.refusals:
        asked = suggestions(understood, hits, verdict) if verdict.reason == "premise" else ()
        return [frame(words.refusals[verdict.reason]), *map(frame, asked), *private]
    return [*_not_found(understood, hits, verdict, documents), frame(words.where_to_go), *private]


def _not_found(understood: Understood, hits: Sequence[Hit], verdict: Verdict, documents: int) -> list[Sentence]:
    words = wording(understood.wording)
    if verdict.reason == "unknown_instrument":
        number = number_in(verdict.detail, understood.wording)
        return [frame(words.unknown_instrument.format(number=number))]
    if verdict.reason == "unknown_article":
        number, article = verdict.detail.split(" ", 1)
        missing = words.unknown_article.format(number=number_in(number, understood.wording), article=article)
        return [frame(missing)]
    nearest = distinct(hits, understood.wording)[:_NEAREST]
    near = words.separator.join(
        reference(citation(0, hit, NOTHING, understood.wording), understood.wording) for hit in nearest
    )
    return [
        frame(words.not_found.format(documents=documents)),
        *([frame(words.nearest.format(references=near))] if near else []),
    ]


def suggestions(understood: Understood, hits: Sequence[Hit], verdict: Verdict) -> tuple[str, ...]:
    """Questions that the index can answer, for who asked one that it cannot."""
    if verdict.reason == "premise" and understood.numbers:
        return (_what_it_says(understood, hits),)
    if verdict.reason in _NOT_OURS:
        return ()
    return _answerable(distinct(hits, understood.wording), understood)


def _what_it_says(understood: Understood, hits: Sequence[Hit]) -> str:
    """What to ask instead of a question that takes the content of a text for granted: what that text says."""
    article = understood.articles[0] if understood.articles else None
    number = understood.numbers[0]
    held = (hit.source.instrument for hit in hits)
    kind = next((instrument.type for instrument in held if instrument and instrument.number == number), None)
    named = provision(number, article, kind, understood.wording)
    return wording(understood.wording).premise_of.format(reference=named)


def _answerable(hits: Sequence[Hit], understood: Understood) -> tuple[str, ...]:
    """The headnotes of what comes near, where they are questions, in the asker's own language."""
    tongue = "ary" if understood.language == "ary" else understood.wording
    asked = (_QUESTION.search(hit.clues.get(tongue, "")) for hit in hits)
    return tuple(dict.fromkeys(found.group().strip() for found in asked if found))[:_MOST_SUGGESTIONS]
