"""What a legal text says that one instrument does to another: repeal, replace, amend, apply, promulgate.

Only statements between named instruments are taken, of which one may be the document itself. The direction is that
of the words: `modifiée par la loi n° X` makes X the one that acts.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.article import articles_in
from corpus.instrument import TYPE_WORD, Instrument, Mention, mentions_in
from ingest.document import Passage, Relation, RelationKind
from ingest.facts.heading import OPENING
from ingest.facts.relation_words import AGENT, Verb, verbs_in

_HEAD: Final = r"\W{0,3}(?:article|ar\s?t\.|المادة|الفصل)\s\S{1,12}(?:\s[^\W\d]{1,12})?[^\w\n]{0,4}"
_ITEM: Final = r"\s*(?:[-–—•▪●\uf02d«]|\.?\d{1,2}\s?[-.)°]|\.\d)"
_BORDER: Final = re.compile(
    r"\n\s*\n|[;؛]|:\s*\n|(?<!\d)\.(?=\s+[^\W\d])|(?<=\d)\.(?=\s*\n)"
    rf"|\n(?={_HEAD}(?:\n|[-–:.]))|\n(?={_ITEM})|(?<=\n){_HEAD}\n",
    re.IGNORECASE,
)
_GUARD: Final = re.compile(
    r"conformément|prévue?s?|visée?s?\s+(?:à|au)|\bselon\b|sous\s+réserve|sans\s+préjudice|en\s+vertu|au\s+sens"
    r"|\bprésente?\b|modalités|وفق|طبقا|المنصوص|المشار|دون\s+الإخلال|مع\s+مراعاة|بقرار|هذا(?!\s+التاريخ)|هذه|بناء\s+على",
    re.IGNORECASE,
)
_EXAMPLES: Final = re.compile(r"notamment|ولا?\s*سيما|لا\s+سيما", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"\W*(?:(?:article|ar\s?t\.|المادة|الفصل)\s{1,2}\S{1,12}(?:\s(?:bis|ter|مكررة?))?)?\W*\Z", re.IGNORECASE
)
_PART: Final = re.compile(
    r"\b(?:articles?|livres?|chapitres?|titres?|sections?|alinéas?|paragraphes?|annexes?|terme|mots?|relatives?)\b"
    r"|(?<!\w)(?:ال|لل|بال|وال)?(?:مادة|مادتين|مواد|فصل|فصلين|فصول|باب|بابين|قسم|كتاب|فرع|جزء|فقرة|فقرتين|مقطع|مقاطع"
    r"|بند|ملحق|متعلقة)(?!\w)",
    re.IGNORECASE,
)
_MADDA: Final = re.compile(r"(?:^|\n)(?:المادة|مادة)\s")
_JOINS: Final = re.compile(r"\s*[,،]?\s*(?:et|and|و)?\s*(?:de\s+)?(?:l[ae]|les)?\s*\Z", re.IGNORECASE)
_RANK: Final = {"arrete": 1, "decision": 1, "circulaire": 1, "decret": 2}
_LAW: Final = 3
_FAR: Final = 160
_FURTHEST: Final = 320
_NEAR_START: Final = 80
_LONGEST: Final = 1500


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence or list item that starts at `start` of the whole; its mentions count from its own start.

    `in_madda` is True where the document is cut into مواد: a فصل is then one of a code that it quotes.
    """

    text: str
    start: int
    article: str | None
    in_madda: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    kind: RelationKind
    by: Instrument
    target: Instrument
    articles: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a clause that ends in a colon says of each item after it: they act on `other`, or `other` acts on them."""

    clause: _Clause
    kind: RelationKind
    other: Instrument
    items_act: bool


def relations_in(text: str, passages: Sequence[Passage], own: Instrument | None) -> tuple[Relation, ...]:
    """Relations that `text` states, each once where it first stands; `own` is the instrument that the document is."""
    found: dict[tuple[_Statement, str | None], Relation] = {}
    listing: _Listing | None = None
    for clause in _clauses(text, passages):
        listing = listing if listing and _goes_on(listing, clause) else None
        start = listing.clause.start if listing else clause.start
        end = clause.start + len(clause.text)
        items = _of_item(listing, clause) if listing else []
        for origin, one in [
            *((start, item) for item in items),
            *((clause.start, said) for said in _stated(clause, own)),
        ]:
            if one.by != one.target:
                relation = Relation(one.kind, one.by, one.target, one.articles, one.whole, clause.article, origin, end)
                found.setdefault((one, clause.article), relation)
        listing = listing or _listing(clause, own)
    return tuple(sorted(found.values(), key=lambda relation: (relation.start, relation.end)))


def _clauses(text: str, passages: Sequence[Passage]) -> Iterator[_Clause]:
    mentions = mentions_in(text)
    named_at = [mention.start for mention in mentions]
    passage_at = [passage.start for passage in passages]
    in_madda = bool(_MADDA.search(text))
    for start, end in _spans(text):
        place = bisect_right(passage_at, start) - 1
        inside = mentions[bisect_right(named_at, start - 1) : bisect_right(named_at, end - 1)]
        local = tuple(Mention(named.instrument, named.start - start, named.end - start) for named in inside)
        article = passages[place].article if place >= 0 else None
        yield _Clause(text[start:end], start, article, in_madda, local)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Slices without white space around them; one that is too long to be a sentence is cut."""
    start = 0
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() + border.group().lstrip().startswith(":") if border else len(text)
        for first in range(start, end, _LONGEST):
            part = text[first : min(first + _LONGEST, end)]
            if any(map(str.isalnum, part)):
                yield first + len(part) - len(part.lstrip()), first + len(part.rstrip())
        start = border.end() if border else end


