"""Which passages are quoted: each provision once, and of the first one the part that follows."""

from datetime import date

from rag.answer import Answer, Engine
from rag.compose import QuotesComposer
from rag.evidence import Verdict
from rag.question import Question, understand
from tests.evaluation import hit, hit_of_law

COMPOSER = QuotesComposer(
    similarity=lambda _, texts: [1.0 for _ in texts],
    today=lambda: date(2026, 11, 22),
    engine=Engine("gen-000001", "fake", "quotes"),
)
LONG = [hit_of_law("loi-fr.txt", "3", position=part) for part in (4, 5, 6)]
OTHER = hit_of_law("loi-fr.txt", "9", position=9)


def composed(*hits: object, reason: str = "sufficient") -> Answer:
    verdict = Verdict("sufficient", 0.9) if reason == "sufficient" else Verdict("weak", 0.1)
    return COMPOSER.compose(understand(Question("Quelle amende ?")), list(hits), verdict)  # type: ignore[arg-type]


def parts(answer: Answer) -> list[str]:
    return [citation.passage_id.rsplit("#", 1)[-1] for citation in answer.citations]


def test_the_next_part_of_the_first_article_follows_it_and_others_stand_once() -> None:
    assert parts(composed(LONG[1], OTHER, LONG[0], LONG[2])) == ["5", "4", "9"]
    assert parts(composed(OTHER, LONG[1], LONG[0])) == ["9", "5"]


def test_passages_without_article_have_no_next_part() -> None:
    assert parts(composed(hit(article=None, position=1), hit(article=None, position=2))) == ["1", "2"]


def test_no_more_than_five_are_quoted() -> None:
    many = [hit_of_law("loi-fr.txt", str(number), position=number) for number in range(10, 18)]
    assert len(composed(*LONG, *many).citations) == 5


def test_a_refusal_names_each_provision_once() -> None:
    answer = composed(*LONG, OTHER, reason="weak")
    assert answer.citations == ()
    assert answer.answer.count("article 3") == 1
    assert answer.answer.count("article 9") == 1
