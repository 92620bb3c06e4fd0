"""Query parameters of routes: what is not known is refused, with what is."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpus.source import Kind

MOST_DOCUMENTS = 200
_Value = Annotated[str, Field(min_length=1, max_length=300)]


class Parameters(BaseModel):
    """Base of what stands after the `?` of an address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, received: Any) -> Any:  # noqa: ANN401  # as Pydantic hands it on
        unknown = [name for name in received if name not in cls.model_fields]
        if unknown:
            raise ValueError(f"the query parameters {', '.join(cls.model_fields)} are known, got {', '.join(unknown)}")
        return received


class DocumentFilter(Parameters):
    """Which documents are listed, and how many at once."""

    kind: Kind | None = None
    issuer: Annotated[_Value | None, Field(description="As documents name it.", examples=["DGSSI"])] = None
    language: Annotated[_Value | None, Field(examples=["ar"])] = None
    instrument: Annotated[
        _Value | None, Field(description="Number, as `09-08`, `09.08` or `٠٩.٠٨`.", examples=["09-08"])
    ] = None
    in_force: Annotated[
        Literal["true", "false"] | None,
        Field(description="Whether the whole text is known to hold today, or known not to."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_DOCUMENTS)] = 50
    cursor: Annotated[str | None, Field(max_length=2000, description="`next_cursor` of the page before.")] = None


class DetailOptions(Parameters):
    """What comes with a document; `as_of` is the day of the law, today where it is left out."""

    passages: Annotated[Literal["true", "false"], Field(description="Whether passages come with the articles.")] = (
        "true"
    )
    as_of: Annotated[date | None, Field(examples=["2010-01-01"])] = None


class DayOption(Parameters):
    """The day of the law, today where it is left out."""

    as_of: Annotated[date | None, Field(examples=["2010-01-01"])] = None


class QuotePlace(Parameters):
    """The quote to mark: `text[start:end]` of the stored text; nothing is marked where both are left out."""

    start: Annotated[int | None, Field(ge=0, le=1 << 40)] = None
    end: Annotated[int | None, Field(ge=1, le=1 << 40)] = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are needed together, got one of them: add the other")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"end must be above start, got {self.start} and {self.end}: swap or correct them")
        return self
