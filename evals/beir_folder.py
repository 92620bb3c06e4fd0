"""Read a benchmark in the layout of BEIR: `corpus.jsonl`, `queries.jsonl` and judgements (qrels) beside them."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

CORPUS: Final = "corpus.jsonl"
QUERIES: Final = "queries.jsonl"
QRELS: Final = ("qrels.tsv", "qrels/test.tsv")
_HEADER: Final = ("query-id", "corpus-id", "score")


class BeirLine(BaseModel):
    """A document of the corpus or a query; fields that are not listed here are left alone."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str = Field(alias="_id", min_length=1)
    title: str | None = None
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grades, above 0, of the documents that answer it."""

    id: str
    text: str
    relevant: dict[str, int]

    @property
    def cluster(self) -> str:
        """Queries about one document are no independent observations."""
        return " ".join(sorted(self.relevant))


def read_corpus(folder: Path) -> list[BeirLine]:
    """The documents in their order. Raises ValueError with file, line and remedy, or FileNotFoundError."""
    return _items(folder / CORPUS)


def read_judged(folder: Path, documents: Set[str]) -> list[Judged]:
    """The queries that have a judgement above 0, which must be of one of `documents`.

    Raises ValueError with file, line and remedy, or FileNotFoundError.
    """
    queries = _items(folder / QUERIES)
    qrels = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if qrels is None:
        raise FileNotFoundError(f"judgements are needed in {folder}, found neither {' nor '.join(QRELS)}: add one")
    relevant = _relevant(qrels, {query.id for query in queries}, documents)
    return [Judged(query.id, query.text, relevant[query.id]) for query in queries if query.id in relevant]


def _items(file: Path) -> list[BeirLine]:
    items: dict[str, BeirLine] = {}
    for place, line in _lines(file):
        try:
            item = BeirLine.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = " ".join(map(str, first["loc"])) or "it"
            raise ValueError(
                f'{place} must be {{"_id": "…", "text": "…"}} with an optional title, but {where}: {first["msg"]}'
            ) from error
        if item.id in items:
            raise ValueError(f"{place}: each _id may stand once, {item.id!r} came before: rename or remove one")
        items[item.id] = item
    if not items:
        raise ValueError(f"{file} needs at least one line, found none: take a complete copy of the benchmark")
    return list(items.values())


def _relevant(file: Path, queries: Set[str], documents: Set[str]) -> dict[str, dict[str, int]]:
    """Grades above 0 by query and document."""
    relevant: dict[str, dict[str, int]] = {}
    lines = _lines(file)
    place, header = next(lines, (f"{file} line 1", ""))
    if tuple(header.split("\t")) != _HEADER:
        raise ValueError(f"{place} must be the header {' '.join(_HEADER)}, parted by tabs, got {header!r}: add it")
    for place, line in lines:
        query, document, grade = _judgement(place, line)
        if grade <= 0:
            continue
        for kind, name, known in (("query", query, queries), ("document", document, documents)):
            if name not in known:
                raise ValueError(f"{place} judges the {kind} {name!r}, which is not there: take files of one benchmark")
        relevant.setdefault(query, {})[document] = grade
    if not relevant:
        raise ValueError(f"{file} needs at least one score above 0, found none: take a complete copy of the benchmark")
    return relevant


def _judgement(place: str, line: str) -> tuple[str, str, int]:
    try:
        query, document, grade = line.split("\t")
        return query, document, int(grade)
    except ValueError as error:
        raise ValueError(
            f"{place} must be a query, a document and a whole number, parted by tabs, got {line!r}: correct it"
        ) from error


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """Each line that is not blank, with its place for an error."""
    if not file.is_file():
        raise FileNotFoundError(f"a benchmark needs {file}, which does not exist: check the spelling of the folder")
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data.count(b"\n", 0, error.start)
        raise ValueError(f"{file} line {before + 1} must be UTF-8, but {error.reason}: save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{file} line {number}", line.rstrip("\r")
