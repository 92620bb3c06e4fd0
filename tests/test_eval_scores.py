"""Scores of single questions, worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evals.questions import GoldQuestion
from evals.record import Scores
from evals.scores import SCORES, answer_scores, retrieval_scores
from rag.answer import Answer, Citation, Language, Sentence, Status
from tests.evaluation import (
    FINE,
    LAW,
    LAW_AR,
    PRESS,
    QUOTE,
    answer,
    citation,
    frame,
    gold_question,
    hit,
    quoting,
    unanswerable,
)

FRENCH = "La loi fixe une amende, que voici avec sa source."
ARABIC = "يحدد القانون غرامة، وهذا نصها مع مصدرها."
ENGLISH = "The law sets a fine; here it is with its source."
SILENCES: tuple[Status, ...] = ("not_found", "out_of_scope", "needs_clarification", "refused")


def scores_of(gold: GoldQuestion, given: Answer, verbatim: Sequence[bool] = ()) -> Scores:
    """Scores of an answer."""
    return answer_scores(gold, given, verbatim)


def claim_scores(*claims: Sentence, cited: Sequence[Citation] = (citation(),)) -> tuple[float, float]:
    """(cited, supported) of an answer with these sentences."""
    scores = scores_of(gold_question(), answer(*cited, sentences=claims))
    return scores["cited"], scores["supported"]


def test_a_right_answer_is_right_in_everything() -> None:
    given = answer(citation(), sentences=(frame(FRENCH), quoting(1)))
    assert scores_of(gold_question(superseded=[PRESS]), given, [True]) == {
        "language": 1.0,
        "verbatim": 1.0,
        "cited": 1.0,
        "supported": 1.0,
        "stale": 0.0,
        "refused": 0.0,
        "correct": 1.0,
        "source@1": 1.0,
        "article@1": 1.0,
        "article": 1.0,
    }


def test_a_refusal_of_an_answerable_question_is_nothing_but_a_refusal() -> None:
    assert scores_of(gold_question(), answer(status="not_found", sentences=(frame(FRENCH),))) == {
        "language": 1.0,
        "refused": 1.0,
        "correct": 0.0,
        "source@1": 0.0,
        "article@1": 0.0,
        "article": 0.0,
    }


@pytest.mark.parametrize("status", SILENCES)
def test_silence_is_right_for_an_unanswerable_question_only(status: Status) -> None:
    assert scores_of(unanswerable(), answer(status=status)) == {"language": 1.0, "invented": 0.0}
    scores = scores_of(gold_question(), answer(citation(), status=status))
    assert (scores["refused"], scores["correct"]) == (1.0, 0.0)


@pytest.mark.parametrize("status", ["answered", "partial"])
def test_an_answer_to_an_unanswerable_question_is_invented(status: Status) -> None:
    assert scores_of(unanswerable(), answer(citation(), status=status), [True]) == {
        "language": 1.0,
        "verbatim": 1.0,
        "invented": 1.0,
    }
    assert scores_of(gold_question(), answer(citation(), status=status))["refused"] == 0.0


@pytest.mark.parametrize(
    ("first", "source", "article"),
    [
        (citation(LAW, "3"), 1.0, 1.0),
        (citation(LAW_AR, "3"), 1.0, 1.0),
        (citation(LAW, "2"), 1.0, 0.0),
        (citation(LAW, None), 1.0, 0.0),
        (citation(PRESS, "3"), 0.0, 0.0),
    ],
)
def test_the_first_citation_and_any_citation(first: Citation, source: float, article: float) -> None:
    alone, followed = scores_of(gold_question(), answer(first)), scores_of(gold_question(), answer(first, citation()))
    assert (alone["source@1"], alone["article@1"], alone["article"]) == (source, article, article)
    assert (followed["source@1"], followed["article@1"], followed["article"]) == (source, article, 1.0)


def test_the_article_of_one_source_is_not_that_of_another() -> None:
    gold = gold_question(sources=((LAW, "3"), (LAW_AR, "7")))
    assert scores_of(gold, answer(citation(LAW_AR, "7")))["article@1"] == 1.0
    assert scores_of(gold, answer(citation(LAW_AR, "3")))["article@1"] == 0.0


def test_gold_without_articles_asks_for_none() -> None:
    scores = scores_of(gold_question(sources=((LAW, None),)), answer(citation(LAW, "3")))
    assert scores["source@1"] == 1.0
    assert not {"article", "article@1"} & set(scores)


def test_of_several_sources_one_without_articles_is_right_wherever_it_is_cited() -> None:
    gold = gold_question(sources=((LAW, "3"), (PRESS, None)))
    assert scores_of(gold, answer(citation(PRESS, None)))["article@1"] == 1.0
    assert scores_of(gold, answer(citation(LAW, None)))["article@1"] == 0.0


@pytest.mark.parametrize(
    ("quotes", "correct"),
    [
        ([QUOTE], 1.0),
        (["une AMENDE de 1.000  a\n5.000 DIRHAMS"], 1.0),
        (["غرامة من ١.٠٠٠ إلى ٥.٠٠٠ درهم"], 1.0),
        (["Est puni d'une amende."], 0.0),
        (["Est puni.", QUOTE], 1.0),
        (["une amende de 11.000 à 5.000 dirhams"], 0.0),
        # Two quotes are two texts: what stands across them stands nowhere.
        (["une amende de 1.000", "à 5.000 dirhams"], 0.0),
        ([], 0.0),
    ],
)
def test_a_fact_is_shown_in_any_quote_and_spelling(quotes: list[str], correct: float) -> None:
    given = answer(*(citation(quote=quote, n=n) for n, quote in enumerate(quotes, start=1)))
    assert scores_of(gold_question(), given)["correct"] == correct


def test_every_fact_must_be_shown() -> None:
    gold = gold_question(facts=(["1.000", "mille"], ["5.000", "cinq mille"]))
    assert scores_of(gold, answer(citation(quote="de mille à 5.000")))["correct"] == 1.0
    assert scores_of(gold, answer(citation(quote="de mille"), citation(quote="à 5.000", n=2)))["correct"] == 1.0
    assert scores_of(gold, answer(citation(quote="de 1.000 ou deux mille")))["correct"] == 0.0


def test_a_fact_quoted_from_another_source_does_not_count() -> None:
    assert scores_of(gold_question(), answer(citation(PRESS)))["correct"] == 0.0
    assert scores_of(gold_question(), answer(citation(PRESS), citation(LAW, quote="sans rapport")))["correct"] == 0.0


@pytest.mark.parametrize(("verbatim", "share"), [([True], 1.0), ([False], 0.0), ([True, False, True, True], 0.75)])
def test_verbatim_is_a_share_of_the_citations(verbatim: list[bool], share: float) -> None:
    given = answer(*(citation(n=n) for n in range(1, len(verbatim) + 1)))
    assert scores_of(gold_question(), given, verbatim)["verbatim"] == share


@pytest.mark.parametrize(
    ("text", "quote", "supported"),
    [
        (f"« {QUOTE} »", QUOTE, 1.0),
        (f"«\u00a0{QUOTE}\u00a0»", QUOTE, 1.0),
        (f"«\u202f{QUOTE}\u202f»", QUOTE, 1.0),
        (f"“{QUOTE}”", QUOTE, 1.0),
        (f"«{FINE[1]}»", FINE[1], 1.0),
        (QUOTE, QUOTE, 1.0),
        ("« d'une amende »", QUOTE, 1.0),
        # Quotation marks of the source stand within those of Sanad.
        ("« « certificat » : une attestation »", "« certificat » : une attestation", 1.0),
        ("« on appelle cela « certificat » »", "on appelle cela « certificat »", 1.0),
        ("“the “certificate””", "the “certificate”", 1.0),
        ("« une amende de 2.000 dirhams »", QUOTE, 0.0),
        # Neither words beside the quote nor an empty quote are covered by it.
        (f"« {QUOTE} Tout est permis. »", QUOTE, 0.0),
        (f"« {QUOTE} »", "", 0.0),
        ("« »", QUOTE, 0.0),
    ],
)
def test_a_quote_must_stand_in_what_it_cites(text: str, quote: str, supported: float) -> None:
    assert claim_scores(quoting(1, text=text), cited=[citation(quote=quote)]) == (1.0, supported)
    assert claim_scores(Sentence(text, (1,), "lead", 1.0), cited=[citation(quote=quote)]) == (1.0, supported)


@pytest.mark.parametrize(
    ("claim", "cited", "supported"),
    [
        (quoting(), 0.0, 0.0),
        (quoting(2), 1.0, 0.0),
        (quoting(2, 1), 1.0, 1.0),
        (quoting(9), 0.0, 0.0),
        (quoting(9, 1), 1.0, 1.0),
        (Sentence("Il y a une amende.", (1,), "generated", 0.8), 1.0, 1.0),
        (Sentence("Il y a une amende.", (1,), "generated", 0.0), 1.0, 0.0),
        (Sentence("Il y a une amende.", (1,), "generated", None), 1.0, 0.0),
        (Sentence("Il y a une amende.", (), "generated", 0.8), 0.0, 0.0),
        (Sentence("Il y a une amende.", (9,), "generated", 0.8), 0.0, 0.0),
    ],
)
def test_a_sentence_needs_a_citation_and_its_support(claim: Sentence, cited: float, supported: float) -> None:
    assert claim_scores(claim, cited=[citation(), citation(quote="sans rapport", n=2)]) == (cited, supported)


def test_cited_and_supported_are_shares_of_the_sentences_that_are_no_framing() -> None:
    claims = (frame(FRENCH), quoting(1), quoting(), quoting(1, text="« autre chose »"), quoting(1))
    assert claim_scores(*claims) == (0.75, 0.5)


def test_without_sentences_of_substance_there_is_no_share() -> None:
    scores = scores_of(gold_question(), answer(sentences=(frame(FRENCH),)))
    assert not {"cited", "supported", "verbatim"} & set(scores)


@pytest.mark.parametrize(
    ("path", "in_force", "stale"),
    [(PRESS, None, 1.0), (PRESS, True, 1.0), (PRESS, False, 0.0), (LAW, None, 0.0), (LAW, False, 0.0)],
)
def test_a_superseded_text_is_cited_with_a_word_on_it(path: str, in_force: bool | None, stale: float) -> None:
    given = answer(citation(), replace(citation(path, n=2), in_force=in_force))
    assert scores_of(gold_question(superseded=[PRESS]), given)["stale"] == stale
    assert scores_of(unanswerable(superseded=[PRESS]), given)["stale"] == stale
    assert "stale" not in scores_of(gold_question(), given)


@pytest.mark.parametrize(
    ("asked", "recognised", "said", "right"),
    [
        ("fr", "fr", FRENCH, 1.0),
        ("fr", "fr", ENGLISH, 0.0),
        ("fr", "en", FRENCH, 0.0),
        ("ary", "ary", ARABIC, 1.0),
        ("ary", "ar", ARABIC, 0.0),
        ("ary-Latn", "ary-Latn", FRENCH, 1.0),
        ("ary-Latn", "ary-Latn", ARABIC, 0.0),
        ("en", "en", ENGLISH, 1.0),
        ("ar", "ar", ENGLISH, 0.0),
    ],
)
def test_sanad_speaks_to_the_asker_in_the_form_of_the_question(
    asked: Language, recognised: Language, said: str, right: float
) -> None:
    given = answer(status="not_found", language=recognised, sentences=(frame(said),))
    assert scores_of(gold_question(language=asked), given)["language"] == right


def test_quotes_and_titles_may_be_in_another_language() -> None:
    titled = Sentence(f"According to “{ARABIC} {ARABIC}”:", (1,), "frame")
    given = answer(citation(), language="en", sentences=(titled, quoting(1), frame(ENGLISH)))
    assert scores_of(gold_question(language="en"), given)["language"] == 1.0
    assert scores_of(gold_question(), answer(citation(), sentences=(quoting(1, text=FINE[1]),)))["language"] == 1.0


def test_every_score_has_one_meaning() -> None:
    names = [kind.name for kind in SCORES]
    assert len(set(names)) == len(names)
    given = answer(citation(), sentences=(quoting(1),))
    for gold in (gold_question(superseded=[PRESS]), unanswerable(superseded=[PRESS])):
        assert set(scores_of(gold, given, [True]) | retrieval_scores(gold, [hit()])) <= set(names)
    assert {kind.name for kind in SCORES if kind.strict} == {"verbatim", "supported", "cited"}
    assert {kind.name for kind in SCORES if kind.better == "lower"} == {"superseded@5", "stale", "refused", "invented"}
