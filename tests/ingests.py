"""Ingests of the small corpus with fakes, and what the tests of them look at."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import BuildReport, build
from index.embedder import FloatArray
from index.generation import STORE, current
from index.store import Store
from tests.fakes import FakeEmbedder, tools

LAW_FR, LAW_AR, PRESS = "loi-77-01-fr.txt", "loi-77-01-ar.txt", "press-en.md"


@dataclass
class BrokenEmbedder(FakeEmbedder):
    """Fails at every passage."""

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        raise RuntimeError(f"no memory for {len(texts)} passages")


def ingest(
    served: Path, *paths: Path, embedder: FakeEmbedder | None = None, rebuild: bool = False, pruned: bool = False
) -> BuildReport:
    """An ingest without a progress bar."""
    return build(paths, served, tools(embedder), rebuild=rebuild, pruned=pruned)


def statuses(report: BuildReport) -> dict[str, str]:
    """What became of each file."""
    return {outcome.path: outcome.status for outcome in report.outcomes}


def store(served: Path) -> Store:
    """The store in use."""
    return Store(current(served) / STORE)


def paths(served: Path) -> list[str]:
    """Paths of the documents in use."""
    return [source.path for source in store(served).sources().values()]


def embedded_passages(embedder: FakeEmbedder) -> list[str]:
    """What was embedded for the index: each with its context in the line before it, unlike the probes of the scale."""
    return [text for text in embedder.embedded if "\n" in text]


def write_catalogue(folder: Path, lines: Sequence[Mapping[str, object]]) -> None:
    """Write `lines` as the catalogue of `folder`."""
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "catalogue.jsonl").write_text(text, encoding="utf-8")


def folder_of(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these texts in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change_press(folder: Path) -> None:
    """Give the press piece another sentence."""
    (folder / PRESS).write_text("# Trade fair\n\nThe fair closed on Friday after a week of meetings.", encoding="utf-8")
