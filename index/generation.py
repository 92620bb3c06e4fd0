"""Generations: complete, checksummed, read-only index folders, of which one is current.

Layout of an index folder: `CURRENT` names the generation in use; `gen-000001/` holds `store.sqlite`, one folder
a pool, the headnotes, the leanings of languages, and `manifest`, written last. Protocol after Lucene's commits: a
generation is written under another name, synced, renamed, and only then named in `CURRENT`; readers keep the one they
opened.
"""

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.files import sha256_of, sync_file, write_atomically

FORMAT_VERSION: Final = 5
CURRENT: Final = "CURRENT"
STORE: Final = "store.sqlite"
POOLS: Final = "pools"
HEADNOTES: Final = "headnotes"
LEANINGS: Final = "leanings.json"
_MANIFEST: Final = "manifest"
_KEPT: Final = 2
_REBUILD: Final = "run `sanad ingest --rebuild PATH`"


class UnusableIndexError(RuntimeError):
    """Base of what can be wrong with an index on disk; the message says which command mends it."""


class NoIndexError(UnusableIndexError):
    """There is no index in the folder yet."""


class OtherSettingsError(UnusableIndexError):
    """The index was made with another embedder, analyser or format than the one in use."""


class DamagedError(UnusableIndexError):
    """A file of the index is missing or differs from its checksum."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was made. `files` maps each relative path to (bytes, SHA-256).

    `scale` is what `index.nearness.measure` gave for the embedder, `headnotes` the fingerprint of the headnotes used.
    """

    format_version: int
    embedder: str
    dimension: int
    analysis_version: int
    pipeline_version: int
    created: str
    documents: int
    passages: dict[str, int]
    scale: tuple[float, float]
    files: dict[str, tuple[int, str]]
    headnotes: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Settings that an index must have been made with to be searched."""

    embedder: str
    dimension: int
    analysis_version: int


def publish(scratch: Path, index_folder: Path, manifest_without_files: Manifest) -> str:
    """Make the files in `scratch` the current generation and return its name. Old generations beyond two go."""
    files = sorted(path for path in scratch.rglob("*") if path.is_file())
    for path in files:
        sync_file(path)
    sums = {path.relative_to(scratch).as_posix(): (path.stat().st_size, sha256_of(path)) for path in files}
    manifest = json.dumps(asdict(manifest_without_files) | {"files": sums}, ensure_ascii=False, indent=1)
    # The last line guards the manifest itself, which guards all other files.
    write_atomically(scratch / _MANIFEST, f"{manifest}\n{_digest(manifest)}\n")
    name = f"gen-{_last_number(index_folder) + 1:06d}"
    os.replace(scratch, index_folder / name)
    sync_file(index_folder)
    write_atomically(index_folder / CURRENT, name)
    for old in _names(index_folder)[:-_KEPT]:
        shutil.rmtree(index_folder / old)
    return name


def current(index_folder: Path) -> Path:
    """Folder of the generation in use. Raises NoIndexError when nothing was published yet."""
    pointer = index_folder / CURRENT
    if not pointer.exists():
        raise NoIndexError(f"an index is needed in {index_folder}, found none: run `sanad ingest PATH`")
    return index_folder / pointer.read_text(encoding="utf-8").strip()


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation. Raises DamagedError when it cannot be read as one."""
    try:
        text, _, digest = (generation / _MANIFEST).read_text(encoding="utf-8").rstrip("\n").rpartition("\n")
        if digest != _digest(text):
            raise ValueError("it differs from its checksum")
        fields = json.loads(text)
        fields["files"] = {path: (size, digest) for path, (size, digest) in fields["files"].items()}
        fields["scale"] = tuple(fields["scale"])
        return Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(f"the manifest of {generation.name} cannot be read ({error}): {_REBUILD}") from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def verify(generation: Path, manifest: Manifest) -> None:
    """Compare every file with its size and checksum. Raises DamagedError that names the first that differs."""
    for name, (size, digest) in manifest.files.items():
        path = generation / name
        if not path.is_file() or path.stat().st_size != size or sha256_of(path) != digest:
            raise DamagedError(f"{generation.name}/{name} is missing or differs from its checksum: {_REBUILD}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation that is still on disk, with when it was made and how many documents it has."""

    name: str
    created: str
    documents: int


def generations(index_folder: Path) -> list[Kept]:
    """Those on disk, latest first; one that cannot be read is left out."""
    found = []
    for name in reversed(_names(index_folder)):
        try:
            manifest = read_manifest(index_folder / name)
        except UnusableIndexError:
            continue
        found.append(Kept(name, manifest.created, manifest.documents))
    return found


def check_settings(manifest: Manifest, expected: Expected) -> None:
    """Refuse an index made with other settings. Raises OtherSettingsError naming both values."""
    pairs = (
        ("index format", manifest.format_version, FORMAT_VERSION),
        ("embedder", manifest.embedder, expected.embedder),
        ("dimension", manifest.dimension, expected.dimension),
        ("analysis version", manifest.analysis_version, expected.analysis_version),
    )
    for what, made_with, wanted in pairs:
        if made_with != wanted:
            raise OtherSettingsError(f"the index was made with {what} {made_with!r}, now {wanted!r} is set: {_REBUILD}")


def _names(index_folder: Path) -> list[str]:
    return sorted(path.name for path in index_folder.glob("gen-??????") if path.is_dir())


def _last_number(index_folder: Path) -> int:
    names = _names(index_folder)
    return int(names[-1].removeprefix("gen-")) if names else 0
