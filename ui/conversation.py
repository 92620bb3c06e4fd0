"""A conversation: what was asked, what is shown for it as it grows, and what the next question is read with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from typing import Final
from unicodedata import decimal

from gradio import MessageDict
from langchain_core.runnables import Runnable

from corpus.source import Kind
from rag.answer import Answer
from rag.question import LONGEST_QUESTION, Question, Turn
from ui.identifiers import isolated, isolated_plain
from ui.render import answer_html, channels_html, plain_text
from ui.wording import Interface

MOST_TURNS: Final = 6
_MOST_EXCHANGES: Final = 30
_DAY_FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_SENT_ELSEWHERE: Final = frozenset({"not_found", "out_of_scope", "refused"})


class UnknownDayError(ValueError):
    """A date that is written in none of the ways that are understood."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what is shown for it, as HTML; `answer` is None while it is made and where none came."""

    asked: str
    reply: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of one open page. It lives in memory as long as the page does."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(exchange.answer for exchange in self.exchanges if exchange.answer)

    @property
    def last(self) -> Answer | None:
        """The answer that stands at the end, None where something else does."""
        return self.exchanges[-1].answer if self.exchanges else None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What the next question is read with."""
        return tuple(Turn(answer.question, answer.sentences[0].text) for answer in self.answers[-MOST_TURNS:])

    def with_(self, exchange: Exchange) -> "Talk":
        """With a further exchange at its end; the oldest ones go."""
        return Talk((*self.exchanges, exchange)[-_MOST_EXCHANGES:])

    def before(self) -> "Talk":
        """Without the last exchange."""
        return Talk(self.exchanges[:-1])


@dataclass(frozen=True, slots=True)
class Filters:
    """What sources may be quoted, and the day whose law is asked for, as it was written."""

    kinds: tuple[Kind, ...] = ()
    source_languages: tuple[str, ...] = ()
    day: str = ""

    def question(self, text: str, turns: tuple[Turn, ...]) -> Question:
        """Raises UnknownDayError when the day cannot be read."""
        return Question(
            text,
            history=turns,
            as_of=day_of(self.day),
            kinds=self.kinds,
            source_languages=self.source_languages,
        )


def converse(
    chain: Runnable[Question, Answer], words: Interface, text: str, talk: Talk, filters: Filters
) -> Iterator[tuple[Talk, bool]]:
    """The talk as it grows, and whether it is still worked on: the question at once, then the answer in drafts."""
    yield talk.with_(Exchange(text, _step(words.chat.searching))), True
    fault = _fault(words, text)
    if fault:
        yield talk.with_(Exchange(text, fault)), False
        return
    draft: Answer | None = None
    try:
        for draft in chain.stream(filters.question(text, talk.turns)):
            growing = answer_html(replace(draft, suggestions=())) + _step(words.chat.checking)
            yield talk.with_(Exchange(text, growing)), True
    except UnknownDayError:
        yield talk.with_(Exchange(text, _said(words, words.chat.bad_day.format(written=filters.day)))), False
        return
    except ValueError:
        yield talk.with_(Exchange(text, _said(words, words.ask.unreadable))), False
        return
    reply = _whole(words, draft) if draft else _said(words, words.chat.failed)
    yield talk.with_(Exchange(text, reply, draft)), False


def broken_off(words: Interface, talk: Talk, why: str) -> Talk:
    """The talk with its last question left unanswered, and the reason in place of the answer."""
    if not talk.exchanges or talk.last:
        return talk
    return talk.before().with_(Exchange(talk.exchanges[-1].asked, _said(words, why)))


def messages(talk: Talk) -> list[MessageDict]:
    """The talk as the page shows it; the suggestions of the last answer are buttons."""
    shown: list[MessageDict] = []
    for exchange in talk.exchanges:
        question = f'<h2 class="sanad-question" dir="auto">{_line(exchange.asked)}</h2>'
        shown += [{"role": "user", "content": question}, {"role": "assistant", "content": exchange.reply}]
    if talk.last and talk.last.suggestions:
        shown[-1]["options"] = [
            {"value": question, "label": isolated_plain(question)} for question in talk.last.suggestions
        ]
    return shown


def copied(talk: Talk, words: Interface) -> str:
    """The last answer with its question and sources, as text; empty where there is none."""
    return plain_text(talk.last, words) if talk.last else ""


def day_of(written: str) -> date | None:
    """The day of `2024-12-31` or `31/12/2024`, None of nothing. Raises UnknownDayError."""
    clean = "".join(str(decimal(sign, sign)) for sign in written.strip())
    for form in _DAY_FORMATS if clean else ():
        try:
            return datetime.strptime(clean, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    if clean:
        raise UnknownDayError(f"a day such as 31/12/2024 is needed, got {clean[:20]!r}: write day, month and year")
    return None


def _fault(words: Interface, text: str) -> str:
    if not text.strip():
        return _said(words, words.ask.empty)
    if len(text) > LONGEST_QUESTION:
        return _said(words, words.ask.too_long.format(longest=LONGEST_QUESTION))
    return ""


def _whole(words: Interface, answer: Answer) -> str:
    elsewhere = channels_html(words) if answer.status in _SENT_ELSEWHERE else ""
    return answer_html(replace(answer, suggestions=())) + elsewhere


def _said(words: Interface, text: str) -> str:
    return f'<p class="sanad-fault" lang="{words.code}" dir="{words.direction}">{_line(text)}</p>'


def _line(text: str) -> str:
    """On one line: after an empty one, Gradio would take what follows for Markdown."""
    return isolated(" ".join(text.splitlines()))


def _step(text: str) -> str:
    return f'<p class="sanad-working"><span>{escape(text)}</span></p>'
