"""A catalogue is read line by line, and a line that is wrong is named with its number."""

import json
from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE_NAME, read_catalogue
from corpus.source import Kind, Source


def write(folder: Path, *lines: str) -> Path:
    (folder / CATALOGUE_NAME).write_text("\n".join(lines), encoding="utf-8")
    return folder


def line(**fields: object) -> str:
    return json.dumps({"path": "a.txt", "title": "Un titre"} | fields, ensure_ascii=False)


def test_all_fields_of_a_line_reach_the_source(tmp_path: Path) -> None:
    fields = {
        "path": "loi-05-20-fr.txt",
        "title": "Loi n° 05-20",
        "language": "fr",
        "issuer": "Parlement",
        "published": "2020-07-25",
        "kind": "law",
        "url": "https://example.ma/loi",
        "complete": False,
        "note": "sans les annexes",
    }
    found = read_catalogue(write(tmp_path, json.dumps(fields, ensure_ascii=False)))
    assert found.sources == {
        "loi-05-20-fr.txt": Source(
            path="loi-05-20-fr.txt",
            title="Loi n° 05-20",
            kind="law",
            language="fr",
            issuer="Parlement",
            published="2020-07-25",
            url="https://example.ma/loi",
            complete=False,
            note="sans les annexes",
        )
    }


def test_a_path_and_a_title_are_enough(tmp_path: Path) -> None:
    found = read_catalogue(write(tmp_path, line()))
    assert found.source("a.txt") == Source(path="a.txt", title="Un titre")


def test_without_a_catalogue_nothing_is_known(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path).sources == {}


def test_a_file_that_is_not_listed_is_titled_by_its_name(tmp_path: Path) -> None:
    found = read_catalogue(write(tmp_path, line()))
    assert found.source("decrets/decret-2-21-406.txt") == Source(
        path="decrets/decret-2-21-406.txt", title="decret-2-21-406.txt"
    )


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    found = read_catalogue(write(tmp_path, "", line(), "   ", line(path="b.txt"), ""))
    assert sorted(found.sources) == ["a.txt", "b.txt"]


def test_white_space_in_a_title_is_made_single(tmp_path: Path) -> None:
    found = read_catalogue(write(tmp_path, line(title="  Loi\n n°  05-20\t")))
    assert found.source("a.txt").title == "Loi n° 05-20"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_a_line_separator_inside_a_title_does_not_end_the_line(tmp_path: Path, separator: str) -> None:
    found = read_catalogue(write(tmp_path, line(title=f"Loi{separator}n° 05-20")))
    assert found.source("a.txt").title == "Loi n° 05-20"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{not json", "Expecting property name"),
        ("[1, 2]", "valid dictionary"),
        ('{"path": "b.txt"}', r"title\n.*Field required"),
        ('{"title": "t"}', r"path\n.*Field required"),
        ('{"path": "b.txt", "title": "t", "titel": "u"}', r"titel\n.*Extra inputs are not permitted"),
        ('{"path": "b.txt", "title": "t", "kind": "novel"}', "kind must be one of law, decree, .*got 'novel'"),
        ('{"path": "b.txt", "title": "t", "published": "25/07/2020"}', "YYYY, YYYY-MM or YYYY-MM-DD"),
        ('{"path": "b.txt", "title": "t", "published": "2020-14"}', "month must be in"),
        ('{"path": "b.txt", "title": "t", "complete": "perhaps"}', "valid boolean"),
    ],
)
def test_a_wrong_line_is_named_with_its_number_and_reason(tmp_path: Path, wrong: str, reason: str) -> None:
    folder = write(tmp_path, line(), "", wrong)
    with pytest.raises(ValueError, match=rf"catalogue\.jsonl line 3 is not a valid catalogue line: (?s:.)*{reason}"):
        read_catalogue(folder)


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("decree", "Arrêté conjoint n° 3-17-25", "order"),
        ("decree", "ARRETE n° 1148-25", "order"),
        ("law", "قرار لوزير الداخلية رقم 12.21", "order"),
        ("law", "مقرر الوزير الأول رقم 3.33.11", "order"),
        ("law", "Directive nationale de la sécurité", "directive"),
        ("decree", "التوجيهات الوطنية لأمن نظم المعلومات", "directive"),
        ("law", "Stratégie nationale", "strategy"),
        ("law", "Loi relative aux directives", "law"),
        ("decree", "Décret fixant la stratégie", "decree"),
        ("press", "Directive : ce qui change", "press"),
        ("faq", "Stratégie en questions", "faq"),
        ("other", "Arrêté sans type", "other"),
    ],
)
def test_the_first_word_of_the_title_corrects_law_and_decree(
    tmp_path: Path, kind: str, title: str, expected: Kind
) -> None:
    found = read_catalogue(write(tmp_path, line(kind=kind, title=title)))
    assert found.source("a.txt").kind == expected
