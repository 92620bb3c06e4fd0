"""What texts say of themselves, in the forms of French and Arabic laws, decrees and orders, and of other documents."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.instrument import Instrument
from corpus.source import Kind
from ingest.facts.heading import heading_of
from ingest.facts.metadata import facts_of

LAW_AR = """التجارب الرقمية

ظهير شريف رقم 1.20.999 صادر في 22 من صفر 1430 (18 فبراير 2009) بتنفيذ القانون رقم 77.01 المتعلق 1 بالتجارب.
الحمد لله وحده،
ينفذ القانون رقم 77.01، كما وافق عليه مجلس النواب ومجلس المستشارين.
- 1 الجريدة الرسمية عدد 5711 بتاريخ 27 صفر 1430 (23 فبراير 2009)، ص. 552
المادة الأولى
يحدد هذا القانون القواعد.
"""
DECREE_AR = """مرسوم بتطبيق القانون رقم 77.01 صيغة محينة بتاريخ 18 فبراير 2021

مرسوم رقم 2.14.999 صادر في 21 من محرم 1437
( 4 نوفمبر )2015 بتطبيق القانون رقم 77.01 المتعلق بالتجارب كما تم تعديله ب:
مرسوم رقم 2.19.888 صادر في 5 فبراير 2021؛ الجريدة الرسمية عدد 6962 بتاريخ 18 فبراير 2021
رئيس الحكومة،
بناء على القانون رقم 77.01؛
رسم ما يلي:
المادة الأولى
تطبق أحكام هذا المرسوم.
"""
ORDER_FR = """TEXTES GENERAUX
Arrêté du ministre de l'industrie n° 3-17-99 du 7 safar 1447 (1er août 2025) fixant le référentiel d'essai

LE MINISTRE DE L'INDUSTRIE,
Vu la loi n° 05-20 relative à la cybersécurité ;
Article premier
Le présent arrêté fixe le référentiel.
"""
BLOG = """--- title: "La loi sur les essais" date: "2026-02-14" author: "Une autrice" description: "Un billet."

