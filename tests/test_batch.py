"""Batch files: one answer or error a line, in order, with the same ids."""

import json
from pathlib import Path

from langchain_core.runnables import Runnable

from rag.answer import Answer
from rag.batch import answer_file
from rag.question import Question

Chain = Runnable[Question, Answer]
LINES = [
    '{"id": "a", "question": "Quelle amende sans déclaration ?"}',
    '{"id": "b", "question": ""}',
    "not json",
    '{"id": "c", "question": "…"}',
    '{"id": "d", "question": "الغرامة دون تصريح", "language": null, "as_of": "2026-01-01", "history": []}',
    '{"id": "e", "question": "Et le délai ?", "history": [{"question": "Loi 77-01 ?", "answer_gist": "x"}], "tag": 1}',
]


def run(chain: Chain, folder: Path) -> tuple[list[dict[str, object]], tuple[int, int]]:
    asked, answers = folder / "in.jsonl", folder / "out.jsonl"
    asked.write_text("\n".join(LINES), encoding="utf-8")
    counts = answer_file(chain, asked, answers, lambda *_: None)
    return [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()], counts


def test_each_line_gets_its_answer_or_its_error(chain: Chain, tmp_path: Path) -> None:
    results, counts = run(chain, tmp_path)
    assert [result["id"] for result in results] == ["a", "b", None, "c", "d", "e"]
    assert ["error" in result for result in results] == [False, True, True, True, False, False]
    assert counts == (3, 3)


def test_errors_say_the_line_and_what_is_wrong(chain: Chain, tmp_path: Path) -> None:
    results, _ = run(chain, tmp_path)
    assert results[1]["error"] == {"line": 2, "message": "question: String should have at least 1 character"}
    assert "a question needs words" in str(results[3]["error"])


def test_an_answer_has_the_shape_that_is_documented(chain: Chain, tmp_path: Path) -> None:
    results, _ = run(chain, tmp_path)
    assert set(results[0]) == {
        "id", "question", "language", "direction", "status", "answer", "sentences", "citations", "confidence",
        "suggestions", "as_of", "engine", "timings_ms", "dropped",
    }  # fmt: skip
    assert results[4]["as_of"] == "2026-01-01"
