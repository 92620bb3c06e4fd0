"""Which passages are quoted: each provision once, and of the first one the part that follows."""

from dataclasses import replace
from datetime import date

from corpus.instrument import Instrument
from corpus.validity import Change, Standing, Status
from index.hit import Hit
from rag.answer import Answer, Engine
from rag.compose import Evidence, QuotesComposer
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
    return COMPOSER.compose(Evidence(understand(Question("Quelle amende ?")), list(hits), verdict, lambda _: {}))  # type: ignore[arg-type]


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
    assert "l'article 9 de la loi n° 88-02 (10 mars 2020)" in answer.sentences[0].text
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
    answer = COMPOSER.compose(Evidence(understand(question), LONG, Verdict("premise", 0.02), lambda _: {}))
    assert (answer.status, answer.citations) == ("needs_clarification", ())
    assert answer.suggestions == ("Que dit l'article 3 de la loi n° 77-01 ?",)


def test_what_comes_near_is_offered_as_questions_in_the_askers_language() -> None:
    clues = {"fr": "mots sans question", "ary": "شحال لاميند على عدم التصريح فهاد القانون؟ مخالفة"}
    asking = replace(OTHER, clues={**clues, "fr": "Combien doit-on payer sans déclaration ? amende, sanction"})
    refused = Verdict("vague", 0.02)
    french = COMPOSER.compose(Evidence(understand(Question("Quelle amende ?")), [asking], refused, lambda _: {}))
    assert (french.status, french.suggestions) == (
        "needs_clarification",
        ("Combien doit-on payer sans déclaration ?",),
    )
    darija = COMPOSER.compose(
        Evidence(understand(Question("شحال لاميند ديال هادشي؟")), [asking], refused, lambda _: {})
    )
    assert darija.suggestions == ("شحال لاميند على عدم التصريح فهاد القانون؟",)
    silent = COMPOSER.compose(
        Evidence(understand(Question("Quelle amende ?")), [replace(OTHER, clues=clues)], refused, lambda _: {})
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


AMOUNT = hit_of_law("loi-fr.txt", "3", position=4)


def asked(question: str, *hits: Hit) -> Answer:
    return COMPOSER.compose(Evidence(understand(Question(question)), hits, Verdict("sufficient", 0.9), lambda _: {}))


def saying(found: Hit, text: str) -> Hit:
    return replace(found, passage=replace(found.passage, text=text))


def test_the_fact_asked_for_leads_word_for_word() -> None:
    fined = saying(AMOUNT, "Le contrevenant est puni d'une amende de 500 dirhams, sans sursis.")
    first, *_ = asked("Quelle amende sans déclaration ?", fined).sentences
    assert (first.kind, first.text) == ("lead", "Le contrevenant est puni d'une amende de 500 dirhams")
    answer = asked("Quelle amende sans déclaration ?", fined)
    assert answer.answer.startswith(f"**{first.text}** — la loi n° 77-01, article 3 [1]")


def test_the_quote_that_has_the_figure_is_shown_when_the_first_lacks_it() -> None:
    fined = saying(OTHER, "L'amende est de 500 dirhams.")
    answer = asked("Quelle amende sans déclaration ?", saying(AMOUNT, "La déclaration est obligatoire."), fined)
    assert [one.citations for one in answer.sentences if one.kind == "quote"] == [(1,), (2,)]
    assert answer.status == "answered"


def test_an_answer_without_the_figure_is_partial_and_says_so() -> None:
    answer = asked("Quelle amende sans déclaration ?", saying(AMOUNT, "La déclaration est obligatoire."))
    assert answer.status == "partial"
    assert "Les passages trouvés ne donnent pas de montant." in answer.answer


def test_sources_that_disagree_stand_side_by_side_with_their_dates() -> None:
    def press(path: str, text: str, published: str) -> Hit:
        found = hit(path, None, text=text)
        source = replace(found.source, kind="press", published=published, title=path)
        return replace(found, source=source)

    first = press("a", "Le programme coûte 11 milliards de dirhams.", "2024-09-25")
    second = press("b", "Le budget du programme : 12 milliards de dirhams.", "2025-01-03")
    answer = asked("Combien de dirhams coûte le programme ?", first, second)
    assert "Les sources ne donnent pas le même chiffre." in answer.answer
    assert "« a », 25 septembre 2024" in answer.answer
    assert "« b », 3 janvier 2025" in answer.answer
    agreeing = press("b", "Le coût du programme : 11 milliards de dirhams.", "2025-01-03")
    assert "même chiffre" not in asked("Combien de dirhams coûte le programme ?", first, agreeing).answer


def test_personal_data_is_masked_and_the_asker_is_told() -> None:
    answer = asked("Quelle amende sans déclaration pour AB123456 ?", AMOUNT)
    assert "AB123456" not in str(answer)
    assert answer.question == "Quelle amende sans déclaration pour [cnie] ?"
    assert "J'ai masqué des données personnelles" in answer.answer


def test_a_doubtful_answer_says_so_first() -> None:
    doubtful = Evidence(understand(Question("Quelle amende sans déclaration ?")), [AMOUNT], Verdict("sufficient", 0.55),
                        lambda _: {})  # fmt: skip
    assert COMPOSER.compose(doubtful).sentences[0].text.startswith("Je ne suis pas sûr que ce passage réponde")
    assert "Je ne suis pas sûr" not in asked("Quelle amende sans déclaration ?", AMOUNT).answer


def test_further_places_are_listed_by_source() -> None:
    others = [hit_of_law("loi-fr.txt", number, position=int(number)) for number in ("5", "7")]
    page = hit("page.html", None, position=1, text="Autre chose.")
    listed = next(one for one in asked("Quelle amende sans déclaration ?", AMOUNT, *others, page).sentences
                  if one.text.startswith("Voir aussi"))  # fmt: skip
    assert listed.text == "Voir aussi : le même texte, article 5 [2], article 7 [3] ; « page.html » [4]."
    assert listed.citations == (2, 3, 4)


def test_a_long_title_is_cut_at_a_word_where_it_is_named() -> None:
    page = hit("page.html", None, position=1, text="Autre chose.")
    titled = replace(page, source=replace(page.source, title="Un mot " * 20))
    named = composed(AMOUNT, titled).answer
    assert f"« {'Un mot ' * 11}Un… » [2]" in named
