"""Questions with gold: what a right answer must cite and contain, or that there is none."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

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
    """One line of a question file.

    Each of `facts` lists spellings of which one must be shown. `superseded` are sources whose text on the matter was
    repealed or replaced; `group` names what is asked in several languages; only `dev` questions may be tuned on.
    """

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
    superseded: list[str] = []
    as_of: date | None = None
    group: str | None = None
    split: Literal["dev", "gate"] = "dev"
    author: str
    checked_by: str | None
    note: str = ""

    @model_validator(mode="after")
    def _gold_is_whole(self) -> Self:
        if not self.answerable == bool(self.sources) == bool(self.facts):
            raise ValueError("an answerable question needs sources and facts, an unanswerable one has neither")
        return self

    def as_question(self) -> Question:
        """As a front end would ask it; the language is left for Sanad to recognise."""
        return AskRequest(question=self.question, history=self.history, as_of=self.as_of).as_question()

    @property
    def cluster(self) -> str:
        """Questions of one cluster are no independent observations: they ask the same in several languages."""
        return self.group or self.id

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

    A file none of whose questions has a source in the index is left out whole: it is about other documents, which
    may answer what it calls unanswerable. Raises ValueError with file, line and field when a line is not valid.
    """
    held = {source.path for source in sources}
    kept: list[GoldQuestion] = []
    left_out = 0
    for file in files:
        questions = _read(file)
        about = not any(question.answerable for question in questions) or any(
            question.paths & held for question in questions
        )
        chosen = [question for question in questions if about and (not question.answerable or question.paths & held)]
        kept += chosen
        left_out += len(questions) - len(chosen)
    return Asked(tuple(kept), left_out)


def _read(file: Path) -> list[GoldQuestion]:
    questions = []
    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in ((number, line) for number, line in enumerate(lines, start=1) if line.strip()):
        try:
            questions.append(GoldQuestion.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise ValueError(f"{file.name} line {number} is not a valid question: {error}") from error
    return questions
