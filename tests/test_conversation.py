"""A conversation: what is shown while it is worked on, and what the next question is read with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from rag.answer import Answer
from rag.question import LONGEST_QUESTION, Question
from ui.conversation import Filters, Talk, UnknownDayError, broken_off, converse, copied, day_of, messages
from ui.wording import interface

Chain = Runnable[Question, Answer]
WORDS = interface("fr")
FINE = "Quelle amende sans déclaration ?"


def talk_of(chain: Chain, *questions: str, filters: Filters | None = None) -> Talk:
    """The talk after the questions."""
    talk = Talk()
    for question in questions:
        *_, (talk, _) = converse(chain, WORDS, question, talk, filters or Filters())
    return talk


def test_a_question_is_shown_at_once_and_then_answered(chain: Chain) -> None:
    first, *drafts, last = list(converse(chain, WORDS, FINE, Talk(), Filters()))
    assert [working for _, working in (first, *drafts, last)] == [True, True, False]
    assert "Recherche dans les textes" in first[0].exchanges[-1].reply
    assert first[0].last is None
    assert "sanad-working" not in last[0].exchanges[-1].reply
    assert last[0].last is not None
    assert last[0].last.question == FINE


def test_drafts_are_shown_as_they_grow_and_none_is_remembered(chain: Chain) -> None:
    answer = chain.invoke(Question(FINE))
    drafts = [replace(answer, sentences=answer.sentences[:n], citations=answer.citations) for n in (1, 2)]

    def growing(_: Iterator[Question]) -> Iterator[Answer]:
        yield from drafts

    shown = list(converse(RunnableGenerator(growing), WORDS, FINE, Talk(), Filters()))
    assert [talk.last for talk, _ in shown] == [None, None, None, drafts[-1]]


def test_the_next_question_is_read_with_the_ones_before(chain: Chain) -> None:
    talk = talk_of(chain, "Quelle amende prévoit la loi 77-01 ?", "Et le délai ?")
    assert "77-01" in talk.exchanges[-1].reply
    assert [turn.question for turn in talk.turns] == ["Quelle amende prévoit la loi 77-01 ?", "Et le délai ?"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("…", WORDS.ask.unreadable),
        ("  ", WORDS.ask.empty),
        ("a" * (LONGEST_QUESTION + 1), WORDS.ask.too_long.format(longest=LONGEST_QUESTION)),
    ],
)
def test_an_unreadable_question_is_explained_and_not_remembered(chain: Chain, asked: str, said: str) -> None:
    talk = talk_of(chain, asked)
    assert said.split("'")[0] in talk.exchanges[-1].reply
    assert talk.answers == ()


def test_filters_reach_the_question(chain: Chain) -> None:
    asked: list[Question] = []

    def record(question: Question) -> Answer:
        asked.append(question)
        return chain.invoke(question)

    talk_of(RunnableLambda(record), FINE, filters=Filters(("law",), ("ar",), "31/12/2021"))
    assert (asked[0].kinds, asked[0].source_languages, asked[0].as_of) == (("law",), ("ar",), date(2021, 12, 31))


@pytest.mark.parametrize("written", ["2021-12-31", "31/12/2021", "31-12-2021", "31.12.2021", " ٣١/١٢/٢٠٢١ "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert day_of(written) == date(2021, 12, 31)


def test_a_day_that_is_none_is_told(chain: Chain) -> None:
    assert day_of("") is None
    with pytest.raises(UnknownDayError, match="got '31 février'"):
        day_of("31 février")
    assert "<b>" not in (reply := talk_of(chain, FINE, filters=Filters(day="<b>")).exchanges[-1].reply)
    assert "31/12/2024" in reply


def test_what_the_asker_types_cannot_become_markup(chain: Chain) -> None:
    question = str(messages(talk_of(chain, "<img src=x>\n\n![a](http://x/y) amende ?"))[0]["content"])
    assert "<img" not in question
    assert "\n" not in question


def test_suggestions_of_the_last_answer_are_buttons(chain: Chain) -> None:
    def suggesting(question: Question) -> Answer:
        return replace(chain.invoke(question), suggestions=("Que dit la loi n° 05-20 ?",))

    shown = messages(talk_of(RunnableLambda(suggesting), FINE, FINE))
    assert [message.get("options") for message in shown[:3]] == [None, None, None]
    assert shown[3]["options"] == [
        {"value": "Que dit la loi n° 05-20 ?", "label": "Que dit la loi n° \u206605-20\u2069 ?"}
    ]


def test_a_refusal_says_where_to_turn(chain: Chain) -> None:
    assert 'href="https://cndp.ma"' in talk_of(chain, "Quelle est la recette du tajine ?").exchanges[-1].reply
    assert "sanad-where" not in talk_of(chain, FINE).exchanges[-1].reply


def test_what_is_broken_off_is_said_and_not_remembered(chain: Chain) -> None:
    (begun, _), *_ = converse(chain, WORDS, FINE, Talk(), Filters())
    stopped = broken_off(WORDS, begun, WORDS.chat.stopped)
    assert (len(stopped.exchanges), stopped.answers) == (1, ())
    assert WORDS.chat.stopped in stopped.exchanges[0].reply
    whole = talk_of(chain, FINE)
    assert broken_off(WORDS, whole, WORDS.chat.stopped) == whole


def test_the_oldest_exchanges_go(chain: Chain) -> None:
    talk = talk_of(chain, *["…"] * 40)
    assert len(talk.exchanges) == 30


def test_an_answer_is_copied_with_question_and_sources(chain: Chain) -> None:
    text = copied(talk_of(chain, FINE), WORDS)
    assert text.startswith(f"{FINE}\n\n")
    assert "[1] la loi n° 77-01, article 3 – Loi n° 77-01 relative aux essais" in text
    assert copied(talk_of(chain, "…"), WORDS) == ""
