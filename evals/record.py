"""A run of questions, as it is saved, compared and shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from evals.questions import GoldQuestion
from evals.reference import Reference
from rag.answer import Answer

Scores = dict[str, float]
"""By name; a score that does not apply to a question is absent, never `nan`."""

Diagnosis = Literal["right", "not_retrieved", "not_chosen", "cut", "wrongly_refused", "invented", "rightly_refused"]

RUN_FILE: Final = "run.json"


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, as far as a report shows it; `gold` when it is of a gold source and article."""

    path: str
    article: str | None
    passage_id: str
    score: float
    gold: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One question with what was found, what was said, and how right that was.

    `contexts` are the texts of the first passages, `reference` is what should have been said.
    """

    gold: GoldQuestion
    found: tuple[Found, ...]
    answer: Answer
    scores: Scores
    diagnosis: Diagnosis
    contexts: tuple[str, ...] = ()
    reference: Reference = Reference()


@dataclass(frozen=True, slots=True)
class Made:
    """How a run was made: enough to repeat it, or to see why another differs."""

    when: str
    index: str
    fingerprint: str
    documents: int
    embedder: str
    commit: str | None
    machine: str
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """All records of a run; `left_out` counts the questions of which no source is indexed."""

    made: Made
    records: tuple[Record, ...]
    left_out: int = 0


_RUN: Final = TypeAdapter(Run)


def save_run(run: Run, folder: Path) -> Path:
    """Write the run into `folder` and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / RUN_FILE
    file.write_bytes(_RUN.dump_json(run, indent=1))
    return file


def load_run(place: Path) -> Run:
    """Read a run from its folder or file. Raises ValueError when it is none, FileNotFoundError when there is none."""
    file = place / RUN_FILE if place.is_dir() else place
    if not file.is_file():
        raise FileNotFoundError(f"a saved run is needed, got {place}: `sanad eval` writes one")
    try:
        return _RUN.validate_json(file.read_bytes())
    except ValidationError as error:
        raise ValueError(
            f"{file} is not a saved run of this version ({error.error_count()} faults): run it again"
        ) from error


def records_of(records: Sequence[Record], language: str | None) -> list[Record]:
    """The records of one language, or all."""
    return [record for record in records if language in {None, record.gold.language}]
