"""Which passages are quoted: each provision once, and of the first one the part that follows."""

from dataclasses import replace
from datetime import date

from corpus.instrument import Instrument
from corpus.validity import Change, Standing, Status
from index.hit import Hit
from rag.answer import Answer, Engine
from rag.compose import QuotesComposer
from rag.evidence import Verdict
from rag.question import Question, understand
from tests.evaluation import hit, hit_of_law

COMPOSER = QuotesComposer(
    today=lambda: date(2026, 11, 22),
    engine=Engine("gen-000001", "fake", "quotes"),
    documents=3,
)
LONG = [hit_of_law("loi-fr.txt", "3", position=part) for part in (4, 5, 6)]
OTHER = hit_of_law("loi-fr.txt", "9", position=9)


def composed(*hits: object, reason: str = "sufficient") -> Answer:
    verdict = Verdict("sufficient", 0.9) if reason == "sufficient" else Verdict("weak", 0.1)
    return COMPOSER.compose(understand(Question("Quelle amende ?")), list(hits), verdict, lambda _: {})  # type: ignore[arg-type]


def parts(answer: Answer) -> list[str]:
    return [citation.passage_id.rsplit("#", 1)[-1] for citation in answer.citations]


def test_the_next_part_of_the_first_article_follows_it_and_others_stand_once() -> None:
    assert parts(composed(LONG[1], OTHER, LONG[0], LONG[2])) == ["5", "4", "9"]
    assert parts(composed(OTHER, LONG[1], LONG[0])) == ["9", "5"]


def test_passages_without_article_have_no_next_part() -> None:
    assert parts(composed(hit(article=None, position=1), hit(article=None, position=2))) == ["1", "2"]


def old(found: Hit, status: Status = "repealed") -> Hit:
    by = Instrument("loi", "88-02")
    change = Change(instrument="77-01", status=status, by=by, by_article="9", since="2020-03-10")
    return replace(found, standing=Standing(in_force=False, change=change))


def test_text_no_longer_in_force_is_announced_before_it_is_read() -> None:
    answer = composed(old(LONG[0]), OTHER)
    assert answer.citations[0].in_force is False
    assert answer.sentences[0].citations == (1,)
    assert "n'est plus en vigueur" in answer.sentences[0].text
    assert "l'article 9 de la loi n° 88-02 (2020-03-10)" in answer.sentences[0].text
    assert "n'est plus en vigueur" not in composed(OTHER).answer


def test_the_twin_that_is_in_force_is_quoted_instead_of_the_older_one_in_the_readers_language() -> None:
    arabic = hit_of_law("loi-ar.txt", "3", position=7)
    arabic = replace(arabic, passage=replace(arabic.passage, language="ar", text="نص سار"))
    assert parts(composed(old(LONG[0]), arabic))[0] == "7"
    assert parts(composed(LONG[0], arabic))[0] == "4"


def test_copies_of_one_page_are_quoted_once() -> None:
    text = "La demande se fait en ligne et la réponse vient sous trente jours ouvrables."
    page, copy = (hit(path, None, text=text) for path in ("page.html", "page.txt"))
    assert len(composed(page, copy, OTHER).citations) == 2


def test_a_premise_is_answered_with_the_question_to_ask_first() -> None:
    question = Question("Puisque l'article 3 de la loi 77-01 interdit tout, que faire ?")
    answer = COMPOSER.compose(understand(question), LONG, Verdict("premise", 0.02), lambda _: {})
    assert (answer.status, answer.citations) == ("needs_clarification", ())
    assert answer.suggestions == ("Que dit l'article 3 de la loi n° 77-01 ?",)


def test_what_comes_near_is_offered_as_questions_in_the_askers_language() -> None:
    clues = {"fr": "mots sans question", "ary": "شحال لاميند على عدم التصريح فهاد القانون؟ مخالفة"}
    asking = replace(OTHER, clues={**clues, "fr": "Combien doit-on payer sans déclaration ? amende, sanction"})
    refused = Verdict("vague", 0.02)
    french = COMPOSER.compose(understand(Question("Quelle amende ?")), [asking], refused, lambda _: {})
    assert (french.status, french.suggestions) == (
        "needs_clarification",
        ("Combien doit-on payer sans déclaration ?",),
    )
    darija = COMPOSER.compose(understand(Question("شحال لاميند ديال هادشي؟")), [asking], refused, lambda _: {})
    assert darija.suggestions == ("شحال لاميند على عدم التصريح فهاد القانون؟",)
    silent = COMPOSER.compose(
        understand(Question("Quelle amende ?")), [replace(OTHER, clues=clues)], refused, lambda _: {}
    )
    assert silent.suggestions == ()


def test_no_more_than_five_are_quoted() -> None:
    many = [hit_of_law("loi-fr.txt", str(number), position=number) for number in range(10, 18)]
    assert len(composed(*LONG, *many).citations) == 5


def test_a_refusal_names_each_provision_once() -> None:
    answer = composed(*LONG, OTHER, reason="weak")
    assert answer.citations == ()
    assert answer.answer.count("article 3") == 1
    assert answer.answer.count("article 9") == 1
