"""Notes in the margin of a PDF page: smaller letters that stand wholly beside the column of the text.

A reading by lines puts them into the sentence, or before the heading, that they stand beside.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ingest.readers.visible import BoolArray, Sight

_SMALLER: Final = 0.8
"""Size of the letters of a note, at most, relative to those of the text."""
_MOST_NOTES: Final = 0.3
"""Share of the letters of a page that its notes may have: what has more is no margin."""
_FEWEST_LETTERS: Final = 300
"""A page with fewer is a cover or a slide, which has no column of text."""
_SHORTEST: Final = 4
"""Letters of a note, at least: the call of a footnote may hang out of the column."""
_EDGES: Final = (3.0, 97.0)
"""Percentiles of letters between which the column lies: a running head that is wider does not widen it."""


def in_margin(characters: Sequence[str], seen: Sight) -> BoolArray:
    """Which characters belong to notes in the margin; white space never does."""
    found = np.zeros(len(characters), dtype=np.bool_)
    space = np.asarray([character.isspace() for character in characters], dtype=np.bool_)
    letters = np.flatnonzero(~space & (seen.sizes > 0))
    if len(letters) < _FEWEST_LETTERS:
        return found
    sizes, boxes = seen.sizes[letters], seen.boxes[letters]
    rounded = np.round(sizes)
    known, counts = np.unique(rounded, return_counts=True)
    usual = known[counts.argmax()]
    small = sizes < _SMALLER * usual
    column = boxes[rounded == usual]
    left, right = np.percentile(column[:, 0], _EDGES[0]), np.percentile(column[:, 2], _EDGES[1])
    outside = small & ((boxes[:, 2] < left - usual) | (boxes[:, 0] > right + usual))
    # A running head that is as wide as the page is no note: all of its letters would have to stand outside.
    line = np.cumsum([character == "\n" for character in characters])[letters]
    run = np.cumsum(np.diff(line * 2 + small, prepend=-1) != 0)
    whole = (np.bincount(run, weights=~outside) == 0) & (np.bincount(run) >= _SHORTEST)
    notes = outside & whole[run]
    if notes.mean() <= _MOST_NOTES:
        found[letters] = notes
    return found


def beside(characters: Sequence[str], notes: BoolArray) -> tuple[str, str]:
    """(text, notes) of a page, each in its order, a note a line; a line that holds only notes leaves none behind."""
    text: list[str] = []
    margin: list[str] = []
    start = 0
    for end in [place for place, character in enumerate(characters) if character == "\n"] + [len(characters)]:
        sides = ["", ""]
        side = 0
        for place in range(start, end):
            side = side if characters[place].isspace() else int(notes[place])
            sides[side] += characters[place]
        text += [sides[0].rstrip()] if sides[0].strip() or not sides[1] else []
        margin += [sides[1].strip()] if sides[1] else []
        start = end + 1
    return "\n".join(text), "\n".join(margin)
