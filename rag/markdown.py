"""Sentences to Markdown, each with the markers of its citations."""

from collections.abc import Mapping, Sequence

from rag.answer import Citation, Sentence
from rag.wording import reference


def markdown(sentences: Sequence[Sentence], citations: Mapping[int, Citation], language: str) -> str:
    """Paragraphs; a quote stands in a block of its own, the fact that leads is bold, prose runs on."""
    paragraphs: list[str] = []
    before = ""
    for sentence in sentences:
        text = _text(sentence, citations, language)
        if sentence.kind == "generated" == before:
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
        before = sentence.kind
    return "\n\n".join(paragraphs)


def _text(sentence: Sentence, citations: Mapping[int, Citation], language: str) -> str:
    markers = "".join(f" [{n}]" for n in sentence.citations)
    if sentence.kind == "quote":
        quoted = "\n".join(f"> {line}" if line.strip() else ">" for line in sentence.text.split("\n"))
        return quoted + markers
    if sentence.kind == "lead":
        return f"**{sentence.text}** — {reference(citations[sentence.citations[0]], language)}{markers}"
    return f"{sentence.text}{markers}" if sentence.kind == "generated" else sentence.text
