"""The words of problems: every problem in every language, with facts that each case has."""

import string

import pytest

from api.problem_wording import LANGUAGES, preferred_language, problem_wording
from api.problems import STATUSES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_worded(language: str) -> None:
    assert set(problem_wording(language).problems) == set(STATUSES)


def named(sentence: str) -> set[str]:
    """The facts that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("slug", STATUSES)
def test_all_languages_name_the_same_facts(slug: str) -> None:
    facts = {language: named(problem_wording(language).problems[slug].detail) for language in LANGUAGES}
    if slug == "unreadable-question":  # the reason that it gives is in English
        assert (facts["en"], facts["fr"], facts["ar"]) == ({"why"}, {"limit"}, {"limit"})
    else:
        assert facts["fr"] == facts["ar"] == facts["en"]


def test_rules_are_worded_alike() -> None:
    french, arabic = problem_wording("fr").rules, problem_wording("ar").rules
    assert {rule: named(words) for rule, words in french.items()} == {rule: named(w) for rule, w in arabic.items()}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ar-MA", "ar"),
        ("de, fr;q=0.8, en;q=0.9", "en"),
        ("FR;q=0.8, ar;q=0.7", "fr"),
        ("de, *", "en"),
        ("fr;q=0", "en"),
        ("fr;q=many, ar;q=0.1", "ar"),
        ("fr;q=nan", "en"),
        (";;,,=;q", "en"),
        (",".join(["de"] * 30 + ["ar"]), "en"),
    ],
)
def test_the_language_that_weighs_most_is_spoken(header: str, language: str) -> None:
    assert preferred_language(header) == language
