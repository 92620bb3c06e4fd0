"""Evidence to an Answer made of quotes: who says it, what it says word for word, and where else to read."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from index.hit import Hit
from rag.answer import Answer, Citation, Engine, Sentence, Status
from rag.evidence import Verdict
from rag.markdown import markdown
from rag.question import Understood
from rag.quotes import Similarity, best_span, citation
from rag.quoting import missing, quoting
from rag.refusal import refusing, suggestions
from rag.selection import quoted

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
class Evidence:
    """What an answer is made from; `further` are questions that could follow it."""

    understood: Understood
    hits: Sequence[Hit]
    verdict: Verdict
    similarity: Similarity
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotesComposer:
    """Composes without a language model: every word is framing from the wording file or a slice of a source."""

    today: Callable[[], date]
    engine: Engine
    documents: int

    def compose(self, evidence: Evidence) -> Answer:
        """An answer with quotes when the verdict is sufficient, else a refusal that says what was looked for."""
        understood, hits, verdict = evidence.understood, evidence.hits, evidence.verdict
        if not verdict.sufficient:
            sentences = refusing(understood, hits, verdict, self.documents)
            return self.answer(evidence, (), sentences, _STATUS[verdict.reason], suggestions(understood, hits, verdict))
        chosen = quoted(hits, understood.wording)
        citations = _citations(understood, chosen, evidence.similarity)
        sentences = quoting(understood, citations, chosen[0].standing.change, verdict.confidence)
        status: Status = "partial" if missing(understood, citations) else "answered"
        return self.answer(evidence, citations, sentences, status, evidence.further)

    def answer(
        self,
        evidence: Evidence,
        citations: tuple[Citation, ...],
        sentences: Sequence[Sentence],
        status: Status,
        further: tuple[str, ...],
    ) -> Answer:
        """The Answer around given sentences."""
        understood = evidence.understood
        return Answer(
            id=uuid.uuid4().hex,
            question=understood.text,
            language=understood.language,
            direction="rtl" if understood.wording == "ar" else "ltr",
            status=status,
            answer=markdown(sentences, {cited.n: cited for cited in citations}, understood.wording),
            sentences=tuple(sentences),
            citations=citations,
            confidence=evidence.verdict.confidence,
            suggestions=further,
            as_of=understood.question.as_of or self.today(),
            engine=self.engine,
            timings_ms={},
        )


def _citations(understood: Understood, hits: Sequence[Hit], similarity: Similarity) -> tuple[Citation, ...]:
    figures = understood.asks.figures
    spans = (best_span(hit, understood.text_for(hit.passage.language), similarity(hit), figures) for hit in hits)
    return tuple(
        citation(n, hit, span, understood.wording)
        for n, (hit, span) in enumerate(zip(hits, spans, strict=True), start=1)
    )
