"""The runbook names every setting and every metric of the program. Run as a module, this file writes its settings."""

import re
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from api.metrics import Metrics
from index.search import Index
from settings import Settings
from tests.test_architecture import ROOT

RUNBOOK: Final = ROOT / "docs/operations.md"
_TABLE: Final = re.compile(r"(<!-- settings: .*? -->\n)(.*?)(<!-- /settings -->)", re.DOTALL)


def settings_table() -> str:
    """Every setting with its default and its description, as Markdown."""
    rows = [
        f"| `SANAD_{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |", "| --- | --- | --- |", *rows, ""])


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "by the number of cores"
    if isinstance(field.default, SecretStr) or field.default in {None, "", ()}:
        return "–"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def write(runbook: Path) -> None:
    """Put the table where the runbook has it."""
    text = runbook.read_text(encoding="utf-8")
    runbook.write_text(_TABLE.sub(lambda found: found[1] + settings_table() + found[3], text), encoding="utf-8")


def test_every_setting_is_listed_as_it_is() -> None:
    listed = _TABLE.search(RUNBOOK.read_text(encoding="utf-8"))
    assert listed is not None
    assert listed[2] == settings_table(), "run `python -m tests.test_operations_docs`"


def test_every_setting_has_a_description() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_metric_is_explained(index: Index) -> None:
    metrics = Metrics()
    metrics.watch(index)
    text = RUNBOOK.read_text(encoding="utf-8")
    names = {metric.name for metric in metrics.registry.collect()}
    assert names
    assert {name for name in names if f"`{name}" not in text} == set()


if __name__ == "__main__":
    write(RUNBOOK)
