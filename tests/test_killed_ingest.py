"""An ingest that is killed at any moment harms no served index, loses no finished file and leaves no process."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build import build
from index.generation import STORE, NoIndexError, current, read_manifest, verify
from index.journal import Journal
from index.store import Store
from tests.conftest import LAW_FR
from tests.fakes import tools

ROOT = Path(__file__).parents[1]
FILES = 12
TRIALS = 3
INGEST = """
import sys, time
from pathlib import Path
from index.build import Making, Tools, build
from ingest.isolation import Limits, processes
from tests.fakes import FakeEmbedder

class Slow(FakeEmbedder):
    def embed_passages(self, texts):
        time.sleep(0.5)
        return super().embed_passages(texts)

def tell(*_):
    sys.stdout.write("."); sys.stdout.flush()

if __name__ == "__main__":
    with processes(Limits(), 2) as isolation:
        build([Path(sys.argv[1])], Path(sys.argv[2]), Tools(isolation, Making(Slow(), tell)))
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"loi-{number:02}.txt").write_text(LAW_FR.replace("77-01", f"77-{number:02}"), encoding="utf-8")
    return folder


def started(script: Path, corpus: Path, served: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(script), str(corpus), str(served)]
    return subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)


def test_a_killed_ingest_loses_nothing(corpus: Path, tmp_path: Path) -> None:
    script, served = tmp_path / "killed.py", tmp_path / "index"
    script.write_text(INGEST, encoding="utf-8")
    chance = random.Random(7)
    finished: set[str] = set()
    for _ in range(TRIALS):
        process = started(script, corpus, served)
        assert process.stdout is not None
        assert process.stdout.read(chance.randint(1, 4)), "killed before it had read a file"
        time.sleep(chance.random() * 0.6)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        journal = set(Journal(served / "journal.sqlite").read())
        try:
            generation = current(served)
        except NoIndexError:
            assert finished <= journal
        else:
            verify(generation, read_manifest(generation))
            assert len(Store(generation / STORE).documents()) == FILES
        finished = journal
    assert build([corpus], served, tools()).documents == FILES
    plain = build([corpus], tmp_path / "plain", tools())
    texts = [
        [passage.text for passage in Store(current(folder) / STORE).passages()]
        for folder in (served, tmp_path / "plain")
    ]
    assert plain.documents == FILES
    assert texts[0] == texts[1]


def test_no_process_is_left_behind(corpus: Path, tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(INGEST, encoding="utf-8")
    process = started(script, corpus, tmp_path / "index")
    assert process.stdout is not None
    process.stdout.read(1)
    assert _children_of(script) != []
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    for _ in range(100):
        if not _children_of(script):
            break
        time.sleep(0.1)
    assert _children_of(script) == []


def _children_of(script: Path) -> list[str]:
    """Command lines that name the script; the processes that it forked carry its path too."""
    lines = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(script) in command:
            lines.append(command)
    return lines
