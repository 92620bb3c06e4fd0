"""The route that checks a citation, whoever made it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.backend import Backend
from api.document_views import StandingView, standing_view
from api.parameters import WHOLE
from index.search import Index
from rag.request import Day
from rag.verification import Claim, Found, Reference, Verdict, verify

_Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
_TEXTS: Final = ("source_id", "source_path", "instrument")
"""Each names a text; one at least is needed."""
_Offset = Annotated[int, Field(ge=0, le=1 << 40), WHOLE]


class ReferenceRequest(BaseModel):
    """The text that a quote is said to be from: a document by its id or path, or an instrument by its number."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "anyOf": [{"required": [name], "properties": {name: {"type": "string"}}} for name in _TEXTS]
        },
    )

    source_id: _Name | None = None
    source_path: _Name | None = None
    instrument: Annotated[_Name | None, Field(description="Number, as `09-08`, `09.08` or `٠٩.٠٨`.")] = None
    article: Annotated[_Name | None, Field(description="As `52`, `7 bis`, `premier` or `المادة 52`.")] = None
    language: _Name | None = None

    @model_validator(mode="after")
    def _names_a_text(self) -> Self:
        if all(getattr(self, name) is None for name in _TEXTS):
            raise ValueError("a source_id, a source_path or the number of an instrument is needed, got none: add one")
        return self


class VerificationRequest(BaseModel):
    """A quote, the text that it is said to be from, where it is said to stand there, and the day of the law."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "quote": "Est puni d'une amende de 10.000 à 100.000 DH",
                    "reference": {"instrument": "09-08", "article": "52", "language": "fr"},
                },
                {
                    "quote": "يعاقب بغرامة من 10.000 إلى 100.000 درهم",
                    "reference": {"instrument": "09.08", "article": "المادة 52", "language": "ar"},
                    "as_of": "2020-01-01",
                },
            ]
        },
    )

    quote: Annotated[
        str,
        StringConstraints(min_length=3, max_length=20_000),
        Field(json_schema_extra={"pattern": r"[\p{L}\p{N}]"}),
    ]
    reference: ReferenceRequest
    start: _Offset | None = None
    end: _Offset | None = None
    as_of: Day | None = None

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not any(map(str.isalnum, self.quote)):
            raise ValueError(f"a quote needs words, got {self.quote[:40]!r}: send the words that are cited")
        return self

    def as_claim(self) -> Claim:
        """The same as it is verified."""
        return Claim(self.quote, Reference(**self.reference.model_dump()), self.start, self.end)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where the words stand: `text` is `stored_text[start:end]`; `as_cited` where this is the place that was named."""

    source_id: str
    source_path: str
    language: str | None
    instrument: str | None
    article: str | None
    page: int | None
    start: int
    end: int
    text: str
    as_cited: bool
    standing: StandingView


@dataclass(frozen=True, slots=True)
class VerificationResponse:
    """What is known of a quote.

    `verbatim`: the words stand in that text character for character. `similar`: they do but for spaces, case, accents,
    quotation marks or Arabic variants, and `text` has the stored ones. `absent`: they do not. `not_held`: the index
    holds no such text, so that nothing is known. `places`, at most 20, begin with those that stand where the reference
    says; `searched` are the ids of the documents that were read.
    """

    verdict: Verdict
    places: tuple[PlaceView, ...]
    searched: tuple[str, ...]
    index: str


def citations(backend: Backend) -> APIRouter:
    """`/v1/citations`."""
    router = APIRouter(prefix="/v1/citations", tags=["citations"])

    @router.post("/verify")
    def verified(request: VerificationRequest) -> VerificationResponse:
        """Whether a quote stands in the text that it is said to be from, and whether that is in force on a day."""
        index, day = backend.index, request.as_of or backend.today()
        outcome = verify(request.as_claim(), index)
        places = tuple(_place_view(index, place, day) for place in outcome.places)
        return VerificationResponse(outcome.verdict, places, outcome.searched, index.generation)

    return router


def _place_view(index: Index, place: Found, day: date) -> PlaceView:
    source = place.source
    return PlaceView(
        source_id=source.id,
        source_path=source.path,
        language=source.language,
        instrument=source.instrument.number if source.instrument else None,
        article=place.article,
        page=place.page,
        start=place.start,
        end=place.end,
        text=place.text,
        as_cited=place.as_cited,
        standing=standing_view(index, source, place.article, day),
    )
