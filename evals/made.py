"""How a run was made: index, models, versions, machine and settings, saved with its scores."""

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from evals.record import Made
from index.files import sha256_of
from index.search import Index

_PACKAGES: Final = (
    "bm25s", "faiss-cpu", "ir-measures", "langchain-core", "numpy", "ragas", "scipy", "sentence-transformers", "torch",
)  # fmt: skip


def made_with(index: Index, settings: Mapping[str, str]) -> Made:
    """The circumstances of a run that begins now. The fingerprint is that of the texts and passages of the index."""
    return Made(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        index=index.generation,
        fingerprint=sha256_of(index.store.path)[:16],
        documents=index.manifest.documents,
        embedder=index.manifest.embedder,
        commit=_commit(),
        machine=f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        versions={name: found for name in _PACKAGES if (found := _version(name))},
        settings=dict(settings),
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> str | None:
    """The commit of the code, with `-dirty` when it was changed since; None where it does not lie in a repository."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        found = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None
