"""What should be said: the sentences of the gold sources that hold the facts, for scores that compare texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.matching import plain, shows
from evals.questions import GoldQuestion
from index.search import Index
from ingest.document import Passage
from ingest.structure.splitting import BORDER
from rag.languages import framing_language


@dataclass(frozen=True, slots=True)
class Reference:
    """`answer` is made of the sentences that hold the facts, `contexts` of the passages that those stand in."""

    answer: str = ""
    contexts: tuple[str, ...] = ()


def reference_of(gold: GoldQuestion, index: Index) -> Reference:
    """The reference in the language that Sanad speaks to the asker, or in the others when no gold source is in it."""
    passages = list(_gold_passages(gold, index))
    preferred = [passage for passage in passages if passage.language == framing_language(gold.language)]
    sentences: dict[str, None] = {}
    contexts: dict[str, None] = {}
    for fact in gold.facts:
        proof = next(_proofs(fact, preferred), None) or next(_proofs(fact, passages), None)
        if proof:
            sentences[proof[0]] = None
            contexts[proof[1].text] = None
    return Reference(" ".join(sentences), tuple(contexts))


def _gold_passages(gold: GoldQuestion, index: Index) -> Iterator[Passage]:
    wanted = {(source.path, source.article) for source in gold.sources}
    for passage in index.passages:
        path = index.sources[passage.source_id].path
        if (path, passage.article) in wanted or (path, None) in wanted:
            yield passage


def _proofs(fact: list[str], passages: list[Passage]) -> Iterator[tuple[str, Passage]]:
    """Sentences that hold a fact, or the passage where it stands across a border of sentences."""
    for passage in passages:
        if shows(plain(passage.text), fact):
            held = (part for part in BORDER.split(passage.text) if part and shows(plain(part), fact))
            yield next(held, passage.text).strip(), passage
