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

from corpus.source import Source
from index.generation import STORE, current
from index.store import Store
from ingest.document import Passage
from rag.answer import Citation, CitedInstrument
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
        text = store.text(source.id) if source else None
        held = [
            one for one in passages if source and one.source_id == source.id and one.start <= claim["start"] < one.end
        ]
        if source is None or text is None or not held:
            continue
        cited = _citation(source, held[0], text[claim["start"] : claim["end"]], claim["start"])
        given = support(claim["sentence"], claim["language"], [cited]).given
        tongue = "same language" if claim["language"] == cited.language else "another language"
        for kind in {claim["wrong"] or "true", "all wrong" if claim["wrong"] else "true"}:
            shown[tongue, kind].append(given)
    for (tongue, kind), outcomes in sorted(shown.items()):
        print(f"{tongue:18}{kind:12}{len(outcomes):5} {100 * sum(outcomes) / len(outcomes):4.0f} % shown")  # noqa: T201


def _citation(source: Source, passage: Passage, quote: str, start: int) -> Citation:
    instrument = source.instrument
    return Citation(
        n=1,
        source_path=source.path,
        source_id=source.id,
        passage_id=passage.id,
        title=source.title,
        kind=source.kind,
        issuer=source.issuer,
        instrument=CitedInstrument(instrument.type, instrument.number) if instrument else None,
        article=passage.article,
        page=passage.page,
        language=passage.language,
        quote=quote,
        start=start,
        end=start + len(quote),
        published=source.published,
        in_force=None,
        note=None,
        official_language=True,
        url=source.url,
        score=0.0,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else _CLAIMS)
