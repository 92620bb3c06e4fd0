"""Is the gold true? Facts are looked up in the sources that are said to hold them, before anything is scored."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from evals.matching import plain, shows
from evals.questions import GoldQuestion, GoldSource
from index.analysis import terms
from index.search import Index
from rag.languages import framing_language

_RARE: Final = 0.005
"""A word is rare when fewer than this share of the passages in its language hold it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the gold of one question, and where."""

    question: str
    message: str


@dataclass(frozen=True, slots=True)
class Soundness:
    """Faults, and the answerable questions that share a rare word with their source, of how many."""

    faults: tuple[Fault, ...]
    sharing: tuple[str, ...]
    answerable: int

    @property
    def paraphrased(self) -> bool:
        """At most half of the questions may use the rare words of their source: people do not."""
        return 2 * len(self.sharing) <= self.answerable


def check_gold(questions: Sequence[GoldQuestion], index: Index) -> Soundness:
    """Prove every fact in a gold source, and every gold article in its text, against an index that holds the sources.

    Every fact must stand in one of the sources and every source must hold one of the facts.
    """
    texts = _texts(index)
    asked = [question for question in questions if question.answerable]
    faults = [Fault(question.id, message) for question in questions for message in _shape_faults(question, index)]
    faults += [Fault(question.id, message) for question in asked for message in _proof_faults(question, texts)]
    rare = _rare_words(index)
    sharing = tuple(question.id for question in asked if _shares_rare_word(question, texts, rare))
    return Soundness(tuple(faults), sharing, len(asked))


_Texts = dict[tuple[str, str | None], str]


def _texts(index: Index) -> _Texts:
    """Text by (path, article), and of the whole source by (path, None)."""
    parts: dict[tuple[str, str | None], list[str]] = {}
    for passage in index.passages:
        path = index.sources[passage.source_id].path
        for place in {(path, passage.article), (path, None)}:
            parts.setdefault(place, []).append(passage.text)
    return {place: "\n".join(found) for place, found in parts.items()}


def _shape_faults(question: GoldQuestion, index: Index) -> Iterable[str]:
    held = {source.path for source in index.sources.values()}
    for path in [*(source.path for source in question.sources), *question.superseded]:
        if path not in held:
            yield f"a source of the index is needed, got {path!r}"


def _proof_faults(question: GoldQuestion, texts: _Texts) -> Iterable[str]:
    known = [source for source in question.sources if (source.path, None) in texts]
    passages = {(source.path, source.article): plain(_text_of(source, texts)) for source in known}
    for source in known:
        if not (text := passages[source.path, source.article]):
            yield f"{source.path} has no article {source.article!r}"
        elif not any(shows(text, fact) for fact in question.facts):
            yield f"no fact stands in {source.path}, article {source.article}"
    for fact in question.facts:
        if not any(shows(text, fact) for text in passages.values()):
            yield f"no source holds the fact {fact!r}"


def _text_of(source: GoldSource, texts: _Texts) -> str:
    return texts.get((source.path, source.article), "")


def _rare_words(index: Index) -> dict[str, set[str]]:
    """The rare terms of each language of the index."""
    rare = {}
    for language, count in index.manifest.passages.items():
        holding = Counter(
            term
            for passage in index.passages
            if passage.language == language
            for term in set(terms(passage.text, language))
        )
        rare[language] = {term for term, number in holding.items() if number <= max(1, _RARE * count)}
    return rare


def _shares_rare_word(question: GoldQuestion, texts: _Texts, rare: dict[str, set[str]]) -> bool:
    """A question in Arabizi is read as French: nothing else of it can be a word of a source."""
    language = framing_language(question.language)
    wanted = set(terms(question.question, language)) & rare.get(language, set())
    return any(wanted & set(terms(_text_of(source, texts), language)) for source in question.sources)
