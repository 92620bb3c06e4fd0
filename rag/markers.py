"""Where the markers `[n]` stand in the text of an answer, and how much of a draft will stay as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rag.answer import Answer
from rag.languages import framing_language
from rag.markdown import markdown

_MARKER: Final = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Marker:
    """`answer.answer[start:end]` is `[n]`, counted in Unicode code points."""

    n: int
    start: int
    end: int


def markers(answer: Answer) -> tuple[Marker, ...]:
    """The markers of an answer in order; brackets with numbers inside a quote are none."""
    return tuple(marker for position in range(len(answer.sentences)) for marker in _of(answer, position))


def settled(draft: Answer) -> str:
    """The part of a draft that later drafts begin with too: up to its last checked sentence, empty before the first.

    What stands behind it, quotes and where else to read, moves on as sentences are added.
    """
    generated = [position for position, one in enumerate(draft.sentences) if one.kind == "generated"]
    return _beginning(draft, generated[-1]) if generated else ""


def _of(answer: Answer, position: int) -> Iterator[Marker]:
    """Those of a sentence: behind its text, and in a frame, whose words are our own, inside it too."""
    sentence, text = answer.sentences[position], _beginning(answer, position)
    behind = "".join(f" [{n}]" for n in sentence.citations)
    start = len(text) - len(sentence.text if sentence.kind == "frame" else behind)
    for match in _MARKER.finditer(text, start):
        if int(match[1]) in sentence.citations:
            yield Marker(int(match[1]), *match.span())


def _beginning(answer: Answer, position: int) -> str:
    """The text up to and with the sentence at a position."""
    cited = {citation.n: citation for citation in answer.citations}
    return markdown(answer.sentences[: position + 1], cited, framing_language(answer.language))
