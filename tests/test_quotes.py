"""What part of a passage is quoted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.source import Source
from index.hit import Hit, Score
from ingest.document import Passage
from rag.quotes import LONGEST_QUOTE, best_span, citation

SCORE = Score(1.0, 0.9, 2.0, 0.5, 0.0)


def hit(text: str, path: tuple[str, ...] = (), language: str = "fr") -> Hit:
    passage = Passage("s-1", 0, 100, 100 + len(text), text, language, path, path[-1][8:] if path else None)
    return Hit(passage, Source("s.txt", "Titre", "law", language), SCORE)


def quoted(found: Hit, question: str = "amende") -> str:
    span = best_span(found, question, {})
    return found.passage.text[span.start : span.end]


def test_a_short_provision_is_quoted_whole_without_its_heading() -> None:
    text = "Article 3\nEst puni d'une amende quiconque omet la déclaration."
    assert quoted(hit(text, ("Chapitre II", "Article 3"))) == "Est puni d'une amende quiconque omet la déclaration."


def test_a_heading_alone_is_not_cut_to_nothing() -> None:
    assert quoted(hit("Article 3", ("Article 3",))) == "Article 3"


def test_a_long_passage_is_cut_at_the_sentences_that_share_words_with_the_question() -> None:
    filler = "La commission se réunit au siège et tient un procès-verbal de chaque séance. " * 10
    text = filler + "L'amende est de 1.000 dirhams. " + filler
    found = quoted(hit(text.strip()), "Quelle est l'amende ?")
    assert "L'amende est de 1.000 dirhams." in found
    assert len(found) <= LONGEST_QUOTE
    assert found[0].isupper()
    assert found.endswith(".")


def test_similarity_decides_where_no_word_is_shared() -> None:
    filler = "La commission se réunit au siège et tient un procès-verbal de chaque séance. " * 10
    text = (filler + "Le délai court dès la notification. " + filler).strip()
    found = hit(text)

    span = best_span(found, "متى يبدأ الأجل؟", {"Le délai court dès la notification.": 1.0})
    assert "Le délai court dès la notification." in text[span.start : span.end]


def test_the_words_of_the_headnote_and_the_figure_asked_for_decide_too() -> None:
    filler = "La commission se réunit au siège et tient un procès-verbal de chaque séance. " * 10
    text = (
        filler + "Le recours suspend la décision. " + filler + "La réponse vient sous trente jours. " + filler
    ).strip()
    clue = replace(hit(text), clues={"fr": "Un recours suspend-il la décision ?"})
    assert "Le recours suspend" in quoted(clue, "كم الأجل؟")
    span = best_span(hit(text), "كم الأجل؟", {}, ("duration",))
    assert "trente jours" in text[span.start : span.end]


@pytest.mark.parametrize(
    ("language", "rule", "exception"),
    [
        ("fr", "La cession des données est interdite.", "Toutefois, elle est permise avec l'accord de la personne."),
        ("ar", "يمنع تفويت المعطيات.", "غير أنه يجوز ذلك بموافقة الشخص المعني."),
    ],
)
def test_an_exception_stays_with_its_rule(language: str, rule: str, exception: str) -> None:
    filler = "La commission se réunit au siège et tient un procès-verbal de chaque séance. " * 7
    text = f"{filler.strip()}\n{rule}\n{exception}\n{filler.strip()}"
    found = hit(text)
    found = replace(found, passage=replace(found.passage, language=language))
    for nearest in (rule, exception):
        span = best_span(found, "?", {nearest: 1.0})
        assert f"{rule}\n{exception}" in text[span.start : span.end]


def test_a_citation_gives_offsets_of_the_stored_text() -> None:
    found = hit("Article 3\nEst puni d'une amende.", ("Article 3",))
    cited = citation(1, found, best_span(found, "amende", {}), "fr")
    assert (cited.quote, cited.start, cited.end) == ("Est puni d'une amende.", 110, 132)
    assert cited.note == "version française ; le texte arabe fait foi"
    assert not cited.official_language


@given(st.text(alphabet="abc .;\nأبت؛12", min_size=1, max_size=1500))
def test_a_quote_is_always_a_slice_that_fits(text: str) -> None:
    span = best_span(hit(text), "abc", {})
    assert 0 <= span.start <= span.end <= len(text)
    units = text[span.start : span.end]
    assert len(units) <= LONGEST_QUOTE or "\n" not in units.strip()
