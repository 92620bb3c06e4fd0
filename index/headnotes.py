"""Headnotes in an index: which passages each is about, and pools of their texts, one a tongue."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from corpus.headnote import TONGUES, Headnote, Place, Tongue, places_of
from corpus.source import Source
from index.embedder import FloatArray
from index.pools import IntArray, Pool, build_pool, load_pool, save_pool
from ingest.document import Passage

_TARGETS: Final = "targets.json"
_ANALYSED_AS: Final[dict[Tongue, str]] = {"fr": "fr", "ar": "ar", "en": "en", "ary": "ar"}


@dataclass(frozen=True, slots=True)
class Aimed:
    """A headnote and the store rows of the passages that it is about."""

    headnote: Headnote
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Headnotes:
    """The headnotes of an index: pools by tongue, whose rows are headnotes, and the passages each headnote aims at.

    `aims` has shape (2, aims): a headnote and a store row in each column.
    """

    pools: Mapping[Tongue, Pool]
    aims: IntArray

    def lift(self, passages: FloatArray, scores: FloatArray) -> None:
        """Raise scores of passages, in place, to that of the best headnote that aims at each."""
        np.maximum.at(passages, self.aims[1], scores[self.aims[0]])


def aim(headnotes: Sequence[Headnote], passages: Sequence[Passage], sources: Mapping[str, Source]) -> list[Aimed]:
    """The headnotes that are about some passage; footnotes are left out, for they speak of other texts."""
    rows: defaultdict[Place, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        if passage.role == "body":
            for place in places_of(sources[passage.source_id], passage.article, passage.path):
                rows[place].append(row)
    return [Aimed(headnote, tuple(rows[headnote.place])) for headnote in headnotes if headnote.place in rows]


def texts_of(aimed: Sequence[Aimed]) -> list[str]:
    """What is embedded: every headnote in every tongue, tongue by tongue."""
    return [one.headnote.texts[tongue] for tongue in TONGUES for one in aimed]


def save_headnotes(aimed: Sequence[Aimed], vectors: FloatArray, folder: Path) -> None:
    """Write pools and aims; `vectors` are those of `texts_of`, shape (tongues x headnotes, dimension)."""
    folder.mkdir()
    for place, tongue in enumerate(TONGUES if aimed else ()):
        part = np.ascontiguousarray(vectors[place * len(aimed) : (place + 1) * len(aimed)])
        texts = [one.headnote.texts[tongue] for one in aimed]
        save_pool(build_pool(_ANALYSED_AS[tongue], range(len(aimed)), texts, part), folder / tongue)
    pairs = [(number, row) for number, one in enumerate(aimed) for row in one.rows]
    (folder / _TARGETS).write_text(json.dumps(pairs), encoding="ascii")


def load_headnotes(folder: Path) -> Headnotes:
    """What `save_headnotes` wrote; the manifest has vouched for it."""
    pairs = json.loads((folder / _TARGETS).read_text(encoding="ascii"))
    aims = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
    held = [tongue for tongue in TONGUES if (folder / tongue).is_dir()]
    return Headnotes({tongue: load_pool(_ANALYSED_AS[tongue], folder / tongue) for tongue in held}, aims)
