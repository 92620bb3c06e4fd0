"""Generations: published whole, checked before use, and never half in place."""

import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.generation import (
    FORMAT_VERSION,
    DamagedError,
    Expected,
    Manifest,
    NoIndexError,
    OtherSettingsError,
    check_settings,
    current,
    publish,
    read_manifest,
    verify,
)

ROOT = Path(__file__).parents[1]
ABC = (3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
NOTHING = (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
MANIFEST = Manifest(
    format_version=FORMAT_VERSION,
    embedder="fake",
    dimension=8,
    analysis_version=1,
    pipeline_version=1,
    created="2026-11-21T00:00:00+00:00",
    documents=2,
    passages={"ar": 1, "fr": 3},
    scale=(0.25, 0.75),
    files={},
)
REMEDY = "run `sanad ingest --rebuild PATH`"
PUBLISH_FOR_EVER = """
import sys
from pathlib import Path
from index.generation import Manifest, publish
folder = Path(sys.argv[1])
manifest = Manifest(1, "fake", 8, 1, 1, "", 1, {}, (0.0, 1.0), {})
for number in range(10**6):
    scratch = folder / f"scratch-{number}"
    scratch.mkdir()
    (scratch / "store.sqlite").write_bytes(b"%d" % number * 50_000)
    publish(scratch, folder, manifest)
    if number == 1:
        sys.stdout.write("going\\n")
        sys.stdout.flush()
"""


def scratch(folder: Path, content: bytes = b"abc") -> Path:
    """Files that can be published."""
    made = folder / "gen.tmp"
    (made / "pools/fr").mkdir(parents=True)
    (made / "store.sqlite").write_bytes(content)
    (made / "pools/fr/rows.json").write_bytes(b"")
    return made


def published(folder: Path) -> Path:
    """The folder of a generation that was just published."""
    return folder / publish(scratch(folder), folder, MANIFEST)


def names(folder: Path) -> list[str]:
    """What lies in `folder`."""
    return sorted(path.name for path in folder.iterdir())


def test_a_published_generation_is_current_and_sound(tmp_path: Path) -> None:
    assert published(tmp_path) == current(tmp_path) == tmp_path / "gen-000001"
    manifest = read_manifest(current(tmp_path))
    assert manifest == replace(MANIFEST, files={"pools/fr/rows.json": NOTHING, "store.sqlite": ABC})
    verify(current(tmp_path), manifest)
    assert names(tmp_path) == ["CURRENT", "gen-000001"]
    assert names(tmp_path / "gen-000001") == ["manifest", "pools", "store.sqlite"]


@pytest.mark.parametrize(
    "content", [b"abb", b"ab", b"abcd", b"", None], ids=["bit", "cut", "longer", "emptied", "gone"]
)
def test_a_damaged_file_is_refused_with_the_remedy(content: bytes | None, tmp_path: Path) -> None:
    generation = published(tmp_path)
    if content is None:
        (generation / "store.sqlite").unlink()
    else:
        (generation / "store.sqlite").write_bytes(content)
    with pytest.raises(DamagedError, match=rf"^gen-000001/store\.sqlite is missing or differs .*{REMEDY}"):
        verify(generation, read_manifest(generation))


def test_every_file_is_checked_folders_included(tmp_path: Path) -> None:
    generation = published(tmp_path)
    (generation / "pools/fr/rows.json").write_bytes(b"1")
    with pytest.raises(DamagedError, match=r"pools/fr/rows\.json is missing or differs"):
        verify(generation, read_manifest(generation))


UNREADABLE = ["", "{", "[]", "{}", '{"files": {}}', '{"files": {"a": 1}}']


@pytest.mark.parametrize("text", [None, *UNREADABLE], ids=repr)
def test_an_unreadable_manifest_is_refused_with_the_remedy(text: str | None, tmp_path: Path) -> None:
    generation = published(tmp_path)
    (generation / "manifest").unlink()
    if text is not None:
        (generation / "manifest").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedError, match=rf"manifest of gen-000001 cannot be read .*{REMEDY}"):
        read_manifest(generation)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_whole_manifest_of_another_shape_is_refused_with_the_remedy(text: str, tmp_path: Path) -> None:
    generation = published(tmp_path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (generation / "manifest").write_text(f"{text}\n{digest}\n", encoding="utf-8")
    with pytest.raises(DamagedError, match=rf"manifest of gen-000001 cannot be read .*{REMEDY}"):
        read_manifest(generation)


def test_a_flipped_bit_anywhere_in_the_manifest_is_refused(tmp_path: Path) -> None:
    generation = published(tmp_path)
    whole = (generation / "manifest").read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        (generation / "manifest").write_bytes(damaged)
        with pytest.raises(DamagedError, match=REMEDY):
            read_manifest(generation)


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (Expected("other", 8, 1), "embedder 'fake', now 'other' is set"),
        (Expected("fake", 384, 1), "dimension 8, now 384 is set"),
        (Expected("fake", 8, 2), "analysis version 1, now 2 is set"),
    ],
)
def test_other_settings_are_refused_naming_both_values(expected: Expected, message: str) -> None:
    with pytest.raises(OtherSettingsError, match=f"the index was made with {message}: {REMEDY}"):
        check_settings(MANIFEST, expected)


