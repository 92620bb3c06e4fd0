"""What a document says of itself: heading, Bulletin officiel, version, issuer, title and kind."""

import re
from typing import Final

from corpus.authority import authority_of
from corpus.source import KIND_OF_TYPE
from ingest.document import Facts
from ingest.facts.dates import StatedDate, dates_in, month_in
from ingest.facts.heading import OPENING, Heading, has_legal_form, heading_of, type_by_itself
from ingest.facts.kind import kind_by_title, kind_by_turns

_GAZETTE_NAME: Final = r"(?:الجريدة\s+الرسمية\s+عدد|(?:Bulletin\s+officiel|B\.\s?O\.?)\s+n\s?[°ºo])"
_GAZETTE_NUMBER: Final = r"[\s.]{0,3}(?P<number>\d{1,4}(?:\s?-?\s?(?:bis|مكرر))?)(?!\d)"
# The first footnote tells where the text itself appeared; others, where its amendments did.
_GAZETTE_NOTE: Final = re.compile(rf"(?:^|\s)-?\s?1\s{_GAZETTE_NAME}{_GAZETTE_NUMBER}", re.IGNORECASE)
_GAZETTE_LINE: Final = re.compile(rf"(?:\A|\n\n|\()\W{{0,3}}{_GAZETTE_NAME}{_GAZETTE_NUMBER}", re.IGNORECASE)
_VERSION: Final = re.compile(
    r"صيغة\s+محين[ةه]\s+بتاريخ|version\s+consolidée\s+(?:au|du|en\s+date\s+du)|consolidated\s+version\s+of",
    re.IGNORECASE,
)
_STATED_SOURCE: Final = re.compile(r"(?:^|\n)Source\s?:\s?([^\n]{3,90})")
_ADOPTED: Final = re.compile(
    r"وافق\s+عليه\S*\s+(?P<ar>مجلس\s+النواب)|adoptée\s+par\s+la\s+Chambre\s+des\s+(?:représentants|conseillers)"
)
_OFFICE: Final = re.compile(
    r"(?<!\w)(?P<office>رئيس\s+الحكومة|الوزير\s+الأول|LE\s+CHEF\s+DU\s+GOUVERNEMENT|LE\s+PREMIER\s+MINISTRE"
    r"|L[EA]\s+MINISTRE\s[^\n,]{4,90}),?\s?[،,]"
)
_AUTHORED: Final = re.compile(
    r"(?:arr[êe]t[ée](?:\s+conjoint)?\s+(?:du|de\s+la|de\s+l['’]|des?)\s*|قرار(?:\s+مشترك)?\s+ل(?!جن))(?P<office>[^\n]{4,160}?)"
    r"\s+(?:n\s?[°ºo]|رقم)",
    re.IGNORECASE,
)
_FRONT_MATTER: Final = re.compile(r"\A---\s\w+:")
_FIELD: Final = re.compile(
    r"(?:^|\s)(?P<name>title|date|author)\s*:\s*(?:\"(?P<quoted>[^\"\n]{1,300})\"|(?P<bare>\S+))"
)
_DAY: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
_DATE_LINE: Final = re.compile(r"\A\W*date\W{1,3}(\d{4}(?:-\d\d){0,2})(?![\w-])", re.IGNORECASE)
_BROKEN_LINE: Final = re.compile(r"(?<=\s(?:de|du|et|of|في|من))\n|(?<=\s(?:des|les|the|and|على))\n", re.IGNORECASE)
_HEADLINE: Final = re.compile(r"#{1,6}\s+(?P<title>.+)")
_LONGEST_TITLE: Final = 160
_FIRST_LINES: Final = 400
_LONGEST_DATE_LINE: Final = 100
_TITLE_WORDS: Final = 3
_NEAR: Final = 40
_GAZETTE_DIGITS: Final = 4
_MODEL: Final = re.compile(r"نموذجي|model\s+law|loi[-\s]type", re.IGNORECASE)
"""A model for legislators is not in force anywhere."""

_NO_TITLE: Final = re.compile(r"[\W\d]*(?:(?:lun|mar|mercre|jeu|vendre|same)di\s|dimanche\s|$)", re.IGNORECASE)


