"""Evidence to an Answer made of quotes: who says it, what it says word for word, and where else to read."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.source import Source
from index.analysis import vocabulary
from index.hit import Hit
from rag.answer import Answer, Citation, Engine, Sentence, Status
from rag.evidence import Verdict
from rag.question import Understood
from rag.quotes import Similarity, best_span, citation
from rag.wording import as_of_line, ended_line, number_in, provision, reference, wording

MOST_CITATIONS: Final = 5
_NEAREST: Final = 2
_COPIED: Final = 0.85
"""Share of the words of the shorter from which two passages are copies."""
_STATUS: Final[dict[str, Status]] = {
    "sufficient": "answered",
    "weak": "not_found",
    "unknown_instrument": "not_found",
    "unknown_article": "not_found",
    "premise": "needs_clarification",
    "out_of_scope": "out_of_scope",
    "elsewhere": "out_of_scope",
    "instructions": "refused",
}


@dataclass(frozen=True, slots=True)
class QuotesComposer:
    """Composes without a language model: every word is framing from the wording file or a slice of a source."""

    today: Callable[[], date]
    engine: Engine

    def compose(self, understood: Understood, hits: list[Hit], verdict: Verdict, similarity: Similarity) -> Answer:
        """An answer with quotes when the verdict is sufficient, else a refusal that says what was looked for."""
        if verdict.sufficient:
            quoted = _quoted(hits, understood.wording)
            citations = _citations(understood, quoted, similarity)
            sentences = [*_warning(citations[0], quoted[0], understood.wording), *_quoting(citations, understood)]
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
            suggestions=_suggestions(understood, hits, verdict),
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


def _suggestions(understood: Understood, hits: list[Hit], verdict: Verdict) -> tuple[str, ...]:
    """What to ask instead of a question that takes the content of a text for granted: what that text says."""
    if verdict.reason != "premise" or not understood.numbers:
        return ()
    article = understood.articles[0] if understood.articles else None
    number = understood.numbers[0]
    held = (hit.source.instrument for hit in hits)
    kind = next((instrument.type for instrument in held if instrument and instrument.number == number), None)
    named = provision(number, article, kind, understood.wording)
    return (wording(understood.wording).premise_of.format(reference=named),)


def _refusing(understood: Understood, hits: list[Hit], verdict: Verdict) -> list[Sentence]:
    words = wording(understood.wording)
    no_question = {"out_of_scope": words.out_of_scope, "elsewhere": words.elsewhere, "instructions": words.instructions}
    if verdict.reason in no_question:
        return [_frame(no_question[verdict.reason])]
    if verdict.reason == "premise":
        return [*map(_frame, (words.premise, *_suggestions(understood, hits, verdict)))]
    if verdict.reason == "unknown_instrument":
        number = number_in(verdict.detail, understood.wording)
        return [_frame(words.unknown_instrument.format(number=number)), _frame(words.where_to_go)]
    if verdict.reason == "unknown_article":
        number, article = verdict.detail.split(" ", 1)
        missing = words.unknown_article.format(number=number_in(number, understood.wording), article=article)
        return [_frame(missing), _frame(words.where_to_go)]
    nearest = _citations(understood, _distinct(hits, understood.wording)[:_NEAREST], lambda _: {})
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
        listed = words.separator.join(_listed(other, language) for other in others)
        sentences.append(Sentence(words.see_also.format(references=listed), tuple(c.n for c in others), "frame"))
    if understood.question.as_of:
        sentences.append(_frame(as_of_line(understood.question.as_of, language)))
    return [*sentences, _frame(words.notice)]


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


def _frame(text: str) -> Sentence:
    return Sentence(text, (), "frame")


def _distinct(hits: list[Hit], language: str) -> list[Hit]:
    """Best hit of each article or text; twins and copies count once, shown in the reader's language if possible."""
    chosen: dict[tuple[str, str | None, int], Hit] = {}
    for hit in hits:
        key = _identity(hit)
        kept = chosen.get(key)
        if kept is None:
            new = not any(_same_words(hit, other) for other in chosen.values())
        else:
            new = _reads_better(hit, kept, language)
        if new:
            chosen[key] = hit
    return list(chosen.values())


def _same_words(hit: Hit, other: Hit) -> bool:
    """Whether one is a copy of the other: the same page as text and as PDF, in two editions, on two sites."""
    if hit.passage.language != other.passage.language or hit.source.id == other.source.id:
        return False
    language = hit.passage.language
    one, two = vocabulary(hit.passage.text, language), vocabulary(other.passage.text, language)
    return len(one & two) >= _COPIED * max(1, min(len(one), len(two)))


def _reads_better(hit: Hit, kept: Hit, language: str) -> bool:
    """Whether the twin of what was found before is text in force instead of older text, or in the reader's language."""
    if _is_old(hit) != _is_old(kept):
        return _is_old(kept)
    return hit.passage.language == language != kept.passage.language


def _is_old(hit: Hit) -> bool:
    return hit.standing.in_force is False or hit.standing.outdated


def _quoted(hits: list[Hit], language: str) -> list[Hit]:
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
