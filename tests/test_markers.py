"""Markers are found where they stand, and what is settled of a draft is never taken back."""

import re
from dataclasses import replace

from index.search import Index
from rag.answer import Answer
from rag.chain import build_chain
from rag.markers import markers, settled
from rag.question import Question
from tests.conftest import TODAY
from tests.test_prose import ASKED, TRUE, Scripted


def found(answer: Answer) -> list[str]:
    return [answer.answer[marker.start : marker.end] for marker in markers(answer)]


def test_markers_are_counted_in_code_points(index: Index) -> None:
    answer = build_chain(index, lambda: TODAY).invoke(Question("ما هي الغرامة دون تصريح؟"))
    assert answer.direction == "rtl"
    assert found(answer) == [f"[{marker.n}]" for marker in markers(answer)]
    assert found(answer) == re.findall(r"\[\d\]", answer.answer)
    assert {marker.n for marker in markers(answer)} == {cited.n for cited in answer.citations}


def test_brackets_inside_a_quote_are_no_marker(index: Index) -> None:
    answer = build_chain(index, lambda: TODAY).invoke(ASKED)
    quoting = replace(answer.sentences[0], text="Art. 7 [1] bis", citations=(1,), kind="quote")
    bracketed = replace(answer, sentences=(quoting,), answer="> Art. 7 [1] bis [1]")
    assert [(marker.start, marker.end) for marker in markers(bracketed)] == [(17, 20)]


def test_what_is_settled_grows_and_the_answer_begins_with_it(index: Index) -> None:
    model = Scripted((f"{TRUE} [1]. ", f"{TRUE} [1]. ", "Il y a 9.000 dirhams [1]."))
    drafts = list(build_chain(index, lambda: TODAY, model).stream(ASKED))
    parts = [settled(draft) for draft in drafts]
    assert [part.count(TRUE) for part in parts] == [1, 2, 2]
    assert all(later.startswith(part) for part, later in zip(parts, [*parts[1:], drafts[-1].answer], strict=True))


def test_quotes_settle_nothing_before_the_end(index: Index) -> None:
    assert settled(build_chain(index, lambda: TODAY).invoke(ASKED)) == ""
