"""The search as a LangChain retriever, for chains that other people build."""

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.hit import Hit
from index.search import Index
from rag.chain import query_of
from rag.question import Question, understand


class SanadRetriever(BaseRetriever):
    """Understands a question and returns its best passages, each with what a pinpoint citation needs."""

    search: Callable[[str], list[Hit]]

    @classmethod
    def over(cls, index: Index, top_k: int = 5) -> "SanadRetriever":
        """A retriever of the `top_k` best passages of an open index."""
        return cls(search=lambda text: index.search(query_of(understand(Question(text))), top_k))

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.search(query)]


def _document(hit: Hit) -> Document:
    metadata = {
        "source_id": hit.source.id,
        "source_path": hit.source.path,
        "title": hit.source.title,
        "article": hit.passage.article,
        "page": hit.passage.page,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "language": hit.passage.language,
        "score": hit.score.total,
    }
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
