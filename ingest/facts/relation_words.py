"""The words by which legal texts say that one instrument acts on another, in French, Arabic and English."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from ingest.document import RelationKind

Form = Literal["acts", "undergoes", "states", "done"]
"""`acts`: X abrogeant Y. `undergoes`: Y abrogé par X. `states`: est abrogé Y, or Y est abrogé.
`done`: تم نسخ Y بمقتضى X, where the agent comes after the target."""

_ALSO: Final = r"(?:\s*,?\s*(?:et|ou)\s*(?:modifiée?s?|complétée?s?))?"
_BY: Final = r"\s+(?:notamment\s+|respectivement\s+)?(?:par|by)\s"
# Not in `tel qu'il a été modifié`, which says nothing of who does it.
_BE: Final = (
    r"(?<!n['’])(?<!ne\s)(?<!il\s)(?<!ils\s)(?<!elle\s)(?<!elles\s)"
    r"\b(?:est|sont|a\s+été|ont\s+été|is|are)\s+(?:hereby\s+)?"
)
_CHANGE: Final = r"(?:تغيير|تتميم|تعديل)"
_CHANGES: Final = r"[تي](?:غير|تمم|عدل)"
_BY_AR: Final = r"(?:ب(?:مقتضى|موجب)\s|(?=بال)|ب(?=\s?:|\s|\Z))"

_WORDS: Final[tuple[tuple[RelationKind, Form, str], ...]] = (
    (
        "promulgates",
        "undergoes",
        rf"promulguée?s?{_BY}|promulgated{_BY}|(?:ال)?صادرة?\s+بتنفيذه(?:ا|ما)?\s|بتنفيذه(?:ا|ما)?\s",
    ),
    ("promulgates", "acts", r"portant\s+promulgation\s+d|promulgating\s|(?<!\w)بتنفيذ\s|المتعلق\s+بتنفيذ\s"),
    ("replaces", "undergoes", rf"(?:{_BE})?(?:abrogée?s?\s+et\s+)?remplacée?s?{_BY}|(?:{_BE})?replaced{_BY}"),
    (
        "replaces",
        "states",
        rf"{_BE}abrogée?s?\s+et\s+remplacée?s?(?!\w)|\b(?:abroge\s+et\s+)?remplace\s|\breplaces\s"
        r"|(?<!\w)[يت]حل\s(?:هذا\s\S+\s)?محل\s|(?<!\w)تنسخ\s+وتعوض\s",
    ),
    ("replaces", "acts", r"\babrogeant\s+et\s+remplaçant\s|\brepealing\s+and\s+replacing\s"),
    ("replaces", "done", r"تم\s+نسخ\s+وتعويض\s"),
    (
        "repeals",
        "undergoes",
        rf"(?:{_BE})?\babrogée?s?{_BY}|(?:{_BE})?\brepealed{_BY}|(?<!\w)(?:ال)?منسوخة?\s+{_BY_AR}",
    ),
    ("repeals", "acts", r"\babrogeant\s|portant\s+abrogation\s+d|\brepealing\s|(?<!\w)(?:القاضي\s+)?بنسخ\s"),
    (
        "repeals",
        "states",
        rf"(?:{_BE}|\A\W*)(?:abrogée?s?|repealed)(?!\w)|\b(?:abroge|repeals)\s|(?<!\w)و?[تي]نسخ(?!\w)|(?<!\w)و?[تي]لغى(?!\w)",
    ),
    ("repeals", "done", r"تم\s+(?:نسخ|إلغاء)\s"),
    (
        "amends",
        "undergoes",
        rf"(?:{_BE})?(?:modifiée?s?|complétée?s?|ajoutée?s?|insérée?s?){_ALSO}{_BY}|(?:{_BE})?amended{_BY}"
        rf"|كما\s+(?:تم|وقع)\s+{_CHANGE}ه(?:ا|ما)?(?:\s+و{_CHANGE}ه(?:ا|ما)?)?\s+{_BY_AR}"
        rf"|(?:ال)?مغيرة?\s+و(?:ال)?متممة?\s+{_BY_AR}",
    ),
    (
        "amends",
        "acts",
        rf"\b(?:modifiant|complétant)(?:\s+et\s+(?:modifiant|complétant))?\s|\bamending\s"
        rf"|(?<!\w)ب{_CHANGE}(?:\s+و{_CHANGE})?\s",
    ),
    (
        "amends",
        "states",
        rf"{_BE}(?:modifiée?s?|complétée?s?|amended){_ALSO}(?!\w)|(?<!\w){_CHANGES}(?:\s+(?:و|أو\s+){_CHANGES})?\s",
    ),
    ("amends", "done", rf"تمت?\s+(?:{_CHANGE}(?:\s+و{_CHANGE})?|إضافة)\s"),
    (
        "applies",
        "acts",
        r"\bprise?s?\s+(?:pour\s+l['’]application|en\s+application)\s+d|portant\s+application\s+d|\bimplementing\s"
        r"|(?<!\w)(?:المتخذة?\s+|الصادرة?\s+)?[بل]تطبيق\s",
    ),
    ("applies", "states", r"\b(?:pour\s+l['’]application|en\s+application)\s+d|(?<!\w)تطبيقا\s+(?=ل)"),
)
AGENT: Final = re.compile(r"ب(?:مقتضى|موجب)\s|\b(?:par|en\s+vertu\s+de)\s", re.IGNORECASE)
"""What brings in the agent of a `done` statement."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of relation found at `text[start:end]`."""

    kind: RelationKind
    form: Form
    start: int
    end: int


_NAMES: Final = {f"{kind}_{form}": (kind, form) for kind, form, _ in _WORDS}
_VERB: Final = re.compile("|".join(f"(?P<{kind}_{form}>{words})" for kind, form, words in _WORDS), re.IGNORECASE)


def verbs_in(text: str) -> list[Verb]:
    """Words of relation, in order; where two readings begin alike, the closer one of the list."""
    return [Verb(*_NAMES[str(match.lastgroup)], *match.span()) for match in _VERB.finditer(text)]
