"""The scores of one question: their names, what they mean, and how they are worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from evals.matching import shows_all
from evals.questions import GoldQuestion
from evals.ranking import MEASURES
from evals.record import Diagnosis, Found, Scores
from index.hit import Hit
from ingest.languages import language_of
from rag.answer import Answer, Citation, Sentence
from rag.languages import framing_language


@dataclass(frozen=True, slots=True)
class ScoreKind:
    """What a score means. Of a `strict` one no drop at all is let through, however few questions it is."""

    name: str
    meaning: str
    better: Literal["higher", "lower"] = "higher"
    strict: bool = False


_RANKS: Final = tuple(
    ScoreKind(name, f"{name} of the gold article, all gold sources as one result") for name in MEASURES
)
_RAGAS: Final = {
    "ragas context precision": "share of the first passages that resemble a gold passage, early ones counting more",
    "ragas context recall": "share of the gold passages that one of the first passages resembles",
    "ragas string similarity": "likeness of the quotes and the sentences that hold the facts, letter by letter",
    "ragas semantic similarity": "cosine of the quotes and the sentences that hold the facts",
    "judge faithfulness": "share of the answer's statements that a language model finds in the first passages",
    "judge answer relevancy": "likeness of the question and those that a language model would ask for the answer",
    "judge context precision": "share of the first passages that a language model finds useful",
    "judge context recall": "share of the reference that a language model finds in the first passages",
    "judge factual correctness": "agreement of the answer's statements with the reference, by a language model",
}
SCORES: Final = (
    *_RANKS,
    ScoreKind("evidence@5", "the first five passages hold every decisive fact, in a gold source"),
    ScoreKind("superseded@5", "a repealed or replaced text is among the first five passages", "lower"),
    ScoreKind("correct", "answered, and every decisive fact is shown in a quote from a gold source"),
    ScoreKind("source@1", "the first citation is from a gold source"),
    ScoreKind("article@1", "the first citation is from a gold article, where the gold names one"),
    ScoreKind("article", "one of the citations is from a gold article, where the gold names one"),
    ScoreKind("verbatim", "share of citations whose quote is the stored text, character for character", strict=True),
    ScoreKind("supported", "share of sentences that their quotes support", strict=True),
    ScoreKind("cited", "share of sentences, framing apart, that carry a citation", strict=True),
    ScoreKind("stale", "cites a repealed or replaced text without saying so", "lower"),
    ScoreKind("refused", "answerable, but not answered", "lower"),
    ScoreKind("invented", "unanswerable, but answered", "lower"),
    ScoreKind("language", "the form of the question is recognised, and Sanad speaks to the asker in it"),
    *(ScoreKind(name, meaning) for name, meaning in _RAGAS.items()),
)
_ANSWERED: Final = frozenset({"answered", "partial"})
FIRST: Final = 5
"""Passages that an answer may be made of."""


def retrieval_scores(gold: GoldQuestion, hits: Sequence[Hit]) -> Scores:
    """What the first five passages are worth; the rank scores are those of `evals.ranking`."""
    first = hits[:FIRST]
    scores: Scores = {}
    if gold.answerable:
        held = [hit.passage.text for hit in first if hit.source.path in gold.paths]
        scores["evidence@5"] = float(shows_all(held, gold.facts))
    if gold.superseded:
        scores["superseded@5"] = float(any(hit.source.path in gold.superseded for hit in first))
    return scores


def answer_scores(gold: GoldQuestion, answer: Answer, verbatim: Sequence[bool]) -> Scores:
    """What an answer is worth; `verbatim` says of each citation whether its quote is the stored text."""
    answered = answer.status in _ANSWERED
    scores = {"language": float(_speaks_to(gold, answer))}
    scores |= _evidence_scores(answer, verbatim)
    if gold.superseded:
        scores["stale"] = float(any(_is_stale(gold, citation) for citation in answer.citations))
    if not gold.answerable:
        return scores | {"invented": float(answered)}
    first = answer.citations[:1]
    scores["refused"] = float(not answered)
    scores["correct"] = float(answered and shows_facts(gold, answer))
    scores["source@1"] = float(any(citation.source_path in gold.paths for citation in first))
    if any(source.article for source in gold.sources):
        scores["article@1"] = float(any(cites_gold(gold, citation) for citation in first))
        scores["article"] = float(any(cites_gold(gold, citation) for citation in answer.citations))
    return scores


def diagnose(gold: GoldQuestion, found: Sequence[Found], answer: Answer) -> Diagnosis:
    """Where a question went wrong: the first step that lost what it had."""
    answered = answer.status in _ANSWERED
    if not gold.answerable:
        return "invented" if answered else "rightly_refused"
    if answered and shows_facts(gold, answer):
        return "right"
    if not any(hit.gold for hit in found):
        return "not_retrieved"
    if not answered:
        return "wrongly_refused"
    return "cut" if any(cites_gold(gold, citation) for citation in answer.citations) else "not_chosen"


def cites_gold(gold: GoldQuestion, citation: Citation) -> bool:
    """A gold source without article, one of a text that has none, is right wherever it is cited."""
    return any(
        citation.source_path == source.path and source.article in {None, citation.article} for source in gold.sources
    )


def shows_facts(gold: GoldQuestion, answer: Answer) -> bool:
    """Whether the quotes from gold sources show every decisive fact."""
    quotes = [citation.quote for citation in answer.citations if citation.source_path in gold.paths]
    return shows_all(quotes, gold.facts)


def _evidence_scores(answer: Answer, verbatim: Sequence[bool]) -> Scores:
    """Precision and recall of citations (after ALCE), of answers that have any sentence of substance."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    claims = [sentence for sentence in answer.sentences if sentence.kind != "frame"]
    scores: Scores = {}
    if verbatim:
        scores["verbatim"] = sum(verbatim) / len(verbatim)
    if claims:
        scores["cited"] = sum(any(n in quotes for n in claim.citations) for claim in claims) / len(claims)
        scores["supported"] = sum(_is_supported(claim, quotes) for claim in claims) / len(claims)
    return scores


def _is_supported(claim: Sentence, quotes: dict[int, str]) -> bool:
    """A quote and a lead must stand in what they cite; other words must have passed the check that made them."""
    cited = [quotes[n] for n in claim.citations if n in quotes]
    if claim.kind in {"quote", "lead"}:
        inner = claim.text.strip(' «»“”"\u00a0\u202f')
        return bool(inner) and any(inner in quote for quote in cited)
    return bool(cited) and claim.support is not None and claim.support > 0


def _is_stale(gold: GoldQuestion, citation: Citation) -> bool:
    return citation.source_path in gold.superseded and citation.in_force is not False


def _speaks_to(gold: GoldQuestion, answer: Answer) -> bool:
    wanted = framing_language(gold.language)
    said = " ".join(
        sentence.text for sentence in answer.sentences if sentence.kind == "frame" and not sentence.citations
    )
    return answer.language == gold.language and (not said or language_of(said) == wanted)
