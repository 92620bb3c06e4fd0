"""The table of a run, written out by hand, and a run over the small corpus."""

from langchain_core.runnables import Runnable

from evals.questions import Asked, GoldQuestion, GoldSource
from evals.report import report_table
from evals.run import Results, run
from evals.scores import QuestionScore
from index.search import Index
from rag.answer import Answer, Language
from rag.question import Question

HEADINGS = "             n    recall@5    source@1   article@1     correct     refused    invented   p50 ms   p95 ms"
LEGEND = (
    "Per cent (questions that count). refused: answerable but not answered; invented: unanswerable but answered. "
    "Index gen-000007 of 12 documents; 3 questions left out: none of their sources is indexed."
)


def gold(name: str, language: Language, text: str, *, answerable: bool = True) -> GoldQuestion:
    """A question about the fine of the test law."""
    return GoldQuestion(
        id=name,
        question=text,
        language=language,
        kind="sanction",
        audience="citizen",
        history=[],
        answerable=answerable,
        sources=[GoldSource(path="loi-77-01-fr.txt", article="3")] if answerable else [],
        facts=[["1.000 à 5.000 dirhams"]] if answerable else [],
        author="tests",
        checked_by=None,
    )


RIGHT = QuestionScore(gold("fr-1", "fr", "Quelle amende ?"), "answered", 10.4, True, True, True, True, None, False)
UNSEEN = QuestionScore(gold("fr-2", "fr", "Combien ?"), "answered", 20.0, False, False, None, False, None, False)
REFUSED = QuestionScore(gold("fr-3", "fr", "Peine ?"), "not_found", 30.0, True, False, None, False, None, True)
NO_FACT = QuestionScore(gold("ary-1", "ary", "شحال؟"), "answered", 5.0, True, True, False, False, None, False)
SILENT = QuestionScore(
    gold("en-1", "en", "Who?", answerable=False), "not_found", 1.0, None, None, None, None, False, None
)
INVENTED = QuestionScore(
    gold("en-2", "en", "Why?", answerable=False), "answered", 1.6, None, None, None, None, True, None
)


def table(*scores: QuestionScore, details: bool = False) -> list[str]:
    """The lines of a report on `scores`."""
    return report_table(Results(scores, 3, "gen-000007", 12), details=details).split("\n")


def test_a_run_is_a_line_for_each_language_and_one_for_all() -> None:
    assert table(INVENTED, RIGHT, UNSEEN, REFUSED, NO_FACT) == [
        HEADINGS,
        "fr           3      67 (3)      33 (3)     100 (1)      33 (3)      33 (3)           –       20       30",
        "en           1           –           –           –           –           –     100 (1)        2        2",
        "ary          1     100 (1)     100 (1)       0 (1)       0 (1)       0 (1)           –        5        5",
        "all          5      75 (4)      50 (4)      50 (2)      25 (4)      25 (4)     100 (1)       10       30",
        LEGEND,
    ]


def test_languages_come_in_their_own_order_and_absent_ones_are_left_out() -> None:
    assert [line.split()[0] for line in table(NO_FACT, SILENT, RIGHT)[1:-1]] == ["fr", "en", "ary", "all"]


def test_a_run_without_questions_has_no_means_and_no_nan() -> None:
    assert table() == [
        HEADINGS,
        "all          0           –           –           –           –           –           –        0        0",
        LEGEND,
    ]


def test_the_columns_stand_under_their_headings() -> None:
    lines = table(RIGHT, UNSEEN, REFUSED, NO_FACT, SILENT, INVENTED)[:-1]
    assert {len(line) for line in lines} == {len(HEADINGS)}


def test_details_say_what_went_wrong_and_nothing_of_what_went_right() -> None:
    lines = table(RIGHT, UNSEEN, REFUSED, NO_FACT, SILENT, INVENTED, details=True)
    assert lines[lines.index(LEGEND) + 1 :] == [
        "fr-2           not retrieved                    Combien ?",
        "fr-3           refused                          Peine ?",
        "ary-1          retrieved, fact not shown        شحال؟",
        "en-2           answered, though no source does  Why?",
    ]


def test_without_details_the_legend_is_last() -> None:
    assert table(UNSEEN, INVENTED)[-1] == LEGEND


def test_a_run_asks_every_question_and_scores_it(index: Index, chain: Runnable[Question, Answer]) -> None:
    asked = Asked(
        (
            gold("fr-1", "fr", "Quelle amende pour qui traite des données sans déclaration ?"),
            gold("fr-2", "fr", "Que dit l'article 3 de la loi 99-99 ?", answerable=False),
        ),
        left_out=4,
    )
    seen: list[tuple[int, int]] = []
    results = run(asked, index, chain, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
    assert (results.left_out, results.index, results.documents) == (4, "gen-000001", 3)
    right, silent = results.scores
    assert (right.recall_at_5, right.source_at_1, right.article_at_1, right.correct) == (True, True, True, True)
    assert (right.false_refusal, right.false_answer) == (False, None)
    assert (silent.recall_at_5, silent.correct, silent.false_answer) == (None, None, False)
    assert right.milliseconds > 0


def test_a_run_of_nothing_scores_nothing(index: Index, chain: Runnable[Question, Answer]) -> None:
    assert run(Asked((), 0), index, chain, lambda *_: None).scores == ()