def test_another_format_is_refused() -> None:
    with pytest.raises(OtherSettingsError, match=f"index format 7, now {FORMAT_VERSION} is set: {REMEDY}"):
        check_settings(replace(MANIFEST, format_version=7), Expected("fake", 8, 1))


def test_the_same_settings_are_accepted_whatever_the_pipeline_was() -> None:
    settings = Expected("fake", 8, 1)
    check_settings(MANIFEST, settings)
    check_settings(replace(MANIFEST, pipeline_version=0, documents=0), settings)


def test_two_generations_are_kept(tmp_path: Path) -> None:
    kept = []
    for _ in range(4):
        published(tmp_path)
        kept.append([name for name in names(tmp_path) if name != "CURRENT"])
    assert kept == [
        ["gen-000001"],
        ["gen-000001", "gen-000002"],
        ["gen-000002", "gen-000003"],
        ["gen-000003", "gen-000004"],
    ]
    assert current(tmp_path).name == "gen-000004"


def test_generations_count_past_nine(tmp_path: Path) -> None:
    for _ in range(11):
        published(tmp_path)
    assert names(tmp_path) == ["CURRENT", "gen-000010", "gen-000011"]


@pytest.mark.parametrize("made", [True, False], ids=["empty folder", "no folder"])
def test_without_an_index_the_command_is_named(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    if made:
        folder.mkdir()
    with pytest.raises(NoIndexError, match=r"an index is needed in .*index, found none: run `sanad ingest PATH`"):
        current(folder)


# A folder in the place of a temporary file makes the write of that file fail.
@pytest.mark.parametrize("obstacle", ["gen.tmp/manifest.tmp", "CURRENT.tmp"])
def test_a_failed_publishing_leaves_the_generation_in_use(obstacle: str, tmp_path: Path) -> None:
    published(tmp_path)
    made = scratch(tmp_path, b"newer")
    (tmp_path / obstacle).mkdir()
    with pytest.raises(IsADirectoryError, match="tmp"):
        publish(made, tmp_path, MANIFEST)
    assert current(tmp_path).name == "gen-000001"
    verify(current(tmp_path), read_manifest(current(tmp_path)))
    assert (current(tmp_path) / "store.sqlite").read_bytes() == b"abc"


def test_the_publishing_after_a_failed_one_succeeds(tmp_path: Path) -> None:
    published(tmp_path)
    made = scratch(tmp_path)
    (tmp_path / "CURRENT.tmp").mkdir()
    with pytest.raises(IsADirectoryError, match=r"CURRENT\.tmp"):
        publish(made, tmp_path, MANIFEST)
    (tmp_path / "CURRENT.tmp").rmdir()
    name = publish(scratch(tmp_path, b"third"), tmp_path, MANIFEST)
    assert current(tmp_path).name == name > "gen-000001"
    assert (current(tmp_path) / "store.sqlite").read_bytes() == b"third"
    verify(current(tmp_path), read_manifest(current(tmp_path)))


def test_a_first_publishing_that_fails_leaves_no_index(tmp_path: Path) -> None:
    (tmp_path / "CURRENT.tmp").mkdir()
    with pytest.raises(IsADirectoryError, match=r"CURRENT\.tmp"):
        publish(scratch(tmp_path), tmp_path, MANIFEST)
    with pytest.raises(NoIndexError, match="found none"):
        current(tmp_path)


def test_current_is_sound_after_the_writer_was_killed(tmp_path: Path) -> None:
    for delay in (0.01, 0.025, 0.04):
        folder = tmp_path / str(delay)
        folder.mkdir()
        command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(folder)]
        with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "going\n"
            time.sleep(delay)
            process.kill()
        verify(current(folder), read_manifest(current(folder)))
        assert publish(scratch(folder), folder, MANIFEST) == current(folder).name
