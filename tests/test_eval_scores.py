"""Scores of single questions and their means, worked out by hand."""

from datetime import date
from math import isnan

import pytest

from corpus.source import Source
from evals.questions import GoldQuestion, GoldSource
from evals.scores import QuestionScore, mean, percentile, score
from index.hit import Hit, Score
from ingest.document import Passage
from rag.answer import Answer, Citation, Engine, Status

LAW, LAW_AR, OTHER = "loi-fr.txt", "loi-ar.txt", "presse.txt"
SOURCES = [GoldSource(path=LAW, article="3"), GoldSource(path=LAW_AR, article="3")]
FACTS = [["1.000 à 5.000 dirhams", "من 1.000 إلى 5.000 درهم"]]
QUOTE = "Est puni d'une amende de 1.000 à 5.000 dirhams quiconque traite des données."


def gold(
    *, answerable: bool = True, sources: list[GoldSource] | None = None, facts: list[list[str]] | None = None
) -> GoldQuestion:
    """A question that article 3 of the law answers."""
    return GoldQuestion(
        id="fr-001",
        question="Quelle amende ?",
        language="fr",
        kind="sanction",
        audience="citizen",
        history=[],
        answerable=answerable,
        sources=(SOURCES if sources is None else sources) if answerable else [],
        facts=(FACTS if facts is None else facts) if answerable else [],
        author="tests",
        checked_by=None,
    )


def cited(path: str = LAW, article: str | None = "3", quote: str = QUOTE) -> Citation:
    """A citation of an article of a source."""
    return Citation(
        n=1,
        source_path=path,
        source_id="id",
        passage_id="id#0",
        title="Loi",
        kind="law",
        issuer=None,
        instrument=None,
        article=article,
        page=None,
        language="fr",
        quote=quote,
        start=0,
        end=len(quote),
        published=None,
        in_force=None,
        note=None,
        official_language=True,
        url=None,
        score=1.0,
    )


def said(*citations: Citation, status: Status = "answered") -> Answer:
    """An answer with these citations that took 12.5 ms."""
    return Answer(
        id="a",
        question="Quelle amende ?",
        language="fr",
        direction="ltr",
        status=status,
        answer="",
        sentences=(),
        citations=citations,
        confidence="high",
        suggestions=(),
        as_of=date(2026, 11, 21),
        engine=Engine("gen-000001", "fake", "quotes"),
        timings_ms={"understand": 2.5, "total": 12.5},
    )


def hits(*paths: str) -> list[Hit]:
    """Hits of these sources, best first."""
    blank = Score(0.0, 0.0, 0.0, 0.0, 0.0)
    return [Hit(Passage("id", n, 0, 0, "", "fr"), Source(path, path), blank) for n, path in enumerate(paths)]


def test_a_right_answer_is_right_in_everything() -> None:
    question = gold()
    assert score(question, hits(OTHER, LAW), said(cited())) == QuestionScore(
        question,
        status="answered",
        milliseconds=12.5,
        recall_at_5=True,
        source_at_1=True,
        article_at_1=True,
        correct=True,
        false_answer=None,
        false_refusal=False,
    )


@pytest.mark.parametrize("status", ["answered", "partial"])
def test_an_answer_to_an_unanswerable_question_is_false(status: Status) -> None:
    question = gold(answerable=False)
    expected = QuestionScore(question, status, 12.5, false_answer=True)
    assert score(question, hits(LAW), said(cited(), status=status)) == expected


@pytest.mark.parametrize("status", ["not_found", "out_of_scope", "needs_clarification", "refused"])
def test_silence_is_right_for_an_unanswerable_question_only(status: Status) -> None:
    question = gold(answerable=False)
    assert score(question, hits(LAW), said(status=status)) == QuestionScore(question, status, 12.5, false_answer=False)
    refused = score(gold(), hits(LAW), said(status=status))
    assert (refused.false_refusal, refused.correct, refused.source_at_1, refused.article_at_1) == (
        True,
        False,
        False,
        False,
    )
    assert refused.recall_at_5 is True
    assert refused.false_answer is None


