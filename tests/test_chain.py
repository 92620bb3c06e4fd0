"""The whole path from question to answer over the small corpus."""

from datetime import date

import pytest
from langchain_core.runnables import Runnable

from index.search import Index
from rag.answer import Answer
from rag.question import Question, Turn
from tests.conftest import TODAY

Chain = Runnable[Question, Answer]


def test_the_article_that_answers_is_cited_first(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration des données ?"))
    assert answer.status == "answered"
    assert (answer.citations[0].source_path, answer.citations[0].article) == ("loi-77-01-fr.txt", "3")


def test_twins_count_once_and_in_the_asker_s_language(chain: Chain) -> None:
    for text, path in (
        ("Quelle amende sans déclaration ?", "loi-77-01-fr.txt"),
        ("الغرامة دون تصريح", "loi-77-01-ar.txt"),
    ):
        cited = [citation for citation in chain.invoke(Question(text)).citations if citation.article == "3"]
        assert [citation.source_path for citation in cited] == [path]


def test_every_quote_is_a_slice_of_the_stored_text(chain: Chain, index: Index) -> None:
    checked = 0
    for text in ("Quelle amende sans déclaration ?", "ما هي الغرامة دون تصريح؟", "What is the fine?", "signature"):
        for citation in chain.invoke(Question(text)).citations:
            stored = index.store.text(citation.source_id) or ""
            assert stored[citation.start : citation.end] == citation.quote
            checked += 1
    assert checked >= 8


def test_every_sentence_but_frames_carries_a_citation_that_exists(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    known = {citation.n for citation in answer.citations}
    assert all(set(sentence.citations) <= known for sentence in answer.sentences)
    assert all(sentence.citations for sentence in answer.sentences if sentence.kind != "frame")
    assert {n for sentence in answer.sentences for n in sentence.citations} == known


def test_a_law_that_is_not_indexed_is_not_answered(chain: Chain) -> None:
    answer = chain.invoke(Question("Quelle amende prévoit la loi 12-34 sur les robots ?"))
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "12-34" in answer.answer


def test_a_mirrored_number_is_another_law(chain: Chain) -> None:
    assert chain.invoke(Question("Quelle amende prévoit la loi 01-77 ?")).status == "not_found"
    assert chain.invoke(Question("Quelle amende prévoit la loi 77-01 ?")).status == "answered"


def test_an_article_that_does_not_exist_is_not_answered(chain: Chain) -> None:
    answer = chain.invoke(Question("Que dit l'article 95 de la loi 77-01 ?"))
    assert answer.status == "not_found"
    assert "article 95" in answer.answer
    assert "77-01" in answer.answer


def test_a_named_article_wins_over_likeness(chain: Chain) -> None:
    answer = chain.invoke(Question("Que dit l'article 2 de la loi 77-01 sur l'amende ?"))
    assert answer.citations[0].article == "2"


def test_the_law_of_an_arabic_refusal_is_written_with_a_dot(chain: Chain) -> None:
    answer = chain.invoke(Question("ماذا يقول القانون رقم 05-20؟"))
    assert "05.20" in answer.answer
    assert "05-20" not in answer.answer
    assert answer.direction == "rtl"


def test_a_question_out_of_the_field_is_refused(chain: Chain) -> None:
    answer = chain.invoke(Question("Comment cuire un tajine aux pruneaux ?"))
    assert (answer.status, answer.citations) == ("out_of_scope", ())


def test_a_source_published_later_is_not_cited(chain: Chain) -> None:
    question = "What does the trade fair say on signature tools?"
    assert chain.invoke(Question(question)).citations[0].source_path == "press-en.md"
    earlier = chain.invoke(Question(question, as_of=date(2023, 1, 1)))
    assert "press-en.md" not in [citation.source_path for citation in earlier.citations]
    assert earlier.as_of == date(2023, 1, 1)


def test_history_completes_a_short_question(chain: Chain) -> None:
    history = (Turn("Quelle amende prévoit la loi 77-01 ?"),)
    answer = chain.invoke(Question("Et le délai de déclaration ?", history))
    assert answer.citations[0].source_path == "loi-77-01-fr.txt"


def test_the_answer_says_what_made_it_and_how_long_it_took(chain: Chain, index: Index) -> None:
    answer = chain.invoke(Question("Quelle amende sans déclaration ?"))
    assert answer.as_of == TODAY
    assert (answer.engine.index, answer.engine.embedder, answer.engine.generator) == (
        index.generation,
        "fake",
        "quotes",
    )
    assert set(answer.timings_ms) == {"understand", "retrieve", "decide", "compose", "total"}
    assert answer.timings_ms["total"] >= answer.timings_ms["retrieve"] > 0


def test_the_chain_is_a_runnable_with_batch_and_stream(chain: Chain) -> None:
    questions = [Question("Quelle amende ?"), Question("الغرامة")]
    assert [answer.language for answer in chain.batch(questions)] == ["fr", "ar"]
    assert [answer.language for answer in chain.stream(questions[0])] == ["fr"]


def test_a_question_without_words_raises(chain: Chain) -> None:
    with pytest.raises(ValueError, match="a question needs words"):
        chain.invoke(Question("…"))
