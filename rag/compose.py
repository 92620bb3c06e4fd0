"""Evidence to an Answer made of quotes: who says it, what it says word for word, and where else to read."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from index.hit import Hit
from rag.answer import Answer, Citation, Engine, Sentence, Status, frame
from rag.evidence import Verdict
from rag.question import Understood
from rag.quotes import Similarity, best_span, citation
from rag.refusal import refusing, suggestions
from rag.selection import quoted
from rag.wording import as_of_line, ended_line, reference, wording

_STATUS: Final[dict[str, Status]] = {
    "sufficient": "answered",
    "weak": "not_found",
    "unknown_instrument": "not_found",
    "unknown_article": "not_found",
    "premise": "needs_clarification",
    "vague": "needs_clarification",
    "out_of_scope": "out_of_scope",
    "elsewhere": "out_of_scope",
    "instructions": "refused",
}


@dataclass(frozen=True, slots=True)
class QuotesComposer:
    """Composes without a language model: every word is framing from the wording file or a slice of a source."""

    today: Callable[[], date]
    engine: Engine
    documents: int

    def compose(self, understood: Understood, hits: list[Hit], verdict: Verdict, similarity: Similarity) -> Answer:
        """An answer with quotes when the verdict is sufficient, else a refusal that says what was looked for."""
        if verdict.sufficient:
            chosen = quoted(hits, understood.wording)
            citations = _citations(understood, chosen, similarity)
            sentences = [*_warning(citations[0], chosen[0], understood.wording), *_quoting(citations, understood)]
            further: tuple[str, ...] = ()
        else:
            citations = ()
            sentences = refusing(understood, hits, verdict, self.documents)
            further = suggestions(understood, hits, verdict)
        return Answer(
            id=uuid.uuid4().hex,
            question=understood.text,
            language=understood.language,
            direction="rtl" if understood.wording == "ar" else "ltr",
            status=_STATUS[verdict.reason],
            answer=_markdown(sentences, understood.wording),
            sentences=tuple(sentences),
            citations=citations,
            confidence=verdict.confidence,
            suggestions=further,
            as_of=understood.question.as_of or self.today(),
            engine=self.engine,
            timings_ms={},
        )


def _citations(understood: Understood, hits: list[Hit], similarity: Similarity) -> tuple[Citation, ...]:
    figures = understood.asks.figures
    spans = (best_span(hit, understood.text_for(hit.passage.language), similarity(hit), figures) for hit in hits)
    return tuple(
        citation(n, hit, span, understood.wording)
        for n, (hit, span) in enumerate(zip(hits, spans, strict=True), start=1)
    )


def _warning(first: Citation, hit: Hit, language: str) -> list[Sentence]:
    """That the first quote is no longer in force, said before it is read."""
    change = hit.standing.change
    return [Sentence(ended_line(first, change, language), (first.n,), "frame")] if change else []


def _quoting(citations: tuple[Citation, ...], understood: Understood) -> list[Sentence]:
    language = understood.wording
    words = wording(language)
    first, others = citations[0], citations[1:]
    opening, closing = words.quotation
    says = words.says[first.kind].format(reference=reference(first, language))
    sentences = [
        Sentence(says, (first.n,), "frame"),
        Sentence(f"{opening}{first.quote}{closing}", (first.n,), "quote", 1.0),
    ]
    if others:
        listed = words.separator.join(_listed(other, language) for other in others)
        sentences.append(Sentence(words.see_also.format(references=listed), tuple(c.n for c in others), "frame"))
    if understood.question.as_of:
        sentences.append(frame(as_of_line(understood.question.as_of, language)))
    return [*sentences, frame(words.notice)]


def _listed(cited: Citation, language: str) -> str:
    ended = f" ({wording(language).ended['note']})" if cited.in_force is False else ""
    return f"{reference(cited, language)} [{cited.n}]{ended}"


def _markdown(sentences: list[Sentence], language: str) -> str:
    """Paragraphs; a quote stands in a block of its own, with its marker."""
    paragraphs = []
    for sentence in sentences:
        if sentence.kind == "quote":
            quoted = "\n".join(f"> {line}" if line.strip() else ">" for line in sentence.text.split("\n"))
            paragraphs.append(quoted + "".join(f" [{n}]" for n in sentence.citations))
        else:
            paragraphs.append(sentence.text)
    return "\n\n".join(paragraphs)
