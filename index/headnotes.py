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

    `aims` has shape (2, aims): a headnote and a store row in each column; `fit` (aims,) says how much nearer the
    headnote is to this passage than to the others of the same provision, in standard deviations.
    """

    pools: Mapping[Tongue, Pool]
    aims: IntArray
    fit: FloatArray
    texts: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """How many headnotes there are."""
        return max((len(lines) for lines in self.texts.values()), default=0)

    def lift(self, passages: FloatArray, scores: FloatArray, fit_weight: float = 0.0) -> None:
        """Raise scores of passages, in place, to that of the best headnote that aims at each."""
        np.maximum.at(passages, self.aims[1], scores[self.aims[0]] + fit_weight * self.fit)

    def best_of(self, row: int, scores: FloatArray) -> dict[str, str]:
        """The texts, by tongue, of the headnote with the best of `scores` (headnotes,) that aims at a passage."""
        numbers = self.aims[0][self.aims[1] == row]
        if not len(numbers):
            return {}
        best = int(numbers[scores[numbers].argmax()])
        return {tongue: lines[best] for tongue, lines in self.texts.items()}


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


def fits(aimed: Sequence[Aimed], vectors: FloatArray, passages: Sequence[Passage], embedded: FloatArray) -> FloatArray:
    """How each aim fits, shape (aims,): the headnote in the passage's own language against all passages of its place.

    `vectors` are those of `texts_of(aimed)`, `embedded` those of `passages`.
    """
    found: list[float] = []
    for number, one in enumerate(aimed):
        places = [TONGUES.index(_tongue_of(passages[row].language)) * len(aimed) + number for row in one.rows]
        cosines = np.einsum("ij,ij->i", vectors[places], embedded[list(one.rows)])
        found += list(_within_language(cosines, [passages[row].language for row in one.rows]))
    return np.asarray(found, dtype=np.float32)


def _within_language(cosines: FloatArray, languages: Sequence[str]) -> FloatArray:
    """z-scores among the passages of one language; 0.0 where a provision is one passage."""
    found = np.zeros(len(cosines), dtype=np.float32)
    for language in set(languages):
        chosen = np.asarray([one == language for one in languages])
        deviation = float(cosines[chosen].std())
        if deviation > 0:
            found[chosen] = (cosines[chosen] - cosines[chosen].mean()) / deviation
    return found


def _tongue_of(language: str) -> Tongue:
    return next((tongue for tongue in TONGUES if tongue == language), "fr")


def save_headnotes(aimed: Sequence[Aimed], vectors: FloatArray, fit: FloatArray, folder: Path) -> None:
    """Write pools, texts and aims; `vectors` are those of `texts_of`, shape (tongues x headnotes, dimension)."""
    folder.mkdir()
    for place, tongue in enumerate(TONGUES if aimed else ()):
        part = np.ascontiguousarray(vectors[place * len(aimed) : (place + 1) * len(aimed)])
        texts = [one.headnote.texts[tongue] for one in aimed]
        save_pool(build_pool(_ANALYSED_AS[tongue], range(len(aimed)), texts, part), folder / tongue)
    pairs = [(number, row) for number, one in enumerate(aimed) for row in one.rows]
    targets = {
        "aims": pairs,
        "fit": [round(float(one), 4) for one in fit],
        "texts": {tongue: [one.headnote.texts[tongue] for one in aimed] for tongue in TONGUES},
    }
    (folder / _TARGETS).write_text(json.dumps(targets, ensure_ascii=False), encoding="utf-8")


def load_headnotes(folder: Path) -> Headnotes:
    """What `save_headnotes` wrote; the manifest has vouched for it."""
    targets = json.loads((folder / _TARGETS).read_text(encoding="utf-8"))
    aims = np.asarray(targets["aims"], dtype=np.int64).reshape(-1, 2).T
    pools = {t: load_pool(_ANALYSED_AS[t], folder / t) for t in TONGUES if (folder / t).is_dir()}
    texts = {tongue: tuple(lines) for tongue, lines in targets["texts"].items()}
    return Headnotes(pools, aims, np.asarray(targets["fit"], dtype=np.float32), texts)
