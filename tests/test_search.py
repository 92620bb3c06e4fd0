"""Questions to hits: references win, filters exclude, scores say where they come from."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.generation import DamagedError, NoIndexError, OtherSettingsError, UnusableIndexError, current
from index.hit import Hit, Query
from index.search import Index, open_index
from tests.conftest import write_corpus
from tests.fakes import FakeEmbedder, tools

FINE_FR = Query("Quelle amende sans déclaration ?", "fr")
LAW_FR, LAW_AR, PRESS = "loi-77-01-fr.txt", "loi-77-01-ar.txt", "press-en.md"
NOTES = {
    "guide-fr.md": "La signature électronique demande un certificat que délivre un prestataire agréé.",
    "guide-ar.md": "يتطلب التوقيع الإلكتروني شهادة يسلمها مقدم خدمات معتمد من السلطة الوطنية.",
    "alone-ar.md": "يحدد أجل الرد على طلب التوقيع في ثلاثين يوما من تاريخ الإيداع.",
    "report-fr.md": "Le rapport décrit la signature électronique et ses usages dans les communes.",
    "report-ar.md": "يصف التقرير التوقيع الإلكتروني واستعمالاته في الجماعات الترابية.",
}
TINY = {
    "a.txt": "The signature and the signature tool.",
    "b.txt": "This is the signature of the law.",
    "c.txt": "The tool of the law for incident data.",
}


def made(folder: Path, files: dict[str, str], kinds: dict[str, str]) -> Index:
    """An open index of `files`, all titled "Notice"; those not in `kinds` are of kind "other"."""
    (folder / "corpus").mkdir()
    for name, text in files.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    lines = [{"path": name, "title": "Notice", "kind": kinds.get(name, "other")} for name in files]
    (folder / "corpus/catalogue.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    build([folder / "corpus"], folder / "index", tools())
    return open_index(folder / "index", FakeEmbedder())


def own_index(folder: Path) -> Path:
    """An index of the small corpus in `folder`, free to be damaged."""
    (folder / "corpus").mkdir(exist_ok=True)
    write_corpus(folder / "corpus")
    build([folder / "corpus"], folder / "index", tools())
    return folder / "index"


def places(hits: list[Hit]) -> list[tuple[str, str | None]]:
    """Path and article of each hit."""
    return [(hit.source.path, hit.passage.article) for hit in hits]


def paths(hits: list[Hit]) -> set[str]:
    """Paths of the hits."""
    return {hit.source.path for hit in hits}


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        (FINE_FR.text, "fr", (LAW_FR, "3")),
        ("Quel délai pour la déclaration ?", "fr", (LAW_FR, "2")),
        ("ما هي الغرامة دون تصريح؟", "ar", (LAW_AR, "3")),
        ("Who makes signature tools?", "en", (PRESS, None)),
    ],
)
def test_the_article_that_answers_comes_first(
    text: str, language: str, place: tuple[str, str | None], index: Index
) -> None:
    assert places(index.search(Query(text, language, languages=(language,)), 1)) == [place]


def test_a_named_article_wins_over_what_the_words_say(index: Index) -> None:
    hits = index.search(Query("signature tools", "en", numbers=("77-01",), articles=("1",)), 9)
    assert sorted(places(hits[:2])) == [(LAW_AR, "1"), (LAW_FR, "1")]
    expected = {place: 0.0 if place[0] == PRESS else 2.0 if place[1] == "1" else 1.0 for place in places(hits)}
    assert {place: hit.score.reference for place, hit in zip(places(hits), hits, strict=True)} == expected


def test_a_named_instrument_wins_over_others_on_its_subject(index: Index) -> None:
    query = "Que dit la loi 77-01 sur la signature ?"
    assert index.search(Query(query, "fr", languages=("en", "ar")), 1)[0].source.path == PRESS
    named = index.search(Query(query, "fr", languages=("en", "ar"), numbers=("77-01",)), 9)
    assert [hit.source.path for hit in named] == [LAW_AR, LAW_AR, LAW_AR, LAW_AR, PRESS]


def test_an_article_without_an_instrument_helps_those_that_have_it(index: Index) -> None:
    references = {
        hit.passage.article: hit.score.reference for hit in index.search(Query("loi", "fr", articles=("2",)), 9)
    }
    assert references == {"1": 0.0, "2": 0.5, "3": 0.0, None: 0.0}


def test_another_instrument_helps_nobody(index: Index) -> None:
    hits = index.search(Query("loi", "fr", numbers=("01-77",), articles=("2",)), 9)
    assert {hit.score.reference for hit in hits} == {0.0}


def test_the_articles_of_an_instrument_are_known_by_its_number(index: Index) -> None:
    assert index.articles_of("77-01") == {"1", "2", "3"}
    assert index.articles_of("01-77") == frozenset()


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2020, 4, 30), set()),
        (date(2020, 5, 1), {LAW_FR, LAW_AR}),
        (date(2024, 1, 31), {LAW_FR, LAW_AR}),
        (date(2024, 2, 1), {LAW_FR, LAW_AR, PRESS}),
        (None, {LAW_FR, LAW_AR, PRESS}),
    ],
)
def test_what_was_published_later_is_left_out(day: date | None, found: set[str], index: Index) -> None:
    assert paths(index.search(Query("loi", "fr", as_of=day), 9)) == found


def test_a_source_without_a_date_is_kept_on_any_day(tmp_path: Path) -> None:
    index = made(tmp_path, TINY, {})
    assert paths(index.search(Query("law", "en", as_of=date(1956, 1, 1)), 9)) == set(TINY)


def test_only_the_wanted_kinds_are_found(index: Index) -> None:
    assert paths(index.search(Query("loi", "fr", kinds=("press",)), 9)) == {PRESS}
    assert paths(index.search(Query("loi", "fr", kinds=("press", "law")), 9)) == {LAW_FR, LAW_AR, PRESS}
    assert index.search(Query("loi", "fr", kinds=("decree",)), 9) == []


def test_only_the_wanted_languages_are_found(index: Index) -> None:
    assert paths(index.search(Query("loi", "fr", languages=("ar",)), 9)) == {LAW_AR}
    assert paths(index.search(Query("loi", "fr", languages=("ar", "en")), 9)) == {LAW_AR, PRESS}
    assert index.search(Query("loi", "fr", languages=("es",)), 9) == []


def test_a_note_hides_where_its_translation_answers(tmp_path: Path) -> None:
    index = made(tmp_path, NOTES, dict.fromkeys(["guide-fr.md", "guide-ar.md", "alone-ar.md"], "note"))
    others = {"alone-ar.md", "report-fr.md", "report-ar.md"}
    assert paths(index.search(Query("signature", "fr"), 9)) == {"guide-fr.md"} | others
    assert paths(index.search(Query("التوقيع", "ar"), 9)) == {"guide-ar.md"} | others
    assert paths(index.search(Query("signature", "en"), 9)) == {"guide-fr.md", "guide-ar.md"} | others


@pytest.mark.parametrize("top_k", [1, 2, 5, 9, 100])
def test_hits_are_sorted_and_at_most_top_k(top_k: int, index: Index) -> None:
    hits = index.search(FINE_FR, top_k)
    totals = [hit.score.total for hit in hits]
    assert len(hits) == min(top_k, 9)
    assert totals == sorted(totals, reverse=True)
    assert hits == index.search(FINE_FR, 100)[:top_k]


def test_a_filtered_search_still_fills_top_k(index: Index) -> None:
    assert len(index.search(Query("signature", "en", kinds=("law",)), 8)) == 8


def test_the_dense_score_is_the_cosine_of_query_and_passage(index: Index) -> None:
    embedder = FakeEmbedder()
    hits = index.search(FINE_FR, 9)
    vectors = embedder.embed_passages([f"{hit.passage.context}\n{hit.passage.text}" for hit in hits])
    assert [hit.score.dense for hit in hits] == pytest.approx((vectors @ embedder.embed_query(FINE_FR.text)).tolist())
    # Question: one fine, one declaration. Article 3: a law, a fine, data, a declaration.
    assert hits[0].score.dense == pytest.approx(2 / (2**0.5 * 4**0.5))


def test_words_count_only_in_the_language_of_the_question(index: Index) -> None:
    scores = {(hit.source.path, hit.passage.article): hit.score for hit in index.search(FINE_FR, 9)}
    assert scores[LAW_FR, "3"].words > 0
    assert {(score.words, score.coverage) for place, score in scores.items() if place[0] != LAW_FR} == {(0.0, 0.0)}


def test_coverage_weighs_words_by_their_rarity(tmp_path: Path) -> None:
    hits = made(tmp_path, TINY, {}).search(Query("signature incident", "en"), 3)
    signature = log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # in two of three passages
    incident = log(1 + (3 - 1 + 0.5) / (1 + 0.5))  # in one
    coverage = {hit.source.path: hit.score.coverage for hit in hits}
    assert coverage == pytest.approx({
        "a.txt": signature / (signature + incident),
        "b.txt": signature / (signature + incident),
        "c.txt": incident / (signature + incident),
    })
    assert coverage["c.txt"] == pytest.approx(0.676, abs=5e-4)


def test_a_query_without_words_has_no_coverage(index: Index) -> None:
    assert {hit.score.coverage for hit in index.search(Query("et de la", "fr"), 9)} == {0.0}


def test_an_index_of_rejected_files_finds_nothing(tmp_path: Path) -> None:
    index = made(tmp_path, {"empty.txt": ""}, {})
    assert index.search(Query("law", "en"), 5) == []
    assert [item.path for item in index.store.rejected()] == ["empty.txt"]


def test_an_index_of_another_embedder_is_refused(index_folder: Path) -> None:
    with pytest.raises(
        OtherSettingsError, match="embedder 'fake', now 'other' is set: run `sanad ingest --rebuild PATH`"
    ):
        open_index(index_folder, FakeEmbedder("other"))


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="found none: run `sanad ingest PATH`"):
        open_index(tmp_path, FakeEmbedder())


@pytest.mark.parametrize("name", ["store.sqlite", "pools/fr/vectors.faiss", "pools/ar/rows.json"])
def test_a_flipped_bit_is_refused(name: str, tmp_path: Path) -> None:
    folder = own_index(tmp_path)
    content = bytearray((current(folder) / name).read_bytes())
    content[len(content) // 2] ^= 1
    (current(folder) / name).write_bytes(content)
    with pytest.raises(DamagedError, match=f"gen-000001/{name} .*run `sanad ingest --rebuild PATH`"):
        open_index(folder, FakeEmbedder())


def test_a_flipped_bit_in_the_manifest_is_refused(tmp_path: Path) -> None:
    folder = own_index(tmp_path)
    manifest = current(folder) / "manifest"
    # "r" and "s" differ in one bit: the manifest now counts passages in a language that has no pool.
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"fr": 4', '"fs": 4'), encoding="utf-8")
    with pytest.raises(UnusableIndexError, match="run `sanad ingest --rebuild PATH`"):
        open_index(folder, FakeEmbedder())


def test_an_open_index_stays_whole_while_others_are_published(tmp_path: Path) -> None:
    folder = own_index(tmp_path)
    index = open_index(folder, FakeEmbedder())
    source_id = index.search(FINE_FR, 1)[0].source.id
    before = index.store.text(source_id)
    for day in ("Monday", "Tuesday"):
        (tmp_path / "corpus" / PRESS).write_text(f"# Fair\n\nIt closed on {day} after meetings.", encoding="utf-8")
        build([tmp_path / "corpus"], folder, tools())
    assert current(folder).name == "gen-000003"
    assert places(index.search(FINE_FR, 1)) == [(LAW_FR, "3")]
    assert index.store.text(source_id) == before


def test_threads_may_share_an_index(index: Index) -> None:
    queries = [FINE_FR, Query("ما هي الغرامة دون تصريح؟", "ar"), Query("signature", "en")] * 8
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda query: index.search(query, 5), queries))
    assert found == [index.search(query, 5) for query in queries]


def test_totals_are_finite_in_a_pool_of_equal_passages(tmp_path: Path) -> None:
    index = made(tmp_path, dict.fromkeys(["a.txt", "b.txt"], "The signature of the law."), {})
    hits = index.search(Query("signature", "en"), 5)
    assert np.isfinite([hit.score.total for hit in hits]).tolist() == [True, True]
    assert hits[0].score == hits[1].score
