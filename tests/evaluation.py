"""Gold questions, citations, answers, hits and records for the tests of evaluation: valid without any argument.

What an argument does not change is about article 3 of the small corpus, which sets a fine of 1.000 to 5.000 dirhams.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from corpus.instrument import Instrument
from corpus.source import Source
from evals.questions import GoldQuestion, GoldSource
from evals.record import Diagnosis, Made, Record, Run, Scores
from index.hit import Hit, Score
from ingest.document import Passage
from rag.answer import Answer, Citation, Engine, Language, Sentence, Status

LAW, LAW_AR, PRESS = "loi-77-01-fr.txt", "loi-77-01-ar.txt", "press-en.md"
QUOTE = "Est puni d'une amende de 1.000 à 5.000 dirhams quiconque traite des données sans déclaration."
FINE = ["1.000 à 5.000 dirhams", "من 1.000 إلى 5.000 درهم"]
SOURCES = ((LAW, "3"), (LAW_AR, "3"))
NO_SCORE = Score(0.0, 0.0, 0.0, 0.0, 0.0)


class GoldFields(TypedDict, total=False):
    """Fields of a gold question that few tests set."""

    id: str
    language: Language
    question: str
    group: str | None
    superseded: list[str]


def gold_question(
    sources: tuple[tuple[str, str | None], ...] = SOURCES,
    facts: tuple[list[str], ...] = (FINE,),
    **fields: Unpack[GoldFields],
) -> GoldQuestion:
    """A question that `sources`, as (path, article), answer; without any it is unanswerable."""
    gold = GoldQuestion(
        id="fr-001",
        question="Quelle amende ?",
        language="fr",
        kind="sanction",
        audience="citizen",
        history=[],
        answerable=bool(sources),
        sources=[GoldSource(path=path, article=article) for path, article in sources],
        facts=list(facts),
        author="first",
        checked_by="second",
    )
    return gold.model_copy(update=dict(fields))


def unanswerable(**fields: Unpack[GoldFields]) -> GoldQuestion:
    """A question that no source answers."""
    return gold_question((), (), **fields)


def citation(path: str = LAW, article: str | None = "3", quote: str = QUOTE, n: int = 1) -> Citation:
    """A citation of an article of a source; nothing is known of whether it is in force."""
    return Citation(
        n=n,
        source_path=path,
        source_id="id",
        passage_id="id#0",
        title="Loi",
        kind="law",
        issuer=None,
        instrument=None,
        article=article,
        page=None,
        language="fr",
        quote=quote,
        start=0,
        end=len(quote),
        published=None,
        in_force=None,
        note=None,
        official_language=True,
        url=None,
        score=1.0,
    )


def frame(text: str) -> Sentence:
    """What Sanad itself says."""
    return Sentence(text, (), "frame")


def quoting(*citations: int, text: str = f"« {QUOTE} »") -> Sentence:
    """A sentence that shows a quote."""
    return Sentence(text, citations, "quote", 1.0)


def answer(
    *citations: Citation,
    status: Status = "answered",
    language: Language = "fr",
    sentences: tuple[Sentence, ...] = (),
) -> Answer:
    """An answer with these citations that took 12.5 ms."""
    return Answer(
        id="a",
        question="Quelle amende ?",
        language=language,
        direction="ltr",
        status=status,
        answer="",
        sentences=sentences,
        citations=citations,
        confidence="high",
        suggestions=(),
        as_of=date(2026, 11, 21),
        engine=Engine("gen-000001", "fake", "quotes"),
        timings_ms={"understand": 2.5, "total": 12.5},
    )


def hit(path: str = LAW, article: str | None = "3", position: int = 0, text: str = QUOTE) -> Hit:
    """A passage of a source that is no legal text."""
    source = Source(path, path)
    return Hit(Passage(source.id, position, 0, len(text), text, "fr", article=article), source, NO_SCORE)


def hit_of_law(path: str, article: str | None, position: int = 0, number: str = "77-01") -> Hit:
    """A passage of the legal text `number`."""
    found = hit(path, article, position)
    return replace(found, source=replace(found.source, instrument=Instrument("loi", number)))


def record(
    gold: GoldQuestion | None = None,
    given: Answer | None = None,
    scores: Scores | None = None,
    diagnosis: Diagnosis = "right",
) -> Record:
    """A record of a question, without hits."""
    return Record(gold or gold_question(), (), given or answer(citation()), scores or {}, diagnosis)


def run_of(records: Sequence[Record], when: str = "2026-11-21T10:00:00+00:00") -> Run:
    """A run of these records on a test machine; three questions were left out."""
    made = Made(
        when=when,
        index="gen-000007",
        fingerprint="0123456789abcdef",
        documents=12,
        embedder="fake",
        commit="abc123",
        machine="a test machine",
        versions={"numpy": "2"},
        settings={"threads": "2"},
    )
    return Run(made, tuple(records), left_out=3)