def _stated(clause: _Clause, own: Instrument | None) -> Iterator[_Statement]:
    if not clause.mentions:
        return
    verbs = verbs_in(clause.text)
    promulgating = _promulgating(clause, verbs)
    heads = [mention for mention in clause.mentions if mention not in promulgating]
    for verb in verbs:
        if verb.form == "undergoes":
            yield from _undergone(clause, verb, heads, own)
        elif verb.form == "acts":
            yield from _acted(clause, verb, heads, own)
        elif own is not None:
            yield from (_declared if verb.form == "states" else _done)(clause, verb, heads, own)


def _promulgating(clause: _Clause, verbs: list[Verb]) -> list[Mention]:
    """Dahirs that are named only as what promulgated a law: no other statement is about them."""
    brought = (verb for verb in verbs if (verb.kind, verb.form) == ("promulgates", "undergoes"))
    found = (_after(clause, verb.end, clause.mentions) for verb in brought)
    return [mention for mention in found if mention is not None and mention.instrument.type == "dahir"]


def _undergone(clause: _Clause, verb: Verb, heads: list[Mention], own: Instrument | None) -> Iterator[_Statement]:
    """`Y modifiée par X`; where the clause begins with the verb, Y is the article of this document above it."""
    promulgates = verb.kind == "promulgates"
    by = _after(clause, verb.end, clause.mentions if promulgates else heads)
    if by is None or (promulgates and by.instrument.type != "dahir"):
        return
    target = _before(clause, verb.start, heads, by.instrument)
    if target is not None:
        yield _Statement(verb.kind, by.instrument, target.instrument, (), _is_whole(clause.text[: target.start]))
    elif own is not None and clause.article and _OPENS.match(clause.text[: verb.start]) and not promulgates:
        yield _Statement(verb.kind, by.instrument, own, (clause.article,))


def _acted(clause: _Clause, verb: Verb, heads: list[Mention], own: Instrument | None) -> Iterator[_Statement]:
    """`X abrogeant Y`; where X is a type without number in the opening, it is the document."""
    target = _after(clause, verb.end, heads)
    if target is None or (verb.kind == "promulgates" and target.instrument.type == "dahir"):
        return
    by = _before(clause, verb.start, heads, None)
    if by is None and own is not None and verb.kind == "applies" and _OPENS.match(clause.text[: verb.start]):
        yield from _declared(clause, verb, heads, own)
        return
    untitled = by is None and clause.start < OPENING and TYPE_WORD.match(clause.text) and own
    actor = by.instrument if by else own if untitled else None
    if actor is None or (verb.kind == "promulgates" and actor.type != "dahir"):
        return
    if verb.kind == "applies" and _rank(actor) >= _rank(target.instrument) and actor.type != "dahir":
        return
    yield _statement(verb.kind, actor, target.instrument, clause.text[verb.end : target.start])


