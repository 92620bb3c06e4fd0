"""Darija in Latin letters read back into Arabic letters, as words that exist.

Nobody spells Arabizi twice the same way: vowels come and go, `9` and `k`, `7` and `h` change places. So a word is
looked up by its consonants among Arabic words, whole or without what is glued to it, and of those that share them the
one wins that costs least: vowels that differ, glued parts, rarity. Packages that turn letter into letter (arabizi,
cadar, darija-tools) write `charika` as شاريكا, a word that no document holds.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from wordfreq import get_frequency_dict

from corpus.headnote import project_headnotes
from rag.arabizi_forms import Form, forms, french_cores
from rag.arabizi_spelling import TABLES, arabic_key, arabic_spelling, latin_spellings, letter_by_letter, misspelling
from rag.french_words import FrenchWords, french_words

_ARABIC_WORD: Final = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u06a4\u06ad\u06af]{2,}")
_RAREST: Final = 3e-7
_BOOSTED: Final = 1e-4
_EXTRA: Final = 3e-5
_COMMON: Final = 1e-3
_RARITY: Final = 0.35
"""What a word ten times rarer costs more."""
_COSTLIEST: Final = 3.0
"""A reading that costs more is no better than the letters turned one by one."""
_VERB_COST: Final = 1.2
"""What a French verb conjugated the Darija way costs."""
_IN_FRENCH: Final = 0.6
"""What a French word costs less after another."""
_SURE: Final = 4
_SURE_VERB: Final = 6
_UNSURE: Final = 0.8
"""What a French word or verb costs more when it has fewer letters than are sure, and may be a Darija one."""
_GLUED: Final = 0.5
_KNOWN: Final = 3.0
_LONGEST: Final = 30
_TOKEN: Final = re.compile(
    r"(?:(?<!\S)\.)?[^\W_]+(?:\.[^\W_]+)+|(?<!\S)\.[^\W_]+|\d+(?:[-/]\d+)+|[^\W_]+(?:['’][^\W_]+)*"
)
_LATIN: Final = re.compile("[a-zA-Z]")
_ACCENT: Final = re.compile("[àâçéèêëîïôûùœ]")
_NUMBER: Final = re.compile(r"[\d./-]+")
_DIGIT_LETTER: Final = re.compile(r"\d[a-z']|[a-z']\d")
_ACRONYM: Final = re.compile(r"(?:[ldLD]')?[A-Z\d]*[A-Z][A-Z\d]+s?|\d+[A-Z]+|.*\..*")
_EMPHATIC: Final = re.compile(r".*[a-z].*[HSDTZ].*|.[HSDTZ].*[a-z].*")
_EMPHATICS: Final = str.maketrans("HT", "76")
_ELISION: Final = re.compile(r"(?:[ldjnscmt]|qu)'(.+)")
_KEPT: Final = frozenset({"le", "les", "un", "une", "des", "du", "de", *TABLES["acronyms"].split()})
_NO: Final = "لا"
_SENTENCE_START: Final = re.compile(r"(?:^|[.?!:] ?)\W*$")
_JOINED: Final = re.compile(r"(?<!\w)(ب|ل|ال)[ -](ال)?(?=[\u0621-\u064a]{2})")
_SHORTHAND: Final = str.maketrans({
    "e": None,
    "'": None,
    "q": "9",
    "5": "kh",
    "8": "gh",
    "y": "i",
    "w": "o",
    "u": "o",
    "x": "ch",
})
_REPEATED: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class ArabiziReading:
    """A question with its Darija in Arabic letters, and the words that were kept as written, in order."""

    arabic: str
    kept: tuple[str, ...]


class _Word(NamedTuple):
    text: str
    kept: str = ""
    """The part of `text` that is not Darija."""
    cost: float = 0.0

    @property
    def foreign(self) -> bool:
        """Whether the whole of it is French, English or a name."""
        return self.text == self.kept and not _NUMBER.fullmatch(self.text)


def _cost(word: _Word) -> float:
    return word.cost


_UNREAD: Final = _Word("", cost=math.inf)


@dataclass(frozen=True)
class ArabiziReader:
    """Reads Arabizi with Arabic words and their shares of all text, and what is known of French and English ones."""

    vocabulary: Mapping[str, float]
    french: FrenchWords = field(default_factory=french_words)
    _by_consonants: dict[str, list[tuple[float, str]]] = field(init=False, repr=False)
    """Words and what their rarity costs, the most frequent first."""

    def __post_init__(self) -> None:
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for word, share in self.vocabulary.items():
            if key := arabic_key(word):
                found[key].append((_RARITY * max(0.0, math.log10(_COMMON / share)), word))
        for words in found.values():
            words.sort()
        object.__setattr__(self, "_by_consonants", found)

    def read(self, text: str) -> ArabiziReading:
        """`text` with its Darija in Arabic letters; French and English words, names, numbers stay as they are."""
        text = (text.lower() if text.isupper() else text).replace("’", "'")
        tokens = list(_TOKEN.finditer(text))
        words: list[_Word] = []
        for token in tokens:
            after_la = bool(words) and words[-1].text == _NO
            in_french = after_la or (bool(words) and words[-1].foreign)
            words.append(self._word(token, in_french=in_french))
            # `la` is the French article before French, and no in Darija.
            if after_la and words[-1].foreign:
                words[-2] = _Word("la", "la")
        pieces, end = [], 0
        for token, word in zip(tokens, words, strict=True):
            pieces += [text[end : token.start()], word.text]
            end = token.end()
        arabic = _JOINED.sub(_join, "".join([*pieces, text[end:]]))
        return ArabiziReading(arabic, tuple(word.kept for word in words if word.kept))

    def _word(self, token: re.Match[str], *, in_french: bool) -> _Word:
        written = token.group()
        if _NUMBER.fullmatch(written) or _ACRONYM.fullmatch(written) or len(written) > _LONGEST:
            return _Word(written, written)
        if not _LATIN.search(written):
            return _Word(written)
        if _EMPHATIC.fullmatch(written) and self.french.zipf(written.lower()) < _KNOWN:
            written = written.translate(_EMPHATICS)
        elif written[0].isupper() and not _SENTENCE_START.search(token.string[: token.start()][-5:]):
            return _Word(written, written)
        word = written.lower()
        if word in _KEPT:
            return _Word(written, written)
        if listed := _LITTLE_WORDS.get(_short(word)):
            return _Word(listed)
        french = _UNREAD if _DIGIT_LETTER.search(word) else self._french(word, in_french=in_french)
        if _ACCENT.search(word):
            return french if french.kept else _Word(written, written)
        best = min(french, self._darija(word, french.cost), key=_cost)
        return _Word(written, written) if best.kept == word else best

    def _french(self, word: str, *, in_french: bool) -> _Word:
        """`word` as French or English, whole or after what is glued to it, or as a conjugated French verb."""
        elided = _ELISION.fullmatch(word)
        if elided and self.french.zipf(elided.group(1)) >= _KNOWN:
            return _Word(word, word)
        best = _UNREAD
        for head, core in french_cores(word):
            zipf = self.french.zipf(core)
            if zipf:
                cost = _RARITY * (math.log10(_COMMON) + 9 - zipf) + _UNSURE * (len(core) < _SURE)
                cost += _GLUED if core != word else -_IN_FRENCH * in_french
                best = min(best, _Word(head + core, core, cost), key=_cost)
        verb = self.french.infinitive(word)
        if verb is None:
            return best
        return min(best, _Word(verb, verb, _VERB_COST + _UNSURE * (len(verb) < _SURE_VERB)), key=_cost)

    def _darija(self, word: str, limit: float) -> _Word:
        """`word` as the Arabic word nearest to it; its letters one by one when no word is near or below `limit`."""
        best = _Word(letter_by_letter(word), cost=min(limit, _COSTLIEST))
        for form in forms(word):
            if form.cost < best.cost:
                best = self._nearest(form, best)
        return best

    def _nearest(self, form: Form, best: _Word) -> _Word:
        listed = _LITTLE_WORDS.get(_short(form.core))
        if listed and (whole := form.around(listed)):
            best = _Word(whole, cost=form.cost)
        for latin in latin_spellings(form.core):
            for rarity, word in self._by_consonants.get(latin.key, ()):
                limit = best.cost - form.cost - rarity
                if limit <= 0:
                    break
                whole = form.around(word)
                if whole and (cost := misspelling(latin, arabic_spelling(word), limit)) < limit:
                    best = _Word(whole, cost=form.cost + rarity + cost)
        return best


@cache
def arabizi_reader() -> ArabiziReader:
    """The reader that knows the words of the project's headnotes; made once, in a second or two."""
    words = (word for headnote in project_headnotes() for word in _ARABIC_WORD.findall(headnote.texts["ary"]))
    return ArabiziReader(default_vocabulary(words))


