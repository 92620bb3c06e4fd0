"""Words and sentences broken at the line are whole again; lines that end where they should stay apart."""

import pytest

from tests.cleaned import body


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("les articles ci-\naprès", "les articles ci-après"),
        ("les infor-\nmations", "les informations"),
        ("le sous-\ntraitant respon-\nsable", "le sous-traitant responsable"),
        ("la loi n° 09-\n08 relative", "la loi n° 09-08 relative"),
        ("les années 2020-\n2021 incluses", "les années 2020-2021 incluses"),
        ("Rabat-\nSalé", "Rabat-Salé"),
        ("personal infor-\nmation", "personal information"),
        ("c'est-à-\ndire les données", "c'est-à-dire les données"),
    ],
)
def test_a_word_broken_at_the_line_is_whole_again(broken: str, whole: str) -> None:
    assert body(broken) == whole


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            "La déclaration est faite\ndans un délai de dix jours.",
            "La déclaration est faite dans un délai de dix jours.",
        ),
        (
            "يقصد بالمعطيات ذات الطابع الشخصي كل معلومة تتعلق\nبشخص ذاتي معرف أو قابل للتعرف عليه.",
            "يقصد بالمعطيات ذات الطابع الشخصي كل معلومة تتعلق بشخص ذاتي معرف أو قابل للتعرف عليه.",
        ),
        (
            "Les droits prévus par la présente loi aux articles\n43 et 44 sont gratuits.",
            "Les droits prévus par la présente loi aux articles 43 et 44 sont gratuits.",
        ),
    ],
)
def test_a_sentence_broken_at_the_line_is_whole_again(lines: str, joined: str) -> None:
    assert body(lines) == joined


@pytest.mark.parametrize(
    "text",
    [
        "Sont concernés :\nl'État ;\nles communes.",
        "Pièces\n- demande ;\n- copie.\na) carte\n1. reçu",
        "Titre premier\nDispositions générales",
        "Une phrase sans fin\n\nsuite après un blanc",
        "# Titre\nsans majuscule",
        "سطر قصير\nسطر آخر",
        "هذا سطر طويل بما يكفي لكي يكون مقطوعا في وسطه ولا\nالمادة 2\nنص",
    ],
)
def test_lines_that_end_where_they_should_stay_apart(text: str) -> None:
    assert body(text) == text


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("ظهير شريف رقم 1.11.42 صادر في\n22 من صفر", "ظهير شريف رقم 1.11.42 صادر في 22 من صفر"),
        ("بتنفيذ القانون رقم\n15.11 المتعلق باللوائح", "بتنفيذ القانون رقم 15.11 المتعلق باللوائح"),
        (
            "حماية المعطيات ذات الطابع الشخصي\nالمادة1\nتحدث لجنة",
            "حماية المعطيات ذات الطابع الشخصي\nالمادة 1\nتحدث لجنة",
        ),
        (
            "المعالجة المعلوماتية لضبط اللوائح العامة\nمادة فريدة",
            "المعالجة المعلوماتية لضبط اللوائح العامة\nمادة فريدة",
        ),
    ],
)
def test_a_line_that_wants_a_number_goes_on_and_a_heading_begins_anew(lines: str, read: str) -> None:
    assert body(lines) == read


def test_a_heading_of_markdown_ends_with_its_line() -> None:
    text = "### 3. اللجوء إلى منصة الشكايات (منصة المستهلك)\nتوفر الإدارة بوابة"
    assert body(text) == text
