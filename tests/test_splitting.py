"""Passages are whole articles where they fit, and leave out nothing but white space and lone headings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.structure.sections import sections
from ingest.structure.splitting import LONGEST, SHORTEST, TARGET, pieces

SENTENCE = "La déclaration est faite dans un délai de dix jours."
HEADINGS = ["Titre premier", "Chapitre II", "Article premier", "Article 7 bis", "المادة 12", "# Guide", "## Frais"]
BODIES = [
    "Texte court.",
    SENTENCE,
    " ".join([SENTENCE] * 30),
    "mot " * 400,
    "x" * 1500,
    "يحدد هذا القانون القواعد؛",
    "",
]
LAWS = st.lists(st.sampled_from(HEADINGS + BODIES), max_size=25).map("\n".join)
TEXTS = st.one_of(LAWS, st.text(), st.text(alphabet="ab .\n", max_size=3000))


def cut(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces(text, sections(text))]


@given(TEXTS)
@settings(deadline=None)
def test_pieces_are_in_order_and_do_not_overlap(text: str) -> None:
    found = pieces(text, sections(text))
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))


@given(TEXTS)
@settings(deadline=None)
def test_only_white_space_and_lone_headings_are_left_out(text: str) -> None:
    paths = [section.path[-1] for section in sections(text) if section.path]
    headings = {part for label in paths for part in (label, *label.split(" – "), *label.split(" / "))}
    last = 0
    for start, end in [*((piece.start, piece.end) for piece in pieces(text, sections(text))), (len(text), len(text))]:
        left_out = [line.strip() for line in text[last:start].split("\n") if line.strip()]
        assert all(line.strip(" .:*#–—-") in headings for line in left_out)
        last = end


@given(st.lists(st.sampled_from(["mot", "règle", "déclaration,", "fin."]), min_size=1, max_size=900).map(" ".join))
@settings(deadline=None)
def test_no_piece_of_running_text_is_longer_than_the_longest(text: str) -> None:
    assert all(len(piece) <= LONGEST for piece in cut(text))


def test_each_article_is_a_piece() -> None:
    text = "Article premier\nLa loi fixe les règles.\n\nArticle 2\nLa déclaration est gratuite.\n"
    assert cut(text) == ["Article premier\nLa loi fixe les règles.", "Article 2\nLa déclaration est gratuite."]
    assert [piece.section.article for piece in pieces(text, sections(text))] == ["1", "2"]


def test_an_article_that_fits_stays_whole() -> None:
    article = "Article 5\n" + "a" * (LONGEST - 11) + "."
    assert len(article) == LONGEST
    assert cut(article) == [article]


def test_a_long_article_is_cut_between_sentences_and_packed() -> None:
    sentence = "a" * 98 + "."
    text = " ".join([sentence] * 20)
    whole = " ".join([sentence] * 7)
    assert len(whole) == 699 <= TARGET
    assert cut(text) == [whole, whole, " ".join([sentence] * 6)]


def test_every_piece_of_a_long_article_knows_its_article() -> None:
    text = "Article 52\n" + " ".join([SENTENCE] * 40)
    found = pieces(text, sections(text))
    assert len(found) > 2
    assert {piece.section.article for piece in found} == {"52"}


@pytest.mark.parametrize(
    "opening", ["Selon l'art. premier,", "Voir Art. Unique,", "Au titre du 1. Premier rang,", "L'art. 5"]
)
def test_an_abbreviation_or_a_rank_does_not_end_a_sentence(opening: str) -> None:
    first, second = "a" * 600 + ".", f"{opening} {'b' * 500}."
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize("mark", [".", ";", "؛", "؟", "!", "…"])
def test_a_sentence_ends_at_any_of_its_marks(mark: str) -> None:
    first, second, third = "a" * 500 + mark, "Court" + mark, "b" * 600 + mark
    assert cut(f"{first} {second} {third}") == [f"{first} {second}", third]


def test_list_items_are_cut_at_their_lines() -> None:
    items = [f"{letter}) {letter * 400}" for letter in "abc"]
    assert cut("\n".join(items)) == items


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    assert cut("mot " * 300) == [" ".join(["mot"] * 176), " ".join(["mot"] * 124)]


def test_a_run_without_white_space_stays_whole() -> None:
    run = "x" * 1500
    assert cut(run) == [run]


def test_a_heading_alone_is_no_piece_but_stays_in_the_path() -> None:
    text = "Titre premier\nChapitre II : Obligations\nArticle 1\nTexte."
    (piece,) = pieces(text, sections(text))
    assert text[piece.start : piece.end] == "Article 1\nTexte."
    assert piece.section.path == ("Titre premier", "Chapitre II : Obligations", "Article 1")


def test_an_article_on_one_line_is_a_piece() -> None:
    text = "Article 3 : Le droit de timbre est fixé à 500 DH\nArticle 4 : L'article 9 est abrogé\nArticle 5\nFin."
    assert cut(text) == [
        "Article 3 : Le droit de timbre est fixé à 500 DH",
        "Article 4 : L'article 9 est abrogé",
        "Article 5\nFin.",
    ]


def test_rules_of_one_line_are_not_lost() -> None:
    text = "1.1 Désigner un responsable de la sécurité\n1.2 Tenir un registre des incidents"
    assert "\n".join(cut(text)) == text


def test_a_short_section_without_article_is_read_with_the_next() -> None:
    text = "# Guide\nAvant-propos.\n## Frais\nLe timbre coûte 75 dirhams."
    (piece,) = pieces(text, sections(text))
    assert text[piece.start : piece.end] == text
    assert piece.section.path == ("Guide",)


def test_a_section_that_is_long_enough_stands_alone() -> None:
    first = "## Frais\n" + "a" * (SHORTEST - 9)
    assert len(first) == SHORTEST
    assert cut(f"{first}\n## Délais\nDix jours.") == [first, "## Délais\nDix jours."]


def test_an_article_is_never_joined_to_a_neighbour() -> None:
    text = "# Note\nMot.\nArticle 1\nUn.\n# Fin\nMot."
    assert cut(text) == ["# Note\nMot.", "Article 1\nUn.", "# Fin\nMot."]


def test_articles_whose_numbers_are_not_believed_stay_apart() -> None:
    numbers = [4, 0, 2, 5, 1, 1, 1, 4, 0, 0, 41, 41]
    assert len(cut("\n".join(f"المادة {number}\nنص المادة." for number in numbers))) == len(numbers)


def test_white_space_alone_gives_no_piece() -> None:
    assert cut("") == []
    assert cut(" \n\t\n ") == []


def test_what_introduces_a_list_stays_with_its_first_point() -> None:
    text = f"{'a' * 600}.\nSont joints :\na) {'b' * 300} ;\nb) {'c' * 300} ;"
    assert [part.split("\n")[0] for part in cut(text)] == ["a" * 600 + ".", "Sont joints :"]


def test_the_mark_of_a_point_stays_with_its_text() -> None:
    assert cut(f"{'a' * 690}.\nb.\n{'c' * 400}.")[1].startswith("b.\nc")


def test_a_paragraph_that_does_not_fit_begins_a_piece() -> None:
    paragraph = " ".join([SENTENCE] * 8)
    assert cut("\n".join([paragraph] * 3)) == [paragraph] * 3


def test_a_short_rest_stays_with_what_precedes() -> None:
    text = f"{'a' * 600}. {'b' * 690}. {'c' * 100}."
    assert cut(text) == [f"{'a' * 600}.", f"{'b' * 690}. {'c' * 100}."]


def test_the_heading_of_a_chapter_of_rules_is_no_piece() -> None:
    text = "3.6 Cryptographie\n3.6.1 Politique de chiffrement\nUne politique est tenue à jour."
    (piece,) = pieces(text, sections(text))
    assert piece.section.path == ("3.6 Cryptographie", "3.6.1 Politique de chiffrement")


@given(TEXTS)
@settings(deadline=None)
def test_no_piece_holds_two_articles(text: str) -> None:
    found = sections(text)
    for piece in pieces(text, found):
        inside = {part.article for part in found if part.start < piece.end and piece.start < part.end and part.article}
        assert inside <= {piece.section.article}


@given(TEXTS)
def test_the_same_text_has_the_same_structure(text: str) -> None:
    assert sections(text) == sections(text)
    assert pieces(text, sections(text)) == pieces(text, sections(text))


def test_short_rules_and_answers_are_never_joined() -> None:
    rules = "3.6.1 Chiffrement\nUne politique est tenue.\n3.6.2 Clés\nLes clés sont gardées."
    questions = "Le service est-il payant ?\nOui.\nComment faut-il payer ?\nPar carte.\n### Et de nuit ?\nOui."
    assert cut(rules) == ["3.6.1 Chiffrement\nUne politique est tenue.", "3.6.2 Clés\nLes clés sont gardées."]
    assert cut(questions) == questions.replace("\nComment", "|Comment").replace("\n#", "|#").split("|")
