"""The search as other people's LangChain chains see it."""

from index.search import Index
from rag.retriever import SanadRetriever


def test_documents_carry_what_a_pinpoint_citation_needs(index: Index) -> None:
    documents = SanadRetriever.over(index, top_k=2).invoke("Quelle amende sans déclaration ?")
    cited = {(document.metadata["source_path"], document.metadata["article"]) for document in documents}
    assert cited == {("loi-77-01-fr.txt", "3"), ("loi-77-01-ar.txt", "3")}
    for document in documents:
        stored = index.store.text(document.metadata["source_id"]) or ""
        assert stored[document.metadata["start"] : document.metadata["end"]] == document.page_content
