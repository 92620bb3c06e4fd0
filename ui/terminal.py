"""Answers, hits and reports as text for a terminal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from index.build import BuildReport
from index.gather import FileOutcome
from index.hit import Hit
from index.search import Index
from ingest.document import Document, Passage
from rag.answer import Answer
from rag.feedback import Kept
from rag.languages import framing_language
from rag.question import Understood
from rag.wording import reference


def answer_text(answer: Answer) -> str:
    """The answer, then each citation with where it stands."""
    wording = framing_language(answer.language)
    lines = [answer.answer, ""]
    for citation in answer.citations:
        place = f"{citation.source_path} [{citation.start}:{citation.end}]"
        note = f" ({citation.note})" if citation.note else ""
        lines.append(f"[{citation.n}] {reference(citation, wording)}{note}\n    {citation.title}\n    {place}")
    lines += [f"→ {suggestion}" for suggestion in answer.suggestions]
    lines.append(
        f"\n{answer.status}, {answer.confidence}, {answer.timings_ms.get('total', 0):.0f} ms, {answer.engine.index}"
    )
    return "\n".join(lines)


def hits_text(hits: Iterable[Hit], *, explained: bool = False) -> str:
    """One hit a paragraph; `explained`, with where its score comes from."""
    shown = []
    for rank, hit in enumerate(hits, start=1):
        place = " › ".join(filter(None, [*hit.passage.path[-2:], hit.passage.place]))
        text = " ".join(hit.passage.text.split())[:240]
        lines = [
            f"{rank:2}. {hit.score.total:6.2f}  {hit.source.path}  {place}",
            *(explanation(hit) if explained else ()),
        ]
        shown.append("\n    ".join([*lines, text]))
    return "\n".join(shown)


def explanation(hit: Hit) -> list[str]:
    """Where the score of a hit comes from, a line a part."""
    score, change = hit.score, hit.standing.change
    shares = " ".join(f"{name} {share:+.2f}" for name, share in score.shares if share)
    parts = f"cosine {score.dense:.3f}, BM25 {score.words:.1f}, rare words shared {score.coverage:.0%}"
    headnote = [f"headnote ({score.headnote:.1f}): {hit.clue}"] if hit.clue else []
    ended = (
        [f"not in force: {change.status} by {change.by.number if change.by else '?'}, {change.since}"] if change else []
    )
    return [f"= {shares}", parts, *headnote, *ended]


def understood_text(understood: Understood) -> str:
    """What was read in a question, one line each."""
    asks = understood.asks
    read = {
        "language": understood.language,
        "also read as": "; ".join(f"{reading.text} ({reading.language})" for reading in understood.also),
        "follows up": understood.search_text if understood.follow_up else "",
        "texts": ", ".join(understood.numbers),
        "articles": ", ".join(understood.articles),
        "names": "; ".join(name.fr for name in understood.names),
        "asks for": ", ".join([*asks.figures, *(f"a number of {year}" for year in asks.years)]),
        "speaks of": asks.on.isoformat() if asks.on else "",
        "takes for granted": asks.premise or "",
    }
    return "\n".join(f"{name:18}{value}" for name, value in read.items() if value)


def outcome_line(outcome: FileOutcome) -> str:
    """One file of an ingest: what became of it, and why."""
    detail = f"{outcome.passages} passages" if outcome.status in {"indexed", "unchanged"} else outcome.reason
    return f"{outcome.status:11}  {outcome.path}  ({detail})"


def document_text(document: Document) -> str:
    """What one file became: how it was read, what it says of itself, its repairs, articles and passages."""
    source, facts = document.source, document.facts
    articles = list(dict.fromkeys(passage.article for passage in document.passages if passage.article))
    instrument = f"{source.instrument.type} {source.instrument.number}" if source.instrument else "none"
    lines = [
        f"title        {source.title}",
        f"read as      {document.reader}, language {document.language}, legibility {document.legibility:.2f}",
        f"instrument   {instrument}; kind {source.kind}; authority {facts.authority.level if facts.authority else '?'}",
        f"dates        signed {facts.signed or '?'} ({facts.hijri or '?'} H), published {source.published or '?'}, "
        f"Bulletin officiel {facts.gazette or '?'}",
        f"articles     {len(articles)}: {', '.join(articles)}",
    ]
    lines += [f"warning      {warning}" for warning in document.warnings]
    for relation in document.relations:
        stated = " ".join(document.text[relation.start : relation.end].split())
        lines.append(f"{relation.kind:12} {relation.by.number} → {relation.target.number}: {stated}")
    for repair in document.repairs:
        samples = "; ".join(f"{before!r} → {after!r}" for before, after in repair.samples)
        lines.append(f"repair       {repair.name} ({repair.count}): {samples}")
    return "\n".join([*lines, *map(passage_text, document.passages)])


def passage_text(passage: Passage) -> str:
    """One passage under its place: offsets, page, role, language, headings."""
    place = " › ".join(filter(None, [*passage.path, passage.place]))
    page = f"p. {passage.page} " if passage.page else ""
    return f"\n[{passage.start}:{passage.end}] {page}{passage.role} {passage.language}  {place}\n{passage.text}"


def report_text(report: BuildReport, seconds: float) -> str:
    """The end of an ingest: one line a file, then the sums."""
    return "\n".join([*map(outcome_line, report.outcomes), totals_line(report, seconds)])


def totals_line(report: BuildReport, seconds: float) -> str:
    """The sums of an ingest, with its speed."""
    counts = Counter(outcome.status for outcome in report.outcomes)
    summary = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    speed = f" ({report.embedded / seconds:.1f} passages/s)" if report.embedded and seconds else ""
    return (
        f"{len(report.outcomes)} files: {summary}. {report.embedded} texts embedded in {seconds:.0f} s{speed}. "
        f"Index {report.generation}: {report.documents} documents, {report.passages} passages."
    )


def sources_text(index: Index) -> str:
    """Every source of the index, one a line."""
    return "\n".join(f"{s.kind:9} {s.language or '?':3} {s.path}  {s.title}" for s in index.sources.values())


def status_json(index: Index, kept: Kept, *, sources: bool) -> dict[str, object]:
    """The manifest of an open index, what readers thought of its answers, and its sources where they are wanted."""
    listed = {"sources": [asdict(source) for source in index.sources.values()]} if sources else {}
    return asdict(index.manifest) | {"index": index.generation, "feedback": _sums(kept)} | listed


def feedback_text(kept: Kept) -> str:
    """How many answers were judged, with a line for each fault of the log."""
    sums = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in _sums(kept).items())
    return "\n".join([f"feedback     {sums}", *(f"  {fault}" for fault in kept.faults)])


def _sums(kept: Kept) -> dict[str, int]:
    useful = sum(feedback.useful for feedback in kept.latest())
    return {"useful": useful, "not_useful": len(kept.latest()) - useful, "unreadable_lines": len(kept.faults)}


def status_text(index: Index, now: datetime) -> str:
    """What an open, verified index holds, and how old it is at `now`."""
    manifest = index.manifest
    age = now - datetime.fromisoformat(manifest.created)
    languages = ", ".join(f"{language} {count}" for language, count in manifest.passages.items())
    kinds = ", ".join(
        f"{kind} {count}" for kind, count in Counter(s.kind for s in index.sources.values()).most_common()
    )
    rejected = [f"  {item.status:11} {item.path}: {item.code}: {item.reason}" for item in index.store.rejected()]
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
