"""What readers ask of the answer before, and what they get."""

import json
from datetime import date
from pathlib import Path

import pytest
from langchain_core.runnables import Runnable

from index.build import build
from index.search import open_index
from rag.answer import Answer
from rag.chain import build_chain
from rag.question import Question, Turn, understand
from rag.wishes import wish_of
from rag.wording import wording
from tests.fakes import FakeEmbedder, tools

ASKED = (Turn("Quelle amende sans déclaration ?"),)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Montrer le texte arabe", "ar"),
        ("explique en arabe", "ar"),
        ("Peux-tu m'expliquer davantage ?", "more"),
        ("explain it simply", "more"),
        ("en arabe svp", "ar"),
        ("أريد النص العربي", "ar"),
        ("بالفرنسية من فضلك", "fr"),
        ("Show the French text", "fr"),
        ("Explique davantage", "more"),
        ("زيد شرح ليا", "more"),
        ("What has changed?", "changes"),
        ("ما الذي تغير؟", "changes"),
        ("Quelle amende sans déclaration ?", None),
        ("Le texte arabe de la loi prévaut-il toujours sur sa traduction française au Maroc ?", None),
    ],
)
def test_short_wishes_are_told_from_questions(text: str, wish: str | None) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_what_is_offered_is_understood(language: str) -> None:
    offered = wording(language).wishes
    assert {wish: wish_of(offered[wish]) for wish in ("more", "ar", "fr", "changes")} == {
        wish: wish for wish in ("more", "ar", "fr", "changes")
    }


def test_without_an_earlier_question_it_is_a_question() -> None:
    assert understand(Question("Montrer le texte arabe")).wish is None
    assert understand(Question("Montrer le texte arabe", history=ASKED)).wish == "ar"


def test_personal_data_in_a_wish_is_masked_too() -> None:
    wished = understand(Question("Montrer le texte arabe, 0612345678", history=ASKED))
    assert (wished.text, wished.masked, wished.wish) == ("Montrer le texte arabe, [phone]", ("phone",), "ar")


@pytest.mark.parametrize(
    "text",
    [
        "Explique-moi la loi 05-20",
        "Explain the fine for spam",
        "Show the French text of law 09-08",
        "Explique la signature électronique",
        "اشرح ليا التوقيع الإلكتروني",
        "What has changed in the identity card law?",
    ],
)
def test_what_names_a_subject_of_its_own_is_a_question(text: str) -> None:
    assert understand(Question(text, history=ASKED)).wish is None


def test_the_twin_of_the_answer_is_shown(chain: Runnable[Question, Answer]) -> None:
    first = chain.invoke(Question(ASKED[0].question))
    assert "Montrer le texte arabe" in first.suggestions
    twin = chain.invoke(Question("Montrer le texte arabe", history=ASKED))
    assert (twin.status, twin.direction) == ("answered", "ltr")
    assert {(cited.language, cited.article) for cited in twin.citations} == {("ar", first.citations[0].article)}
    missing = chain.invoke(Question("Montrer le texte français", history=(Turn("الغرامة دون تصريح"), *ASKED)))
    assert missing.citations[0].language == "fr"


def test_the_whole_article_is_read(chain: Runnable[Question, Answer]) -> None:
    whole = chain.invoke(Question("Lire tout l'article", history=ASKED))
    assert len({cited.article for cited in whole.citations}) == 1
    assert all(sentence.kind in {"quote", "frame"} for sentence in whole.sentences)


def test_no_change_is_said_to_be_known(chain: Runnable[Question, Answer]) -> None:
    answer = chain.invoke(Question("Qu'est-ce qui a changé ?", history=ASKED, as_of=date(2024, 1, 1)))
    assert "Je ne connais pas de changement de la loi n° 77-01, article 3." in answer.answer


NOTES = {
    "note-fr": ("# Note", "## La règle", "Tout en ligne. " * 40, "## L'amende", "L'amende sans déclaration. " * 30),
    "note-ar": ("# مذكرة", "## القاعدة", "كل شيء على الخط. " * 40, "## الغرامة", "الغرامة دون تصريح. " * 30),
}


def test_the_twin_of_a_note_is_the_section_in_the_same_place(tmp_path: Path) -> None:
    for name, parts in NOTES.items():
        (tmp_path / f"{name}.md").write_text("\n\n".join(parts), encoding="utf-8")
    lines = [{"path": f"{name}.md", "title": name, "language": name[-2:], "kind": "note"} for name in NOTES]
    (tmp_path / "catalogue.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    build([tmp_path], tmp_path / "index", tools())
    notes = build_chain(open_index(tmp_path / "index", FakeEmbedder()), lambda: date(2026, 11, 22))
    first = notes.invoke(Question(ASKED[0].question))
    twin = notes.invoke(Question("Montrer le texte arabe", history=ASKED))
    assert (first.citations[0].path[-1], first.suggestions[-1]) == ("L'amende", "Montrer le texte arabe")
    assert {cited.path[-1] for cited in twin.citations} == {"الغرامة"}
