"""Files that survive a crash, and the lock of the one writer."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.files import BusyError, sha256_of, write_atomically, writer_lock

ROOT = Path(__file__).parents[1]
HOLDER = """
import sys
from pathlib import Path
from index.files import writer_lock
with writer_lock(Path(sys.argv[1])):
    sys.stdout.write("held\\n")
    sys.stdout.flush()
    sys.stdin.readline()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """A process that holds the lock of `folder` until a line is written to it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        # The third vector of FIPS 180-2: a million letters, more than one block of the reader.
        (b"a" * 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ],
)
def test_the_checksum_is_sha_256(content: bytes, digest: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    assert sha256_of(tmp_path / "file") == digest


def test_the_checksum_covers_what_lies_beyond_the_first_block(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"a" * (1 << 20) + b"x")
    (tmp_path / "other").write_bytes(b"a" * (1 << 20) + b"y")
    assert sha256_of(tmp_path / "one") != sha256_of(tmp_path / "other")


def test_an_atomic_write_leaves_no_temporary_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "CURRENT", "gen-000001")
    write_atomically(tmp_path / "CURRENT", "الجيل 2")
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "الجيل 2"


def test_a_reader_keeps_the_old_content_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, "old and long content")
    with path.open(encoding="utf-8") as reader:
        write_atomically(path, "new")
        assert reader.read() == "old and long content"
    assert path.read_text(encoding="utf-8") == "new"


def test_a_second_process_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with (
            pytest.raises(BusyError, match=rf"held by process {process.pid} on \S+: wait for it"),
            writer_lock(tmp_path),
        ):
            raise AssertionError("two writers hold the lock")
        process.communicate("end\n")
    assert process.returncode == 0
    with writer_lock(tmp_path):
        assert (tmp_path / "LOCK").read_text(encoding="utf-8") != ""


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        with writer_lock(tmp_path):
            assert f"process {process.pid} " not in (tmp_path / "LOCK").read_text(encoding="utf-8")


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        with pytest.raises(BusyError, match="one process at a time"), writer_lock(tmp_path):
            raise AssertionError("two writers hold the lock")
        with pytest.raises(BusyError, match="one process at a time"), writer_lock(tmp_path):
            raise AssertionError("the refused writer released the lock of the first")


def test_the_lock_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="lost"), writer_lock(tmp_path):
        raise KeyError("lost")
    entered = False
    with writer_lock(tmp_path):
        entered = True
    assert entered


def test_two_folders_have_two_locks(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with writer_lock(tmp_path / "one"), writer_lock(tmp_path / "other"):
        assert (tmp_path / "one/LOCK").exists()
        assert (tmp_path / "other/LOCK").exists()
