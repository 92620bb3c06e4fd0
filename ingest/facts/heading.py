"""The heading of a legal text: the place where it states its own type, number, date and object."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

from corpus.instrument import Instrument, Mention, mentions_in
from ingest.facts.dates import StatedDate, dates_in

OPENING: Final = 2500
"""Characters at the start of a document in which its heading may stand."""

_NEAR: Final = 40
_NEXT: Final = 120
_LONGEST_OBJECT: Final = 320
_EXTRACT: Final = r"(?:(?:مقتطف|خلاصة)\s+من\s+|(?:extrait|texte)\s+d(?:e\s+|u\s+))"
_BEFORE: Final = re.compile(rf"(?:^|\n)[^\w\n]{{0,6}}{_EXTRACT}?(?:l[ae]\s+|l['’]|the\s+)?\Z", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"[\W\d]{0,6}(?:\Z|\n|Vu\s|(?:ال)?صادر|بتاريخ|(?:ال)?(?:م|ي)تعلق|ب\w+|ل\w{3,}|(?:ال)?قاضي|يقضي|(?:ال)?محدث|بشأن|في\s+شأن|حول"
    r"|du\s+\d|relati|portant|fixant|modifiant|complétant|pris|formant|sur\s|institu|créant|édictant|promulgu|abrogeant"
    r"|détermin|organis|concern|approuv|rendant|autoris|réglement|aux\s|of\s+\d|on\s|relating|concerning|amending)",
    re.IGNORECASE,
)
PROMULGATES: Final = re.compile(r"تنفيذ|promulgation", re.IGNORECASE)
_FOOTNOTE_CALL: Final = re.compile(r"(?<!المادة)(?<!الفصل) 1 (?=[ء-ي\d])")
_SIGNED: Final = re.compile(r"(?:(?:و?حرر|وقع)\s+(?:في|ب)|Fait\s+à|Done\s+(?:at|in))", re.IGNORECASE)
_OBJECT_END: Final = re.compile(
    r"كما\s+تم|كما\s+وقع|صيغة\s+محين[ةه]|إن\s+الوزير|الوزير\s+الأول|رئيس\s+الحكومة،|الحمد\s|وحده|الطابع\s+الشريف"
    r"|بناء\s+على|تم\s+نسخ|telle?\s+qu|promulgu|le\s+(?:premier\s+ministre|chef\s+du\s+gouvernement),"
    r"|louange|vu\s|source\s?:|article\s|ar\s?t\.|المادة\s+(?:1|الأولى)(?!\w)|الفصل\s+(?:1|الأول)(?!\w)|\n\n|[.؛;]\s*\n",
    re.IGNORECASE,
)
_SELF: Final = (
    (r"هذا\s+الدستور|la\s+présente\s+constitution|this\s+constitution", "constitution"),
    (r"هذا\s+القانون|هذه\s+المدونة|la\s+présente\s+loi|(?:le|du|au)\s+présent\s+code|this\s+law", "loi"),
    (r"ظهيرنا\s+الشريف\s+هذا|(?:le|du|au)\s+présent\s+dahir", "dahir"),
    (r"هذا\s+المرسوم|(?:le|du|au)\s+présent\s+décret|this\s+decree", "decret"),
    (r"هذا\s+القرار|(?:le|du|au)\s+présent\s+arrêté|this\s+order", "arrete"),
    (r"هذه\s+الاتفاقية|هذا\s+البروتوكول|la\s+présente\s+convention|this\s+convention", "convention"),
    (r"هذه\s+الدورية|هذا\s+المنشور|la\s+présente\s+circulaire", "circulaire"),
    (r"la\s+présente\s+directive|this\s+directive", "directive"),
)
_SELF_WORDS: Final = re.compile("|".join(f"(?P<{name}>{words})" for words, name in _SELF), re.IGNORECASE)
_FEW: Final = 2
_ARTICLE: Final = re.compile(r"(?:^|\n)\W{0,4}(?:ART-\d+\s+)?(?:article|ar\s?t\.|المادة|مادة|الفصل)\s", re.IGNORECASE)
_ENACTS: Final = re.compile(
    r"الحمد\s+لله\s+وحده|رسم\s+ما\s+يلي|قرر\S*\s+ما\s+يلي|أصدرنا\s+أمرنا|\nVu\s+(?:la|le|l['’])|\bDécrète\b|\bArrêtent?\s*:",
    re.IGNORECASE,
)
_AMENDED: Final = re.compile(r"modifiée?s?\s+(?:et|ou)\s+complét|(?:تعديل|تغيير|تتميم)ه\s", re.IGNORECASE)
_FEW_ARTICLES: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The instrument that a text says it is, its title in its own words, and the day of signature.

    The words stand in `text[start:end]`.
    """

    instrument: Instrument
    title: str
    signed: StatedDate | None
    start: int
    end: int


