"""Routes for those who watch the service."""

from fastapi import APIRouter

from api.backend import Backend
from api.schemas import Readiness


def health(backend: Backend) -> APIRouter:
    """`/healthz` and `/readyz`."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "alive"}

    @router.get("/readyz")
    def readyz() -> Readiness:
        """A verified index is loaded and questions are answered from it."""
        index = backend.index
        manifest = index.manifest
        return Readiness(
            ready=True,
            index=index.generation,
            created=manifest.created,
            documents=manifest.documents,
            passages=sum(manifest.passages.values()),
            embedder=manifest.embedder,
            today=backend.today(),
        )

    return router
