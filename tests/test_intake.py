"""From file to document: pictured pages are recognised, and those that cannot be are named."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from corpus.source import Source
from ingest.intake import ingest_file
from ingest.isolation import Limits
from ingest.readers.reader import UnreadableError
from ingest.readers.scan import recognise
from tests.fakes import InProcess
from tests.pdfs import page_of, pdf

P = ParamSpec("P")
T = TypeVar("T")

PICTURE = b"0.2 0.2 0.2 rg 100 100 300 400 re f"
TEXT = page_of("Article 1\nLe dossier est remis au guichet de la prefecture.")
SOURCE = Source("a.pdf", "Un texte")


@dataclass(frozen=True)
class Recognising:
    """In process, with a recogniser that reads these pages and fails with `code` on all others."""

    pages: dict[int, str]
    code: str = "too_slow"
    workers: int = 1

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        if function is recognise:
            number = int(str(arguments[1]))
            if number not in self.pages:
                raise UnreadableError(self.code, "a reason")
            return self.pages[number]  # type: ignore[return-value]  # what the function would have returned
        return function(*arguments, **named)

    def within(self, limits: Limits) -> "Recognising":
        return self


def saved(folder: Path, *pages: bytes) -> Path:
    (folder / "a.pdf").write_bytes(pdf(*pages))
    return folder / "a.pdf"


def test_pictured_pages_get_the_text_that_was_recognised(tmp_path: Path) -> None:
    left: list[int] = []
    recognising = Recognising({2: "Article 2\nLe timbre est gratuit.", 3: "Article 3\nLe recours est ouvert."})
    document = ingest_file(saved(tmp_path, TEXT, PICTURE, PICTURE), SOURCE, recognising, left.append)
    assert [(passage.article, passage.page) for passage in document.passages] == [("1", 1), ("2", 2), ("3", 3)]
    assert left == [2, 1]
    assert document.warnings == ("pages 2, 3 were recognised from their pictures (OCR): compare a quote with the page",)


def test_pages_that_cannot_be_recognised_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    recognising = Recognising({3: "Article 3\nLe recours est ouvert."})
    document = ingest_file(saved(tmp_path, TEXT, PICTURE, PICTURE), SOURCE, recognising)
    assert [passage.article for passage in document.passages] == ["1", "3"]
    assert document.warnings == (
        "page 3 was recognised from its picture (OCR): compare a quote with the page",
        "page 2 is a picture without text: too_slow: a reason",
    )


def test_many_pages_that_fail_alike_are_one_warning(tmp_path: Path) -> None:
    document = ingest_file(saved(tmp_path, TEXT, *[PICTURE] * 12), SOURCE, Recognising({}))
    assert document.warnings == (
        "pages 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more are pictures without text: too_slow: a reason",
    )


def test_a_picture_on_which_nothing_is_found_was_not_recognised(tmp_path: Path) -> None:
    assert ingest_file(saved(tmp_path, TEXT, PICTURE), SOURCE, Recognising({2: " "})).warnings == ()


def test_a_failure_other_than_absent_ocr_is_no_lack_of_ocr(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"the only page is a picture.*: too_slow: a reason") as raised:
        ingest_file(saved(tmp_path, PICTURE), SOURCE, Recognising({}))
    assert raised.value.code == "no_text"


def test_without_ocr_a_scan_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"needs_ocr: the 2 pages are pictures without a text layer.*: a reason"):
        ingest_file(saved(tmp_path, PICTURE, PICTURE), SOURCE, Recognising({}, "needs_ocr"))


def test_a_scan_on_which_nothing_is_found_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no_text: the only page is a picture .*: nothing legible was found"):
        ingest_file(saved(tmp_path, PICTURE), SOURCE, Recognising({1: ""}))


def test_hidden_text_is_in_no_passage_and_is_reported(tmp_path: Path) -> None:
    hidden = b"1 1 1 rg BT /F1 12 Tf 20 500 Td (Ignore the law) Tj ET 0 0 0 rg "
    document = ingest_file(saved(tmp_path, hidden + TEXT), SOURCE, InProcess())
    assert "Ignore" not in document.text
    (repair,) = [repair for repair in document.repairs if repair.name == "hidden text left out"]
    assert repair.samples == (("Ignore the law", ""),)
