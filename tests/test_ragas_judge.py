"""The judge over real HTTP: a server on this machine judges by rules that a person can follow."""

import json
import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evals.ragas_judge import Agreement, JudgeReport, JudgeSettings, judge_text, with_judge
from evals.record import Record, Run
from tests.evaluation import run_of
from tests.fakes import FakeEmbedder
from tests.judge_server import KEY, PRISON, Server
from tests.test_ragas_scores import record

FAITHFUL, RELEVANT, CORRECT = "judge faithfulness", "judge answer relevancy", "judge factual correctness"
PRECISION, RECALL = "judge context precision", "judge context recall"

FINE, DELAY, APPEAL = "Amende de mille dirhams", "Dix jours", "Recours au tribunal"
ANSWERED = record([FINE, PRISON], f"{FINE}. {DELAY}. {APPEAL}", ["Autre texte", FINE, DELAY])
EXPECTED = {
    FAITHFUL: 1 / 2,  # of what is said, the fine stands in the contexts
    RELEVANT: 1 / math.sqrt(2),  # the question that the judge makes of it shares one of two concepts
    PRECISION: (1 / 2 + 2 / 3) / 2,  # the second and the third context hold something of the reference
    RECALL: 2 / 3,  # of the reference, the appeal stands in no context
    CORRECT: 0.4,  # one claim of two is right, one of three is said; rounded by ragas
}
ASKED_EACH = {FAITHFUL: 2, RELEVANT: 3, PRECISION: 3, RECALL: 1, CORRECT: 4}
REQUESTS = sum(ASKED_EACH.values())


@pytest.fixture
def start() -> Iterator[Callable[[], Server]]:
    servers: list[Server] = []

    def serve() -> Server:
        servers.append(Server())
        threading.Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return servers[-1]

    yield serve
    for server in servers:
        server.die()


@pytest.fixture
def server(start: Callable[[], Server]) -> Server:
    return start()


def judged(run: Run, settings: JudgeSettings, cache_file: Path) -> tuple[dict[str, float], JudgeReport]:
    """The scores of the first record, and the report."""
    run, report = with_judge(run, FakeEmbedder(), settings, cache_file, lambda *_: None)
    return run.records[0].scores, report


def test_scores_are_those_worked_out_by_hand(server: Server, tmp_path: Path) -> None:
    scores, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert scores == pytest.approx(EXPECTED)
    assert (report.model, report.n, report.cached, report.failed) == ("small-judge", 5, 0, {})
    assert len(server.asked) == REQUESTS
    assert {(asked["model"], asked["temperature"], asked["max_tokens"]) for asked in server.asked} == {
        ("small-judge", 0.0, 8192)
    }


def test_framing_is_not_judged(server: Server, tmp_path: Path) -> None:
    judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert "Voici ce que disent les textes" not in json.dumps(server.asked)


def test_what_is_known_is_not_asked_again_and_needs_no_server(server: Server, tmp_path: Path) -> None:
    first, _ = judged(run_of([ANSWERED]), server.settings(), tmp_path / "new" / "judge.jsonl")
    server.die()
    seen: list[tuple[int, int]] = []
    cache_file, embedder = tmp_path / "new" / "judge.jsonl", FakeEmbedder()
    run, report = with_judge(
        run_of([ANSWERED]), embedder, server.settings(), cache_file, lambda done, total: seen.append((done, total))
    )
    assert (run.records[0].scores, report.cached, seen) == (first, 5, [(5, 5)])


def test_another_answer_or_model_is_judged_anew(server: Server, tmp_path: Path) -> None:
    cache_file = tmp_path / "judge.jsonl"
    judged(run_of([ANSWERED]), server.settings(), cache_file)
    other = record([PRISON], f"{FINE}. {DELAY}. {APPEAL}", ["Autre texte", FINE, DELAY])
    _, report = judged(run_of([other]), server.settings(), cache_file)
    assert report.cached == 2, "precision and recall of the contexts do not depend on the answer"
    settings = server.settings()
    renamed = JudgeSettings(settings.base_url, "other-judge", settings.api_key)
    assert judged(run_of([ANSWERED]), renamed, cache_file)[1].cached == 0


def test_one_that_dies_in_the_middle_is_asked_only_the_rest_next_time(
    start: Callable[[], Server], tmp_path: Path
) -> None:
    cache_file, server = tmp_path / "judge.jsonl", start()
    server.dies_after = REQUESTS - ASKED_EACH[CORRECT] - ASKED_EACH[RECALL]
    scores, report = judged(run_of([ANSWERED]), server.settings(), cache_file)
    assert report.failed == {RECALL: {"no connection": 1}, CORRECT: {"no connection": 1}}
    assert (scores[RECALL], scores[CORRECT]) == (0.0, 0.0)
    assert scores[PRECISION] == pytest.approx(EXPECTED[PRECISION])
    with cache_file.open("a", encoding="utf-8") as file:
        file.write('\n{"key": "torn wh')
    again = start()
    scores, report = judged(run_of([ANSWERED]), again.settings(), cache_file)
    assert scores == pytest.approx(EXPECTED)
    assert (report.cached, report.failed, len(again.asked)) == (3, {}, ASKED_EACH[RECALL] + ASKED_EACH[CORRECT])
    assert judged(run_of([ANSWERED]), again.settings(), cache_file)[1].cached == 5, "nothing was glued to the torn line"


