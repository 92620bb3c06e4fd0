"""Questions as they come from outside, in JSON: one shape for the API, batch files and evaluation sets."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from corpus.source import Kind
from rag.answer import Language
from rag.question import LONGEST_QUESTION, MOST_TURNS, Question, Turn

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(received: object) -> object:
    """Refuses what a lenient reader takes for a day: `0`, `20200101`, a time of day."""
    if isinstance(received, str) and not _DAY.fullmatch(received) or isinstance(received, int | float):
        raise PydanticCustomError("date_parsing", "a day of the form YYYY-MM-DD is needed")
    return received


QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]
LanguageName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
AskedText = Annotated[QuestionText, Field(json_schema_extra={"pattern": r"\p{L}"})]
"""A question has a letter; `rag.question` says so in words that a reader understands."""
Day = Annotated[date, Field(strict=False), BeforeValidator(_as_written)]
"""A day as `YYYY-MM-DD`, and in no other form."""


class TurnRequest(BaseModel):
    """An earlier question of the conversation and the gist of its answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: QuestionText
    answer_gist: str = Field(default="", max_length=4000)


class AskRequest(BaseModel):
    """A question with its optional history, language and day for which the answer should hold."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {"question": "Quelle amende risque-t-on sans déclaration à la CNDP ?"},
                {"question": "هل يجب التبليغ عن حوادث الأمن السيبراني؟", "language": "ar"},
                {
                    "question": "Et pour une personne morale ?",
                    "history": [{"question": "Quelle amende risque-t-on sans déclaration à la CNDP ?"}],
                },
            ]
        },
    )

    question: AskedText
    history: list[TurnRequest] = Field(default_factory=list, max_length=MOST_TURNS)
    language: Language | None = None
    as_of: Day | None = None
    kinds: list[Kind] = Field(default_factory=list)
    source_languages: list[LanguageName] = Field(default_factory=list, max_length=20)

    def as_question(self) -> Question:
        """The same as the chain takes it."""
        return Question(
            text=self.question,
            history=tuple(Turn(turn.question, turn.answer_gist) for turn in self.history),
            language=self.language,
            as_of=self.as_of,
            kinds=tuple(self.kinds),
            source_languages=tuple(self.source_languages),
        )


class BatchLine(AskRequest):
    """A line of a batch file: a question with the id that its answer will carry; what else stands on it is ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