# La loi sur les essais
La loi n° 05-20 relative à la cybersécurité protège tous. Selon cette loi, tout est dit. Cette loi vaut pour tous.
"""


def test_an_arabic_law_is_known_by_its_dahir() -> None:
    facts = facts_of(LAW_AR)
    assert facts.instrument == Instrument("loi", "77-01")
    assert facts.title == "القانون رقم 77.01 المتعلق بالتجارب"
    assert (facts.kind, facts.issuer) == ("law", "البرلمان")
    assert (facts.signed, facts.hijri, facts.published) == ("2009-02-18", "1430-02-22", None)
    assert (facts.gazette, facts.gazette_date) == ("5711", "2009-02-23")
    assert facts.authority is not None
    assert (facts.authority.level, facts.authority.ground) == ("law", "loi 77-01")
    assert facts.dated == "2009-02-18"


def test_a_consolidated_decree_is_not_one_of_its_amendments() -> None:
    facts = facts_of(DECREE_AR)
    assert facts.instrument == Instrument("decret", "2-14-999")
    assert facts.title == "مرسوم رقم 2.14.999 بتطبيق القانون رقم 77.01 المتعلق بالتجارب"
    assert (facts.kind, facts.issuer) == ("decree", "رئيس الحكومة")
    assert (facts.signed, facts.hijri, facts.published) == ("2015-11-04", "1437-01-21", "2021-02-18")
    assert (facts.gazette, facts.gazette_date) == (None, None)
    assert facts.dated == "2021-02-18"


def test_a_french_order_names_its_author() -> None:
    facts = facts_of(ORDER_FR)
    assert facts.instrument == Instrument("arrete", "3-17-99")
    assert facts.title == "Arrêté du ministre de l'industrie n° 3-17-99 fixant le référentiel d'essai"
    assert (facts.kind, facts.issuer, facts.signed) == ("order", "ministre de l'industrie", "2025-08-01")


def test_a_post_on_a_law_is_not_the_law() -> None:
    facts = facts_of(BLOG)
    assert (facts.title, facts.issuer, facts.published) == ("La loi sur les essais", "Une autrice", "2026-02-14")
    assert (facts.kind, facts.instrument) == ("press", None)
    assert facts.authority is not None
    assert facts.authority.level == "press"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("La loi n° 05-20 relative à la cybersécurité est entrée en vigueur, selon cette loi.", None),
        ("ARTICLE PREMIER.\nAu sens du présent décret.\nART. 2.\nLe présent décret vaut.\nART. 3.\nFin.", "decree"),
        ("المادة 1\nفي هذه الاتفاقية\nالمادة 2\nهذه الاتفاقية\nالمادة 3\nنص", "law"),
        ("Questions fréquentes\nComment faire ?", "faq"),
        ("Rapport annuel de l'office", "report"),
        ("Directive nationale des essais", "directive"),
        ("Guichet : service en ligne, pièces à fournir et formulaire de démarche.", "faq"),
        ("Le ministre a déclaré mardi que tout ira. Il a annoncé une suite.", "press"),
        ("Un texte quelconque.", None),
        ("", None),
    ],
)
def test_the_kind_comes_from_form_title_and_words(text: str, kind: Kind | None) -> None:
    assert facts_of(text).kind == kind


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("المادة 1\nفي هذه الاتفاقية\nالمادة 2\nهذه الاتفاقية\nالمادة 3\nنص", "treaty"),
        ("Article 1\nla présente Constitution\nArticle 2\nla présente Constitution\nArticle 3\nFin.", "constitution"),
    ],
)
def test_a_text_without_number_has_the_level_that_it_names(text: str, level: str) -> None:
    authority = facts_of(text).authority
    assert authority is not None
    assert authority.level == level


def test_a_model_law_has_no_authority() -> None:
    text = "القانون النموذجي للتجارب\nالمادة 1\nهذا القانون\nالمادة 2\nهذا القانون\nالمادة 3\nنص"
    assert facts_of(text).authority is None


def test_a_law_without_date_takes_that_of_its_dahir_or_of_its_signature() -> None:
    promulgated = (
        "Loi n° 77-01 relative aux essais promulguée par le dahir n° 1-07-99 du 28 rabii I 1428 (17 avril 2007)"
    )
    signed = "ظهير شريف رقم 1.17.99 بتنفيذ القانون رقم 77.01 المتعلق.\nوحرر بالرباط في 8 ذي الحجة 1438 (30 أغسطس 2017)"
    assert facts_of(promulgated).signed == "2007-04-17"
    assert facts_of(signed).signed == "2017-08-30"


@pytest.mark.parametrize(
    ("heading", "issuer"),
    [
        ("قرار لوزير العدل رقم 381.25", "وزير العدل"),
        ("قرار مشترك للوزيرة المنتدبة ووزير المالية رقم 1148.25", "الوزيرة المنتدبة ووزير المالية"),
        (
            "Arrêté du ministre de la justice et du chef d'un office n° 48-25",
            "ministre de la justice et du chef d'un office",
        ),
    ],
)
def test_the_authors_of_an_order_issue_it(heading: str, issuer: str) -> None:
    assert facts_of(f"{heading}\n").issuer == issuer


def test_a_gazette_far_into_the_text_is_that_of_another() -> None:
    text = "Loi n° 77-01 relative aux essais\n" + "mot " * 900 + "\n\nBulletin officiel n° 5378 du 15 décembre 2005"
    assert facts_of(text).gazette is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("DAHIR FORMANT CODE DES\nESSAIS ET DES PREUVES\nTexte.", "DAHIR FORMANT CODE DES ESSAIS ET DES PREUVES"),
        ("# Un titre de page\nTexte.", "Un titre de page"),
        ("Guide des essais numériques\nTexte.", "Guide des essais numériques"),
        ("Lundi 18 mai 2026 00:15\nTexte.", None),
        ("Accueil\nTexte.", None),
        ("Une phrase entière, qui finit par un point.\nTexte.", None),
    ],
)
def test_a_first_line_is_a_title_when_it_reads_as_one(text: str, title: str | None) -> None:
    assert facts_of(text).title == title


def test_the_bulletin_officiel_of_a_french_text() -> None:
    facts = facts_of("Loi n° 77-01 relative aux essais\n\n(B.O. n° 5714 du 5 mars 2009)\n\nArticle premier\nTexte.")
    assert (facts.gazette, facts.gazette_date) == ("5714", "2009-03-05")


def test_a_dahir_that_publishes_a_convention_stays_itself() -> None:
    text = "ظهير شريف رقم 1.14.999 صادر في 21 من رجب 1441 (16 مارس 2020) بنشر اتفاقية التجارب، والقانون رقم 77.01"
    heading = heading_of(text)
    assert heading is not None
    assert heading.instrument == Instrument("dahir", "1-14-999")


@given(st.text(alphabet="Loi n°05-20\nالمادة 1 قانون رقم du mai)( .:-", max_size=200))
def test_any_text_has_facts(text: str) -> None:
    facts = facts_of(text)
    assert facts == facts_of(text)
    assert facts.title is None or facts.title.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Loi n° 05-20 " * 20_000,
        "--- title: " + "a" * 100_000,
        "Source :" * 30_000,
        "B.O. n° " * 30_000,
        "( " * 100_000,
        "\n- " * 100_000,
        "la présente " * 30_000,
    ],
)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    start = process_time()
    facts_of(text)
    assert process_time() - start < 3