@pytest.mark.parametrize("reply", ["It is a fine answer!", '{"verdict": "maybe"}', "", "[1, 2"])
def test_garbage_is_a_failure_of_every_score(server: Server, tmp_path: Path, reply: str) -> None:
    server.reply = lambda *_: reply
    scores, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"reply of another form": 1} for name in EXPECTED}
    assert scores == dict.fromkeys(EXPECTED, 0.0)
    assert not (tmp_path / "judge.jsonl").exists(), "a failure is tried again next time"


def test_a_reply_that_gives_no_score_is_a_failure(server: Server, tmp_path: Path) -> None:
    empty = {"statements": [], "classifications": [], "claims": [], "question": "", "noncommittal": 0}
    server.reply = lambda *_: empty | {"reason": "", "verdict": 3}
    _, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"no score": 1} for name in (FAITHFUL, PRECISION, RECALL)}


def test_a_reply_that_is_cut_off_is_told_apart(server: Server, tmp_path: Path) -> None:
    server.cut_off = True
    _, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"reply cut off": 1} for name in EXPECTED}


def test_a_reply_that_comes_too_late_is_told_apart(server: Server, tmp_path: Path) -> None:
    server.pause = 1.0
    _, report = judged(run_of([ANSWERED]), server.settings(concurrency=5, timeout=0.3), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"timeout": 1} for name in EXPECTED}


def test_a_server_without_a_list_of_models_or_the_model_is_told_apart(server: Server, tmp_path: Path) -> None:
    server.models_status = server.status = 404
    _, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"status 404": 1} for name in EXPECTED}


def test_no_more_is_asked_at_once_than_was_set(server: Server, tmp_path: Path) -> None:
    server.pause = 0.05
    judged(run_of([ANSWERED]), server.settings(concurrency=2), tmp_path / "judge.jsonl")
    assert server.most_at_once == 2


def test_a_server_that_is_not_there_ends_the_run_at_once(server: Server, tmp_path: Path) -> None:
    settings = server.settings()
    server.die()
    with pytest.raises(ConnectionError, match=r"got nothing from http://127\.0\.0\.1") as raised:
        judged(run_of([ANSWERED]), settings, tmp_path / "judge.jsonl")
    assert KEY not in str(raised.value)


def test_a_key_that_is_refused_ends_the_run_and_is_never_shown(
    server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    server.status = 401
    _, report = judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"status 401": 1} for name in EXPECTED}
    server.models_status = 401
    with pytest.raises(PermissionError, match="got status 401") as raised:
        judged(run_of([ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert KEY not in "".join(capfd.readouterr()) + caplog.text + str(raised.value) + repr(server.settings())


def test_what_is_nothing_is_settled_without_the_judge(server: Server, tmp_path: Path) -> None:
    silent = record([], FINE, [FINE], {"correct": 0.0})
    scores, report = judged(run_of([silent]), server.settings(), tmp_path / "judge.jsonl")
    assert (scores[FAITHFUL], scores[RELEVANT], scores[CORRECT], scores[RECALL]) == (0.0, 0.0, 0.0, 1.0)
    assert report.failed == {}
    assert report.agreement[0].n == 0, "the judge decided nothing"
    _, report = judged(run_of([record([FINE], "", [FINE])]), server.settings(), tmp_path / "judge.jsonl")
    assert report.failed == {name: {"no reference": 1} for name in (PRECISION, RECALL, CORRECT)}


def test_unanswerable_questions_are_not_judged(server: Server, tmp_path: Path) -> None:
    scores, report = judged(run_of([record([FINE], answerable=False)]), server.settings(), tmp_path / "judge.jsonl")
    assert (scores, report.n, server.asked) == ({}, 0, [])


def test_the_same_is_asked_once(server: Server, tmp_path: Path) -> None:
    _, report = judged(run_of([ANSWERED, ANSWERED]), server.settings(), tmp_path / "judge.jsonl")
    assert (report.n, len(server.asked)) == (10, REQUESTS)


def _said(right: bool, correct: float, supported: float) -> Record:
    scores = {"correct": correct, "supported": supported}
    return record([FINE if right else PRISON], FINE, [FINE], scores)


def test_agreement_worked_out_by_hand(server: Server, tmp_path: Path) -> None:
    run = run_of([_said(True, 1.0, 1.0), _said(True, 0.0, 1.0), _said(False, 0.0, 1.0), _said(False, 0.0, 1.0)])
    _, report = judged(run, server.settings(), tmp_path / "judge.jsonl")
    # By chance alone 0.5 * 0.25 + 0.5 * 0.75 = 0.5 would be equal; (0.75 - 0.5) / (1 - 0.5) = 0.5.
    assert report.agreement == (
        Agreement(CORRECT, "correct", 4, 0.75, 0.5),
        Agreement(FAITHFUL, "supported", 4, 0.5, 0.0),
    )
    assert f"{CORRECT} and correct: equal 75% of 4, kappa 0.50" in judge_text(report)


def test_agreement_of_those_who_always_say_yes_is_undefined(server: Server, tmp_path: Path) -> None:
    _, report = judged(run_of([_said(True, 1.0, 1.0)]), server.settings(), tmp_path / "judge.jsonl")
    assert report.agreement[0] == Agreement(CORRECT, "correct", 1, 1.0, None)
    assert "kappa undefined" in judge_text(report)


def test_the_report_says_what_failed_and_why() -> None:
    failed = {FAITHFUL: {"timeout": 2, "no score": 1}}
    text = judge_text(JudgeReport("small-judge", 10, 4, failed, (Agreement(CORRECT, "correct", 0, None, None),)))
    assert text == (
        "judge small-judge: 10 scores, 4 from the cache, 3 failed and count as 0\n"
        f"  {FAITHFUL}: timeout (2), no score (1)"
    )
