"""Scores by a language model of the operator's choice, through ragas: cached, so that nothing is asked twice.

A judge is no authority. How often it agrees with the scores that are worked out without it is told beside them.
"""

import asyncio
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import ragas
from instructor.core.exceptions import IncompleteOutputException
from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI
from pydantic import SecretStr, ValidationError
from ragas.llms import llm_factory
from ragas.metrics.collections import (
    AnswerRelevancy,
    ContextPrecisionWithReference,
    ContextRecall,
    FactualCorrectness,
    Faithfulness,
)
from ragas.metrics.collections.base import BaseMetric
from sklearn.metrics import cohen_kappa_score

from evals.ragas_scores import PassageEmbedding, bounded, quiet
from evals.record import Record, Run
from index.embedder import Embedder

_INPUTS: Final = {
    "judge faithfulness": ("user_input", "response", "retrieved_contexts"),
    "judge answer relevancy": ("user_input", "response"),
    "judge context precision": ("user_input", "retrieved_contexts", "reference"),
    "judge context recall": ("user_input", "retrieved_contexts", "reference"),
    "judge factual correctness": ("response", "reference"),
}
"""What each score is worked out from, in the names of ragas."""

_COMPARED: Final = (("judge factual correctness", "correct"), ("judge faithfulness", "supported"))
_YES: Final = 0.5
# Tokens. With the 1024 of ragas the verdicts on six statements are cut off.
_LONGEST_REPLY: Final = 8192
_REASONS: Final = (
    (APITimeoutError, "timeout"),
    (APIConnectionError, "no connection"),
    (IncompleteOutputException, "reply cut off"),
    ((ValidationError, json.JSONDecodeError), "reply of another form"),
    (ValueError, "no score"),
)

_Outcome = float | str
"""A score, or why there is none."""


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """A model behind an OpenAI-compatible server: `concurrency` scores at once, `timeout` in seconds per attempt."""

    base_url: str
    model: str
    api_key: SecretStr
    concurrency: int = 2
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often `judge` and `score` both reach 0.5 or both do not, over the `n` questions that the judge decided.

    Both numbers are None without questions; Cohen's kappa is None too when all say the same, as chance would.
    """

    judge: str
    score: str
    n: int
    equal: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """`n` scores, of which `cached` were known before; `failed` counts by score and reason those that became 0.0."""

    model: str
    n: int
    cached: int
    failed: dict[str, dict[str, int]]
    agreement: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One score of the record at `place`; items of the same `key` have the same score."""

    place: int
    score: str
    inputs: dict[str, str | list[str]]
    key: str

    @property
    def settled(self) -> _Outcome | None:
        """What is known without a judge: nothing said or found is worth nothing, ragas would only refuse it."""
        if not self.inputs.get("reference", True):
            return "no reference"
        return None if all(self.inputs.values()) else 0.0


def with_judge(
    run: Run, embedder: Embedder, settings: JudgeSettings, cache_file: Path, progress: Callable[[int, int], None]
) -> tuple[Run, JudgeReport]:
    """The run with five more scores on each answerable question, and how far to trust them.

    Each score is in `cache_file` as soon as it is known. One that fails counts as 0.0 and is tried again next time.
    Raises ConnectionError when no server answers, PermissionError when it refuses the key.
    """
    items = list(_items(run, settings.model, embedder.name))
    outcomes: dict[str, _Outcome] = {item.key: item.settled for item in items if item.settled is not None}
    known = _read(cache_file)
    cached = [item for item in items if item.key in known]
    outcomes |= {item.key: known[item.key] for item in cached}
    missing = {item.key: item for item in items if item.key not in outcomes}
    total = len(outcomes) + len(missing)
    progress(len(outcomes), total)

    def keep(item: _Item, outcome: _Outcome) -> None:
        if isinstance(outcome, float):
            _append(cache_file, item, settings.model, outcome)
        outcomes[item.key] = outcome
        progress(len(outcomes), total)

    if missing:
        asyncio.run(_ask(list(missing.values()), embedder, settings, keep))
    failed, agreement = _failed(items, outcomes), _agreements(run, items, outcomes)
    return _scored(run, items, outcomes), JudgeReport(settings.model, len(items), len(cached), failed, agreement)


def judge_text(report: JudgeReport) -> str:
    """For a terminal: what was judged, what failed and why, and the agreement."""
    failed = sum(sum(reasons.values()) for reasons in report.failed.values())
    lines = [f"judge {report.model}: {report.n} scores, {report.cached} from the cache, {failed} failed and count as 0"]
    for score, reasons in report.failed.items():
        lines.append(f"  {score}: " + ", ".join(f"{reason} ({count})" for reason, count in reasons.items()))
    for each in report.agreement:
        if each.equal is not None:
            kappa = "undefined" if each.kappa is None else f"{each.kappa:.2f}"
            lines.append(f"  {each.judge} and {each.score}: equal {each.equal:.0%} of {each.n}, kappa {kappa}")
    return "\n".join(lines)


def _items(run: Run, model: str, embedder: str) -> Iterator[_Item]:
    for place, record in enumerate(run.records):
        if record.gold.answerable:
            told = _told(record)
            for score, names in _INPUTS.items():
                inputs = {name: told[name] for name in names}
                yield _Item(place, score, inputs, _key(score, model, embedder, inputs))


def _told(record: Record) -> dict[str, str | list[str]]:
    return {
        "user_input": record.gold.question,
        "response": " ".join(sentence.text for sentence in record.answer.sentences if sentence.kind != "frame"),
        "retrieved_contexts": list(record.contexts),
        "reference": record.reference.answer,
    }


