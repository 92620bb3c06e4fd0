"""Citations to the sentences of an answer of quotes: the fact first, who says it, what it says, what is missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from corpus.validity import Change
from index.analysis import terms
from index.figures import Figure, figures_in
from rag.answer import Citation, Confidence, Sentence, frame
from rag.lead import lead
from rag.question import Understood
from rag.stated import stated_in
from rag.wording import as_of_line, day_in, ended_line, place_name, reference, source_name, wording

_REPORTS: Final = frozenset({"press", "report", "strategy", "dataset"})
_PENALTIES: Final[frozenset[Figure]] = frozenset({"amount", "prison"})
_SAME_MATTER: Final = 2
"""Words that two facts must share to be about the same thing."""
_LEGAL: Final = frozenset({"law", "decree", "order", "directive"})


def quoting(
    understood: Understood, citations: Sequence[Citation], ended: Change | None, confidence: Confidence
) -> list[Sentence]:
    """An answer of quotes; `ended` is the change by which the first of `citations` is no longer in force."""
    language = understood.wording
    first, *others = citations
    told = [*_lead(understood, first), *quote(first, language), *_further(first, others, understood)]
    shown = [*opening(understood, first, ended, confidence), *told]
    quoted = {n for sentence in shown if sentence.kind == "quote" for n in sentence.citations}
    rest = [other for other in others if other.n not in quoted]
    return [*shown, *missing(understood, citations), *see_also(first, rest, language), *closing(understood)]


def opening(understood: Understood, first: Citation, ended: Change | None, confidence: Confidence) -> list[Sentence]:
    """What must be known before the answer is read: that it may miss the question, that the text is out of force."""
    language = understood.wording
    unsure = [frame(wording(language).unsure)] if confidence == "low" else []
    warning = [Sentence(ended_line(first, ended, language), (first.n,), "frame")] if ended else []
    return [*unsure, *warning]


def quote(cited: Citation, language: str) -> list[Sentence]:
    """Who says it and since when, then what it says."""
    words = wording(language)
    before, after = words.quotation
    dated = words.dated.format(day=day_in(cited.published, language)) if cited.published and _shows_day(cited) else ""
    says = words.says[cited.kind].format(reference=reference(cited, language) + dated)
    return [
        Sentence(says, (cited.n,), "frame"),
        Sentence(f"{before}{cited.quote}{after}", (cited.n,), "quote", 1.0),
    ]


def see_also(first: Citation, others: Sequence[Citation], language: str) -> list[Sentence]:
    """Where else to read: each source once, with its places and their markers; that of `first` is named already."""
    if not others:
        return []
    words = wording(language)
    named = source_name(first, language), place_name(first, language)
    sources: dict[str, dict[str, list[Citation]]] = {}
    for other in others:
        source, place = source_name(other, language), place_name(other, language)
        same = source == named[0]
        places = sources.setdefault(words.same_text if same else source, {})
        places.setdefault("" if same and place == named[1] else place, []).append(other)
    listed = words.separator.join(_listed(source, places, language) for source, places in sources.items())
    return [Sentence(words.see_also.format(references=listed), tuple(other.n for other in others), "frame")]


def missing(understood: Understood, citations: Sequence[Citation]) -> list[Sentence]:
    """That a figure of the kind asked for stands in none of the quotes."""
    asked = understood.asks.figures
    if not asked or any(_states(cited, asked) for cited in citations):
        return []
    words = wording(understood.wording).missing
    return [frame(words[figure]) for figure in asked if figure in words]


def closing(understood: Understood) -> list[Sentence]:
    """The day for which the answer holds, what was masked, and what an answer is not."""
    words = wording(understood.wording)
    day = understood.question.as_of
    return [
        *([frame(as_of_line(day, understood.wording))] if day else []),
        *([frame(words.masked)] if understood.masked else []),
        frame(words.notice),
    ]


def _shows_day(cited: Citation) -> bool:
    """The reference of an article of the press names its day already; an FAQ's is the day on which it was collected."""
    return cited.kind in _LEGAL or (cited.instrument is None and cited.kind not in {"press", "faq"})


def _lead(understood: Understood, first: Citation) -> list[Sentence]:
    asked = understood.text_for(first.language)
    fact = lead(first.quote, understood.asks.figures, asked, first.language)
    return [Sentence(fact, (first.n,), "lead", 1.0)] if fact and first.in_force is not False else []


def _states(cited: Citation, asked: Sequence[Figure]) -> bool:
    """Whether a quote states a figure that was asked for; a fine answers a question about prison, and the reverse."""
    stated = set(figures_in(cited.quote))
    return bool(stated & set(asked)) or bool(stated & _PENALTIES and _PENALTIES & set(asked))


def _further(first: Citation, others: Sequence[Citation], understood: Understood) -> list[Sentence]:
    """A second quote: of the same text, with the figure that the first lacks, or another source's different figure."""
    figures = understood.asks.figures
    if not figures:
        return []
    stating = [other for other in others if _states(other, figures)]
    if not _states(first, figures):
        own = [other for other in stating if other.instrument == first.instrument and first.instrument]
        return quote(own[0], understood.wording) if own else []
    differing = next((other for other in stating if _differs(first, other, understood)), None)
    if differing is None:
        return []
    return [frame(wording(understood.wording).differ), *quote(differing, understood.wording)]


def _differs(first: Citation, other: Citation, understood: Understood) -> bool:
    """Whether two reports of the same matter, in the same language, give different figures."""
    same = first.language == other.language and first.source_path != other.source_path
    if not same or not {first.kind, other.kind} <= _REPORTS:
        return False
    asked = understood.text_for(first.language)
    one, two = (lead(cited.quote, understood.asks.figures, asked, cited.language) for cited in (first, other))
    if one is None or two is None:
        return False
    shared = set(terms(one, first.language)) & set(terms(two, first.language))
    numbers = [frozenset(stated_in(fact).numbers) for fact in (one, two)]
    return len({term for term in shared if term.isalpha()}) >= _SAME_MATTER and not numbers[0] & numbers[1]


def _listed(source: str, places: Mapping[str, Sequence[Citation]], language: str) -> str:
    """`la loi n° 09-08, article 63 [2], article 14 [3]`; what has no place of its own stands behind its source."""
    head = " ".join([source, *(_marker(one, language) for one in places.get("", ()))])
    rest = [" ".join([place, *(_marker(one, language) for one in cited)]) for place, cited in places.items() if place]
    return wording(language).list_comma.join([head, *rest])


def _marker(cited: Citation, language: str) -> str:
    return f"[{cited.n}] ({wording(language).ended['note']})" if cited.in_force is False else f"[{cited.n}]"