def _declared(clause: _Clause, verb: Verb, heads: list[Mention], own: Instrument) -> Iterator[_Statement]:
    """`Est abrogé Y` or `Y est abrogé`, said by the document itself."""
    if verb.kind == "applies" and (_rank(own) >= _LAW or not _OPENS.match(clause.text[: verb.start])):
        return
    examples = _EXAMPLES.search(clause.text, verb.end)
    target = _after(clause, verb.end, heads) or (_after(clause, examples.end(), heads) if examples else None)
    if target is not None and _is_plain(clause.text[verb.end : target.start]):
        last = target
        yield _statement(verb.kind, own, target.instrument, clause.text[verb.end : target.start])
        for further in (mention for mention in heads if mention.start > target.start):
            if not _JOINS.match(clause.text[last.end : further.start]):
                return
            last = further
            yield _Statement(verb.kind, own, further.instrument, (), True)
        return
    first = heads[0] if heads else None
    if first is None or first.end > verb.start or verb.kind == "applies" or not clause.text[verb.start].isascii():
        return  # Arabic puts the verb first.
    before = clause.text[: first.start]
    if _is_plain(before) and not TYPE_WORD.search(before):
        yield _statement(verb.kind, own, first.instrument, before)


def _done(clause: _Clause, verb: Verb, heads: list[Mention], own: Instrument) -> Iterator[_Statement]:
    """`تم نسخ Y بمقتضى X`; without a named Y, it is an article of this document."""
    agent = AGENT.search(clause.text, verb.end)
    by = _after(clause, agent.end(), heads) if agent else None
    if agent is None or by is None:
        return
    between = (mention for mention in heads if verb.end <= mention.start < agent.start())
    named = next((mention for mention in between if not _GUARD.search(clause.text, verb.end, mention.start)), None)
    target = named.instrument if named else own
    words = clause.text[verb.end : named.start if named else agent.start()]
    of_a_code = named is None and clause.in_madda and "فصل" in words
    if _rank(target) <= _rank(by.instrument) and not of_a_code:
        yield _Statement(verb.kind, by.instrument, target, tuple(articles_in(words)), bool(named) and _is_whole(words))


def _listing(clause: _Clause, own: Instrument | None) -> _Listing | None:
    if own is None or not clause.text.endswith(":"):
        return None
    for verb in verbs_in(clause.text):
        if verb.form in {"undergoes", "states"} and _after(clause, verb.end, clause.mentions) is None:
            return _Listing(clause, verb.kind, own, verb.form == "undergoes")
    return None


def _goes_on(listing: _Listing, clause: _Clause) -> bool:
    """A list ends with its article, at the document's own heading, or at a clause that does not begin with a text."""
    first = TYPE_WORD.search(clause.text[:_NEAR_START])
    if first is None or clause.article != listing.clause.article or not _is_plain(clause.text[: first.start()]):
        return False
    return not clause.mentions or clause.mentions[0].instrument != listing.other


def _of_item(listing: _Listing, clause: _Clause) -> Iterator[_Statement]:
    first = next((mention for mention in clause.mentions if mention.start < _NEAR_START), None)
    if first is None or TYPE_WORD.search(clause.text[: first.start]):
        return
    named = first.instrument
    if listing.items_act:
        law = next(
            (one.target for one in _stated(clause, None) if one.kind == "promulgates" and one.by == named), named
        )
        yield _Statement(listing.kind, law, listing.other)
    else:
        yield _statement(listing.kind, listing.other, named, clause.text[: first.start])


def _after(clause: _Clause, position: int, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that follows `position`, unless a text without number stands between."""
    found = next((mention for mention in mentions if mention.start >= position), None)
    if found is None or found.start - position > _FAR or TYPE_WORD.search(clause.text, position, found.start):
        return None
    return found


def _before(clause: _Clause, position: int, heads: list[Mention], by: Instrument | None) -> Mention | None:
    """The mention before `position` that `by` may act on: a decree does not amend the law that it names last."""
    numbered = {named for mention in clause.mentions for named in range(mention.start, mention.end)}
    for mention in reversed([mention for mention in heads if mention.end <= position]):
        between = TYPE_WORD.finditer(clause.text, mention.end, position)
        if position - mention.end > _FURTHEST or any(word.start() not in numbered for word in between):
            return None
        if by is None or _rank(mention.instrument) <= _rank(by):
            return mention
    return None


def _rank(instrument: Instrument) -> int:
    return _RANK.get(instrument.type, _LAW)


def _is_plain(between: str) -> bool:
    """Whether nothing between verb and text turns the sense: `tous les textes contraires, notamment` does not."""
    return not _GUARD.search(_EXAMPLES.split(between)[-1])


def _statement(kind: RelationKind, by: Instrument, target: Instrument, words: str) -> _Statement:
    return _Statement(kind, by, target, tuple(articles_in(words)), _is_whole(words))


def _is_whole(words: str) -> bool:
    """Whether the words before a target name no part of it."""
    return not _PART.search(words)
