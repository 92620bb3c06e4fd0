"""Names in any of their forms lead to the official ones; short acronyms only in capitals."""

import pytest

from rag.names import names_in


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Comment saisir la CNDP ?", "protection des données"),
        ("wach l cndp katjaweb?", "protection des données"),
        ("شكون كيعين اللجنة الوطنية لمراقبة حماية المعطيات؟", "protection des données"),
        ("ماذا تقول المديرية العامة لأمن نظم المعلومات؟", "sécurité des systèmes"),
        ("What does the DGSSI require?", "sécurité des systèmes"),
        ("Où est le siège de l'ADD ?", "Développement du Digital"),
        ("Que dit la loi sur la cybersécurité ?", "05-20"),
    ],
)
def test_a_name_is_found_in_any_form(text: str, part: str) -> None:
    assert any(part in name.fr for name in names_in(text))


def test_a_word_is_no_acronym_and_a_longer_name_takes_its_words() -> None:
    assert names_in("please add a file") == []
    assert [name.fr for name in names_in("loi sur la cybersécurité")] == [
        name.fr for name in names_in("la loi sur la cybersécurité")
    ]
    assert len(names_in("loi sur la cybersécurité")) == 1


def test_each_name_comes_once_and_without_its_acronym_in_a_language() -> None:
    (name,) = names_in("CNDP, CNDP et encore CNDP")
    assert "(" not in name.in_language("fr")
    assert name.in_language("ar").startswith("اللجنة الوطنية")