@pytest.mark.parametrize(
    ("found", "recalled"),
    [
        ([], False),
        ([OTHER] * 5, False),
        ([OTHER] * 4 + [LAW_AR], True),
        ([OTHER] * 5 + [LAW], False),
        ([LAW], True),
    ],
)
def test_recall_looks_at_five_hits(found: list[str], recalled: bool) -> None:
    assert score(gold(), hits(*found), said()).recall_at_5 is recalled


@pytest.mark.parametrize(
    ("first", "source", "article"),
    [
        (cited(LAW, "3"), True, True),
        (cited(LAW_AR, "3"), True, True),
        (cited(LAW, "2"), True, False),
        (cited(LAW, None), True, False),
        (cited(OTHER, "3"), False, False),
    ],
)
def test_only_the_first_citation_is_looked_at(first: Citation, source: bool, article: bool) -> None:
    scored = score(gold(), [], said(first, cited()))
    assert (scored.source_at_1, scored.article_at_1) == (source, article)


def test_the_article_of_one_source_is_not_that_of_another() -> None:
    sources = [GoldSource(path=LAW, article="3"), GoldSource(path=LAW_AR, article="7")]
    assert score(gold(sources=sources), [], said(cited(LAW_AR, "7"))).article_at_1 is True
    assert score(gold(sources=sources), [], said(cited(LAW_AR, "3"))).article_at_1 is False


def test_gold_without_articles_asks_for_none() -> None:
    scored = score(gold(sources=[GoldSource(path=LAW)]), [], said(cited(LAW, "3")))
    assert scored.article_at_1 is None
    assert scored.source_at_1 is True


@pytest.mark.parametrize(
    ("quotes", "correct"),
    [
        ([QUOTE], True),
        (["une AMENDE de 1.000  a\n5.000 DIRHAMS"], True),
        (["غرامة من ١.٠٠٠ إلى ٥.٠٠٠ درهم"], True),
        (["Est puni d'une amende."], False),
        (["Est puni.", QUOTE], True),
        ([], False),
    ],
)
def test_a_fact_is_shown_in_any_quote_and_spelling(quotes: list[str], correct: bool) -> None:
    assert score(gold(), [], said(*[cited(quote=quote) for quote in quotes])).correct is correct


def test_every_fact_must_be_shown() -> None:
    question = gold(facts=[["1.000", "mille"], ["5.000", "cinq mille"]])
    assert score(question, [], said(cited(quote="de mille à 5.000"))).correct is True
    assert score(question, [], said(cited(quote="de 1.000 ou mille"))).correct is False


def test_a_fact_quoted_from_another_source_does_not_count() -> None:
    assert score(gold(), [], said(cited(OTHER))).correct is False
    assert score(gold(), [], said(cited(OTHER), cited(LAW, quote="sans rapport"))).correct is False


def test_a_quote_without_an_answer_does_not_count() -> None:
    assert score(gold(), [], said(cited(), status="not_found")).correct is False


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([True, False, None, True, True], (0.75, 4)),
        ([False, False], (0.0, 2)),
        ([True], (1.0, 1)),
        ([None, None], None),
        ([], None),
    ],
)
def test_the_mean_is_of_the_values_that_apply(values: list[bool | None], expected: tuple[float, int] | None) -> None:
    assert mean(values) == expected


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([30.0, 10.0, 20.0], 0.5, 20.0),
        ([7.0], 0.95, 7.0),
        ([7.0], 0.5, 7.0),
        ([float(number) for number in range(1, 11)], 0.95, 10.0),
        # The nearest rank is the share times the count, rounded up: 2 of 4, 5 of 10, 19 of 20.
        ([4.0, 3.0, 2.0, 1.0], 0.5, 2.0),
        ([float(number) for number in range(1, 11)], 0.5, 5.0),
        ([float(number) for number in range(1, 21)], 0.95, 19.0),
        ([1.0, 2.0], 1.0, 2.0),
        ([], 0.95, 0.0),
    ],
)
def test_percentiles_are_of_the_nearest_rank(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected
    assert not isnan(percentile(values, share))
