"""Answers, hits and reports as text for a terminal."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from index.build import BuildReport, FileOutcome
from index.hit import Hit
from index.search import Index
from rag.answer import Answer
from rag.languages import framing_language
from rag.wording import reference


def answer_text(answer: Answer) -> str:
    """The answer, then each citation with where it stands."""
    wording = framing_language(answer.language)
    lines = [answer.answer, ""]
    for citation in answer.citations:
        place = f"{citation.source_path} [{citation.start}:{citation.end}]"
        note = f" ({citation.note})" if citation.note else ""
        lines.append(f"[{citation.n}] {reference(citation, wording)}{note}\n    {citation.title}\n    {place}")
    lines.append(
        f"\n{answer.status}, {answer.confidence}, {answer.timings_ms.get('total', 0):.0f} ms, {answer.engine.index}"
    )
    return "\n".join(lines)


def hits_text(hits: Iterable[Hit]) -> str:
    """One hit a paragraph with the parts of its score."""
    shown = []
    for rank, hit in enumerate(hits, start=1):
        score = hit.score
        parts = (
            f"dense {score.dense:.3f}, words {score.words:.1f}, "
            f"coverage {score.coverage:.2f}, reference {score.reference:.0f}"
        )
        place = " › ".join(hit.passage.path[-2:])
        text = " ".join(hit.passage.text.split())[:240]
        shown.append(f"{rank:2}. {score.total:6.2f}  {hit.source.path}  {place}\n    {parts}\n    {text}")
    return "\n".join(shown)


def outcome_line(outcome: FileOutcome) -> str:
    """One file of an ingest: what became of it, and why."""
    detail = f"{outcome.passages} passages" if outcome.status in {"indexed", "unchanged"} else outcome.reason
    return f"{outcome.status:9}  {outcome.path}  ({detail})"


def report_text(report: BuildReport, seconds: float) -> str:
    """The end of an ingest: one line a file, then the sums."""
    return "\n".join([*map(outcome_line, report.outcomes), totals_line(report, seconds)])


def totals_line(report: BuildReport, seconds: float) -> str:
    """The sums of an ingest, with its speed."""
    counts = Counter(outcome.status for outcome in report.outcomes)
    summary = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    speed = f" ({report.embedded / seconds:.1f} passages/s)" if report.embedded and seconds else ""
    return (
        f"{len(report.outcomes)} files: {summary}. {report.embedded} passages embedded in {seconds:.0f} s{speed}. "
        f"Index {report.generation}: {report.documents} documents, {report.passages} passages."
    )


def sources_text(index: Index) -> str:
    """Every source of the index, one a line."""
    return "\n".join(f"{s.kind:9} {s.language or '?':3} {s.path}  {s.title}" for s in index.sources.values())


def status_text(index: Index, now: datetime) -> str:
    """What an open, verified index holds, and how old it is at `now`."""
    manifest = index.manifest
    age = now - datetime.fromisoformat(manifest.created)
    languages = ", ".join(f"{language} {count}" for language, count in manifest.passages.items())
    kinds = ", ".join(
        f"{kind} {count}" for kind, count in Counter(s.kind for s in index.sources.values()).most_common()
    )
    rejected = [f"  {item.status:8} {item.path}: {item.reason}" for item in index.store.rejected()]
    lines = [
        f"index        {index.generation}, made {manifest.created}, {age.days} days {age.seconds // 3600} h ago",
        f"checks       all {len(manifest.files)} files match their checksums",
        f"documents    {manifest.documents} ({kinds})",
        f"passages     {sum(manifest.passages.values())} ({languages})",
        f"embedder     {manifest.embedder}, {manifest.dimension} dimensions",
        f"versions     format {manifest.format_version}, pipeline {manifest.pipeline_version}, "
        f"analysis {manifest.analysis_version}",
        f"not indexed  {len(rejected)}",
    ]
    return "\n".join(lines + rejected)
