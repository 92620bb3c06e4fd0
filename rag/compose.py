"""Evidence to an Answer made of quotes: who says it, what it says word for word, and where else to read."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.source import Source
from index.hit import Hit
from rag.answer import Answer, Citation, Engine, Sentence, Status
from rag.evidence import Verdict
from rag.question import Understood
from rag.quotes import Similarity, best_span, citation
from rag.wording import as_of_line, number_in, reference, wording

MOST_CITATIONS: Final = 5
_NEAREST: Final = 2
_STATUS: Final[dict[str, Status]] = {
    "sufficient": "answered",
    "weak": "not_found",
    "unknown_instrument": "not_found",
    "unknown_article": "not_found",
    "out_of_scope": "out_of_scope",
    "elsewhere": "out_of_scope",
    "instructions": "refused",
}


@dataclass(frozen=True, slots=True)
class QuotesComposer:
    """Composes without a language model: every word is framing from the wording file or a slice of a source."""

    similarity: Similarity
    today: Callable[[], date]
    engine: Engine

    def compose(self, understood: Understood, hits: list[Hit], verdict: Verdict) -> Answer:
        """An answer with quotes when the verdict is sufficient, else a refusal that says what was looked for."""
        if verdict.sufficient:
            citations = _citations(understood, _evidence(hits, understood.wording), self.similarity)
            sentences = _quoting(citations, understood)
        else:
            citations = ()
            sentences = _refusing(understood, hits, verdict)
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
            suggestions=(),
            as_of=understood.question.as_of or self.today(),
            engine=self.engine,
            timings_ms={},
        )


def _citations(understood: Understood, hits: list[Hit], similarity: Similarity | None = None) -> tuple[Citation, ...]:
    """The first quote is cut by meaning, the others by shared words, which needs no embedding."""
    cited = []
    for n, hit in enumerate(hits, start=1):
        span = best_span(hit, understood.text_for(hit.passage.language), similarity if n == 1 else None)
        cited.append(citation(n, hit, span, understood.wording))
    return tuple(cited)


def _refusing(understood: Understood, hits: list[Hit], verdict: Verdict) -> list[Sentence]:
    words = wording(understood.wording)
    no_question = {"out_of_scope": words.out_of_scope, "elsewhere": words.elsewhere, "instructions": words.instructions}
    if verdict.reason in no_question:
        return [_frame(no_question[verdict.reason])]
    if verdict.reason == "unknown_instrument":
        number = number_in(verdict.detail, understood.wording)
        return [_frame(words.unknown_instrument.format(number=number)), _frame(words.where_to_go)]
    if verdict.reason == "unknown_article":
        number, article = verdict.detail.split(" ", 1)
        missing = words.unknown_article.format(number=number_in(number, understood.wording), article=article)
        return [_frame(missing), _frame(words.where_to_go)]
    nearest = _citations(understood, _distinct(hits, understood.wording)[:_NEAREST])
    sentences = [_frame(words.not_found)]
    if nearest:
        near = words.separator.join(reference(near, understood.wording) for near in nearest)
        sentences.append(_frame(words.nearest.format(references=near)))
    return [*sentences, _frame(words.where_to_go)]


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
        listed = words.separator.join(f"{reference(other, language)} [{other.n}]" for other in others)
        sentences.append(Sentence(words.see_also.format(references=listed), tuple(c.n for c in others), "frame"))
    if understood.question.as_of:
        sentences.append(_frame(as_of_line(understood.question.as_of, language)))
    return [*sentences, _frame(words.notice)]


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


def _frame(text: str) -> Sentence:
    return Sentence(text, (), "frame")


def _distinct(hits: list[Hit], language: str) -> list[Hit]:
    """Best hit of each article or text, twins counted once and shown in the reader's language where there is one."""
    chosen: dict[tuple[str, str | None, int], Hit] = {}
    for hit in hits:
        key = _identity(hit)
        kept = chosen.get(key)
        better_language = kept and hit.passage.language == language != kept.passage.language
        if kept is None or better_language:
            chosen[key] = hit
    return list(chosen.values())


def _evidence(hits: list[Hit], language: str) -> list[Hit]:
    """What is quoted: the distinct hits, and after the first, most often the answer, the next part of its article."""
    best, *others = _distinct(hits, language)
    place = (best.source.id, best.passage.article)
    parts = [hit for hit in hits if best.passage.article and (hit.source.id, hit.passage.article) == place]
    further = [hit for hit in parts if hit.passage.position != best.passage.position]
    return [best, *further[:1], *others][:MOST_CITATIONS]


def _identity(hit: Hit) -> tuple[str, str | None, int]:
    source: Source = hit.source
    if source.instrument and hit.passage.article and hit.passage.role == "body":
        return source.instrument.number, hit.passage.article, 0
    return source.id, hit.passage.article, hit.passage.position
