"""The kind of a document that is no legal text, by the words of its opening."""

import re
from typing import Final

from corpus.source import Kind

_TITLE: Final = 300
_OPENING: Final = 3000
_FEW: Final = 2
_QUESTION: Final = re.compile(r"(?:^|\n)[^\n?؟]{10,160}[?؟]\s*(?:\n|\Z)")
_MANY_QUESTIONS: Final = 4

_IN_TITLE: Final[tuple[tuple[Kind, str], ...]] = (
    ("dataset", r"\bcheck-?list|\bmatrice\b|\bmapping\b|jeu\s+de\s+données|\bdataset\b"),
    ("directive", r"\bdirective\s+nationale|\bcirculaire\b|دورية|منشور"),
    ("strategy", r"stratégie\s+nationale|feuille\s+de\s+route|national\s+strategy|الاستراتيجية\s+الوطنية"),
    ("press", r"\bmagazine\b|\bpodcast\b|\bepisode\b|\binterview\b|\bcommuniqué\s+de\s+presse\b|\bauthor\s?:|\bblog\b"),
    (
        "faq",
        r"\bf\.?a\.?q\b|questions?\s+fréquentes|foire\s+aux\s+questions|frequently\s+asked|أسئلة\s+شائعة|سؤال\s?/\s?جواب",
    ),
    (
        "report",
        r"\breport\b|\brapport\b|\A\W*(?:\w+\s){0,3}تقرير|executive\s+summary|document\s+d['’]analyse|\bétude\s+sur",
    ),
)
_IN_OPENING: Final[tuple[tuple[Kind, str], ...]] = (
    (
        "faq",
        r"\bguide\b|guichet|services?\s+en\s+ligne|online\s+services?|e-services?|pièces?\s+à\s+fournir|prestations?|démarche"
        r"|formulaire|documents?\s+requis|conditions?\s+de\s+délivrance|الوثائق\s+(?:المطلوبة|اللازمة)|الشباك|البوابة"
        r"|services\s+numériques|المسطرة|كيفية|طلب\s|aide\s+en\s+ligne|service\s+de\s+\w+\s+en\s+ligne|demande\s+de\s+(?:renouvellement|délivrance)|est\s+délivré|dépôt\s+de\s+la\s+demande|appointment",
    ),
    (
        "report",
        r"executive\s+summary|table\s+of\s+contents|table\s+des\s+matières|\bsommaire\b|chapter\s+\d|introduction"
        r"|methodology|\brapport\s+annuel|\breports?\b|\bpartie\s?:|méthodologie|bibliograph|منهجية",
    ),
    (
        "press",
        r"(?:a|ont)\s+(?:\S+\s)?(?:déclaré|indiqué|souligné|annoncé|affirmé|pris\s+part|salué|précisé)|explique(?:-t-i?el?)?"
        r"|lors\s+d['’]un\s+entretien|(?:^|\s)(?:قال|أكد|أضاف|صرح|كشف|أعلن|أوضح|أفاد|وأضاف|وأكد|وأوضح|صحيفة)\s"
        r"|\b(?:said|announced|told)\b|podcast|s['’]engage\s+à|(?:mardi|lundi|mercredi|jeudi|vendredi)",
    ),
)
_TITLE_CUES: Final = tuple((kind, re.compile(cues, re.IGNORECASE)) for kind, cues in _IN_TITLE)
_OPENING_CUES: Final = tuple((kind, re.compile(cues, re.IGNORECASE)) for kind, cues in _IN_OPENING)


def kind_by_title(text: str) -> Kind | None:
    """What the first lines call the document."""
    return next((kind for kind, cue in _TITLE_CUES if cue.search(text[:_TITLE])), None)


def kind_by_turns(text: str) -> Kind | None:
    """The kind whose turns of phrase the opening uses most, or None where it uses hardly any."""
    opening = text[:_OPENING]
    if len(_QUESTION.findall(opening)) >= _MANY_QUESTIONS:
        return "faq"
    counted = {kind: len({match.lower() for match in cue.findall(opening)}) for kind, cue in _OPENING_CUES}
    kind = max(counted, key=counted.__getitem__)
    return kind if counted[kind] >= _FEW else None
