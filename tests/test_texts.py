"""Texts without files to a published index: what becomes of each, and what is done again."""

from pathlib import Path

import pytest

from corpus.source import Source
from index.build import BuildReport
from index.files import BusyError, writer_lock
from index.generation import STORE, current
from index.store import Store
from index.texts import publish_texts
from tests.fakes import FakeEmbedder

RULE, NEWS, BLANK = "The declaration comes before the data.", "The incident was over by noon.", "\u200b \n"


def publish(folder: Path, texts: dict[str, str], embedder: FakeEmbedder | None = None) -> BuildReport:
    listed = [(Source(path=path, title=""), text) for path, text in texts.items()]
    return publish_texts(listed, folder, embedder or FakeEmbedder(), lambda *_: None)


def statuses(report: BuildReport) -> dict[str, str]:
    return {outcome.path: outcome.status for outcome in report.outcomes}


def test_each_text_is_a_document_and_a_blank_one_is_none(tmp_path: Path) -> None:
    report = publish(tmp_path, {"rule": RULE, "news": NEWS, "blank": BLANK})
    assert statuses(report) == {"rule": "indexed", "news": "indexed", "blank": "quarantined"}
    assert report.outcomes[2].reason.startswith("no_text: ")
    assert (report.documents, report.passages, report.embedded) == (2, 2, 2)
    store = Store(current(tmp_path) / STORE)
    assert [(passage.text, passage.language) for passage in store.passages()] == [(NEWS, "en"), (RULE, "en")]


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    publish(tmp_path, {"rule": RULE, "news": NEWS, "blank": BLANK})
    report = publish(tmp_path, {"rule": RULE, "blank": BLANK, "more": NEWS})
    assert statuses(report) == {"rule": "unchanged", "blank": "quarantined", "more": "indexed"}
    assert (report.generation, report.documents, report.embedded) == ("gen-000002", 2, 0)
    assert publish(tmp_path, {"rule": RULE, "blank": BLANK, "more": NEWS}).generation == "gen-000002"


def test_another_embedder_embeds_everything_again(tmp_path: Path) -> None:
    publish(tmp_path, {"rule": RULE})
    report = publish(tmp_path, {"rule": RULE}, FakeEmbedder("other"))
    assert (statuses(report), report.embedded) == ({"rule": "unchanged"}, 1)


def test_two_writers_at_a_time_are_refused(tmp_path: Path) -> None:
    with writer_lock(tmp_path), pytest.raises(BusyError, match="one process at a time"):
        publish(tmp_path, {"rule": RULE})
