"""A source's identity hangs on its path alone; dates may be as coarse as a year."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.source import KINDS, Source, published_on

LAW = Source(path="loi-05-20-fr.txt", title="Loi n° 05-20")


def test_the_id_is_the_slug_and_the_first_digits_of_the_hash_of_the_path() -> None:
    assert LAW.id == "loi-05-20-fr-056e75d924"


def test_an_arabic_name_still_gives_an_id_fit_for_a_url() -> None:
    assert Source(path="docs/قانون.txt", title="قانون").id == "docs-9f1ed89c51"


def test_corrected_metadata_keeps_the_id() -> None:
    corrected = replace(LAW, title="Loi sur la cybersécurité", kind="law", published="2020-07-25", language="fr")
    assert corrected.id == LAW.id


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_path_gives_a_short_id_of_plain_characters(path: str) -> None:
    identifier = Source(path=path, title="t").id
    assert re.fullmatch(r"[a-z0-9-]+", identifier)
    assert len(identifier) <= 67


def test_paths_that_differ_only_in_marks_have_ids_of_their_own() -> None:
    paths = ["a b.txt", "a-b.txt", "a_b.txt", "A-b.txt", "a-b.md"]
    assert len({Source(path=path, title="t").id for path in paths}) == len(paths)


@pytest.mark.parametrize(
    "path", ["loi-09-08-fr.txt", "loi-09-08-ar.txt", "loi-09-08-en.md", "Loi-09-08-FR.pdf", "loi-09-08.fr.txt"]
)
def test_translations_share_a_family(path: str) -> None:
    assert Source(path=path, title="t").family == "loi-09-08"


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("loi-20-05-fr.txt", "loi-20-05"),
        ("laws/loi-05-20-ar.txt", "laws/loi-05-20"),
        ("faq-front.txt", "faq-front"),
        ("guide-fr-2024.md", "guide-fr-2024"),
    ],
)
def test_other_documents_have_another_family(path: str, family: str) -> None:
    assert Source(path=path, title="t").family == family


def test_what_is_not_known_of_a_source_is_none() -> None:
    assert (LAW.kind, LAW.complete) == ("other", True)
    assert (LAW.language, LAW.issuer, LAW.published, LAW.url, LAW.note, LAW.instrument) == (None,) * 6


def test_each_kind_is_listed_once() -> None:
    assert len(set(KINDS)) == len(KINDS) == 11


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024", date(2024, 1, 1)),
        ("2024-02", date(2024, 2, 1)),
        ("2024-02-15", date(2024, 2, 15)),
        ("1913-08-12", date(1913, 8, 12)),
        (None, None),
    ],
)
def test_a_date_means_the_first_day_that_it_may_mean(published: str | None, day: date | None) -> None:
    assert published_on(published) == day


@pytest.mark.parametrize("published", ["", "24", "15/02/2024", "2024-2", "2024-02-15T10:00", "février 2024", " 2024"])
def test_a_date_in_another_form_is_refused_with_the_remedy(published: str) -> None:
    with pytest.raises(ValueError, match=r"YYYY, YYYY-MM or YYYY-MM-DD, got .*: correct the catalogue"):
        published_on(published)


@pytest.mark.parametrize(("published", "reason"), [("2024-13", "month must be in"), ("2023-02-29", "day")])
def test_a_day_that_does_not_exist_is_refused(published: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        published_on(published)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_full_date_is_read_as_it_is_written(day: date) -> None:
    assert published_on(day.isoformat()) == day
    assert published_on(f"{day:%Y-%m}") == day.replace(day=1)
