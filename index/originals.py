"""Untouched files whose pages can be drawn, kept in the index folder by the SHA-256 of what they hold."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.files import sha256_of, sync_file
from index.gather import Contents, Found, fingerprint_of
from index.generation import STORE
from index.store import Store

ORIGINALS: Final = "originals"
DRAWN: Final = frozenset({"pdf", "image"})
"""Readers whose files have pages to draw."""


class MissingOriginalError(LookupError):
    """A file that is not kept, or that differs from its checksum; the message says which command brings it back."""


def keep_originals(found: Sequence[Found], contents: Contents, index_folder: Path) -> None:
    """Copy what is missing or damaged of the files behind `contents`, and name each in its document."""
    for item in found:
        stored = contents.documents.get(item.source.path)
        if stored is None or stored.document.reader not in DRAWN or stored.fingerprint != fingerprint_of(item):
            continue
        digest = _kept(item.file, index_folder / ORIGINALS)
        if stored.document.original != digest:
            document = replace(stored.document, original=digest)
            contents.replace(item.source.path, replace(stored, document=document))


def _kept(file: Path, folder: Path) -> str:
    digest = sha256_of(file)
    target = folder / digest
    if not target.is_file() or sha256_of(target) != digest:
        folder.mkdir(exist_ok=True)
        temporary = folder / f"{digest}.tmp"
        shutil.copyfile(file, temporary)
        sync_file(temporary)
        os.replace(temporary, target)
        sync_file(folder)
    return digest


def drop_unnamed(index_folder: Path) -> None:
    """Remove the originals that no document of a generation on disk names, as a server may still show an older one."""
    kept = list((index_folder / ORIGINALS).glob("*"))
    if not kept:
        return
    try:
        named = {digest for store in index_folder.glob(f"gen-*/{STORE}") for digest in Store(store).originals()}
    except sqlite3.DatabaseError:
        return  # An older generation is damaged: what it names is unknown, and goes when that generation goes.
    for file in kept:
        if file.name not in named:
            file.unlink()


def original(index_folder: Path, digest: str | None) -> Path:
    """The file kept under `digest`, compared with it. Raises MissingOriginalError."""
    again = "run `sanad ingest` with the folder of the file"
    if digest is None:
        raise MissingOriginalError(f"the original was not kept when this document was read: {again}")
    file = index_folder / ORIGINALS / digest
    if not file.is_file() or sha256_of(file) != digest:
        raise MissingOriginalError(f"the original {digest[:12]}… is missing or differs from its checksum: {again}")
    return file