def facts_of(text: str) -> Facts:
    """Facts that the text itself states, without any catalogue."""
    front = _front_matter(text)
    heading = None if front else heading_of(text)
    named = _type(text, heading) if not front else None
    kind = (
        KIND_OF_TYPE[named] if named else kind_by_title(text) or ("press" if "date" in front else kind_by_turns(text))
    )
    instrument = heading.instrument if heading else None
    signed = heading.signed if heading else None
    number, gazette_date = _gazette(text)
    return Facts(
        title=heading.title if heading else front.get("title") or _first_line(text),
        instrument=instrument,
        kind=kind,
        issuer=_issuer(text, heading) or front.get("author"),
        signed=signed.day.isoformat() if signed else None,
        hijri=signed.hijri if signed else None,
        published=_version(text) if named else _published(text, front.get("date")),
        gazette=number,
        gazette_date=gazette_date,
        authority=authority_of(kind, instrument if named else None, named)
        if kind and not _MODEL.search(text, 0, _FIRST_LINES)
        else None,
    )


def _type(text: str, heading: Heading | None) -> str | None:
    if not has_legal_form(text):
        return None
    return heading.instrument.type if heading else type_by_itself(text)


def _gazette(text: str) -> tuple[str | None, str | None]:
    found = _GAZETTE_NOTE.search(text) or _GAZETTE_LINE.search(text, 0, OPENING)
    if found is None:
        return None, None
    number, stated = found.group("number"), _next_date(text, found.end())
    if stated is None and len(number) < _GAZETTE_DIGITS:
        return None, None
    return number, stated.day.isoformat() if stated else None


def _next_date(text: str, position: int) -> StatedDate | None:
    return next(iter(dates_in(text[position : position + 3 * _NEAR])), None)


def _version(text: str) -> str | None:
    found = _VERSION.search(text, 0, OPENING)
    stated = _next_date(text, found.end()) if found else None
    return stated.day.isoformat() if stated and stated.start <= _NEAR else None


def _published(text: str, front: str | None) -> str | None:
    """Of other texts: the date of the front matter or of the first lines."""
    line = _DATE_LINE.match(text)
    if line:
        return line.group(1)
    if front and (day := _DAY.match(front)):
        return day.group()
    lines = [line for line in text[:_FIRST_LINES].split("\n") if len(line) <= _LONGEST_DATE_LINE]
    return month_in("\n".join(lines))


def _front_matter(text: str) -> dict[str, str]:
    if not _FRONT_MATTER.match(text):
        return {}
    fields = _FIELD.finditer(text, 0, text.find("---", 3, OPENING) % OPENING)
    return {field.group("name"): field.group("quoted") or field.group("bare") for field in fields}


def _first_line(text: str) -> str | None:
    """The first headline or line, when it reads as a title: short, and no sentence."""
    opening = _BROKEN_LINE.sub(" ", text[:OPENING])
    line = next((line.strip() for line in opening.split("\n") if re.search(r"\w{2}", line)), "")
    headline = _HEADLINE.match(line)
    if headline:
        return headline.group("title").strip("#* ")[:_LONGEST_TITLE]
    plain = line[:1].isalpha() and line[-1] not in ".;:,؛،" and not _NO_TITLE.match(line)
    return line if plain and len(line) <= _LONGEST_TITLE and len(line.split()) >= _TITLE_WORDS else None


def _issuer(text: str, heading: Heading | None) -> str | None:
    source = _STATED_SOURCE.search(text, 0, OPENING)
    if source:
        return source.group(1).strip()
    if heading is None or heading.instrument.type in {"dahir", "convention"}:
        return None
    if heading.instrument.type in {"loi", "loi_organique", "loi_cadre"}:
        adopted = _ADOPTED.search(text, 0, 2 * OPENING)
        return ("البرلمان" if adopted.group("ar") else "Parlement") if adopted else None
    author = _AUTHORED.match(text, heading.start) or _OFFICE.search(text, heading.start, 2 * OPENING)
    if author is None:
        return None
    return re.sub("^ل", "ال", " ".join(author.group("office").split()))  # `للوزير` has lost its article
