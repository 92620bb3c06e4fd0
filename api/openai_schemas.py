"""The shapes of the OpenAI-compatible door: what it takes, what it refuses, what it returns."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from rag.answer import Answer
from rag.question import LONGEST_QUESTION, MOST_TURNS, Question, Turn, has_words

SANAD: Final = "sanad"
QUOTES: Final = "sanad-quotes"
MODELS: Final = (SANAD, QUOTES)
_LONGEST_GIST: Final = 4000
_LONGEST_TEXT: Final = 32 * 1024
_WORDS: Final = {"type": "string", "pattern": r"\p{L}", "maxLength": LONGEST_QUESTION}
_QUESTION: Final = {
    "contains": {
        "required": ["role", "content"],
        "properties": {
            "role": {"const": "user"},
            "content": {
                "anyOf": [_WORDS, {"type": "array", "contains": {"required": ["text"], "properties": {"text": _WORDS}}}]
            },
        },
    }
}
"""What `messages` must hold, in JSON Schema."""
_MEANS_NOTHING: Final[tuple[object, ...]] = (None, False, [], {}, 1, {"type": "text"}, ["text"])


def _refused(value: object) -> object:
    # By type too: Python takes True for 1 and 0 for False.
    if not any(type(value) is type(nothing) and value == nothing for nothing in _MEANS_NOTHING):
        raise PydanticCustomError(
            "unsupported_parameter", "this service answers with text and citations only: leave this parameter out"
        )
    return value


Refused = Annotated[Any, AfterValidator(_refused), Field(json_schema_extra={"enum": list(_MEANS_NOTHING)})]
"""A parameter that would change what an answer is: accepted only with a value that does not."""


Text = Annotated[str, StringConstraints(max_length=_LONGEST_TEXT)]
"""With a limit, text that is no Unicode is refused too."""


class TextPart(BaseModel):
    """A part of a message. There are no parts but text."""

    model_config = ConfigDict(strict=True)

    type: Literal["text"]
    text: Text


class Message(BaseModel):
    """A message of the conversation. What a system or a developer says is not read: the sources decide."""

    model_config = ConfigDict(strict=True)

    role: Literal["system", "developer", "user", "assistant"]
    content: Text | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream tells besides the text."""

    model_config = ConfigDict(strict=True)

    include_usage: bool | None = None


class ChatRequest(BaseModel):
    """The last message of the user that has words is the question, earlier ones are its history.

    Parameters that shape how a model samples (`temperature`, `max_tokens`, `seed`, …) are accepted and change nothing.
    """

    model_config = ConfigDict(
        extra="ignore",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "model": SANAD,
                    "messages": [{"role": "user", "content": "هل يجب التبليغ عن حوادث الأمن السيبراني؟"}],
                }
            ]
        },
    )

    model: Annotated[str, StringConstraints(max_length=200)]
    messages: Annotated[list[Message], Field(min_length=1, json_schema_extra=_QUESTION)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Refused = None
    tools: Refused = None
    functions: Refused = None
    response_format: Refused = None
    modalities: Refused = None
    audio: Refused = None
    logprobs: Refused = None
    stop: Refused = None
    web_search_options: Refused = None

    @field_validator("messages")
    @classmethod
    def _asks(cls, messages: list[Message]) -> list[Message]:
        if not any(message.role == "user" for message in messages):
            raise PydanticCustomError("missing_question", "a message of the role user is needed: it is the question")
        return messages

    def as_question(self) -> Question:
        """The same as the chain takes it: the last turns of the conversation, each cut to what a turn may hold."""
        asked = [position for position, message in enumerate(self.messages) if message.role == "user"]
        last = next((position for position in reversed(asked) if has_words(self.messages[position].text)), asked[-1])
        turns: list[Turn] = []
        for message in self.messages[:last]:
            if message.role == "user" and message.text.strip():
                turns.append(Turn(message.text[:LONGEST_QUESTION]))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, message.text[:_LONGEST_GIST])
        return Question(self.messages[last].text, history=tuple(turns[-MOST_TURNS:]))


@dataclass(frozen=True, slots=True)
class UrlCitation:
    """`content[start_index:end_index]` is a marker `[n]`, counted in Unicode code points; `url` leads to its source."""

    start_index: int
    end_index: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A citation as OpenAI clients know it."""

    url_citation: UrlCitation
    type: Literal["url_citation"] = "url_citation"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """The answer in Markdown; `refusal` says in a sentence that it answers nothing, where it does not."""

    content: str
    refusal: str | None
    annotations: tuple[Annotation, ...]
    role: Literal["assistant"] = "assistant"


@dataclass(frozen=True, slots=True)
class Choice:
    """The one answer."""

    message: ChatMessage
    index: int = 0
    finish_reason: Literal["stop"] = "stop"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens are not counted: nobody pays for them here."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ChatCompletion:
    """An answer as OpenAI clients know it; `x_sanad` is the whole Answer of `POST /v1/ask`."""

    id: str
    created: int
    model: str
    choices: tuple[Choice, ...]
    x_sanad: Answer
    usage: Usage = Usage()
    object: Literal["chat.completion"] = "chat.completion"


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model that can be asked: `sanad` words answers as this server is set, `sanad-quotes` only ever quotes."""

    id: str
    created: int
    owned_by: str = "sanad"
    object: Literal["model"] = "model"


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models of `GET /v1/models`."""

    data: tuple[ModelView, ...]
    object: Literal["list"] = "list"
