"""A benchmark of four documents with ranks that a person can see, and what is said of folders that are none."""

import json
from collections.abc import Sequence
from math import log2
from pathlib import Path

import pytest

from evals.beir import BeirResult, beir_text, run_beir
from evals.intervals import Change, Estimate
from index.generation import STORE, current
from index.store import Store
from tests.fakes import FakeEmbedder

Line = dict[str, object]

HEADER = "query-id\tcorpus-id\tscore"

# The fake model puts `lot` first for a fine (it speaks of nothing else), then `bit`, whose other half is data.
DOCUMENTS: tuple[Line, ...] = (
    {"_id": "bit", "title": "", "text": "A fine is due when data go missing."},
    {"_id": "lot", "title": "On money", "text": "The fine, and the penalty on top, are paid together."},
    {"_id": "event", "text": "Each incident goes into the ledger.", "source": "written for this test"},
    {"_id": "form", "title": None, "text": "The declaration lies on the desk."},
)
ASKED: tuple[Line, ...] = (
    {"_id": "q1", "text": "Which incident goes there?"},
    {"_id": "q2", "text": "What does the ledger say about any fine?"},
    {"_id": "q3", "text": "Who asked this without a judgement?"},
)
JUDGED: tuple[tuple[str, str, int], ...] = (("q1", "event", 1), ("q2", "event", 1), ("q2", "form", 0))


def beir(
    folder: Path, documents: Sequence[Line], asked: Sequence[Line], judged: Sequence[tuple[str, str, int]]
) -> Path:
    """A folder in the layout of BEIR."""
    folder.mkdir()
    for name, lines in (("corpus", documents), ("queries", asked)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (folder / f"{name}.jsonl").write_text(text + "\n", encoding="utf-8")
    write_lines(folder / "qrels.tsv", HEADER, *("\t".join(map(str, row)) for row in judged))
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return beir(tmp_path / "small", DOCUMENTS, ASKED, JUDGED)


def ask(folder: Path, queries: Path | None = None, embedder: FakeEmbedder | None = None) -> BeirResult:
    return run_beir(folder, folder.parent / "index", embedder or FakeEmbedder(), lambda *_: None, queries)


def means(result: BeirResult, way: str) -> dict[str, float]:
    return {name: value.mean for name, value in result.scores[way].items()}


def write_lines(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines), encoding="utf-8")


def test_each_way_of_ranking_has_its_scores(small: Path) -> None:
    """Every way finds q1 first. For q2 the model puts `lot` and `bit` before; the rarest word is in `event` alone."""
    result = ask(small)
    assert (result.name, result.queries, result.documents) == ("small", 2, 4)
    assert (result.unindexed, result.unasked) == (0, 0)
    assert means(result, "dense") == pytest.approx({
        "recall@1": 0.5, "recall@5": 1.0, "recall@10": 1.0, "mrr@10": (1 + 1 / 3) / 2, "ndcg@10": (1 + 1 / log2(4)) / 2
    })  # fmt: skip
    assert means(result, "words") == dict.fromkeys(result.scores["words"], 1.0)
    hybrid = means(result, "hybrid")["ndcg@10"]
    assert {part: gain.mean for part, gain in result.gains.items()} == pytest.approx({
        "dense": hybrid - 0.75, "words": hybrid - 1
    })  # fmt: skip


def test_queries_about_one_document_are_one_observation(small: Path) -> None:
    estimate = ask(small).scores["dense"]["recall@1"]
    assert (estimate.low, estimate.high, estimate.count) == (0.0, 1.0, 2)


