"""An OpenAI-compatible server on this machine that judges by rules which a person can follow."""

import json
import math
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import SecretStr

from evals.ragas_judge import JudgeSettings

KEY = "sk-secret-of-the-operator"
PRISON = "Peine de prison"
"""A quote that follows another without a full stop: it begins a statement of its own."""

Reply = Callable[[str, dict[str, Any]], dict[str, Any] | str]


def by_the_letter(form: str, given: dict[str, Any]) -> dict[str, Any]:
    """Sentences are split at full stops; what stands somewhere word by word is true there."""
    match form:
        case "StatementGeneratorOutput":
            return {"statements": _sentences(given["answer"])}
        case "ClaimDecompositionOutput":
            return {"claims": _sentences(given["response"])}
        case "NLIStatementOutput":
            return {"statements": [_verdict(said, given["context"], "verdict") for said in given["statements"]]}
        case "ContextRecallOutput":
            wanted = _sentences(given["answer"])
            return {"classifications": [_verdict(said, given["context"], "attributed") for said in wanted]}
        case "ContextPrecisionOutput":
            useful = any(said in given["context"] for said in _sentences(given["answer"]))
            return {"reason": "by the letter", "verdict": int(useful)}
        case _:
            return {"question": "Quelle amende et quel délai ?", "noncommittal": 0}


def _sentences(text: str) -> list[str]:
    return [part.strip(" .") for part in text.replace(PRISON, f". {PRISON}").split(".") if part.strip(" .")]


def _verdict(said: str, context: str, name: str) -> dict[str, Any]:
    return {"statement": said, "reason": "by the letter", name: int(said in context)}


FORMS = (
    "StatementGeneratorOutput", "ClaimDecompositionOutput", "NLIStatementOutput", "ContextRecallOutput",
    "ContextPrecisionOutput", "AnswerRelevanceOutput",
)  # fmt: skip


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server: what it was asked, and what is wrong with it."""

    def __init__(self, reply: Reply = by_the_letter) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.dies_after = math.inf
        self.models_status = self.status = 200
        self.cut_off = False
        self.at_once = self.most_at_once = 0
        self.pause = 0.0
        self.lock = threading.Lock()

    def settings(self, concurrency: int = 1, timeout: float = 20.0) -> JudgeSettings:
        return JudgeSettings(
            f"http://127.0.0.1:{self.server_address[1]}/v1", "small-judge", SecretStr(KEY), concurrency, timeout
        )

    def die(self) -> None:
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """`GET /v1/models` and `POST /v1/chat/completions`."""

    server: Server

    def do_GET(self) -> None:
        self._send({"data": []}, self.server.models_status)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(asked)
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        time.sleep(self.server.pause)
        with self.server.lock:
            self.server.at_once -= 1
        if len(self.server.asked) > self.server.dies_after:
            self.server.die()
            return
        self._send(self._completion(asked["messages"]), self.server.status)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal of a test."""

    def _completion(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        system, prompt = messages[0]["content"], messages[1]["content"]
        form = next(form for form in FORMS if form in system)
        given, _ = json.JSONDecoder().raw_decode(prompt.rpartition("\ninput: ")[2])
        said = self.server.reply(form, given)
        message = {"role": "assistant", "content": said if isinstance(said, str) else json.dumps(said)}
        end = "length" if self.server.cut_off else "stop"
        choice = {"index": 0, "message": message, "finish_reason": end}
        return {"id": "1", "object": "chat.completion", "created": 0, "model": "small-judge", "choices": [choice]}

    def _send(self, body: dict[str, Any], status: int) -> None:
        """A refusal repeats the key, as some servers do."""
        payload = json.dumps(body if status == 200 else {"error": {"message": self.headers["Authorization"]}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)
