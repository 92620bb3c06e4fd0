"""What reaches readers when the language model lies: `python benchmarks/lying_model.py INDEX [QUESTIONS]`.

A server on this machine rewords the excerpts that it is given, changes one thing in each sentence (a number, a unit, a
reference, a negation, a body) and puts a valid marker behind it. Counted are the lies that stand in an answer, and the
answers that no longer show a quote or a true sentence. The exit status is 1 when a lie with a false figure is shown.
"""

import json
import random
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from evals.questions import default_questions, read_questions
from index.embedder import load_embedder
from index.search import open_index
from rag.chain import build_chain
from rag.prompt import MARK
from rag.served_model import served_model
from settings import Settings

_EXCERPT: Final = re.compile(r"^\[(\d+)\] .*\n(.*)$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"[^.;؛!?؟]{30,300}")
_NUMBER: Final = re.compile(r"(?<![\d./-])\d+(?:[.  ]\d{3})*(?![\d/-])")
_TURNS: Final = (
    ("negation", r"\b(doit|doivent|peut|peuvent|est|sont)\b", r"ne \1 pas"),
    ("negation", r"\b(must|may|shall|is|are)\b", r"\1 not"),
    ("negation", r"(?<!\w)(يجب|يجوز|يمكن|يتعين)", r"لا \1"),
    ("modality", r"\bdoit\b", "peut"),
    ("modality", r"\bmust\b|\bshall\b", "may"),
    ("modality", r"(?<!\w)(?:يجب|يتعين)(?!\w)", "يجوز"),
    ("unit", r"\bjours\b", "mois"),
    ("unit", r"\bmois\b", "ans"),
    ("unit", r"(?<!\w)(?:أشهر|شهرا?)(?!\w)", "سنوات"),
    ("unit", r"\bdays\b", "months"),
    ("body", r"Commission nationale|CNDP", "ANRT"),
    ("body", r"اللجنة الوطنية", "وكالة التقنين"),
)
_INVENTED: Final = {
    "latin": "Selon l'article 99 de la loi n° 12-34, la peine est de 7 ans de prison et de 900.000 dirhams",
    "arabic": "طبقا للمادة 99 من القانون رقم 12.34 تكون العقوبة سبع سنوات سجنا و900.000 درهم",
}


def lies(data: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Kind and text of sentences that each have one thing wrong, with the marker of the excerpt they are made from."""
    for number, marked in _EXCERPT.findall(data):
        text = marked.replace(MARK, " ")
        for sentence in _SENTENCE.findall(text)[:2]:
            kind, false = _corrupted(" ".join(sentence.split()), chance)
            if false:
                yield kind, f"{false} [{number}]. "
        script = "arabic" if re.search("[\u0600-\u06ff]", text) else "latin"
        yield "invented", f"{_INVENTED[script]} [{number}]. "


def _corrupted(sentence: str, chance: random.Random) -> tuple[str, str]:
    found = list(_NUMBER.finditer(sentence))
    if found and chance.random() < 0.5:
        match = chance.choice(found)
        wrong = str(int(re.sub(r"\D", "", match.group())) + chance.choice([1, 2, 5, 10, 1000]))
        return "number", sentence[: match.start()] + wrong + sentence[match.end() :]
    fitting = [turn for turn in _TURNS if re.search(turn[1], sentence)]
    if not fitting:
        return "", ""
    kind, pattern, wrong = chance.choice(fitting)
    return kind, re.sub(pattern, wrong, sentence, count=1)


class Liar(ThreadingHTTPServer):
    """Streams lies about whatever it is sent, and keeps them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[str, str]] = []
        self.chance = random.Random(7)


class _Handler(BaseHTTPRequestHandler):
    server: Liar

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for kind, lie in lies(asked["messages"][1]["content"], self.server.chance):
            self.server.told.append((kind, lie.rsplit(" [", 1)[0]))
            self._event(json.dumps(_chunk(lie)))
        self._event("[DONE]")

    def log_message(self, *_: object) -> None:
        """Nothing between the figures."""

    def _event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())


def _chunk(content: str) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": None}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "liar", "choices": [choice]}


def main(index_folder: Path, questions: list[Path]) -> int:
    """Ask every answerable question, print what was told and what was shown."""
    settings = Settings()
    index = open_index(index_folder, load_embedder(settings.model, settings.models_folder, settings.threads))
    asked = [one for one in read_questions(questions, index.sources.values()).questions if one.answerable]
    liar = Liar()
    threading.Thread(target=liar.serve_forever, daemon=True).start()
    model = served_model(f"http://127.0.0.1:{liar.server_address[1]}/v1", "liar", SecretStr("none"), 20.0)
    chain = build_chain(index, lambda: datetime.now(UTC).date(), model)
    told, shown, useless, answered = Counter[str](), Counter[str](), 0, 0
    for question in asked:
        liar.told.clear()
        answer = chain.invoke(question.as_question())
        if answer.status not in {"answered", "partial"}:
            continue
        answered += 1
        told.update(kind for kind, _ in liar.told)
        said = [sentence.text for sentence in answer.sentences if sentence.kind == "generated"]
        reached = [(kind, lie) for kind, lie in liar.told if any(lie in text for text in said)]
        shown.update(kind for kind, _ in reached)
        useless += not any(sentence.kind in {"quote", "lead"} for sentence in answer.sentences)
        for kind, lie in reached:
            print(f"shown: {kind}: {lie}")  # noqa: T201
    told_and_shown = f"lies told {dict(told)}, shown {dict(shown)}"
    print(f"{answered} answers, {told_and_shown}, answers without a quote {useless}")  # noqa: T201
    return int(bool(shown["number"] or shown["unit"] or shown["invented"]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]] or default_questions()))
