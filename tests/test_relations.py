"""Who acts on whom: the direction is that of the words, and only named instruments are related."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.instrument import Instrument
from ingest.document import Passage, RelationKind
from ingest.facts.relations import relations_in

LAW = Instrument("loi", "43-20")
DECREE = Instrument("decret", "2-22-999")

Found = tuple[RelationKind, str, str, tuple[str, ...], bool]


def found(text: str, own: Instrument | None = LAW) -> list[Found]:
    relations = relations_in(text, (), own)
    return [(one.kind, one.by.number, one.target.number, one.articles, one.whole) for one in relations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Est abrogée la loi n° 53-05.", ("repeals", "43-20", "53-05", (), True)),
        ("La loi n° 53-05 relative aux essais est abrogée.", ("repeals", "43-20", "53-05", (), True)),
        ("Le titre II de la loi n° 53-05 est abrogé.", ("repeals", "43-20", "53-05", (), False)),
        ("L'article 9 de la loi n° 53-05 est abrogé.", ("repeals", "43-20", "53-05", ("9",), False)),
        ("La présente loi abroge et remplace la loi n° 53-05.", ("replaces", "43-20", "53-05", (), True)),
        ("La loi n° 53-05 est abrogée et remplacée par la loi n° 11-22.", ("replaces", "11-22", "53-05", (), True)),
        ("La loi n° 53-05 est modifiée par la loi n° 11-22.", ("amends", "11-22", "53-05", (), True)),
        ("Loi n° 11-22 modifiant et complétant la loi n° 53-05", ("amends", "11-22", "53-05", (), True)),
        (
            "Les dispositions des articles 3 et 7 de la loi n° 53-05 susvisée sont modifiées comme suit.",
            ("amends", "43-20", "53-05", ("3", "7"), False),
        ),
        ("Loi n° 11-22 abrogeant la loi n° 53-05", ("repeals", "11-22", "53-05", (), True)),
        ("Loi n° 05-20 promulguée par le dahir n° 1-20-69", ("promulgates", "1-20-69", "05-20", (), True)),
        ("Dahir n° 1-20-69 portant promulgation de la loi n° 05-20", ("promulgates", "1-20-69", "05-20", (), True)),
        ("Décret n° 2-22-999 pris pour l'application de la loi n° 05-20", ("applies", "2-22-999", "05-20", (), True)),
        ("Law No. 53-05 is repealed.", ("repeals", "43-20", "53-05", (), True)),
        ("Law No. 53-05 was amended by Law No. 11-22.", ("amends", "11-22", "53-05", (), True)),
        ("ينسخ القانون رقم 53.05.", ("repeals", "43-20", "53-05", (), True)),
        ("تنسخ أحكام المادة 9 من القانون رقم 53.05.", ("repeals", "43-20", "53-05", ("9",), False)),
        ("ينسخ الباب التمهيدي من القانون رقم 53.05.", ("repeals", "43-20", "53-05", (), False)),
        ("يحل هذا القانون محل القانون رقم 53.05.", ("replaces", "43-20", "53-05", (), True)),
        ("تغير وتتمم أحكام المادتين 3 و 7 من القانون رقم 53.05.", ("amends", "43-20", "53-05", ("3", "7"), False)),
        ("القانون رقم 53.05 كما تم تغييره وتتميمه بالقانون رقم 11.22", ("amends", "11-22", "53-05", (), True)),
        ("القانون رقم 11.22 بتغيير وتتميم القانون رقم 53.05", ("amends", "11-22", "53-05", (), True)),
        ("تم نسخ القانون رقم 53.05 بمقتضى المادة 4 من القانون رقم 11.22", ("repeals", "11-22", "53-05", (), True)),
        ("تم تغيير المادة 7 أعلاه، بمقتضى المادة 2 من القانون رقم 11.22", ("amends", "11-22", "43-20", ("7",), False)),
        ("القانون رقم 05.20 الصادر بتنفيذه الظهير الشريف رقم 1.20.69", ("promulgates", "1-20-69", "05-20", (), True)),
        ("ظهير شريف رقم 1.20.69 بتنفيذ القانون رقم 05.20", ("promulgates", "1-20-69", "05-20", (), True)),
        ("مرسوم رقم 2.22.999 بتطبيق القانون رقم 05.20", ("applies", "2-22-999", "05-20", (), True)),
    ],
)
def test_one_statement(text: str, expected: Found) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "La loi n° 53-05 n'est pas abrogée.",
        "Vu la loi n° 53-05, telle qu'elle a été modifiée et complétée ;",
        "Le plafond est modifié conformément à la loi n° 53-05.",
        "Sont modifiées les dispositions de l'article 2 du code des obligations.",
        "L'arrêté du 5 mai 2009 modifiant le décret n° 2-08-518",
        "Sous réserve de la loi n° 53-05, la règle est abrogée.",
        "تغير وتتمم مقتضيات هذا النظام وفق المادة 26 من القانون رقم 31.13.",
        "يلغي الصلح الدعاوى المقامة طبقا للقانون رقم 31.13.",
        "تم تغيير الفصل 2 أعلاه، بمقتضى القانون رقم 11.22.\nالمادة 3\nنص",
        "La loi n° 53-05 s'applique.",
        "",
    ],
)
def test_what_names_no_relation_of_two_instruments(text: str) -> None:
    assert found(text) == []


def test_a_text_that_is_no_instrument_only_reports_what_others_do() -> None:
    assert found("Le texte abroge la loi n° 53-05.", None) == []
    assert found("La loi n° 53-05 est modifiée par la loi n° 11-22.", None) == [("amends", "11-22", "53-05", (), True)]


def test_a_list_repeals_each_of_its_items() -> None:
    text = """Article 36
