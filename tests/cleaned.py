"""Short pages through the whole cleaning, for the tests of each part of it."""

from ingest.document import Page
from ingest.repair.cleaning import CleanText, clean


def cleaned(*texts: str) -> CleanText:
    """`texts` as the pages of one document, numbered from 1."""
    return clean([Page(number, text) for number, text in enumerate(texts, start=1)])


def body(text: str) -> str:
    return "\n".join(block.text for block in cleaned(text).blocks if block.role == "body")


def repairs(text: str) -> dict[str, int]:
    return {repair.name: repair.count for repair in cleaned(text).repairs}
