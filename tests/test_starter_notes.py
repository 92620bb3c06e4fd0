"""The notes that come with Sanad: each topic in three languages, with the same sections and the same references."""

import re
from datetime import date
from pathlib import Path

import pytest

from corpus.article import articles_in
from corpus.catalogue import CATALOGUE_NAME, STARTER, read_catalogue
from corpus.instrument import Instrument, instruments_in, numbers_in
from corpus.source import published_on
from ingest.intake import ingest_file
from tests.fakes import InProcess

LANGUAGES = ("fr", "ar", "en")
NOTES = sorted(path.name for path in STARTER.glob("*.md"))
TOPICS = sorted({name.rsplit("-", 1)[0] for name in NOTES})
LAWS = {
    "cybersecurite": "05-20",
    "demarches-administratives": "55-19",
    "donnees-personnelles": "09-08",
    "identite-numerique": "04-20",
    "services-de-confiance": "43-20",
}
OF_DOCUMENTS = {
    "intelligence-artificielle-droit-risques",
    "intelligence-artificielle-initiatives",
    "maroc-digital-2030-chiffres",
    "vues-ausim",
}
"""Topics that are told from the press and reports alone."""
PARENTHESES = re.compile(r"\(([^()]*)\)")
AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

Reference = tuple[list[Instrument], list[str]]


def note(name: str) -> str:
    return (STARTER / name).read_text(encoding="utf-8")


def note_sections(topic: str, language: str) -> list[str]:
    """The sections under `## ` of a note, without the opening above the first."""
    return re.split(r"^## ", note(f"{topic}-{language}.md"), flags=re.MULTILINE)[1:]


def paragraphs(name: str) -> list[str]:
    """What stands between the headings, without the line that says what the note is."""
    lines = [line for line in note(name).split("\n") if line.strip() and not line.startswith("#")]
    return lines[1:]


def references(text: str) -> list[Reference]:
    """(instrument, article) of each reference in parentheses, two where a semicolon separates two."""
    parts = [part for inside in PARENTHESES.findall(text) for part in re.split(r"[;؛]", inside)]
    return [(instruments_in(part), articles_in(part)) for part in parts if numbers_in(part)]


def test_the_catalogue_lists_exactly_the_notes_that_are_there() -> None:
    assert sorted(read_catalogue(STARTER).sources) == NOTES
    lines = (STARTER / CATALOGUE_NAME).read_text(encoding="utf-8").strip().split("\n")
    assert len(lines) == len(NOTES)


def test_every_topic_exists_in_three_languages() -> None:
    assert len(TOPICS) >= 45
    assert set(LAWS) <= set(TOPICS)
    assert sorted(f"{topic}-{language}.md" for topic in TOPICS for language in LANGUAGES) == NOTES


@pytest.mark.parametrize("name", NOTES)
def test_the_catalogue_says_what_the_note_is(name: str) -> None:
    source = read_catalogue(STARTER).sources[name]
    assert note(name).startswith(f"# {source.title}\n")
    assert (source.kind, source.issuer, source.complete) == ("note", "Sanad", True)
    assert source.language == Path(name).stem[-2:]
    assert published_on(source.published) in {date(2026, 11, 21), date(2026, 11, 22)}
    assert source.note


@pytest.mark.parametrize("name", NOTES)
def test_a_note_says_that_it_is_no_official_text(name: str) -> None:
    opening = [line for line in note(name).split("\n") if line.strip()][1]
    disclaimers = {
        "fr": ("ne remplace pas", "ne les remplace pas"),
        "ar": ("لا تقوم مقام", "لا تحل محل"),
        "en": ("does not replace", "do not replace"),
    }
    assert any(words in opening for words in disclaimers[Path(name).stem[-2:]])


@pytest.mark.parametrize("name", [name for name in NOTES if name.rsplit("-", 1)[0] in LAWS])
def test_a_note_on_one_law_names_it_at_its_head(name: str) -> None:
    title, opening = [line for line in note(name).split("\n") if line.strip()][:2]
    law = Instrument("loi", LAWS[name.rsplit("-", 1)[0]])
    assert instruments_in(title) == instruments_in(opening) == [law]


@pytest.mark.parametrize("topic", TOPICS)
def test_translations_have_the_same_number_of_sections(topic: str) -> None:
    counts = {language: len(note_sections(topic, language)) for language in LANGUAGES}
    assert counts["fr"] >= 5
    assert counts == dict.fromkeys(LANGUAGES, counts["fr"])


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_translations_refer_to_the_same_articles_in_the_same_order(topic: str, language: str) -> None:
    french = [references(section) for section in note_sections(topic, "fr")]
    assert any(french) or topic in OF_DOCUMENTS
    assert [references(section) for section in note_sections(topic, language)] == french


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_translations_name_the_same_amounts(topic: str, language: str) -> None:
    def amounts(name: str) -> list[list[str]]:
        found = [AMOUNT.findall(PARENTHESES.sub("", section)) for section in note_sections(topic, name)]
        return [[amount.replace(",", ".") for amount in section] for section in found]

    assert amounts(language) == amounts("fr")


@pytest.mark.parametrize("name", NOTES)
def test_a_reference_names_one_instrument_and_one_article(name: str) -> None:
    for instruments, articles in references(note(name)):
        assert len(instruments) <= 1
        assert len(articles) <= 1


@pytest.mark.parametrize("name", NOTES)
def test_every_sentence_ends_with_a_reference(name: str) -> None:
    """To an article, or to a document by its title, author and date."""
    for paragraph in paragraphs(name):
        marked = PARENTHESES.sub(lambda match: "§" if _is_reference(match.group(1)) else "", paragraph)
        sentences = re.split(r"(?<=[.!?؟])\s+(?!\d)", marked)
        assert [sentence for sentence in sentences if not sentence.endswith(("§.", "§ »."))] == []


def _is_reference(inside: str) -> bool:
    return bool(articles_in(inside) or numbers_in(inside) or re.search("[,،]", inside))


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_stored_as_it_was_written(name: str, tmp_path: Path) -> None:
    document = ingest_file(STARTER / name, read_catalogue(STARTER).sources[name], InProcess())
    assert document.text.strip() == note(name).strip()
    assert document.language == document.source.language
    assert {passage.language for passage in document.passages} == {document.language}
