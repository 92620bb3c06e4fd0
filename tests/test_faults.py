"""A fault of ours in one file does not take the others with it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from index.build import Making, Tools, build
from tests.conftest import write_corpus
from tests.fakes import FakeEmbedder, InProcess

P = ParamSpec("P")
T = TypeVar("T")

PRESS = "press-en.md"


@dataclass(frozen=True)
class Faulty(InProcess):
    """Reading one file brings out a fault that nobody foresaw."""

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        if any(PRESS in str(argument) for argument in arguments):
            raise KeyError("an unforeseen fault")
        return super().run(function, *arguments, **named)


def test_the_file_is_quarantined_with_the_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_corpus(corpus)
    report = build([corpus], tmp_path / "index", Tools(Faulty(), Making(FakeEmbedder(), lambda *_: None)))
    failed = [outcome for outcome in report.outcomes if outcome.status == "quarantined"]
    reason = "failed: a fault of Sanad (KeyError: 'an unforeseen fault'): report it with this file"
    assert [(outcome.path, outcome.reason) for outcome in failed] == [(PRESS, reason)]
    assert report.documents == len(report.outcomes) - 1 > 0
