"""French and English words among Arabizi, as written or conjugated like Darija verbs (`ndeclari`, `kayhackiw`)."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from wordfreq import get_frequency_dict

from index.analysis import fold

UNKNOWN: Final = 0.0
_RAREST_VERB: Final = 1e-6
_INFINITIVE: Final = re.compile(r"(.{2,}?)(?:er|ire|ir|re)$")
_CONJUGATED: Final = re.compile(
    r"^(?:ma)?(?:ka|k|ta|gha|gh)?[nytm]['’]?(.{2,}?)(?:i?iw|it?|ina|iti|aw|at?|ou?|it|ch)?(?:ch)?$"
)
_SAME_SOUND: Final = ((re.compile("qu|[ckq]"), "k"), (re.compile("ph"), "f"), (re.compile("[eyé]"), "i"))
_REPEATED: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class FrenchWords:
    """Words with their shares of all French and all English text."""

    french: Mapping[str, float]
    english: Mapping[str, float]

    def zipf(self, word: str) -> float:
        """Zipf frequency (1 to 8) of a word in small letters in the language that has it more; UNKNOWN in neither."""
        # English counts less: few people mix it into Darija, and its many short words look like Darija ones.
        share = max(self.french.get(word, 0.0), self.english.get(word, 0.0) / 3)
        return math.log10(share) + 9 if share else UNKNOWN

    def infinitive(self, word: str) -> str | None:
        """The French verb that `word` conjugates the Darija way; None when there is none."""
        match = _CONJUGATED.match(word)
        return self._infinitives.get(_sound(match.group(1))) if match else None

    @cached_property
    def _infinitives(self) -> dict[str, str]:
        """Verbs by the sound of their stem, the most frequent one of each."""
        verbs = [
            (share, word, match.group(1))
            for word, share in self.french.items()
            if share >= _RAREST_VERB and word.endswith("r") | word.endswith("re") and (match := _INFINITIVE.match(word))
        ]
        return {_sound(stem): word for _, word, stem in sorted(verbs)}


@cache
def french_words() -> FrenchWords:
    """The lists of `wordfreq`."""
    return FrenchWords(get_frequency_dict("fr", "large"), get_frequency_dict("en", "large"))


def _sound(stem: str) -> str:
    stem = fold(stem)
    for letters, sound in _SAME_SOUND:
        stem = letters.sub(sound, stem)
    return _REPEATED.sub(r"\1", stem)
