"""What is in force: facts about instruments, the editions they concern, and the day that is asked about."""

from datetime import date
from pathlib import Path

import pytest

from corpus.instrument import Instrument
from corpus.source import Source
from corpus.validity import FILE, read_validity

LINES = """\
{"instrument": "11-11", "status": "in_force"}
{"instrument": "22-22", "status": "repealed", "by": {"type": "loi", "number": "11-11"},\
 "by_article": "9", "since": "2020-03-10"}
{"instrument": "33-33", "status": "in_force"}
{"instrument": "33-33", "articles": ["4"], "status": "amended",\
 "by": {"type": "loi", "number": "11-11"}, "since": "2019-02-18"}
"""


def law(number: str, published: str | None = "2005-01-01") -> Source:
    return Source(f"loi-{number}.txt", "Loi", "law", "fr", published=published, instrument=Instrument("loi", number))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "validity.jsonl").write_text(LINES, encoding="utf-8")
    return tmp_path / "validity.jsonl"


def test_what_is_known_to_be_in_force_is_and_what_nobody_checked_is_unknown(file: Path) -> None:
    known = read_validity(file)
    assert known.standing(law("11-11"), "1", None).in_force is True
    assert known.standing(law("44-44"), "1", None).in_force is None
    assert known.standing(Source("page.html", "Page"), None, None).in_force is None


@pytest.mark.parametrize(("day", "in_force"), [(None, False), (date(2020, 3, 10), False), (date(2020, 3, 9), None)])
def test_a_repealed_text_is_out_of_force_from_its_day(file: Path, day: date | None, in_force: bool | None) -> None:
    standing = read_validity(file).standing(law("22-22"), "3", day)
    assert standing.in_force is in_force
    assert (standing.change is not None) is (in_force is False)


def test_an_amended_article_is_old_only_in_editions_before_the_amendment(file: Path) -> None:
    known = read_validity(file)
    for edition in ("2005-01-01", "2019-01", "2018", None):
        assert known.standing(law("33-33", edition), "4", None).in_force is False
    for edition in ("2019-02-18", "2019-02", "2019", "2021-05"):
        assert known.standing(law("33-33", edition), "4", None).in_force is True


def test_other_articles_of_an_outdated_edition_are_not_called_in_force(file: Path) -> None:
    known = read_validity(file)
    assert (known.standing(law("33-33"), "5", None).outdated, known.standing(law("33-33"), "5", None).in_force) == (
        True,
        None,
    )
    assert known.standing(law("33-33", "2019-03"), "5", None).in_force is True


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "validity.jsonl"
    file.write_text(LINES + '{"instrument": "1-1", "status": "dead"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 5"):
        read_validity(file)
    file.write_text('{"instrument": "1-1", "status": "repealed", "since": "last year"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        read_validity(file)


def test_every_change_of_the_project_names_what_made_it_and_no_text_ends_itself() -> None:
    changes = [change for made in read_validity(FILE).changes.values() for change in made]
    assert len(changes) > 30
    assert all(change.by is not None and change.since is not None for change in changes)
    assert all(change.by is not None and change.by.number != change.instrument for change in changes)
