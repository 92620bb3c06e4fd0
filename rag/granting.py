"""What may follow an answer: the whole article, the same text in the other language, what has changed in it."""

from collections.abc import Sequence
from typing import Final

from index.hit import Hit, Query
from index.search import Index
from rag.answer import Citation, Sentence, frame
from rag.question import Understood
from rag.quotes import Span, citation
from rag.quoting import closing, quote
from rag.wishes import Wish
from rag.wording import change_line, reference, wording

_MOST_PARTS: Final = 6
_TWINS: Final[tuple[Wish, ...]] = ("ar", "fr")


def grant(index: Index, understood: Understood, first: Hit) -> tuple[tuple[Citation, ...], list[Sentence]]:
    """The citations and sentences that grant the wish, of the text that answered the question before."""
    language, wish, day = understood.wording, understood.wish, understood.question.as_of
    words = wording(language)
    if wish == "changes":
        return _changes(index, understood, first)
    hits = index.whole_article(first, day) if wish == "more" else index.twins(first, wish or "", day)
    citations = _whole(hits[:_MOST_PARTS], language)
    if not citations:
        return (), [frame(words.wishes["no_twin"]), frame(words.notice)]
    opening, ending = words.quotation
    further = [Sentence(f"{opening}{cited.quote}{ending}", (cited.n,), "quote", 1.0) for cited in citations[1:]]
    return citations, [*quote(citations[0], language), *further, *closing(understood)]


def offers(index: Index, understood: Understood, first: Hit) -> tuple[str, ...]:
    """The wishes that can be granted for what is quoted first, as a reader would type them."""
    words, day = wording(understood.wording).wishes, understood.question.as_of
    whole = len(index.whole_article(first, day)) > 1
    twins = [wish for wish in _TWINS if wish != first.passage.language and index.twins(first, wish, day)]
    number = first.source.instrument.number if first.source.instrument else ""
    changed = ["changes"] if index.changes_to([number]) else []
    return tuple(words[wish] for wish in (*(["more"] if whole else []), *twins, *changed))


def _changes(index: Index, understood: Understood, first: Hit) -> tuple[tuple[Citation, ...], list[Sentence]]:
    """What ended the text or parts of it, with the provisions that did."""
    language, day = understood.wording, understood.question.as_of
    instrument = first.source.instrument
    made = [one for one in index.changes_to([instrument.number] if instrument else []) if one.in_effect(day)]
    if not made or instrument is None:
        cited = citation(1, first, Span(0, len(first.passage.text)), language)
        told = wording(language).wishes["no_change"].format(reference=reference(cited, language))
        return (cited,), [Sentence(told, (1,), "frame"), *closing(understood)]
    query = Query("", language, as_of=day)
    endings = {(one.by, one.by_article): index.ending(one, query, language) for one in made[:_MOST_PARTS]}
    citations = _whole([hit for hit in endings.values() if hit], language)
    told_all = dict.fromkeys(change_line(one, instrument.type, language) for one in made[:_MOST_PARTS])
    quoted = [sentence for one in citations for sentence in quote(one, language)]
    return citations, [*map(frame, told_all), *quoted, *closing(understood)]


def _whole(hits: Sequence[Hit], language: str) -> tuple[Citation, ...]:
    return tuple(citation(n, hit, Span(0, len(hit.passage.text)), language) for n, hit in enumerate(hits, start=1))
