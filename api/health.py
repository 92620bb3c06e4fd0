"""Routes for those who watch the service: is it alive, can it answer, what is it."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Literal

from fastapi import APIRouter

from api.backend import Backend
from rag.model_state import ModelState

_PACKAGE: Final = "sanad-digital-policy"


@dataclass(frozen=True, slots=True)
class Readiness:
    """That questions are answered, from which index, and whether a language model words the answers."""

    ready: Literal[True]
    language_model: ModelState
    index: str
    created: str
    documents: int
    passages: int
    embedder: str
    today: date


@dataclass(frozen=True, slots=True)
class Running:
    """What runs: the package, the commit that it was built from where that is known, the index, the embedder."""

    version: str
    commit: str | None
    index: str
    embedder: str


def health(backend: Backend) -> APIRouter:
    """`/livez`, `/readyz` and `/version`. Neither waits in the queue of questions, nor needs a key."""
    router = APIRouter(tags=["health"])
    index, manifest = backend.index, backend.index.manifest

    @router.get("/livez")
    def livez() -> dict[str, str]:
        """The process is alive; nothing else is looked at."""
        return {"status": "alive"}

    @router.get("/readyz")
    def readyz() -> Readiness:
        """An index, verified when it was opened, answers questions.

        Without the language model answers are quotes, so that its absence is told and fails nothing.
        """
        index = backend.index
        manifest = index.manifest
        return Readiness(
            ready=True,
            language_model=backend.language_model(),
            index=index.generation,
            created=manifest.created,
            documents=manifest.documents,
            passages=sum(manifest.passages.values()),
            embedder=manifest.embedder,
            today=backend.today(),
        )

    @router.get("/version")
    def running() -> Running:
        """What runs here."""
        return Running(_version(), backend.commit, index.generation, manifest.embedder)

    return router


def _version() -> str:
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:  # run from a checkout
        return "not installed"
