"""An answer of quotes to prose by a language model: each sentence is checked before it is shown, or its quote is."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from rag.answer import Answer, Citation, Fallback, Sentence
from rag.claims import Claim, claims
from rag.compose import Evidence, QuotesComposer
from rag.language_model import LanguageModel
from rag.outside import may_be_reworded
from rag.patience import always, within
from rag.prompt import NO_ANSWER, prompt_for
from rag.question import Understood
from rag.quoting import closing, missing, opening, quote, see_also
from rag.selection import quoted as chosen
from rag.support import support

_WORDED: Final = frozenset({"law", "decree", "order", "directive", "note"})
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProseComposer:
    """Rewords the evidence within `patience` seconds; without a model that keeps to it, the quotes answer stands."""

    model: LanguageModel
    quotes: QuotesComposer
    patience: float

    def stream(self, evidence: Evidence, quoted: Answer, wanted: Callable[[], bool] = always) -> Iterator[Answer]:
        """Drafts that grow by a checked sentence each, then the whole answer. `quoted` is the answer of quotes.

        Once it is not `wanted` any more, the model is left alone and the last draft is what had been said.
        """
        worded = [cited for cited in quoted.citations if _may_be_worded(cited, evidence.understood.wording)]
        if quoted.citations[0] not in worded:
            yield _fallen_back(quoted, "evidence", 0)
            return
        told = _Told(evidence.understood, {cited.n: cited for cited in quoted.citations})
        for _ in self._tell(told, worded, wanted):
            yield self._answer(evidence, quoted, told)
        if told.sentences:
            yield self._answer(evidence, quoted, told)
        else:
            yield _fallen_back(quoted, told.fallback, told.dropped)

    def _tell(self, told: "_Told", worded: Sequence[Citation], wanted: Callable[[], bool]) -> Iterator[None]:
        """Ask the model, and stop at each sentence that may be shown."""
        pieces = within(self.patience, self.model.reply(prompt_for(told.understood, worded)), wanted)
        try:
            for claim in claims(pieces):
                if NO_ANSWER in claim.text:
                    return
                if told.takes(claim):
                    yield
        except TimeoutError:
            told.fallback = "timeout"
            _LOG.warning("the language model %s took longer than %s s: quotes instead", self.model.name, self.patience)
        except Exception:  # noqa: BLE001
            # Whatever a server or the way there does, the reader gets an answer.
            told.fallback = "failed"
            _LOG.warning("the language model %s failed: quotes instead", self.model.name, exc_info=True)

    def _answer(self, evidence: Evidence, quoted: Answer, told: "_Told") -> Answer:
        cited = {n for sentence in told.sentences for n in sentence.citations} | set(told.quoted)
        rest = [one for one in quoted.citations if one.n not in cited]
        language = evidence.understood.wording
        ended = chosen(evidence.hits, language)[0].standing.change
        sentences = [
            *opening(evidence.understood, quoted.citations[0], ended, evidence.verdict.confidence),
            *told.sentences,
            *(sentence for n in told.quoted for sentence in quote(told.citations[n], language)),
            *missing(evidence.understood, quoted.citations),
            *see_also(quoted.citations[0], rest, language),
            *closing(evidence.understood),
        ]
        answer = self.quotes.answer(evidence, quoted.citations, sentences, quoted.status, quoted.suggestions)
        engine = replace(answer.engine, generator=self.model.name)
        return replace(answer, id=quoted.id, engine=engine, dropped=told.dropped)


class _Told:
    """What a reply has said so far: sentences that hold, and citations whose quotes stand in for those that do not."""

    def __init__(self, understood: Understood, citations: dict[int, Citation]) -> None:
        self.understood = understood
        self.citations = citations
        self.sentences: list[Sentence] = []
        self.quoted: list[int] = []
        self.dropped = 0
        self.fallback: Fallback = "unsupported"

    def takes(self, claim: Claim) -> bool:
        """Whether the claim is shown."""
        cited = [self.citations[n] for n in claim.cited if n in self.citations]
        if cited and len(cited) == len(claim.cited):
            found = support(claim.text, self.understood.wording, cited)
            if found.given:
                self.sentences.append(Sentence(claim.text, claim.cited, "generated", round(found.share, 2)))
                return True
            _LOG.info("a sentence of the language model is not shown: %s", ", ".join(found.faults))
        unquoted = (one for one in cited if one.n not in self.quoted and one.language == self.understood.wording)
        self.quoted += [one.n for one in islice(unquoted, 1)]
        self.dropped += 1
        return False


def _may_be_worded(cited: Citation, language: str) -> bool:
    """Whether a model is given an excerpt at all.

    The check reads one language, so a translation would not be verified; and what anybody could have written on a page
    is only quoted: instructions to the model are hidden there, and not in the Bulletin officiel or in our notes.
    """
    return cited.language == language and cited.kind in _WORDED and may_be_reworded(cited.quote)


def _fallen_back(quoted: Answer, reason: Fallback, dropped: int) -> Answer:
    return replace(quoted, engine=replace(quoted.engine, fallback=reason), dropped=dropped)