Sont abrogés :
– le décret n° 2-08-518 du 21 mai 2009 pris pour l'application de la loi n° 53-05, tel qu'il a été modifié ;
– l'arrêté n° 3-87-13 du 20 janvier 2015.

Le présent décret entre en vigueur avec la loi n° 43-20."""
    assert found(text, DECREE) == [
        ("repeals", "2-22-999", "2-08-518", (), True),
        ("repeals", "2-22-999", "3-87-13", (), True),
        ("applies", "2-08-518", "53-05", (), True),
    ]


def test_a_list_of_amending_laws_ends_at_the_heading() -> None:
    text = """القانون رقم 43.20 المتعلق بالتجارب كما تم تعديله ب:
.1 القانون رقم 16.18 الصادر بتنفيذه الظهير الشريف رقم 1.21.97؛
.2 الظهير الشريف رقم 1.22.98 بتنفيذ القانون رقم 66.16.
القانون رقم 43.20 المتعلق بالتجارب
بناء على القانون رقم 99.15"""
    amending = [one for one in found(text) if one[0] == "amends"]
    assert amending == [("amends", "16-18", "43-20", (), False), ("amends", "66-16", "43-20", (), False)]


def test_a_note_under_an_article_is_about_that_article() -> None:
    text = "Article 30\nAbrogé et remplacé par l'article 2 de la loi n° 55-01."
    passages = (Passage("s", 0, 0, len(text), text, "fr", article="30"),)
    (relation,) = relations_in(text, passages, LAW)
    assert (relation.kind, relation.by.number, relation.target) == ("replaces", "55-01", LAW)
    assert (relation.articles, relation.article) == (("30",), "30")
    assert text[relation.start : relation.end].endswith("Abrogé et remplacé par l'article 2 de la loi n° 55-01.")


def test_a_decree_does_not_amend_the_law_that_it_applies() -> None:
    text = "Le décret n° 2-21-406 pris pour l'application de la loi n° 05-20, modifié par le décret n° 2-24-111"
    assert ("amends", "2-24-111", "2-21-406", (), True) in found(text)
    assert not [one for one in found(text) if one[0] == "amends" and one[2] == "05-20"]


def test_a_decree_says_which_articles_it_applies() -> None:
    text = "ART. 2. – En application de l'article 9 de la loi n° 43-20 précitée, la liste est fixée."
    assert found(text, DECREE) == [("applies", "2-22-999", "43-20", ("9",), False)]
    assert found(text, Instrument("loi", "11-22")) == []
    assert found("تطبيقا للمادة 21 من القانون رقم 43.20، تحدد اللائحة.", DECREE) == [
        ("applies", "2-22-999", "43-20", ("21",), False)
    ]


@given(st.text(alphabet="Est abrogée la loi n° 53-05.;\n:تنسخ القانون رقم 5,", max_size=150))
def test_statements_slice_the_text(text: str) -> None:
    relations = relations_in(text, (), LAW)
    assert relations == relations_in(text, (), LAW)
    for relation in relations:
        assert text[relation.start : relation.end].strip()
        assert relation.by != relation.target


@pytest.mark.parametrize(
    "text",
    [
        "est abrogé par la loi n° 05-20 " * 3_000,
        "sont abrogés :\n" * 20_000,
        "modifié et complété, " * 20_000,
        "تم نسخ " * 30_000,
        "\n" * 100_000,
        "la loi n° 05-20 et " * 8_000,
    ],
)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    start = process_time()
    relations_in(text, (), LAW)
    assert process_time() - start < 5