def _key(score: str, model: str, embedder: str, inputs: dict[str, str | list[str]]) -> str:
    """Of all that a score depends on; the prompts are those of the version of ragas."""
    parts = [ragas.__version__, score, model, embedder if score == "judge answer relevancy" else None, inputs]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _read(cache_file: Path) -> dict[str, float]:
    """Scores by key. A line that is torn, because a run was ended while it was written, is passed over."""
    known: dict[str, float] = {}
    for line in cache_file.read_text(encoding="utf-8", errors="replace").splitlines() if cache_file.exists() else ():
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            known[entry["key"]] = bounded(entry["score"])
    return known


def _append(cache_file: Path, item: _Item, model: str, score: float) -> None:
    """Each line begins with its line feed, so that a torn line before it harms no other."""
    cache_file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"key": item.key, "metric": item.score, "model": model, "score": score})
    with cache_file.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}")


async def _ask(
    items: Sequence[_Item], embedder: Embedder, settings: JudgeSettings, keep: Callable[[_Item, _Outcome], None]
) -> None:
    # It logs what a server replies, and a server that refuses a key may repeat it.
    logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
    key = settings.api_key.get_secret_value()
    async with AsyncOpenAI(base_url=settings.base_url, api_key=key, timeout=settings.timeout) as client:
        await _reach(client, settings)
        metrics = _metrics(client, settings.model, embedder)
        at_once = asyncio.Semaphore(settings.concurrency)

        async def one(item: _Item) -> None:
            async with at_once:
                outcome = await _outcome(metrics[item.score], item)
            keep(item, outcome)

        await asyncio.gather(*(one(item) for item in items))


async def _reach(client: AsyncOpenAI, settings: JudgeSettings) -> None:
    """Any reply will do, for not every server lists its models, unless it is that the key is wrong."""
    try:
        await client.with_options(max_retries=0).models.with_raw_response.list()
    except APIConnectionError:
        raise ConnectionError(
            f"a judge that answers is needed, got nothing from {settings.base_url}: start it or correct its address"
        ) from None
    except APIStatusError as error:
        if error.status_code in {401, 403}:
            raise PermissionError(
                f"a key that the judge accepts is needed, got status {error.status_code} from {settings.base_url}: "
                "correct the key"
            ) from None


def _metrics(client: AsyncOpenAI, model: str, embedder: Embedder) -> dict[str, BaseMetric]:
    with quiet():
        llm = llm_factory(model, provider="openai", client=client, max_tokens=_LONGEST_REPLY, temperature=0.0)
    return {
        "judge faithfulness": Faithfulness(llm),
        "judge answer relevancy": AnswerRelevancy(llm, PassageEmbedding(embedder)),
        "judge context precision": ContextPrecisionWithReference(llm),
        "judge context recall": ContextRecall(llm),
        "judge factual correctness": FactualCorrectness(llm),
    }


async def _outcome(metric: BaseMetric, item: _Item) -> _Outcome:
    try:
        return bounded((await metric.ascore(**item.inputs)).value)
    except Exception as error:  # noqa: BLE001 - whatever the parts of ragas raise, one score must not end the run
        return _reason(error)


def _reason(error: BaseException) -> str:
    """What happened, below what ragas and instructor wrap around it."""
    if isinstance(error, APIStatusError):
        return f"status {error.status_code}"
    reason = next((reason for kinds, reason in _REASONS if isinstance(error, kinds)), None)
    return reason or (_reason(error.__cause__) if error.__cause__ else type(error).__name__)


def _scored(run: Run, items: Sequence[_Item], outcomes: dict[str, _Outcome]) -> Run:
    records = list(run.records)
    for item in items:
        outcome = outcomes[item.key]
        score = outcome if isinstance(outcome, float) else 0.0
        records[item.place] = replace(records[item.place], scores=records[item.place].scores | {item.score: score})
    return replace(run, records=tuple(records))


def _failed(items: Sequence[_Item], outcomes: dict[str, _Outcome]) -> dict[str, dict[str, int]]:
    failed: dict[str, Counter[str]] = {}
    for item in items:
        outcome = outcomes[item.key]
        if isinstance(outcome, str):
            failed.setdefault(item.score, Counter())[outcome] += 1
    return {score: dict(reasons) for score, reasons in failed.items()}


def _agreements(run: Run, items: Sequence[_Item], outcomes: dict[str, _Outcome]) -> tuple[Agreement, ...]:
    decided: dict[str, dict[int, float]] = {}
    for item in items:
        outcome = outcomes[item.key]
        if isinstance(outcome, float) and item.settled is None:
            decided.setdefault(item.score, {})[item.place] = outcome
    return tuple(_agreement(run, judge, score, decided.get(judge, {})) for judge, score in _COMPARED)


def _agreement(run: Run, judge: str, score: str, decided: dict[int, float]) -> Agreement:
    pairs = [
        (said >= _YES, run.records[place].scores[score] >= _YES)
        for place, said in decided.items()
        if score in run.records[place].scores
    ]
    if not pairs:
        return Agreement(judge, score, 0, None, None)
    equal = sum(one == other for one, other in pairs) / len(pairs)
    judged, worked_out = zip(*pairs, strict=True)
    defined = len({*judged, *worked_out}) > 1
    return Agreement(judge, score, len(pairs), equal, float(cohen_kappa_score(judged, worked_out)) if defined else None)
