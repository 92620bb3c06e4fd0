"""Rank scores of lists of hits, worked out by hand."""

from math import log2

import pytest

from evals.questions import GoldQuestion
from evals.ranking import MEASURES, is_gold, measured, rank_scores
from evals.record import Scores
from index.hit import Hit
from tests.evaluation import LAW, LAW_AR, PRESS, gold_question, hit, hit_of_law, unanswerable

NOTHING = dict.fromkeys(MEASURES, 0.0)


def scores_of(hits: list[Hit], gold: GoldQuestion | None = None) -> Scores:
    """Rank scores of one question."""
    gold = gold or gold_question()
    return rank_scores([(gold, hits)])[gold.id]


def expected(rank: int) -> Scores:
    """The scores when the one relevant result stands at `rank`: nDCG is 1/log2(rank + 1), of which the ideal is 1."""
    return {
        "recall@1": float(rank == 1),
        "recall@5": float(rank <= 5),
        "recall@10": 1.0,
        "mrr@10": 1 / rank,
        "ndcg@10": 1 / log2(rank + 1),
    }


@pytest.mark.parametrize("rank", range(1, 11))
def test_the_scores_say_at_which_rank_the_gold_stands(rank: int) -> None:
    others = [hit(PRESS, None, position) for position in range(rank - 1)]
    assert scores_of([*others, hit()]) == pytest.approx(expected(rank))


def test_the_second_rank_by_hand() -> None:
    scores = scores_of([hit(PRESS, None), hit()])
    assert (scores["recall@1"], scores["recall@5"], scores["mrr@10"]) == (0.0, 1.0, 0.5)
    assert scores["ndcg@10"] == pytest.approx(0.63093, abs=1e-5)


def test_what_stands_eleventh_is_not_looked_at() -> None:
    assert scores_of([*(hit(PRESS, None, position) for position in range(10)), hit()]) == NOTHING


@pytest.mark.parametrize("hits", [[], [hit(PRESS, None)], [hit(LAW, "2")], [hit(LAW, None)]])
def test_without_the_gold_article_everything_is_zero(hits: list[Hit]) -> None:
    assert scores_of(hits) == NOTHING


@pytest.mark.parametrize(
    ("before", "rank"),
    [
        ([hit_of_law(LAW, "2"), hit_of_law(LAW, "2", 1)], 2),
        ([hit_of_law(LAW, "2"), hit_of_law(LAW_AR, "2")], 2),
        ([hit_of_law(LAW, "2"), hit_of_law(LAW, "1")], 3),
        ([hit_of_law(LAW, "2"), hit_of_law(PRESS, "2", number="78-01")], 3),
        ([hit(PRESS, "2"), hit(PRESS, "2", 1)], 2),
        ([hit(PRESS, "2"), hit("other.md", "2")], 3),
        ([hit(PRESS, None), hit(PRESS, None, 1)], 3),
        ([hit_of_law(LAW, None), hit_of_law(LAW, None, 1)], 3),
        # Article 1 of a text is not the passage number 1 that stands before its articles.
        ([hit(PRESS, "1", 7), hit(PRESS, None, 1)], 3),
    ],
)
def test_an_article_in_all_its_passages_and_languages_is_one_result(before: list[Hit], rank: int) -> None:
    assert scores_of([*before, hit_of_law(LAW, "3")])["mrr@10"] == pytest.approx(1 / rank)


def test_finding_one_gold_source_is_finding_it_all() -> None:
    gold = gold_question(sources=((LAW, "3"), (LAW_AR, "7"), ("decret.txt", None)))
    for found in (hit(LAW, "3"), hit(LAW_AR, "7"), hit("decret.txt", "12"), hit("decret.txt", None)):
        assert scores_of([found], gold) == pytest.approx(expected(1))
    assert scores_of([hit(LAW, "3"), hit(LAW_AR, "7")], gold) == pytest.approx(expected(1))
    assert scores_of([hit(LAW_AR, "3"), hit(LAW, "7"), hit("decret.txt", "1")], gold) == pytest.approx(expected(3))


def test_what_is_found_again_keeps_its_first_rank() -> None:
    assert scores_of([hit(), hit(PRESS, None), hit(position=1)]) == pytest.approx(expected(1))
    assert scores_of([hit(PRESS, "1"), hit(), hit(PRESS, "1", 2)]) == pytest.approx(expected(2))


def test_each_answerable_question_has_its_own_scores() -> None:
    first, second, nobody = gold_question(id="fr-1"), gold_question(id="fr-2"), unanswerable(id="fr-3")
    scores = rank_scores([(first, [hit()]), (second, []), (nobody, [hit()])])
    assert scores == {"fr-1": pytest.approx(expected(1)), "fr-2": NOTHING}


def test_nothing_asked_is_nothing_scored() -> None:
    assert rank_scores([]) == {}
    assert rank_scores([(unanswerable(), [hit()])]) == {}


@pytest.mark.parametrize(
    ("path", "article", "gold_article", "is_it"),
    [
        (LAW, "3", "3", True),
        (LAW, "3", None, True),
        (LAW, None, None, True),
        (LAW, None, "3", False),
        (LAW, "13", "3", False),
        (LAW_AR, "3", "3", False),
        (LAW_AR, "3", None, False),
    ],
)
def test_a_hit_is_gold_by_its_source_and_article(
    path: str, article: str | None, gold_article: str | None, is_it: bool
) -> None:
    assert is_gold(gold_question(sources=((LAW, gold_article),)), hit(path, article)) is is_it


def test_graded_relevance_by_hand() -> None:
    """Gains 1, 0, 3 at ranks 1 to 3, where 3 then 1 would be ideal; trec_eval takes the grade itself as the gain."""
    scores = measured({"q": {"a": 3, "b": 1, "c": 0}}, {"q": {"b": 0.9, "x": 0.8, "a": 0.7}})["q"]
    assert scores["ndcg@10"] == pytest.approx((1 + 3 / log2(4)) / (3 + 1 / log2(3)))
    assert (scores["recall@1"], scores["recall@5"], scores["mrr@10"]) == (0.5, 1.0, 1.0)


def test_a_query_without_results_counts_as_zero() -> None:
    assert measured({"q": {"a": 1}, "r": {"a": 1}}, {"q": {"a": 1.0}})["r"] == NOTHING
    assert measured({"q": {"a": 1}}, {}) == {"q": NOTHING}
    assert measured({}, {"q": {"a": 1.0}}) == {}
