"""Routes to the documents behind the answers."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import PlainTextResponse

from api.backend import Backend
from api.schemas import DocumentDetail, DocumentList, document_view, passage_view
from corpus.source import Kind


def documents(backend: Backend) -> APIRouter:
    """`/v1/documents`."""
    router = APIRouter(prefix="/v1/documents", tags=["documents"])

    @router.get("")
    def listed(
        kind: Annotated[Kind | None, Query()] = None, language: Annotated[str | None, Query()] = None
    ) -> DocumentList:
        """What the index holds, filtered by kind and language where they are given."""
        chosen = [
            source
            for source in backend.index.sources.values()
            if (kind is None or source.kind == kind) and (language is None or source.language == language)
        ]
        return DocumentList(tuple(map(document_view, chosen)), backend.index.generation)

    @router.get("/{source_id}")
    def document(source_id: str) -> DocumentDetail:
        """One document with its passages."""
        stored = backend.index.store.document(source_id)
        if stored is None:
            raise _unknown(source_id)
        passages = tuple(map(passage_view, stored.document.passages))
        return DocumentDetail(document_view(stored.document.source), passages, len(stored.document.text))

    @router.get("/{source_id}/text", response_class=PlainTextResponse)
    def text(source_id: str) -> str:
        """The stored text, exactly as citations index it."""
        found = backend.index.store.text(source_id)
        if found is None:
            raise _unknown(source_id)
        return found

    return router


def _unknown(source_id: str) -> HTTPException:
    return HTTPException(404, f"a document id of the index is needed, got {source_id!r}: see GET /v1/documents")
