"""Whether the API keeps its OpenAPI contract: schemathesis, all checks and phases, against a small index over loopback.

    python -m benchmarks.contract [cases for each operation] [seed]

The exit status is that of schemathesis: 0 where no case failed. Its last lines say how many there were.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from fastapi import FastAPI

from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.limits import Quota
from index.build import build
from index.search import open_index
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from tests.conftest import TODAY, write_corpus
from tests.fakes import FakeEmbedder, tools
from tests.loopback import on_loopback

_CASES = 60
_SEED = 1
_NO_QUOTA = AccessRules(anonymous_quota=Quota(10**9))


def small_app(folder: Path) -> FastAPI:
    """The API over the small corpus of the tests, for as many requests as anybody likes."""
    corpus = folder / "corpus"
    corpus.mkdir()
    write_corpus(corpus)
    build([corpus], folder / "index", tools())
    index = open_index(folder / "index", FakeEmbedder())
    chain = build_chain(index, lambda: TODAY)
    backend = Backend(index, chain, lambda: TODAY, FeedbackLog(folder / "feedback.jsonl"))
    return create_app(backend, Guarding(_NO_QUOTA))


def main(cases: int = _CASES, seed: int = _SEED) -> int:
    """Run schemathesis; returns its exit status."""
    with tempfile.TemporaryDirectory() as folder, on_loopback(small_app(Path(folder))) as address:
        chosen = ["--checks", "all", "--continue-on-failure", "--max-examples", str(cases), "--seed", str(seed)]
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", *chosen]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