def heading_of(text: str) -> Heading | None:
    """The first line of the opening that begins with an instrument and goes on as a title does.

    A dahir that promulgates a law is the law's own heading: the law is what the document holds.
    """
    opening = text[:OPENING]
    mentions = mentions_in(opening)
    listed = _AMENDED.search(opening)
    last = listed.start() if listed else len(opening)
    own = next((mention for mention in mentions if mention.start < last and _is_heading(opening, mention)), None)
    if own is None:
        return None
    dates = dates_in(opening)
    promulgated = _promulgated(opening, own, mentions) if own.instrument.type == "dahir" else None
    held = promulgated or own
    end = _object_end(opening, held, next((other for other in mentions if _opens_anew(opening, held, other)), None))
    signed = _date_at(dates, own.end) or _date_of_dahir(mentions, dates, end) or _date_of_signature(text)
    return Heading(held.instrument, _title(opening, held, end, dates), signed, own.start, end)


def has_legal_form(text: str) -> bool:
    """Whether the text is cut into articles or opens with an enacting formula; what is written about a law is not."""
    if _ENACTS.search(text, 0, 2 * OPENING):
        return True
    return sum(1 for _ in islice(_ARTICLE.finditer(text), _FEW_ARTICLES)) == _FEW_ARTICLES


def type_by_itself(text: str) -> str | None:
    """The type that a text without heading gives itself (`le présent décret`), or None where it seldom does."""
    counted = Counter(match.lastgroup for match in _SELF_WORDS.finditer(text))
    name, times = counted.most_common(1)[0] if counted else (None, 0)
    return name if times >= _FEW else None


def _is_heading(opening: str, mention: Mention) -> bool:
    before = opening[max(0, mention.start - 60) : mention.start]
    starts = _BEFORE.search(before) if mention.start > 60 else _BEFORE.search("\n" + before)
    return bool(starts and _AFTER.match(opening, mention.end))


def _promulgated(opening: str, dahir: Mention, mentions: list[Mention]) -> Mention | None:
    after = next((mention for mention in mentions if mention.start >= dahir.end), None)
    if after is None or after.instrument.type not in {"loi", "loi_organique", "loi_cadre"}:
        return None
    between = opening[dahir.end : after.start]
    return after if PROMULGATES.search(between) and len(between) < _NEXT else None


def _opens_anew(opening: str, held: Mention, other: Mention) -> bool:
    later = other.start > held.end
    return later and (other.instrument == held.instrument or _is_heading(opening, other))


def _object_end(opening: str, held: Mention, other: Mention | None) -> int:
    found = _OBJECT_END.search(opening, held.end)
    ends = [held.end + _LONGEST_OBJECT, len(opening), *(place.start() for place in (found,) if place)]
    return min([*ends, other.start] if other else ends)


def _title(opening: str, held: Mention, end: int, dates: list[StatedDate]) -> str:
    """Type, number and object; the date and the words that bring it in are facts of their own."""
    tail = held.end
    signed = _date_at(dates, held.end)
    if signed is not None and signed.end <= end:
        tail = signed.end
    name = " ".join(opening[held.start : held.end].split())
    subject = " ".join(opening[tail:end].split()).lstrip("()،,.:– ")
    title = _FOOTNOTE_CALL.sub(" ", f"{name} {subject}")
    return re.sub(r"(?:\s(?:la|le)|\.\d{1,2})$", "", title).strip(" -–.,،:؛;(")


def _date_at(dates: list[StatedDate], position: int) -> StatedDate | None:
    return next((stated for stated in dates if position <= stated.start <= position + _NEAR), None)


def _date_of_dahir(mentions: list[Mention], dates: list[StatedDate], end: int) -> StatedDate | None:
    """`loi n° … promulguée par le dahir n° … du …`, in the heading itself."""
    dahirs = (mention for mention in mentions if mention.instrument.type == "dahir" and mention.start <= end + _NEAR)
    return next((stated for dahir in dahirs if (stated := _date_at(dates, dahir.end))), None)


def _date_of_signature(text: str) -> StatedDate | None:
    found = _SIGNED.search(text, 0, OPENING) or _SIGNED.search(text, max(0, len(text) - OPENING))
    return next(iter(dates_in(text[found.end() : found.end() + 3 * _NEAR])), None) if found else None
