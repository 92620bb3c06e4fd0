"""Headings cut a text into sections that cover it, each with the headings above it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.sections import sections

LINES = st.sampled_from([
    "Titre premier",
    "Chapitre II : Obligations",
    "Section 1",
    "Article premier",
    "Article 7 bis",
    "Article 52 de la loi précitée",
    "الباب الأول",
    "المادة 12",
    "المادة 7 أعلاه",
    "الفصل 27",
    "## Frais",
    "3.2.1 Rôles et responsabilités",
    "Quels documents faut-il fournir ?",
    "La présente loi fixe les règles.",
    "",
    "  ",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(LINES).map("\n".join))


def outline(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    return [(section.path, section.article) for section in sections(text)]


def articles(text: str) -> list[str | None]:
    return [article for _, article in outline(text)]


@given(TEXTS)
def test_sections_cover_the_text_in_order_without_gap_or_overlap(text: str) -> None:
    found = sections(text)
    assert "".join(text[section.start : section.end] for section in found) == text
    assert all(before.end == after.start for before, after in zip(found, found[1:], strict=False))


@given(TEXTS)
def test_a_section_begins_with_its_own_heading(text: str) -> None:
    for section in sections(text):
        first_line = text[section.start : section.end].split("\n")[0]
        number = re.split(" [–/] ", section.path[-1])[0] if section.path else ""
        assert number in first_line


def test_a_text_without_headings_is_one_section() -> None:
    assert outline("Une phrase.\nUne autre.") == [((), None)]
    assert outline("") == [((), None)]


def test_french_divisions_stand_above_their_articles() -> None:
    text = "Loi\nTitre premier\nChapitre II : Obligations\nSection 1\nArticle 1\na\nChapitre III\nArticle 2\nb"
    chapter = ("Titre premier", "Chapitre II : Obligations")
    assert outline(text) == [
        ((), None),
        (chapter[:1], None),
        (chapter, None),
        ((*chapter, "Section 1"), None),
        ((*chapter, "Section 1", "Article 1"), "1"),
        (("Titre premier", "Chapitre III"), None),
        (("Titre premier", "Chapitre III", "Article 2"), "2"),
    ]


def test_arabic_divisions_stand_above_their_articles() -> None:
    text = "القسم الأول: أحكام عامة\nالباب الثاني\nالفرع الأول: تصريح\nالمادة الأولى\nأ\nالمادة 2\nب"
    branch = ("القسم الأول: أحكام عامة", "الباب الثاني", "الفرع الأول: تصريح")
    assert outline(text)[2:] == [(branch, None), ((*branch, "المادة الأولى"), "1"), ((*branch, "المادة 2"), "2")]


def test_a_subsection_stands_below_the_arabic_branch() -> None:
    text = "القسم الأول: أحكام عامة\nالفرع الأول: خدمات\nالقسم الفرعي الأول: توقيع\nالمادة 4\nنص"
    path = ("القسم الأول: أحكام عامة", "الفرع الأول: خدمات", "القسم الفرعي الأول: توقيع", "المادة 4")
    assert outline(text)[-1] == (path, "4")


def test_a_subsection_stands_below_the_french_section() -> None:
    text = "Section première. – Des services\nSous-section première. – De la signature\nArticle 4\nTexte."
    path = ("Section première. – Des services", "Sous-section première. – De la signature", "Article 4")
    assert outline(text)[-1] == (path, "4")


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("Article premier", "1"),
        ("ARTICLE 3.- Le dépôt", "3"),
        ("Article 7 bis : Des droits", "7 bis"),
        ("Art. 12 – Frais", "12"),
        ("**Article 5**", "5"),
        ("Article unique", "1"),
        ("المادة الأولى", "1"),
        ("المادة 15: العقوبات", "15"),
        ("المادة 7 الغرض", "7"),
        ("المادة 7 مكررة", "7 bis"),
        ("المادة الثانية عشرة", "12"),
        ("مادة فريدة", "1"),
        ("البند 4", "4"),
    ],
)
def test_a_line_that_opens_an_article_is_its_heading(line: str, article: str) -> None:
    assert articles(f"Préambule\n{line}\nTexte.") == [None, article]


@pytest.mark.parametrize(
    "line",
    [
        "Article 12 de la loi précitée",
        "Article 5, alinéa 2",
        "article 9 ; article 10 ;",
        "المادة 7 أعلاه والمادة 8",
        "المادة 4 من القانون رقم 05.20",
        "المادة 12 المذكورة في الفقرة الأولى.",
        "Articles et annexes",
        "المواد 3 إلى 5",
    ],
)
def test_a_line_that_only_refers_to_an_article_is_none(line: str) -> None:
    assert articles(f"Préambule\n{line}\nTexte.") == [None]


def test_a_reference_broken_before_its_article_is_not_a_heading() -> None:
    text = "المادة 49\nوفق الشروط المنصوص عليها في\nالمادة 51\nالمادة 50\nنص."
    assert articles(text) == ["49", "50"]


def test_fasl_is_an_article_in_a_text_without_madda_only() -> None:
    assert articles("الفصل 1\nنص أول.\nالفصل 2\nنص ثان.") == ["1", "2"]
    mixed = "الفصل 1\nأحكام\nالمادة 1\nنص أول.\nالمادة 2\nنص ثان."
    chapter = "الفصل 1 – أحكام"
    assert outline(mixed) == [((chapter,), None), ((chapter, "المادة 1"), "1"), ((chapter, "المادة 2"), "2")]


def test_markdown_headings_are_nested_by_their_marks() -> None:
    text = "# Guide\n## Étape 1\nUn.\n### Pièces\nDeux.\n## Étape 2 ##\nTrois."
    assert [path for path, _ in outline(text)] == [
        ("Guide",),
        ("Guide", "Étape 1"),
        ("Guide", "Étape 1", "Pièces"),
        ("Guide", "Étape 2"),
    ]


def test_a_rule_is_found_by_its_code_and_is_no_article() -> None:
    text = "Directive\nORG-POL-01 Rédiger une politique\nTexte.\nORG- POL/REVUE Revoir la politique\nTexte."
    assert outline(text + "\n4.2 Journaliser les accès\nTexte.") == [
        ((), None),
        (("ORG-POL-01 Rédiger une politique",), None),
        (("ORG-POL/REVUE Revoir la politique",), None),
        (("4.2 Journaliser les accès",), None),
    ]


def test_numbered_lines_of_a_law_are_not_rules() -> None:
    text = "Article 1\n1.1 Premier tiret\nArticle 2\nTexte.\nArticle 3\nTexte."
    assert articles(text) == ["1", "2", "3"]


def test_a_rule_stands_below_the_rule_of_which_it_is_part() -> None:
    text = "3.2 Organisation de la sécurité\n3.2.1 Rôles et responsabilités\nUn responsable est désigné."
    assert outline(text)[-1][0] == ("3.2 Organisation de la sécurité", "3.2.1 Rôles et responsabilités")


def test_the_questions_of_a_faq_are_headings() -> None:
    text = "- Quels sont les délais de réponse ?\nTrente jours.\nس: ما هي الوثائق المطلوبة؟\nنسخة من البطاقة."
    assert [path for path, _ in outline(text)] == [
        ("Quels sont les délais de réponse ?",),
        ("ما هي الوثائق المطلوبة؟",),
    ]


def test_the_title_of_another_piece_is_no_question() -> None:
    assert outline("Un texte.\nLire également : CE QUE COÛTE LE DROIT DE TIMBRE ?\nSuite du texte.") == [((), None)]


def test_a_byline_stands_below_the_title_that_it_signs() -> None:
    assert outline("# Revue\nMot.\n■ Amina Berrada\nUn avis.")[-1] == (("Revue", "Amina Berrada"), None)


def test_the_title_of_a_chapter_may_stand_below_its_number() -> None:
    text = "TITRE II\nDe la protection\ndes personnes\nChapitre premier\nDispositions générales\nArticle 1\nTexte."
    title = "TITRE II – De la protection des personnes"
    assert outline(text)[-1][0] == (title, "Chapitre premier – Dispositions générales", "Article 1")


@pytest.mark.parametrize(
    "below", ["La loi fixe les règles.", "- un premier point", "Article 1", "« Un mot »;", "x" * 200]
)
def test_what_is_no_title_is_not_taken_for_one(below: str) -> None:
    assert outline(f"Chapitre III\n{below}\nTexte.")[0][0] == ("Chapitre III",)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("LIVRE PREMIER : Des essais", "LIVRE PREMIER : Des essais"),
        ("Première partie", "Première partie"),
        ("Chapitre IV bis. – Des frais", "Chapitre IV bis. – Des frais"),
        ("Title One: General Provisions", "Title One: General Provisions"),
        ("ANNEXE N° 2", "ANNEXE N° 2"),
        ("الكتاب الأول: أحكام عامة", "الكتاب الأول: أحكام عامة"),
        ("الباب الأول المكرر: التجارب", "الباب الأول المكرر: التجارب"),
        ("الفصل :IIالمبادئ العامة", "الفصل :IIالمبادئ العامة"),
        ("ملحق رقم 1", "ملحق رقم 1"),
        ("**Section 2** – Frais", "Section 2** – Frais"),
    ],
)
def test_divisions_have_many_shapes(line: str, label: str) -> None:
    assert outline(f"Préambule.\n{line}\n\nTexte.")[1][0] == (label,)


@pytest.mark.parametrize(
    "line",
    [
        "Titre II de la présente loi",
        "Section 2 s'applique.",
        "Section 2.1 Frais",
        "Annexe à l'acte de vente",
        "الباب الثالث من هذا القانون",
        "Les conditions que fixe le\nChapitre III",
    ],
)
def test_a_reference_to_a_division_is_none(line: str) -> None:
    assert outline(f"Préambule.\n{line}\nTexte.") == [((), None)]


def test_an_annex_closes_all_that_stands_above() -> None:
    text = "Titre II : Frais\nChapitre premier : Tarif\nArticle 1\nTexte.\nAnnexe : Barème\nDix dirhams."
    assert outline(text)[-1] == (("Annexe : Barème",), None)


def test_a_rule_stands_under_its_chapter_and_objective() -> None:
    text = "5. CONTROLE D'ACCES\nObjectif 10\nLimiter l'accès.\nACC-REVUE Revoir les droits\nA.\nACC-MDP Gérer\nB."
    chapter = ("5. CONTROLE D'ACCES", "Objectif 10")
    assert outline(text)[-2:] == [
        ((*chapter, "ACC-REVUE Revoir les droits"), None),
        ((*chapter, "ACC-MDP Gérer"), None),
    ]


def test_words_in_capitals_are_no_codes_of_rules() -> None:
    assert outline("LES RÈGLES CI-APRÈS\nCELUI-CI DOIT LES SUIVRE\nCI-DESSOUS LE TARIF EST FIXÉ")[0][1] is None


def test_a_signature_above_a_title_names_its_author() -> None:
    text = "# Revue\n■ Par Amina Berrada, économiste\n\n## Un avis\nTexte.\n## Une brève\nTexte."
    assert [path for path, _ in outline(text)] == [
        ("Revue",),
        ("Revue", "Un avis – Amina Berrada, économiste"),
        ("Revue", "Une brève"),
    ]


@pytest.mark.parametrize("line", ["Par Amina Berrada", "By Amina Berrada", "بقلم أمينة برادة"])
def test_a_line_with_a_name_signs_what_follows(line: str) -> None:
    assert len(outline(f"# Revue\nMot.\n{line}\nUn avis.")[-1][0]) == 2


def test_a_sentence_that_begins_like_a_signature_is_none() -> None:
    assert outline("# Revue\nMot.\nPar ailleurs, le tarif change.")[-1][0] == ("Revue",)


@pytest.mark.parametrize(
    "line",
    ["3. TRANSFERT DES DONNÉES ........ 12", "3.1 Transfert des données ........ 12", "12 ÉCONOMIE", "3. تحميل PDF"],
)
def test_tables_of_contents_and_folios_are_no_chapters(line: str) -> None:
    assert outline(f"Rapport.\n{line}\nTexte.") == [((), None)]


@pytest.mark.parametrize("dots", ["....", " . . . . .", "…………"])
def test_a_line_of_the_table_of_contents_is_no_heading(dots: str) -> None:
    lines = ("Titre premier : Dispositions{} 4", "Article 2 : Champ{} 5", "1.2 Mesures{} 6")
    assert outline("\n".join(line.format(dots) for line in lines) + "\nTexte.") == [((), None)]


def test_the_fields_of_a_record_are_no_chapters() -> None:
    text = "# Règles\n## Règles 2\nChapitre : 1. Accès\nRègle : ACC-1\n## Règles 3\nChapitre : 1. Accès\nRègle : ACC-2"
    assert [path for path, _ in outline(text)][-2:] == [("Règles", "Règles 2"), ("Règles", "Règles 3")]
