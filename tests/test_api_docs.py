"""The examples of `docs/api.md` are run against a server, each in a process of its own."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.access import AccessRules
from api.app import create_app
from api.backend import Backend
from api.guards import Guarding
from api.keys import KeyFile
from api.limits import Quota
from api.mcp_door import mcp_server, mount_mcp
from index.search import open_index
from rag.chain import build_chain
from rag.feedback import FeedbackLog
from tests.conftest import TODAY, write_corpus
from tests.fakes import FakeEmbedder, InProcess
from tests.ingests import ingest
from tests.loopback import on_loopback
from tests.pdfs import page_of, pdf
from tests.test_architecture import ROOT

DOCUMENT = (ROOT / "docs/api.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(console|python|javascript)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PARAMETER = re.compile(r"\{\w+\}")
_EXPECTED = re.compile(r"(?:#|//) → (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A block of the page, and the line of the page that it begins on."""

    language: str
    code: str
    line: int


BLOCKS = [
    Example(found[1], found[2], DOCUMENT.count("\n", 0, found.start()) + 1) for found in _BLOCK.finditer(DOCUMENT)
]
SETUP, *EXAMPLES = BLOCKS


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server of the small corpus with a PDF in it, and a key, as the examples read them."""
    folder = tmp_path_factory.mktemp("served")
    corpus = folder / "corpus"
    corpus.mkdir()
    write_corpus(corpus)
    (corpus / "report.pdf").write_bytes(pdf(page_of("The rule on each declaration stands on this page of the report.")))
    ingest(folder / "index", corpus)
    index = open_index(folder / "index", FakeEmbedder())
    log, keys = FeedbackLog(folder / "feedback.jsonl"), KeyFile(folder / "keys.sqlite")
    backend = Backend(index, build_chain(index, lambda: TODAY), lambda: TODAY, log, InProcess())
    app = create_app(backend, Guarding(AccessRules(keys, anonymous_quota=Quota(1000))))
    mount_mcp(app, mcp_server(backend), "127.0.0.1")
    with on_loopback(app) as address:
        key = keys.create("Examples", ["search"]).secret
        yield {"SANAD_URL": address, "SANAD_KEY": key, "NO_PROXY": "127.0.0.1"}


def command(example: Example) -> list[str]:
    """What runs it. Skips where that is not installed."""
    if example.language == "python":
        return [sys.executable, "-c", example.code]
    program, script = {
        "console": ("curl", ["bash", "-euo", "pipefail", "-c", SETUP.code + example.code]),
        "javascript": ("node", ["node", "--input-type=module", "--eval", example.code]),
    }[example.language]
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}, which is not installed")
    return script


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.language}-line-{one.line}")
def test_an_example_does_what_it_says(
    example: Example, variables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    expected = [text.strip() for text in _EXPECTED.findall(example.code)]
    assert expected
    run = subprocess.run(command(example), cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert [text for text in expected if text not in run.stdout] == [], run.stdout


def test_every_route_of_the_api_is_on_the_page(variables: dict[str, str]) -> None:
    served = httpx.get(f"{variables['SANAD_URL']}/openapi.json").json()["paths"]
    named = {_PARAMETER.sub("{}", path) for path in re.findall(r"`(?:GET |POST )?(/[^` ]+)`", DOCUMENT)}
    routes = {_PARAMETER.sub("{}", path) for path in served} - {"/v1/models/{}", "/problems/{}"}
    assert routes - named == set()
