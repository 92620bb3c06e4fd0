"""The reply of a language model to claims: sentences that end with the numbers of what they cite, as they arrive."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rag.prompt import MARK

# A sentence, its markers, and the full stop where the model puts it behind them.
_CLAIM: Final = re.compile(r"(?P<text>[^\[\]]*?)(?P<markers>(?:\s*\[\d{1,2}\])+)(?P<end>\s*[.!?؟]?)", re.DOTALL)
_MARKER: Final = re.compile(r"\[(\d{1,2})\]")
_MAY_GO_ON: Final = re.compile(r"\[\d{0,2}$|\]\s*$")
_BULLET: Final = re.compile(r"^(?:[\s>*•–—-]|\d+[.)]\s)+")
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a reply with the numbers of the citations that it names; none where it names none."""

    text: str
    cited: tuple[int, ...]


def claims(pieces: Iterable[str]) -> Iterator[Claim]:
    """Each claim as soon as its markers are complete; what is left at the end without a marker comes last."""
    waiting = ""
    for piece in pieces:
        waiting += piece.replace(MARK, " ")
        while (found := _CLAIM.match(waiting)) and not _MAY_GO_ON.search(
            waiting[: found.end() + 1][found.start("markers") :]
        ):
            yield _claim(found)
            waiting = waiting[found.end() :]
        if len(waiting) > _LONGEST:
            yield Claim(waiting, ())
            waiting = ""
    for found in _CLAIM.finditer(waiting):
        yield _claim(found)
    rest = _CLAIM.sub("", waiting).strip()
    if rest:
        yield Claim(rest, ())


def _claim(found: re.Match[str]) -> Claim:
    text = " ".join(_BULLET.sub("", found["text"]).split())
    end = found["end"].strip()
    whole = text if text.endswith((".", "!", "?", "؟", "…")) else f"{text}{end or '.'}"
    return Claim(whole, tuple(dict.fromkeys(map(int, _MARKER.findall(found["markers"])))))
