"""Questions with gold: what a right answer must cite and contain, or that there is none."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.source import Source
from rag.answer import Language
from rag.question import Question
from rag.request import AskRequest, TurnRequest

FOLDER: Final = Path(__file__).parent / "questions"


class GoldSource(BaseModel):
    """A source that answers, and its article where it has numbered ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    article: str | None = None


class GoldQuestion(BaseModel):
    """One line of a question file. Each of `facts` lists spellings of which one must be shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    language: Language
    kind: str
    audience: str
    history: list[TurnRequest]
    answerable: bool
    sources: list[GoldSource]
    facts: list[list[str]]
    author: str
    checked_by: str | None

    def as_question(self) -> Question:
        """As a front end would ask it; the language is left for Sanad to recognise."""
        return AskRequest(question=self.question, history=self.history).as_question()

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(source.path for source in self.sources)


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that can be asked of an index, and how many could not because their sources are not in it."""

    questions: tuple[GoldQuestion, ...]
    left_out: int


def default_questions() -> list[Path]:
    """All question files of the project."""
    return sorted(FOLDER.glob("*.jsonl"))


def read_questions(files: Sequence[Path], sources: Iterable[Source]) -> Asked:
    """Read question files, leaving out answerable questions of which the index holds no gold source.

    Raises ValueError with file, line and field when a line is not valid.
    """
    held = {source.path for source in sources}
    everything = [question for file in files for question in _read(file)]
    kept = tuple(question for question in everything if not question.answerable or question.paths & held)
    return Asked(kept, len(everything) - len(kept))


def _read(file: Path) -> list[GoldQuestion]:
    questions = []
    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in ((number, line) for number, line in enumerate(lines, start=1) if line.strip()):
        try:
            questions.append(GoldQuestion.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise ValueError(f"{file.name} line {number} is not a valid question: {error}") from error
    return questions
