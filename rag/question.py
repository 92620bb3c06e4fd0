"""What was asked, and what is understood of it without a language model: language, references, follow-up."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from corpus.article import articles_in
from corpus.headnote import Tongue
from corpus.instrument import numbers_in
from corpus.source import Kind
from index.hit import Reading
from rag.answer import Language
from rag.arabizi import arabizi_reader
from rag.asks import Asks, asks_of
from rag.follow_up import completed, lacks_subject
from rag.languages import framing_language, question_language
from rag.masking import Personal, masked
from rag.names import Name, names_in
from rag.wishes import Wish, wish_of

LONGEST_QUESTION: Final = 1000
MOST_TURNS: Final = 20

_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f]"
)
_TONGUES: Final[dict[Language, tuple[Tongue, ...]]] = {
    "fr": ("fr",),
    "ar": ("ar",),
    "en": ("en",),
    "ary": ("ary", "ar"),
    "ary-Latn": ("fr",),
}
"""The headnotes that a question is matched with. What is French in Arabizi is looked up as such."""


class UnreadableQuestionError(ValueError):
    """A question without words, or with too many."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, with the gist of what was answered."""

    question: str
    answer_gist: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the asker gave. `language` and `as_of` are wishes; without them they are decided from text and clock."""

    text: str
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    as_of: date | None = None
    kinds: tuple[Kind, ...] = ()
    source_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question ready for search.

    `search_language` is that of the index pool in which its words are looked up, `tongues` those of the headnotes, and
    `also` holds further readings. `numbers` and `articles` are those that it gives, `named` the numbers of instruments
    that it calls by their usual names; `vague` says that it names no subject and no earlier question gives one;
    `wish` is what is asked of the answer to the question before, which is then the one that is understood;
    `masked` are the kinds of personal data that were taken out of `text`.
    """

    question: Question
    text: str
    language: Language
    search_text: str
    search_language: str
    tongues: tuple[Tongue, ...]
    also: tuple[Reading, ...]
    numbers: tuple[str, ...]
    articles: tuple[str, ...]
    named: tuple[str, ...]
    names: tuple[Name, ...]
    asks: Asks
    follow_up: bool
    vague: bool
    masked: tuple[Personal, ...] = ()
    wish: Wish | None = None

    @property
    def dialect(self) -> bool:
        """Darija in either script: the words of the question are spelled as nobody writes laws."""
        return self.language in {"ary", "ary-Latn"}

    def text_for(self, language: str) -> str:
        """The question as it is compared with texts in `language`."""
        return next((reading.text for reading in self.also if reading.language == language), self.search_text)

    @property
    def wording(self) -> str:
        """Language of the framing: `fr`, `ar` or `en`."""
        return framing_language(self.language)


def understand(question: Question) -> Understood:
    """Read a question. Raises ValueError with rule, value and remedy when there is nothing to read."""
    clean = masked(_clean(question.text))
    wish = wish_of(clean.text) if question.history else None
    if wish:
        *earlier, last = question.history
        before = understand(replace(question, text=last.question, history=tuple(earlier)))
        language = question.language or before.language
        return replace(before, text=clean.text, masked=clean.kinds, language=language, wish=wish)
    text = clean.text
    asked_language = question_language(text)
    search_text = completed(text, [masked(turn.question).text for turn in question.history])
    also = _further_readings(search_text, asked_language)
    names = tuple(dict.fromkeys(name for one in (search_text, *(r.text for r in also)) for name in names_in(one)))
    named = tuple(dict.fromkeys(number for name in names for number in numbers_in(name.fr)))
    articles = tuple(articles_in(text) or articles_in(search_text))
    numbers = tuple(numbers_in(text) or numbers_in(search_text))
    if articles and not numbers and len(named) == 1:
        numbers = named
    return Understood(
        question=question,
        text=text,
        language=question.language or asked_language,
        search_text=search_text,
        search_language=framing_language(asked_language),
        tongues=_TONGUES[asked_language],
        also=also,
        numbers=numbers,
        articles=articles,
        named=tuple(number for number in named if number not in numbers),
        names=names,
        asks=asks_of(text, tuple(reading.text for reading in also)),
        follow_up=search_text != text,
        vague=search_text == text and lacks_subject(text),
        masked=clean.kinds,
    )


def _further_readings(text: str, language: Language) -> tuple[Reading, ...]:
    """Arabizi is read in Arabic letters too: that is how Darija headnotes and Arabic articles are written."""
    if language != "ary-Latn":
        return ()
    return (Reading(arabizi_reader().read(text).arabic, "ar", _TONGUES["ary"]),)


def has_words(text: str) -> bool:
    """Whether a text has a letter of any script: without one there is nothing to read."""
    return any(map(str.isalpha, text))


def _clean(text: str) -> str:
    cleaned = " ".join(_INVISIBLE.sub("", text).split())
    if not has_words(cleaned):
        raise UnreadableQuestionError(
            f"a question needs words, got {text[:40]!r}: ask in Arabic, French, English or Darija"
        )
    if len(cleaned) > LONGEST_QUESTION:
        raise UnreadableQuestionError(
            f"a question has at most {LONGEST_QUESTION} characters, got {len(cleaned)}: shorten it"
        )
    return cleaned
