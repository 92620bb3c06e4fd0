"""Query parameters of routes: what is not known is refused, with what is."""

from typing import Annotated, Any, Final, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from api.faults import printed
from corpus.source import Kind
from rag.request import Day

MOST_DOCUMENTS = 200
_MOST_NAMED: Final = 5
_LARGEST_OFFSET: Final = 1 << 40
_Value = Annotated[str, Field(min_length=1, max_length=300)]


def _whole(received: object) -> object:
    return int(received) if isinstance(received, float) and received.is_integer() else received


WHOLE: Final = BeforeValidator(_whole)
"""In a strict JSON body, `3.0` is the whole number 3 (JSON Schema), and `"3"` or `true` is none."""


class Parameters(BaseModel):
    """Base of what stands after the `?` of an address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, received: Any) -> Any:  # noqa: ANN401  # as Pydantic hands it on
        unknown = [name for name in received if name not in cls.model_fields]
        if unknown:
            got = ", ".join(map(printed, unknown[:_MOST_NAMED]))
            raise ValueError(f"the query parameters {', '.join(cls.model_fields)} are known, got {got}")
        return received


class DocumentFilter(Parameters):
    """Which documents are listed, and how many at once."""

    kind: Kind | None = None
    issuer: Annotated[_Value | None, Field(description="As documents name it.", examples=["DGSSI", "البرلمان"])] = None
    language: Annotated[_Value | None, Field(examples=["fr", "ar"])] = None
    instrument: Annotated[
        _Value | None, Field(description="Number, as `09-08`, `09.08` or `٠٩.٠٨`.", examples=["09-08", "٠٩.٠٨"])
    ] = None
    in_force: Annotated[
        Literal["true", "false"] | None,
        Field(description="Whether the whole text is known to hold today, or known not to."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_DOCUMENTS)] = 50
    cursor: Annotated[
        str | None, Field(min_length=1, max_length=2000, description="`next_cursor` of the page before.")
    ] = None


class DetailOptions(Parameters):
    """What comes with a document; `as_of` is the day of the law, today where it is left out."""

    passages: Annotated[Literal["true", "false"], Field(description="Whether passages come with the articles.")] = (
        "true"
    )
    as_of: Annotated[Day | None, Field(examples=["2010-01-01"])] = None


class DayOption(Parameters):
    """The day of the law, today where it is left out."""

    as_of: Annotated[Day | None, Field(examples=["2010-01-01"])] = None


class QuotePlace(Parameters):
    """The quote to mark: `text[start:end]` of the stored text, as Python slices it; nothing where both are left out."""

    start: Annotated[int | None, Field(ge=0, le=_LARGEST_OFFSET)] = None
    end: Annotated[int | None, Field(ge=0, le=_LARGEST_OFFSET)] = None

    @property
    def span(self) -> tuple[int, int]:
        """An empty span where there is nothing to mark."""
        if self.start is None and self.end is None:
            return 0, 0
        return self.start or 0, _LARGEST_OFFSET if self.end is None else self.end


SourceId = Annotated[str, Path(min_length=1, max_length=300, description="`source_id` of a citation.")]
ArticleNumber = Annotated[
    str,
    Path(min_length=1, max_length=100, description="As people name it.", examples=["52", "7 bis", "المادة 52"]),
]
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]