def default_vocabulary(extra: Iterable[str]) -> dict[str, float]:
    """Arabic words of `wordfreq` and of Darija with their shares of all text, and the running words `extra`.

    Extra words count as frequent, and more so the more often they come.
    """
    shares = get_frequency_dict("ar", wordlist="large")
    found = {word: share for word, share in shares.items() if share >= _RAREST and _ARABIC_WORD.fullmatch(word)}
    counts = Counter(word for word in extra if _ARABIC_WORD.fullmatch(word))
    common = dict.fromkeys(TABLES["common"].split(), _BOOSTED)
    often = {word: _EXTRA * math.sqrt(count) for word, count in counts.items()}
    for boosted in (common, often):
        found |= {word: max(found.get(word, 0.0), share) for word, share in boosted.items()}
    written_only = frozenset(TABLES["written_only"].split())
    return {word: share for word, share in found.items() if word not in written_only}


def _join(match: re.Match[str]) -> str:
    """A preposition or article written apart, joined to the Arabic word after it; `l` is taken for the article."""
    glued, article = match.groups()
    if glued == "ب":
        return f"ب{article or ''}"
    return "لل" if article and glued == "ل" else "ال"


def _short(word: str) -> str:
    """A spelling of a little word without what varies most."""
    return _REPEATED.sub(r"\1", word.translate(_SHORTHAND).replace("sh", "ch").replace("oo", "o"))


def _little_words() -> dict[str, str]:
    found = {
        _short(stem + pronoun): arabic + ending
        for arabic, stems in TABLES["before_pronoun"].items()
        for stem in stems.split()
        for ending, pronouns in TABLES["pronouns"].items()
        for pronoun in pronouns.split()
    }
    return found | {_short(latin): arabic for arabic, written in TABLES["words"].items() for latin in written.split()}


_LITTLE_WORDS: Final = _little_words()
