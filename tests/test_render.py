"""Answers as HTML: direction, isolation of numbers, escaping."""

import re
from dataclasses import replace

from langchain_core.runnables import Runnable

from rag.answer import Answer, Sentence
from rag.question import Question
from ui.render import answer_html, channels_html
from ui.wording import interface

Chain = Runnable[Question, Answer]


def test_an_arabic_answer_reads_from_right_to_left(chain: Chain) -> None:
    html = answer_html(chain.invoke(Question("ما هي الغرامة دون تصريح؟")))
    assert html.startswith('<div class="sanad-answer" lang="ar" dir="rtl">')
    assert '<blockquote lang="ar" dir="rtl">' in html


def test_a_french_quote_keeps_its_direction_in_an_arabic_answer(chain: Chain) -> None:
    answer = chain.invoke(Question("ما هي الغرامة دون تصريح؟", source_languages=("fr",)))
    html = answer_html(answer)
    assert 'dir="rtl"' in html.split(">", 1)[0]
    assert '<blockquote lang="fr" dir="ltr">' in html


def test_numbers_of_instruments_are_isolated(chain: Chain) -> None:
    html = answer_html(chain.invoke(Question("Quelle amende sans déclaration ?")))
    assert "la loi n° <bdi>77-01</bdi>, article 3" in html


def test_text_of_documents_cannot_become_markup(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    hostile = replace(answer.citations[0], title='<img src="https://evil.example/x.png">')
    html = answer_html(replace(answer, citations=(hostile, *answer.citations[1:])))
    assert "<img" not in html
    assert "&lt;img" in html


def test_every_citation_is_shown_with_its_quote(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    html = answer_html(answer)
    assert len(answer.citations) >= 2
    assert html.count("<blockquote") == len(answer.citations)


def test_the_fact_that_leads_stands_in_the_direction_of_its_text(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    html = answer_html(answer)
    assert '<p class="sanad-lead"><strong lang="fr" dir="ltr">' in html
    assert html.index("sanad-lead") < html.index("<blockquote")


def test_a_sentence_of_a_model_carries_its_quotes(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    said = Sentence("Une amende de <b>5.000</b> dirhams.", (1,), "generated", 1.0)
    html = answer_html(replace(answer, sentences=(said,)))
    assert 'Une amende de &lt;b&gt;<bdi>5.000</bdi>&lt;/b&gt; dirhams. <span class="sanad-cite"><sup' in html
    assert html.count("<blockquote") == 1


def test_what_to_ask_instead_is_listed(chain: Chain) -> None:
    answer = replace(chain.invoke(Question("Quelle amende ?")), suggestions=("Que dit la loi n° 05-20 ?",))
    assert "<li>Que dit la loi n° <bdi>05-20</bdi> ?</li>" in answer_html(answer)


def test_a_marker_shows_its_quote_and_leads_to_it(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    first = answer.citations[0]
    html = answer_html(answer)
    assert f'<a href="/source/{first.source_id}?lang=fr&amp;start={first.start}&amp;end={first.end}#quote"' in html
    assert '<span class="sanad-tip" lang="fr" dir="ltr">Est puni' in html


def test_no_link_stands_in_what_opens(chain: Chain) -> None:
    html = answer_html(chain.invoke(Question("Quelle amende sans déclaration ?")))
    assert [summary for summary in re.findall(r"<summary>.*?</summary>", html) if "<a " in summary] == []


def test_standing_and_confidence_are_said_in_words(chain: Chain) -> None:
    answer = chain.invoke(Question("ما هي الغرامة دون تصريح؟"))
    words = interface("ar")
    said = f"{words.status['partial']} · {words.confidence['low']}"
    assert said in answer_html(replace(answer, status="partial", confidence="low"))
    assert words.confidence["low"] not in answer_html(replace(answer, status="not_found", confidence="low"))


def test_places_to_turn_to_stand_in_the_direction_of_the_page() -> None:
    html = channels_html(interface("ar"))
    assert html.startswith('<div class="sanad-where" lang="ar" dir="rtl">')
    assert '<bdi dir="ltr">cndp.ma</bdi>' in html
