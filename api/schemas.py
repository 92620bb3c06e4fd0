"""What the API takes besides questions, and returns besides the Answer."""

from dataclasses import dataclass
from typing import Annotated, Final, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.document_views import DocumentView, PassageView, document_view, passage_view
from api.parameters import WHOLE
from index.hit import Hit
from rag.answer import Language, Status
from rag.feedback import LONGEST_COMMENT, Cited, Feedback, Reason
from rag.question import MOST_TURNS
from rag.request import AskRequest, QuestionText

MOST_HITS = 50
_MOST_CITED: Final = 50
_MOST_REASONS: Final = len(get_args(Reason))
_Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class AnswerRequest(AskRequest):
    """A question that is answered at once, or with `stream` in drafts as they grow (server-sent events)."""

    stream: bool = False


class SearchRequest(AskRequest):
    """A question whose best passages are wanted without an answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "délai de réponse de la CNDP"},
                {"question": "الغرامة عن عدم التصريح لدى اللجنة الوطنية", "top_k": 3},
            ]
        },
    )

    top_k: Annotated[int, Field(ge=1, le=MOST_HITS), WHOLE] = 10


class CitedRequest(BaseModel):
    """Two fields of a citation of the judged answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    source_path: _Name
    article: _Name | None = None


class FeedbackRequest(BaseModel):
    """What a reader thought of an answer, with the fields of that answer that a maintainer needs to ask it again."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c6a1e9d3b4c7f8a2e1d0b9c8a7f6e",
                    "question": "Quelle amende risque-t-on sans déclaration à la CNDP ?",
                    "language": "fr",
                    "status": "answered",
                    "useful": False,
                    "reasons": ["out_of_date"],
                    "comment": "Le montant a changé.",
                    "cited": [{"source_path": "loi-09-08-fr.txt", "article": "52"}],
                    "index": "gen-000001",
                    "generator": "quotes",
                },
                {
                    "id": "0c1d2e3f4a5b4c6d8e9f0a1b2c3d4e5f",
                    "question": "هل يجب التبليغ عن حوادث الأمن السيبراني؟",
                    "language": "ar",
                    "status": "answered",
                    "useful": True,
                    "index": "gen-000001",
                    "generator": "quotes",
                },
            ]
        },
    )

    id: _Name
    question: QuestionText
    history: list[QuestionText] = Field(default_factory=list, max_length=MOST_TURNS)
    language: Language
    status: Status
    useful: bool
    reasons: list[Reason] = Field(default_factory=list, max_length=_MOST_REASONS)
    comment: str = Field(default="", max_length=LONGEST_COMMENT)
    cited: list[CitedRequest] = Field(default_factory=list, max_length=_MOST_CITED)
    index: _Name
    generator: _Name

    def as_feedback(self) -> Feedback:
        """The same as the log takes it, judged now."""
        return Feedback(
            id=self.id,
            question=self.question,
            language=self.language,
            status=self.status,
            useful=self.useful,
            index=self.index,
            generator=self.generator,
            history=tuple(self.history),
            reasons=tuple(dict.fromkeys(self.reasons)),
            comment=self.comment,
            cited=tuple(Cited(cited.source_path, cited.article) for cited in self.cited),
        )


@dataclass(frozen=True, slots=True)
class FeedbackReceipt:
    """The id of the answer whose judgement is kept."""

    id: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A passage found, its document, and the parts of its score; `shares` are what each gives to it."""

    document: DocumentView
    passage: PassageView
    score: float
    dense: float
    words: float
    coverage: float
    reference: float
    headnote: float
    shares: dict[str, float]
    in_force: bool | None


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Best hits first, from the index generation that is named."""

    hits: tuple[HitView, ...]
    index: str


def source_url(url: str | None, source_id: str) -> str:
    """Where a document was published, else its path in this API."""
    return url if url and url.startswith(("https://", "http://")) else f"/v1/documents/{source_id}"


def hit_view(hit: Hit) -> HitView:
    """A hit as the API shows it."""
    score = hit.score
    parts = (score.total, score.dense, score.words, score.coverage, score.reference, score.headnote)
    shares = {name: round(share, 3) for name, share in score.shares}
    return HitView(document_view(hit.source), passage_view(hit.passage), *parts, shares, hit.standing.in_force)
