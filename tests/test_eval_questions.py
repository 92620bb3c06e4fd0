"""Question files: the project's own are sound, and a bad line is named."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from corpus.source import Source
from evals.matching import plain
from evals.questions import GoldQuestion, GoldSource, default_questions, read_questions
from rag.answer import LANGUAGES
from rag.question import Turn, understand

LINE: dict[str, object] = {
    "id": "fr-001",
    "question": "Quelle amende ?",
    "language": "fr",
    "kind": "sanction",
    "audience": "citizen",
    "history": [],
    "answerable": True,
    "sources": [{"path": "loi-fr.txt", "article": "3"}, {"path": "loi-ar.txt"}],
    "facts": [["1.000 à 5.000"]],
    "author": "tests",
    "checked_by": None,
}
UNANSWERABLE = LINE | {"id": "fr-002", "answerable": False, "sources": [], "facts": []}
HISTORY = [{"question": "Et la loi 77-01 ?", "answer_gist": "Elle fixe les règles."}, {"question": "Pour qui ?"}]


def file_of(folder: Path, *lines: dict[str, object], name: str = "some.jsonl") -> Path:
    """A question file with these lines."""
    path = folder / name
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def repeated(names: Iterable[str]) -> list[str]:
    """What comes more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def every_question(path: Path) -> tuple[GoldQuestion, ...]:
    """All questions of a file, as an index that holds every source would be asked."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return read_questions([path], [Source(gold["path"], "") for line in lines for gold in line["sources"]]).questions


@pytest.fixture(scope="module")
def project() -> list[GoldQuestion]:
    """The questions of all files of the project."""
    return [gold for file in default_questions() for gold in every_question(file)]


def test_every_line_of_every_file_is_a_question(project: list[GoldQuestion]) -> None:
    files = default_questions()
    assert {"core.jsonl", "starter.jsonl"} < {file.name for file in files}
    assert len(project) == sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def test_there_are_enough_questions_in_each_language(project: list[GoldQuestion]) -> None:
    answerable = Counter(gold.language for gold in project if gold.answerable)
    unanswerable = Counter(gold.language for gold in project if not gold.answerable)
    assert set(answerable) == set(unanswerable) == set(LANGUAGES)
    assert min(answerable.values()) >= 30
    assert answerable.total() >= 200
    assert unanswerable.total() >= 60


def test_ids_are_unique_over_all_files_and_carry_their_language(project: list[GoldQuestion]) -> None:
    assert repeated(gold.id for gold in project) == []
    unmarked = [gold.id for gold in project if not re.fullmatch(rf"([a-z]-)?{gold.language.lower()}-\d{{3}}", gold.id)]
    assert unmarked == []


def test_no_question_stands_twice(project: list[GoldQuestion]) -> None:
    assert repeated(f"{plain(gold.question)} {gold.history} {gold.as_of}" for gold in project) == []


def test_a_second_person_checked_every_question(project: list[GoldQuestion]) -> None:
    assert [gold.id for gold in project if not gold.author or gold.checked_by in {None, "", gold.author}] == []


def test_facts_and_sources_say_something_once(project: list[GoldQuestion]) -> None:
    facts = [(gold.id, fact) for gold in project for fact in gold.facts]
    assert [fact for fact in facts if not fact[1] or not all(map(plain, fact[1]))] == []
    assert [fact for fact in facts if repeated(fact[1])] == []
    assert [gold.id for gold in project if repeated(f"{source}" for source in gold.sources)] == []
    # A text that was repealed is no source of what holds now; what held then is asked with a day.
    assert [gold.id for gold in project if gold.paths & set(gold.superseded) and gold.as_of is None] == []


def test_a_group_asks_the_same_once_in_each_language_and_stays_in_one_split(project: list[GoldQuestion]) -> None:
    groups: dict[str, list[GoldQuestion]] = {}
    for gold in project:
        if gold.group:
            groups.setdefault(gold.group, []).append(gold)
    assert [name for name, golds in groups.items() if len({gold.split for gold in golds}) > 1] == []
    assert [name for name, golds in groups.items() if repeated(gold.language for gold in golds)] == []
    assert [name for name, golds in groups.items() if len({(str(g.sources), str(g.facts)) for g in golds}) > 1] == []
    assert [name for name, golds in groups.items() if len(golds) < 2] == []
    assert sum(len(golds) == len(LANGUAGES) for golds in groups.values()) >= 30


def test_both_splits_have_questions_of_every_language_with_and_without_answer(project: list[GoldQuestion]) -> None:
    asked = {(gold.split, gold.language, gold.answerable) for gold in project}
    assert len(asked) == 2 * len(LANGUAGES) * 2


def test_every_question_can_be_asked(project: list[GoldQuestion]) -> None:
    assert [gold.id for gold in project if understand(gold.as_question()).text != gold.question.strip()] == []


def test_a_line_is_read_field_by_field(tmp_path: Path) -> None:
    gold = every_question(file_of(tmp_path, LINE))[0]
    assert (gold.id, gold.language, gold.answerable, gold.checked_by) == ("fr-001", "fr", True, None)
    assert gold.sources == [GoldSource(path="loi-fr.txt", article="3"), GoldSource(path="loi-ar.txt", article=None)]
    assert gold.paths == {"loi-fr.txt", "loi-ar.txt"}
    assert gold.facts == [["1.000 à 5.000"]]


def test_a_question_is_asked_with_its_history_and_without_its_language(tmp_path: Path) -> None:
    question = every_question(file_of(tmp_path, LINE | {"history": HISTORY}))[0].as_question()
    assert question.text == "Quelle amende ?"
    assert question.history == (Turn("Et la loi 77-01 ?", "Elle fixe les règles."), Turn("Pour qui ?", ""))
    assert question.language is None


@pytest.mark.parametrize(
    ("held", "ids", "left_out"),
    [
        ([], [], 3),
        (["loi-fr.txt"], ["fr-001", "fr-002"], 1),
        (["loi-ar.txt", "other.txt"], ["fr-001", "fr-002"], 1),
        (["decret.txt", "loi-fr.txt", "loi-ar.txt"], ["fr-001", "fr-002", "fr-003"], 0),
        (["folder/loi-fr.txt"], [], 3),
    ],
)
def test_questions_without_an_indexed_source_are_left_out_and_counted(
    held: list[str], ids: list[str], left_out: int, tmp_path: Path
) -> None:
    other = LINE | {"id": "fr-003", "sources": [{"path": "decret.txt"}]}
    asked = read_questions([file_of(tmp_path, LINE, UNANSWERABLE, other)], [Source(path, "") for path in held])
    assert [gold.id for gold in asked.questions] == ids
    assert asked.left_out == left_out


def test_a_file_about_other_documents_is_left_out_whole(tmp_path: Path) -> None:
    ours, other = UNANSWERABLE | {"id": "fr-008"}, LINE | {"id": "fr-009", "sources": [{"path": "other.txt"}]}
    files = [file_of(tmp_path, LINE, UNANSWERABLE, name="a.jsonl"), file_of(tmp_path, other, ours, name="b.jsonl")]
    asked = read_questions(files, [Source("other.txt", "")])
    assert ([gold.id for gold in asked.questions], asked.left_out) == (["fr-009", "fr-008"], 2)


def test_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    one = file_of(tmp_path, UNANSWERABLE, name="one.jsonl")
    other = file_of(tmp_path, UNANSWERABLE | {"id": "fr-009"}, name="other.jsonl")
    assert [gold.id for gold in read_questions([other, one], []).questions] == ["fr-009", "fr-002"]
    assert read_questions([], []).questions == ()


def test_what_a_line_does_not_say_has_a_default(tmp_path: Path) -> None:
    gold = every_question(file_of(tmp_path, LINE))[0]
    assert (gold.superseded, gold.as_of, gold.group, gold.split) == ([], None, None, "dev")
    assert gold.cluster == "fr-001"


def test_a_group_is_one_cluster_and_a_day_goes_into_the_question(tmp_path: Path) -> None:
    line = LINE | {"group": "fine", "as_of": "2020-04-30", "split": "gate", "superseded": ["old.txt"]}
    gold = every_question(file_of(tmp_path, line))[0]
    assert (gold.cluster, gold.split, gold.superseded) == ("fine", "gate", ["old.txt"])
    assert gold.as_question().as_of == date(2020, 4, 30)


@pytest.mark.parametrize(
    "half",
    [
        LINE | {"facts": []},
        LINE | {"sources": []},
        LINE | {"answerable": False},
        LINE | {"answerable": False, "facts": []},
        LINE | {"answerable": False, "sources": []},
        UNANSWERABLE | {"answerable": True},
    ],
)
def test_only_answerable_questions_have_sources_and_facts_and_they_need_both(
    half: dict[str, object], tmp_path: Path
) -> None:
    path = file_of(tmp_path, half)
    with pytest.raises(ValueError, match=r"line 1 is not a valid question: [\s\S]*needs sources and facts"):
        read_questions([path], [])


def without(name: str) -> dict[str, object]:
    """LINE without one of its fields."""
    return {key: value for key, value in LINE.items() if key != name}


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (without("facts"), "facts"),
        (LINE | {"language": "es"}, "language"),
        (LINE | {"answerable": "perhaps"}, "answerable"),
        (LINE | {"sources": [{"article": "3"}]}, r"sources\.0\.path"),
        (LINE | {"history": [{"question": ""}]}, r"history\.0\.question"),
        (LINE | {"colour": "red"}, "colour"),
        (LINE | {"split": "test"}, "split"),
        (LINE | {"as_of": "yesterday"}, "as_of"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_field(bad: dict[str, object], fault: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, LINE, bad)
    with pytest.raises(ValueError, match=rf"^some\.jsonl line 2 is not a valid question: [\s\S]*\n{fault}\n"):
        read_questions([path], [])


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = file_of(tmp_path, LINE, LINE)
    path.write_text(path.read_text(encoding="utf-8") + "{not json\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^some\.jsonl line 3 is not a valid question: Expecting property name"):
        read_questions([path], [])


@pytest.mark.parametrize("character", ["\u2028", "\u0085"])
def test_only_a_line_feed_ends_a_line(character: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, UNANSWERABLE | {"question": f"Quelle{character}amende ?"})
    assert [gold.question for gold in read_questions([path], []).questions] == [f"Quelle{character}amende ?"]
