"""Many questions from a JSON Lines file to a file of answers, one line each, in the same order."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from langchain_core.runnables import Runnable
from pydantic import ValidationError

from rag.answer import Answer
from rag.question import Question
from rag.request import BatchLine


def answer_file(
    chain: Runnable[Question, Answer], questions: Path, answers: Path, progress: Callable[[int, int], None]
) -> tuple[int, int]:
    """Answer every line of `questions` into `answers`; returns how many were answered and how many were bad lines.

    A bad line becomes an error object on its line, with its `id` where it has one, and the rest goes on.
    """
    lines = [line for line in questions.read_text(encoding="utf-8").split("\n") if line.strip()]
    bad = 0
    with answers.open("w", encoding="utf-8") as out:
        for done, result in enumerate(_results(chain, lines), start=1):
            bad += "error" in result
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
            progress(done, len(lines))
    return len(lines) - bad, bad


def _results(chain: Runnable[Question, Answer], lines: Iterable[str]) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines, start=1):
        try:
            asked = BatchLine.model_validate_json(line)
            yield replace(chain.invoke(asked.as_question()), id=asked.id).as_json()
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors()]
            yield _error(line, number, "; ".join(problems))
        except ValueError as error:
            yield _error(line, number, str(error))


def _error(line: str, number: int, message: str) -> dict[str, object]:
    return {"id": _id_of(line), "error": {"line": number, "message": message}}


def _id_of(line: str) -> str | None:
    try:
        parsed = json.loads(line)
    except json.JSONDecodeError:
        return None
    found = parsed.get("id") if isinstance(parsed, dict) else None
    return found if isinstance(found, str) else None
