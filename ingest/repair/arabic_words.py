"""What is known of Arabic words: how often they are written, and how likely one that no list holds is one."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Final

from wordfreq import get_frequency_dict

UNKNOWN: Final = -9.0
"""Frequency of what is no word at all."""

_DIACRITICS: Final = re.compile("[\u064b-\u0652\u0670]")
# What a proclitic or an ending costs, in powers of ten: how much rarer words with it are than words without it.
_PROCLITICS: Final = {
    "": 0.0, "و": 1.2, "ف": 2.0, "ب": 1.5, "ك": 2.2, "ل": 1.5, "س": 1.8, "أ": 3.0, "ال": 0.9, "لل": 1.5, "وال": 1.6,
    "بال": 1.6, "فال": 2.5, "كال": 2.5, "ولل": 2.6, "وبال": 2.6, "وب": 2.6, "ول": 2.4, "وس": 2.6,
}  # fmt: skip
_NEGATIONS: Final = {"لا": 0.5, "ولا": 0.8}
_ENDINGS: Final = {
    "": 0.0, "ه": 1.5, "ها": 1.5, "هم": 1.9, "هما": 2.6, "هن": 2.6, "نا": 2.2, "ي": 1.8, "ك": 2.2, "كم": 2.4, "ات": 1.5,
    "ين": 1.6, "ون": 1.7, "ان": 2.0, "ة": 1.0, "ية": 1.4, "ا": 1.6, "وا": 1.6, "ت": 1.5,
}  # fmt: skip
_AFTER_ARTICLE: Final = ("", "ي", "ات", "ين", "ون", "ان", "ة", "ية")
_SHORTEST_STEM: Final = 3
_ARTICLE_WITHIN: Final = re.compile("(?<=..)[وفبك]?ال(?=..)")
_GLUED_COST: Final = 1.5
_MISSPELT_FACTOR: Final = 0.5
_PAIR: Final = re.compile("[اأإآ]ل")
_RAREST_COUNTED: Final = 4e-8
_LAM_ALEF: Final = re.compile("ل([اأإآ])")
_CLITICS_ALONE: Final = re.compile("[وفبكل]{1,2}")


class ArabicWords:
    """A list of words with their shares of all running text, and what follows from it for words outside it."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._shares = shares

    def frequency(self, word: str) -> float:
        """Zipf frequency (0 to about 8) of `word` without its vowel signs; UNKNOWN when the list lacks it."""
        share = self._shares.get(_DIACRITICS.sub("", word))
        return math.log10(share) + 9 if share else UNKNOWN

    def derived_frequency(self, word: str) -> float:
        """Zipf frequency that the best known stem of `word` leaves for it; less than zero when none is known."""
        word = _DIACRITICS.sub("", word)
        best = UNKNOWN
        for proclitic, cost in _proclitics(word):
            rest = word[len(proclitic) :]
            article = proclitic.endswith(("ال", "لل"))
            # No verb takes the article, and nothing takes two.
            if (article and rest.startswith("ي")) or (proclitic.endswith("ل") and rest.startswith("ال")):
                continue
            best = max(best, self._stem_frequency(rest, article=article) - cost)
        return best

    def glued_frequency(self, word: str) -> float:
        """The same for two words without the space between them, the second with its article: `هذاالقانون`."""
        word = _DIACRITICS.sub("", word)
        halves = [(word[: match.start()], word[match.start() :]) for match in _ARTICLE_WITHIN.finditer(word)]
        rarer = (min(self.frequency(first), self.frequency(second)) for first, second in halves)
        return max(rarer, default=UNKNOWN) - _GLUED_COST

    def _stem_frequency(self, rest: str, *, article: bool) -> float:
        endings = _AFTER_ARTICLE if article else _ENDINGS
        stems = [(rest[: len(rest) - len(end)], _ENDINGS[end]) for end in endings if rest.endswith(end)]
        # Before a pronoun the last letter of `إعارة` is written as in `إعارتهم`.
        stems += [(f"{stem[:-1]}ة", cost) for stem, cost in stems if cost and stem.endswith("ت")]
        return max(
            (self.frequency(stem) - cost for stem, cost in stems if len(stem) >= _SHORTEST_STEM), default=UNKNOWN
        )

    def lacks_hamza(self, word: str) -> bool:
        """Whether a far more frequent word differs only by a hamza on an alef: then `word` is its careless spelling."""
        word = _DIACRITICS.sub("", word)
        enough = self.frequency(word) + _MISSPELT_FACTOR
        places = [place for place, letter in enumerate(word) if letter == "ا"]
        return any(
            self.frequency(word[:place] + hamza + word[place + 1 :]) > enough for place in places for hamza in "أإآ"
        )

    def lam_first_odds(self, alef: str, left: str, right: str) -> float:
        """Log10 odds that lam stood before `alef` where a damaged word has `left`, `alef`, lam and `right`."""
        count = self._pair_counts
        share = 0.5
        for context in _contexts(alef, left, right):
            lam, other = count[context, True], count[context, False]
            share = (lam + 2 * share) / (lam + other + 2)
        share = min(max(share, 1e-4), 1 - 1e-4)
        return math.log10(share / (1 - share))

    @cached_property
    def _pair_counts(self) -> Counter[tuple[str, bool]]:
        """How many listed words would show alef and lam if damaged, by the letters around and by their true order."""
        return Counter(
            (context, word[match.start()] == "ل")
            for word, share in self._shares.items()
            if share >= _RAREST_COUNTED and "ل" in word
            for match in _PAIR.finditer(_LAM_ALEF.sub(r"\1ل", word))
            for context in _contexts(match.group(), match.string[: match.start()], match.string[match.end() :])
        )


@cache
def arabic_words() -> ArabicWords:
    """The large Arabic list of `wordfreq`."""
    return ArabicWords(get_frequency_dict("ar", wordlist="large"))


def _proclitics(word: str) -> list[tuple[str, float]]:
    found = [(proclitic, cost) for proclitic, cost in _PROCLITICS.items() if word.startswith(proclitic)]
    # The negation is glued to verbs only, and those of the third person are the ones that letters tell.
    return found + [(negation, cost) for negation, cost in _NEGATIONS.items() if word.startswith(f"{negation}ي")]


def _contexts(pair: str, left: str, right: str) -> tuple[str, ...]:
    """What is known of a pair's place, ever more of it: up to three letters on its left and two on its right."""
    # After clitics alone the pair is nearly always the article.
    place = f"{pair[0]}{'^' if _CLITICS_ALONE.fullmatch(left) else '-' if left else '|'}"
    near, far = f"{place}{left[-1:]}_", f"{place}{left[-2:]}_"
    return (
        place,
        near + right[:1],
        far + right[:1],
        near + right[:2],
        far + right[:2],
        f"{place}{left[-3:]}_{right[:2]}",
        *(() if left else (f"{place}_{right[:3]}",)),
    )
