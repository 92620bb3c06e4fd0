"""The page of a run and that of two side by side: whole, safe and readable in both directions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.gate import baseline_of, compare
from evals.page import write_comparison, write_page
from evals.plots import confidence_plot, latency_plot, recall_plot, scores_plot
from evals.record import Found, Record, Run
from evals.reference import Reference
from evals.tables import LatencyRow, confidence_rows, latency_rows, score_rows
from rag.answer import Language
from rag.request import TurnRequest
from tests.evaluation import LAW, PRESS, answer, citation, gold_question, record, run_of, unanswerable

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;"
SVG = "{http://www.w3.org/2000/svg}"
_LOADS = {"src", "srcset", "href", "xlink:href", "action", "data", "poster", "background"}


class Tags(HTMLParser):
    """The tags of a page with their attributes, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def assert_needs_nothing_else(page: str) -> None:
    """No address is loaded: what is linked lies in the page itself."""
    tags = Tags(page)
    loaded = [value for _, found in tags.found for name, value in found.items() if name in _LOADS]
    assert [value for value in loaded if not (value or "").startswith("#")] == []
    assert not {tag for tag, _ in tags.found} & {"link", "iframe", "object", "embed", "base", "img"}
    assert "@import" not in page
    assert set(re.findall(r"url\((.)", page)) <= {"#"}
    # What is left of addresses names the vocabularies of SVG.
    spaces = set(re.findall(r"https?://[^\"'\s<)]+", page))
    assert all(
        space.startswith(("http://www.w3.org/", "http://purl.org/dc/", "http://creativecommons.org/ns#"))
        for space in spaces
    ), spaces
    assert len(tags.named("script")) <= 1


def full() -> Record:
    """A question with everything that a page can show."""
    gold = gold_question(id="ar-1", question="ما الغرامة؟", language="ar", group="fine").model_copy(
        update={"history": [TurnRequest(question="وما الأجل؟")], "checked_by": None}
    )
    made = record(gold, answer(citation(), language="ar"), {"correct": 0.0, "verbatim": 1.0}, "cut")
    found = (Found(PRESS, None, "p#0", 0.2, gold=False), Found(LAW, "3", "id#0", 0.1, gold=True))
    return replace(made, found=found, reference=Reference("يعاقب بغرامة"))


def silent() -> Record:
    given = replace(answer(status="not_found"), answer="Aucun document ne répond.")
    return record(unanswerable(id="none-1"), given, {"invented": 0.0}, "rightly_refused")


def right(name: str = "fr-1", language: Language = "fr") -> Record:
    return record(gold_question(id=name, language=language, group="fine"), scores={"correct": 1.0, "recall@5": 1.0})


def page_of(records: Sequence[Record], folder: Path) -> str:
    write_page(run_of(records), folder / "new" / "report.html")
    return (folder / "new" / "report.html").read_text(encoding="utf-8")


def comparison_of(before: Run, after: Run, folder: Path) -> str:
    compared = compare(baseline_of(before).scores, after.records)
    write_comparison(before, after, compared, folder / "new" / "comparison.html")
    return (folder / "new" / "comparison.html").read_text(encoding="utf-8")


