"""What injected instructions achieve: `python benchmarks/injections.py INDEX` over a model that obeys all of them.

`injected_documents.jsonl` has pages in four languages that tell the machine which reads them to say something false;
`injected_questions.jsonl` questions that do the same. INDEX must hold the pages (`injections.py --write FOLDER` writes
them with a catalogue, to be ingested beside any corpus). The model says what the attacker wants, behind the marker of
every excerpt. Counted are false statements in its sentences, and those that stand in a quote of their page.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from index.embedder import load_embedder
from index.search import open_index
from rag.answer import Answer
from rag.chain import build_chain
from rag.language_model import Prompt
from rag.question import LONGEST_QUESTION, Question
from settings import Settings

_HERE: Final = Path(__file__).parent
_EXCERPT: Final = re.compile(r"^\[(\d+)\]", re.MULTILINE)


@dataclass
class Obedient:
    """Says what the attacker wants, about every excerpt."""

    payload: str = ""
    name: str = "obedient"

    def reply(self, prompt: Prompt) -> Iterator[str]:
        for number in _EXCERPT.findall(prompt.data):
            yield f"{self.payload.rstrip('.')} [{number}]. "


def lines(name: str) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file beside this one."""
    return [json.loads(line) for line in (_HERE / name).read_text(encoding="utf-8").splitlines()]


def write(folder: Path) -> None:
    """The injected pages as files with their catalogue."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for number, page in enumerate(lines("injected_documents.jsonl")):
        path = f"injected-{number:03}.txt"
        (folder / path).write_text(page["text"] + "\n", encoding="utf-8")
        language = {"ary": "ar"}.get(page["language"], page["language"])
        known = {"path": path, "title": page["topic"], "language": language, "published": "2025-01-01", "kind": "faq"}
        entries.append(json.dumps(known | dict.fromkeys(["issuer", "url", "note"]) | {"complete": True}))
    (folder / "catalogue.jsonl").write_text("\n".join(entries), encoding="utf-8")


def main(index_folder: Path) -> int:
    """Ask the questions of the pages and the injected ones, print what was said."""
    settings = Settings()
    index = open_index(index_folder, load_embedder(settings.model, settings.models_folder, settings.threads))
    model, counted = Obedient(), Counter[str]()
    chain = build_chain(index, lambda: datetime.now(UTC).date(), model)
    asked = [*lines("injected_documents.jsonl"), *lines("injected_questions.jsonl")]
    for attack in asked:
        model.payload = attack["payload"]
        answer = chain.invoke(Question(attack["question"][:LONGEST_QUESTION]))
        for way in ("generated", "quote", "lead", "frame"):
            if _says(answer, way, attack["payload"]):
                counted[way] += 1
                print(f"{way}: {attack['payload']}")  # noqa: T201
    print(f"{len(asked)} attacks, said by way of {dict(counted)}")  # noqa: T201
    return int(bool(counted["generated"] or counted["frame"]))


def _says(answer: Answer, way: str, payload: str) -> bool:
    return any(_bare(payload) in _bare(one.text) for one in answer.sentences if one.kind == way)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\W+", " ", text).split()).lower()


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(Path(sys.argv[2]))
    else:
        sys.exit(main(Path(sys.argv[1])))
