"""The language of a question: by script, by the words that only Darija has, by what French and English know."""

import re
from typing import Final

from wordfreq import zipf_frequency

from ingest.languages import arabic_share, language_of
from rag.answer import Language

_DARIJA: Final = re.compile(
    r"(?<!\w)(?:[وفب])?(?:واش|شنو|شنوا|شنوة|شنهو|اشنو|أشنو|آش|أش|اش|كيفاش|كيفاه|فين|فوقاش|علاش|شحال|بشحال|شكون|ديال|ديالي|ديالك|دياله"
    r"|ديالها|ديالهم|ديالنا|بزاف|دابا|باش|حيت|حيث|كاين|كاينة|كاينين|ماكاينش|خاصني|خاصك|خصني|خصك|خاص|خصهم|بغيت|بغا|بغينا"
    r"|عندي|عندو|عندها|مادار|ندير|نديرو|يدير|تدير|دير|غادي|غادا|هاد|هادشي|هادي|اللي|ماشي|معايا|ليا|ليه|ولا|شي|راه|راني"
    r"|كنقدر|نقدر|يقدر|تقدر|[وف]?ما\w{2,}ش|معايا|عافاك|مزيان|هضر\w*|ديما|دروك|نتا|نتي|حنا|واحد ال\w+)(?!\w)"
)
_ARABIZI: Final = re.compile(
    r"(?<!\w)(?:wach|wash|chno|chnou|chnowa|chnahya|chnahiya|ach|ash|achno|kifach|kifash|kifach|fin|fine|foqach|fo9ach|fou9ach"
    r"|3lach|3lash|ch7al|chhal|sh7al|bch7al|chkoun|shkoun|dyal|dial|dyali|diali|dyalhom|bzaf|bezzaf|daba|bach|bash|7it|hit"
    r"|kayn|kayna|kaynin|khassni|khasni|khas|khass|khasso|bghit|bgha|3ndi|3ndo|3andi|ndir|ndiro|ydir|tdir|ghadi|had|hadchi"
    r"|hadi|lli|li|machi|m3a|liya|wla|wlla|chi|rah|rani|n9der|y9der|t9der|nqder|ila|f|dial|l9anoun|lqanoun|9anoun|w|ana|nta"
    r"|howa|hiya|dok|3la|mn|men)(?!\w)",
    re.IGNORECASE,
)
_DIGIT_LETTER: Final = re.compile(r"(?<!\w)(?=\w*[a-z])(?:[a-z]+[37952][a-z]*|[379][a-z]{2,}\w*)(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
# Words rarer than one in ten million in French and in English count as unknown.
_RAREST_KNOWN: Final = 2.0
_MANY_UNKNOWN: Final = 0.6
_SOME_UNKNOWN: Final = 0.3


def framing_language(language: Language) -> str:
    """The language, `fr`, `ar` or `en`, in which Sanad itself speaks to who asks in `language`."""
    return {"ary": "ar", "ary-Latn": "fr"}.get(language, language)


def question_language(text: str) -> Language:
    """One of the five forms that people ask in; `fr` when the text gives no hint."""
    if arabic_share(text) > 0.4:
        return "ary" if _DARIJA.search(text) else "ar"
    marks = len(_ARABIZI.findall(text)) + 2 * len(_DIGIT_LETTER.findall(text))
    unknown = _unknown_share(text)
    if unknown >= _MANY_UNKNOWN or (marks >= 2 and unknown > 0) or (marks >= 1 and unknown >= _SOME_UNKNOWN):
        return "ary-Latn"
    return "en" if language_of(text) == "en" else "fr"


def _unknown_share(text: str) -> float:
    found = _WORD.findall(text.lower())
    if len(found) < 2:
        return 0.0
    return sum(all(zipf_frequency(word, known) < _RAREST_KNOWN for known in ("fr", "en")) for word in found) / len(
        found
    )