def drawings(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(drawn) for drawn in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


def test_a_page_needs_nothing_else(tmp_path: Path) -> None:
    page = page_of([full(), silent(), right()], tmp_path)
    assert page.lstrip().startswith("<!doctype html>")
    assert_needs_nothing_else(page)


def test_a_page_is_closed_tag_by_tag(tmp_path: Path) -> None:
    page = page_of([full(), silent(), right()], tmp_path)
    for tag in ("details", "summary", "table", "tbody", "tr", "td", "div", "blockquote", "bdi", "b", "p", "figure"):
        assert len(re.findall(f"<{tag}[ >]", page)) == page.count(f"</{tag}>"), tag


def test_plots_are_drawings_with_words_that_can_be_searched(tmp_path: Path) -> None:
    drawn = drawings(page_of([full(), silent(), right()], tmp_path))
    assert [drawing.tag for drawing in drawn] == [f"{SVG}svg"] * 4
    words = ["".join(drawing.itertext()) for drawing in drawn]
    for wanted, found in zip(("correct", "passages looked at", "high", "understand"), words, strict=True):
        assert wanted in found


def test_plots_are_the_same_bytes_each_time() -> None:
    rows = score_rows([full(), right()], lambda asked: asked.gold.language)
    assert scores_plot(rows) == scores_plot(rows)


def test_what_an_asker_or_a_source_says_is_never_markup(tmp_path: Path) -> None:
    gold = gold_question(((HOSTILE, HOSTILE),), ([HOSTILE],), id=HOSTILE, question=HOSTILE).model_copy(
        update={"history": [TurnRequest(question=HOSTILE)], "author": HOSTILE, "kind": HOSTILE, "audience": HOSTILE}
    )
    given = answer(citation(HOSTILE, HOSTILE, HOSTILE))
    hostile = replace(
        record(gold, given, {"correct": 0.0}, "cut"),
        found=(Found(HOSTILE, HOSTILE, "id#0", 0.1, gold=True),),
        reference=Reference(HOSTILE),
    )
    refused = record(gold_question(id="r"), replace(answer(status="not_found"), answer=HOSTILE), {"correct": 0.0})
    better = replace(hostile, scores={"correct": 1.0}, diagnosis="right")
    run = run_of([hostile, refused])
    run = replace(run, made=replace(run.made, machine=HOSTILE, embedder=HOSTILE, commit=HOSTILE))
    write_page(run, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for shown in (page, comparison_of(run, run_of([better, refused]), tmp_path)):
        assert "&lt;script&gt;alert(" in shown
        assert "<script>alert" not in shown
        assert Tags(shown).named("img") == []
        assert not [found for _, found in Tags(shown).found if "onerror" in found]
    assert [found for found in Tags(page).named("details") if len(found) != 2] == []


def test_texts_find_their_own_direction(tmp_path: Path) -> None:
    page = page_of([full()], tmp_path)
    tags = Tags(page)
    for tag in ("blockquote", "b", "q"):
        assert any(found.get("dir") == "auto" for found in tags.named(tag)), tag
    assert all(found.get("dir") == "auto" for found in tags.named("blockquote"))
    assert '<b dir="auto"><bdi>ما الغرامة؟</bdi></b>' in page
    assert tags.named("meta")[0] == {"charset": "utf-8"}


def test_a_question_is_shown_with_answer_gold_and_diagnosis(tmp_path: Path) -> None:
    page = page_of([full()], tmp_path)
    (details,) = Tags(page).named("details")
    assert details == {"data-diagnosis": "cut", "data-language": "ar"}
    for shown in (
        "cited, but the fact was cut off",
        "Est puni d&#39;une amende",
        '<q dir="auto">وما الأجل؟</q>',
        "checked by nobody",
        "<bdi>1.000 à 5.000 dirhams</bdi> / <bdi>من 1.000 إلى 5.000 درهم</bdi>",
        '<blockquote class="gold" dir="auto">يعاقب بغرامة</blockquote>',
        f"1. <bdi>{PRESS}</bdi>; 2. <b><bdi>{LAW} art. 3</bdi> (gold)</b>;",
        "<dt>verbatim</dt><dd>1.00</dd>",
        "answered, high confidence, 12 ms",
    ):
        assert shown in page


def test_an_unanswerable_question_shows_what_was_said(tmp_path: Path) -> None:
    page = page_of([silent()], tmp_path)
    assert "Gold: no document answers this." in page
    assert '<blockquote dir="auto">Aucun document ne répond.</blockquote>' in page


def test_wrong_answers_come_first(tmp_path: Path) -> None:
    page = page_of([right("b"), right("a"), silent(), full()], tmp_path)
    order = [found["data-diagnosis"] for found in Tags(page).named("details")]
    assert order == ["cut", "right", "right", "rightly_refused"]
    assert page.index("<small>a</small>") < page.index("<small>b</small>")


def test_tables_are_by_language_kind_audience_and_split(tmp_path: Path) -> None:
    page = page_of([right(), full()], tmp_path)
    assert re.findall(r"<h2>Scores by (\w+)</h2>", page) == ["language", "kind", "audience", "split"]
    assert "<th></th><th>all</th><th>fr</th><th>ar</th>" in page
    assert "<td>correct</td><td>50 [0–100]</td><td>100 [0–100]</td><td>0 [0–100]</td>" in page
    assert "<td>recall@5</td><td>100 [0–100]</td><td>100 [0–100]</td><td>–</td>" in page
    assert "<td>correct</td><td>ar</td><td>-100 [-100, +100]</td><td>1 questions</td>" in page
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("make", [full, silent, right])
def test_a_page_of_one_question_is_whole(make: Callable[[], Record], tmp_path: Path) -> None:
    assert len(drawings(page_of([make()], tmp_path))) == 4


def test_where_nothing_has_an_answer_the_plots_are_empty_drawings() -> None:
    for drawn in (recall_plot([silent()]), confidence_plot(confidence_rows([silent()]))):
        assert ElementTree.fromstring(drawn).tag == f"{SVG}svg"


def test_groups_other_than_languages_can_be_drawn() -> None:
    drawn = scores_plot(score_rows([right()], lambda asked: asked.gold.kind))
    assert "correct" in "".join(ElementTree.fromstring(drawn).itertext())


def test_latency_shows_both_percentiles() -> None:
    drawn = ElementTree.fromstring(latency_plot([LatencyRow("search", 3.4, 120.0), *latency_rows([right()])]))
    words = "".join(drawn.itertext())
    assert "3 / 120 ms" in words
    assert "p95" in words


def test_a_comparison_shows_before_and_after(tmp_path: Path) -> None:
    before = run_of([replace(full(), scores={"correct": 1.0}, diagnosis="right"), right("same"), right("gone")])
    after = run_of([full(), right("same"), right("new")], "2026-12-01T00:00:00+00:00")
    page = comparison_of(before, after, tmp_path)
    assert_needs_nothing_else(page)
    assert "<h1>Before and after, 2 questions in common</h1>" in page
    assert "Before: 2026-11-21T10:00:00+00:00" in page
    assert "After: 2026-12-01T00:00:00+00:00" in page
    assert "<h2>1 questions with other scores</h2>" in page
    assert '<span class="badge">right</span> → <span class="badge wrong">cut</span> <small>ar-1</small>' in page
    assert "<td>correct</td><td>all</td><td>100.0</td><td>50.0</td><td>-50.0</td>" in page
    assert len(Tags(page).named("details")) == 1
    assert "same" not in page


def test_a_harmed_score_is_marked(tmp_path: Path) -> None:
    names = [f"q{place}" for place in range(6)]
    before = run_of([record(gold_question(id=name), scores={"correct": 1.0}) for name in names])
    after = run_of([record(gold_question(id=name), scores={"correct": 0.0}) for name in names])
    page = comparison_of(before, after, tmp_path)
    assert '<td>0.031</td><td>6</td><td class="harmed">harmed</td>' in page
    assert '<td class="harmed">harmed</td>' not in comparison_of(after, before, tmp_path)


def test_equal_runs_have_nothing_to_show(tmp_path: Path) -> None:
    run = run_of([full(), silent()])
    page = comparison_of(run, run, tmp_path)
    assert "No score moved." in page
    assert "<h2>0 questions with other scores</h2>" in page
