"""The rules of the layout that no linter states: one list of packages, small modules, nothing pickled."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(folder.parent.name for folder in ROOT.glob("*/__init__.py") if folder.parent.name != "tests")
MODULES = [
    ROOT / "sanad.py",
    ROOT / "settings.py",
    ROOT / "wiring.py",
    *(path for name in PACKAGES for path in (ROOT / name).rglob("*.py")),
]
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def test_the_list_of_packages_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    shipped = [name for name in PACKAGES if name != "benchmarks"]
    assert project["hatch"]["build"]["targets"]["wheel"]["packages"] == shipped
    assert project["importlinter"]["root_packages"] == shipped
    assert set(PACKAGES) <= set(project["mypy"]["files"])
    layers = project["importlinter"]["contracts"][0]["layers"]
    assert sorted(name for layer in layers for name in layer.split(" | ")) == shipped


def test_modules_stay_small() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_stay_small() -> None:
    long = [
        f"{path.name}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.body[0].lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_packages_say_what_they_are_in_one_line() -> None:
    for name in PACKAGES:
        assert len((ROOT / name / "__init__.py").read_text(encoding="utf-8").splitlines()) == 1, name


def test_nothing_that_is_stored_can_run_code() -> None:
    forbidden = ("allow_dangerous_deserialization", "torch.load", "import pickle", "allow_pickle=True")
    used = [
        f"{path.name}: {word}" for path in MODULES for word in forbidden if word in path.read_text(encoding="utf-8")
    ]
    assert used == []


def test_no_module_connects_anywhere_when_it_is_imported() -> None:
    """In a process of its own, in which any connection is an error."""
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    script = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit(f'connected to {a[1:]}')\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n"
        "import " + ", ".join(names)
    )
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, "")
