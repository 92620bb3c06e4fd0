"""The built wheel holds every module and the data that modules read."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.test_architecture import MODULES, ROOT


def test_the_wheel_is_complete(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    modules = [path.relative_to(ROOT).as_posix() for path in MODULES]
    shipped = {name for name in modules if not name.startswith("benchmarks/")}
    data = {
        "rag/wordings/fr.toml", "rag/wordings/ar.toml", "rag/wordings/en.toml", "evals/questions/core.jsonl",
        "ui/templates/ingest_report.html", "ui/templates/ingest_file.html", "ui/templates/ingest_style.css",
        "ui/templates/base.html", "ui/templates/chat.html", "ui/static/pages.css",
        "ui/static/chat.css", "ui/static/chat.js",
        "ui/wordings/fr.toml", "corpus/register/themes.toml",
        "corpus/starter/catalogue.jsonl", "corpus/starter/donnees-personnelles-ar.md",
    }  # fmt: skip
    assert shipped | data <= names
    assert not [name for name in names if name.startswith(("tests/", "data/"))]
