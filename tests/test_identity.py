"""Copies, versions in another language and the articles of one law side by side."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.source import Source
from ingest.document import Document
from ingest.facts.identity import ArticleLink, Link, articles_of, links_between
from ingest.intake import ingest_file
from tests.conftest import LAW_AR, LAW_FR
from tests.fakes import InProcess

Read = Callable[[str, str], Document]
POST = "The law protects every person whose data a body keeps. " * 3


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Ingest a text under a name."""

    def ingest(name: str, text: str) -> Document:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return ingest_file(path, Source(path=name, title=name), InProcess())

    return ingest


def by_article(link: Link) -> dict[str, str]:
    return {linked.article: linked.figures for linked in link.articles}


def test_the_two_languages_of_a_law_are_linked_article_by_article(read: Read) -> None:
    french, arabic = read("loi-fr.txt", LAW_FR), read("qanun.txt", LAW_AR)
    (link,) = links_between([french, arabic])
    assert (link.kind, link.score, [link.a, link.b]) == ("translation", 1.0, sorted([link.a, link.b]))
    assert by_article(link) == {"1": "none", "2": "equal", "3": "equal"}
    third = link.articles[2]
    documents = {document.source.id: document for document in (french, arabic)}
    assert "1.000" in documents[link.a].text[slice(*third.a)]
    assert "1.000" in documents[link.b].text[slice(*third.b)]


def test_figures_that_disagree_make_a_link_unequal(read: Read) -> None:
    other = LAW_AR.replace("5.000", "9.000").replace("داخل أجل عشرة أيام", "")
    (link,) = links_between([read("loi-fr.txt", LAW_FR), read("qanun.txt", other)])
    assert by_article(link) == {"1": "none", "2": "partial", "3": "unequal"}


def test_another_version_of_a_law_in_one_language(read: Read) -> None:
    other = "Loi n° 77-01 relative aux essais\n\nArticle 2\nUn autre texte.\n\nArticle 4\nFin.\n\nArticle 5\nFin."
    (link,) = links_between([read("a.txt", LAW_FR), read("b.txt", other)])
    assert (link.kind, [linked.article for linked in link.articles]) == ("same_instrument", ["2"])
    assert link.score == pytest.approx(1 / 3, abs=0.001)


def test_copies_of_a_law_are_copies_and_keep_their_articles(read: Read) -> None:
    (link,) = links_between([read("a.txt", LAW_FR), read("b.md", LAW_FR)])
    assert (link.kind, link.score, len(link.articles)) == ("copy", 1.0, 3)


def test_names_that_differ_by_language_are_translations(read: Read) -> None:
    english, arabic = read("post-en.md", POST), read("post-ar.md", "يحمي القانون كل شخص تحفظ معطياته. " * 4)
    (link,) = links_between([english, arabic])
    assert (link.kind, link.score, link.articles) == ("translation", 1.0, ())


def test_texts_that_share_nothing_are_not_linked(read: Read) -> None:
    law = LAW_FR.replace("77-01", "88-01")
    other = "Loi n° 99-02 relative à tout autre chose\n\nArticle premier\nRien.\n\nArticle 2\nRien.\n\nArticle 3\nFin."
    assert links_between([read("a.txt", law), read("b.txt", other), read("c.txt", POST)]) == ()
    assert links_between([]) == ()


def test_many_texts_of_one_instrument_are_linked_with_the_first(read: Read) -> None:
    text = "Décret n° 2-22-999 relatif aux essais\n\nArticle premier\nTexte {}.\n\nArticle 2\nFin.\n\nArticle 3\nFin."
    documents = [read(f"d{number:02}.txt", text.format(number)) for number in range(30)]
    links = links_between(documents)
    assert {link.a for link in links} == {documents[0].source.id}
    assert len(links) == 29


def test_the_longer_of_two_articles_of_one_number_counts(read: Read) -> None:
    document = read("a.txt", LAW_FR)
    spans = articles_of(document)
    assert list(spans) == ["1", "2", "3"]
    assert document.text[slice(*spans["2"])].startswith("Article 2\nToute personne")


def test_links_do_not_depend_on_the_order_of_the_documents(read: Read) -> None:
    documents = [read("loi-fr.txt", LAW_FR), read("qanun.txt", LAW_AR), read("copie.txt", LAW_FR)]
    links = links_between(documents)
    assert links == links_between(reversed(documents))
    assert [link.kind for link in links].count("copy") == 1
    assert [link.kind for link in links].count("translation") == 2
    assert all(isinstance(linked, ArticleLink) for link in links for linked in link.articles)


def test_articles_whose_texts_a_reading_of_columns_mixed_are_linked_in_one_place(read: Read) -> None:
    ordered = "".join(f"المادة {number}\nيحدد هذا النص القاعدة رقم {number}.\n\n" for number in range(1, 7))
    columns = (
        "Loi n° 77-01 relative aux essais\n\nArticle premier\nLa règle une.\n\nArticle 2\nLa règle deux.\n\n"
        "Article 5\n\nArticle 3\n\nLa règle trois est ici.\n\nLa règle cinq est ici.\n\nArticle 4\nLa règle quatre.\n\n"
        "Article 6\nLa règle six.\n"
    )
    french, arabic = read("loi-fr.txt", columns), read("qanun.txt", "قانون رقم 77.01 يتعلق بالتجارب\n\n" + ordered)
    mixed = articles_of(french)
    assert sorted(mixed) == ["1", "2", "3", "4", "5", "6"]
    assert mixed["3"] == mixed["5"]
    assert "La règle cinq" in french.text[slice(*mixed["3"])]
    (link,) = links_between([french, arabic])
    assert (link.kind, link.score) == ("translation", 1.0)