def test_grades_count_and_lie_below_the_header_of_a_split(small: Path) -> None:
    """`lot`, graded 1, comes before `bit`, graded 2."""
    (small / "qrels.tsv").unlink()
    (small / "qrels").mkdir()
    write_lines(small / "qrels" / "test.tsv", HEADER, "q2\tbit\t2", "q2\tlot\t1")
    scores = means(ask(small), "dense")
    assert (scores["recall@1"], scores["mrr@10"]) == (0.5, 1.0)
    assert scores["ndcg@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


def test_several_passages_of_a_document_are_one_result(tmp_path: Path) -> None:
    """Both passages of `long` speak of nothing but fines, so a query about fines meets them before `bit`."""
    section = "Article {}\nThe fine is due, and a fine on top of each fine.\n"
    long: Line = {"_id": "long", "text": section.format(1) + "\n" + section.format(2)}
    folder = beir(tmp_path / "long", [long, DOCUMENTS[0]], [{"_id": 7, "text": "Which fine?"}], [("7", "bit", 1)])
    assert means(ask(folder), "dense")["mrr@10"] == 0.5
    passages = Store(current(tmp_path / "index") / STORE).passages()
    assert [passage.source_id[:4] for passage in passages] == ["bit-", "long", "long"]


def test_the_title_is_searched_and_never_in_the_text(small: Path) -> None:
    ask(small)
    store = Store(current(small.parent / "index") / STORE)
    contexts = {stored.document.source.path: stored.document.passages[0].context for stored in store.documents()}
    assert contexts == {"bit": "", "lot": "On money", "event": "", "form": ""}
    assert {store.text(name) for name in store.sources()} == {f"{line['text']}\n" for line in DOCUMENTS}


def test_a_second_run_embeds_no_passage_and_publishes_nothing(small: Path) -> None:
    embedder = FakeEmbedder()
    first = ask(small, embedder=embedder)
    embedder.embedded.clear()
    assert ask(small, embedder=embedder) == first
    assert embedder.embedded == []
    assert current(small.parent / "index").name == "gen-000001"


def test_another_corpus_takes_the_place_of_the_first(small: Path) -> None:
    ask(small)
    other = beir(small.parent / "other", [*DOCUMENTS[2:], {"_id": "bit", "text": "Sun."}], ASKED[:1], JUDGED[:1])
    assert ask(other).documents == 3
    store = Store(current(small.parent / "index") / STORE)
    assert {source.path for source in store.sources().values()} == {"event", "form", "bit"}


def test_a_damaged_index_is_made_anew(small: Path) -> None:
    first = ask(small)
    (current(small.parent / "index") / STORE).write_bytes(b"")
    assert ask(small) == first


def test_queries_of_another_language_find_by_meaning_alone(small: Path) -> None:
    arabic: list[Line] = [{"_id": "q1", "text": "ماذا نفعل عند وقوع حادث في العمل؟"}]
    queries = beir(small.parent / "arabic", [{"_id": "x", "text": "حادث"}], arabic, JUDGED[:1])
    result = ask(small, queries)
    assert (result.name, result.queries, result.documents) == ("arabic → small", 1, 4)
    assert (means(result, "dense")["mrr@10"], means(result, "hybrid")["mrr@10"]) == (1.0, 1.0)
    assert means(result, "words")["recall@10"] == 0.0


def test_what_cannot_be_indexed_or_asked_counts_as_not_found(small: Path) -> None:
    documents: list[Line] = [*DOCUMENTS, {"_id": "blank", "text": " "}]
    asked: list[Line] = [*ASKED, {"_id": "q4", "text": "Which incident? " * 99}, {"_id": "q5", "text": "A blank?"}]
    judged = [("q1", "event", 1), ("q4", "event", 1), ("q5", "blank", 1)]
    result = ask(beir(small.parent / "gaps", documents, asked, judged))
    assert (result.documents, result.unindexed, result.queries, result.unasked) == (5, 1, 3, 1)
    assert means(result, "dense")["recall@10"] == pytest.approx(1 / 3)
    assert beir_text(result).split("\n")[-2:] == [
        "documents without usable text: 1, which are never found",
        "queries that cannot be read as a question: 1, which find nothing",
    ]


def test_the_text_has_a_measure_a_line_and_what_hybrid_gains() -> None:
    sure, gain = Estimate(0.5, 0.25, 0.756, 12), Change(-0.0125, -0.02, 0.005, 0.0314, 12)
    scores = {way: dict.fromkeys(("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"), sure) for way in "ab"}
    assert beir_text(BeirResult("small", 12, 4, scores, {"b": gain}, 0, 0)).split("\n") == [
        "small: 12 queries, 4 documents; per cent [95 % interval]",
        "                             a                   b",
        "recall@1      50.0 [25.0–75.6]    50.0 [25.0–75.6]",
        "recall@5      50.0 [25.0–75.6]    50.0 [25.0–75.6]",
        "recall@10     50.0 [25.0–75.6]    50.0 [25.0–75.6]",
        "mrr@10        50.0 [25.0–75.6]    50.0 [25.0–75.6]",
        "ndcg@10       50.0 [25.0–75.6]    50.0 [25.0–75.6]",
        "hybrid against b: -1.2 [-2.0, +0.5] points of ndcg@10, p 0.0314",
    ]


def test_progress_counts_texts_passages_and_queries(small: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run_beir(small, small.parent / "index", FakeEmbedder(), lambda *step: seen.append(step))
    assert [step for step in seen if step[1] == step[2]] == [("read", 4, 4), ("embed", 4, 4), ("search", 2, 2)]


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("corpus.jsonl", "{oops", r"corpus\.jsonl line 2 must be .* but it: Invalid JSON"),
        ("corpus.jsonl", '{"_id": "b"}', r"corpus\.jsonl line 2 must be .* but text: Field required"),
        ("corpus.jsonl", '{"_id": "", "text": "b"}', r"corpus\.jsonl line 2 must be .* but _id: String should have"),
        ("corpus.jsonl", '{"_id": "a", "text": "b"}', r"line 2: each _id may stand once, 'a' came before: rename"),
        ("queries.jsonl", "[]", r"queries\.jsonl line 2 must be .* but it: Input should be"),
        ("qrels.tsv", "a 0 a 1", r"qrels\.tsv line 3 must be a query, a document and a whole number, parted by tabs"),
        ("qrels.tsv", "a\ta\tmuch", r"qrels\.tsv line 3 must be a query, a document and a whole number"),
        ("qrels.tsv", "a\tb\t1", r"qrels\.tsv line 3 judges the document 'b', which is not there: take files of one"),
        ("qrels.tsv", "b\ta\t1", r"qrels\.tsv line 3 judges the query 'b', which is not there"),
    ],
)
def test_a_bad_line_is_named_with_its_remedy(tmp_path: Path, name: str, line: str, said: str) -> None:
    one: Line = {"_id": "a", "text": "Where is the desk?"}
    folder = beir(tmp_path / "bad", [one], [one], [("a", "a", 1)])
    text = (folder / name).read_text(encoding="utf-8").rstrip("\n")
    write_lines(folder / name, text, line)
    with pytest.raises(ValueError, match=said):
        ask(folder)
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", b"\n", r"corpus\.jsonl needs at least one line, found none: take a complete copy"),
        ("queries.jsonl", b'{"_id": "a",\n"\xff"', r"queries\.jsonl line 2 must be UTF-8, but .*: save it as UTF-8"),
        ("qrels.tsv", b"q1\tevent\t1\n", r"qrels\.tsv line 1 must be the header query-id corpus-id score, parted by"),
        ("qrels.tsv", b"", r"qrels\.tsv line 1 must be the header"),
        ("qrels.tsv", HEADER.encode() + b"\nq1\tevent\t0", r"qrels\.tsv needs at least one score above 0, found none"),
    ],
)
def test_a_file_that_is_no_benchmark_is_named(small: Path, name: str, content: bytes, said: str) -> None:
    (small / name).write_bytes(content)
    with pytest.raises(ValueError, match=said):
        ask(small)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("corpus.jsonl", r"a benchmark needs .*corpus\.jsonl, which does not exist: check the spelling"),
        ("qrels.tsv", r"judgements are needed in .*small, found neither qrels\.tsv nor qrels/test\.tsv"),
    ],
)
def test_a_missing_file_is_named(small: Path, name: str, said: str) -> None:
    (small / name).unlink()
    with pytest.raises(FileNotFoundError, match=said):
        ask(small)


def test_marks_of_windows_are_no_part_of_a_line(small: Path) -> None:
    result = ask(small)
    for file in small.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert ask(small) == result
