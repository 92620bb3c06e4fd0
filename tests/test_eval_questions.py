"""Question files: the project's own are sound, and a bad line is named."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.source import Source
from evals.questions import GoldQuestion, GoldSource, default_questions, read_questions
from rag.answer import LANGUAGES
from rag.question import Turn

CORE = Path(__file__).parents[1] / "evals/questions/core.jsonl"
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


def every_question(path: Path) -> tuple[GoldQuestion, ...]:
    """All questions of a file, as an index that holds every source would be asked."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return read_questions([path], [Source(gold["path"], "") for line in lines for gold in line["sources"]]).questions


@pytest.fixture(scope="module")
def core() -> tuple[GoldQuestion, ...]:
    """The project's questions."""
    return every_question(CORE)


def test_every_line_of_the_core_set_is_valid(core: tuple[GoldQuestion, ...]) -> None:
    assert len(core) == len(CORE.read_text(encoding="utf-8").splitlines())
    assert len(core) >= 30


def test_ids_are_unique_and_carry_their_language(core: tuple[GoldQuestion, ...]) -> None:
    assert [name for name, count in Counter(gold.id for gold in core).items() if count > 1] == []
    assert [gold.id for gold in core if gold.id.rsplit("-", 1)[0] != gold.language.lower()] == []


def test_no_question_stands_twice(core: tuple[GoldQuestion, ...]) -> None:
    asked = Counter((gold.question, str(gold.history)) for gold in core)
    assert [question for question, count in asked.items() if count > 1] == []


def test_all_five_languages_are_asked_with_and_without_answer(core: tuple[GoldQuestion, ...]) -> None:
    asked = {(gold.language, gold.answerable) for gold in core}
    assert asked == {(language, answerable) for language in LANGUAGES for answerable in (True, False)}


def test_only_answerable_questions_have_sources_and_facts(core: tuple[GoldQuestion, ...]) -> None:
    assert [gold.id for gold in core if gold.answerable != bool(gold.sources)] == []
    assert [gold.id for gold in core if gold.answerable != bool(gold.facts)] == []
    assert [gold.id for gold in core for fact in gold.facts if not fact or not all(map(str.strip, fact))] == []


def test_every_core_question_can_be_asked(core: tuple[GoldQuestion, ...]) -> None:
    assert [gold.id for gold in core if gold.as_question().text != gold.question] == []


def test_the_core_set_is_among_the_default_files() -> None:
    assert CORE in default_questions()


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
        ([], ["fr-002"], 2),
        (["loi-fr.txt"], ["fr-001", "fr-002"], 1),
        (["loi-ar.txt", "other.txt"], ["fr-001", "fr-002"], 1),
        (["decret.txt", "loi-fr.txt", "loi-ar.txt"], ["fr-001", "fr-002", "fr-003"], 0),
        (["folder/loi-fr.txt"], ["fr-002"], 2),
    ],
)
def test_questions_without_an_indexed_source_are_left_out_and_counted(
    held: list[str], ids: list[str], left_out: int, tmp_path: Path
) -> None:
    other = LINE | {"id": "fr-003", "sources": [{"path": "decret.txt"}]}
    asked = read_questions([file_of(tmp_path, LINE, UNANSWERABLE, other)], [Source(path, "") for path in held])
    assert [gold.id for gold in asked.questions] == ids
    assert asked.left_out == left_out


def test_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    one = file_of(tmp_path, UNANSWERABLE, name="one.jsonl")
    other = file_of(tmp_path, UNANSWERABLE | {"id": "fr-009"}, name="other.jsonl")
    assert [gold.id for gold in read_questions([other, one], []).questions] == ["fr-009", "fr-002"]
    assert read_questions([], []).questions == ()


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
