"""How well the check tells true sentences from wrong ones: `python benchmarks/check_quality.py INDEX [CLAIMS]`.

`claims.jsonl` has sentences about quotes of the core corpus, written for this: `wrong` names the one thing that is
false, null where all is true. Quotes are taken from the index by path and offsets; those that it lacks are left out.
Printed is the share that would be shown, by kind, in the language of the quote and in another.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from index.generation import STORE, current
from index.hit import NO_SCORE, Hit
from index.store import Store
from rag.quotes import Span, citation
from rag.support import support

_CLAIMS: Final = Path(__file__).parent / "claims.jsonl"


def main(index_folder: Path, claims: Path) -> None:
    """Read the claims, check each against its quote, print a table."""
    store = Store(current(index_folder) / STORE)
    sources = {source.path: source for source in store.sources().values()}
    passages = store.passages()
    shown: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for line in claims.read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        source = sources.get(claim["path"])
        own = [one for one in passages if source and one.source_id == source.id]
        held = [one for one in own if one.start <= claim["start"] and claim["end"] <= one.end]
        if source is None or not held:
            continue
        span = Span(claim["start"] - held[0].start, claim["end"] - held[0].start)
        cited = citation(1, Hit(held[0], source, NO_SCORE), span, claim["language"])
        given = support(claim["sentence"], claim["language"], [cited]).given
        tongue = "same language" if claim["language"] == cited.language else "another language"
        for kind in {claim["wrong"] or "true", "all wrong" if claim["wrong"] else "true"}:
            shown[tongue, kind].append(given)
    for (tongue, kind), outcomes in sorted(shown.items()):
        print(f"{tongue:18}{kind:12}{len(outcomes):5} {100 * sum(outcomes) / len(outcomes):4.0f} % shown")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else _CLAIMS)
