"""API keys: shown once, stored as a hash, ended by day, revoked, rotated."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.keys import KeyFile, key_id_of

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


class Clock:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> KeyFile:
    return KeyFile(tmp_path / "made/keys.sqlite", clock)


def test_a_key_is_found_again_by_itself_only(keys: KeyFile) -> None:
    new, other = keys.create("Office", ["search", "ask"]), keys.create("Other", ["eval"])
    found = keys.find(new.secret)
    assert found is not None
    assert (found.id, found.name, found.scopes) == (new.key.id, "Office", ("ask", "search"))
    assert new.secret.startswith(f"sanad_{new.key.id}_")
    mixed = f"sanad_{new.key.id}_{other.secret.split('_', 2)[2]}"
    assert [keys.find(wrong) for wrong in (new.secret[:-1], mixed, "", "sanad__", "nope", "\ud800")] == [None] * 6


def test_only_the_hash_is_stored_and_only_the_owner_reads_it(keys: KeyFile) -> None:
    new = keys.create("Office", ["ask"])
    stored = keys.path.read_bytes()
    assert new.key.id.encode() in stored
    assert new.secret.rpartition("_")[2].encode() not in stored
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_an_expired_key_is_known_as_such(keys: KeyFile, clock: Clock) -> None:
    new = keys.create("Office", ["ask"], timedelta(days=1))
    clock.now = START + timedelta(days=1, seconds=-1)
    assert new.key.state(clock()) == "valid"
    clock.now = START + timedelta(days=1)
    found = keys.find(new.secret)
    assert found is not None
    assert found.state(clock()) == "expired"
    assert found.last_used is None


def test_a_revoked_key_stays_revoked_since_the_first_time(keys: KeyFile, clock: Clock) -> None:
    new = keys.create("Office", ["ask"])
    assert keys.revoke(new.key.id).revoked == START
    clock.now = START + timedelta(days=3)
    assert keys.revoke(new.key.id).revoked == START
    found = keys.find(new.secret)
    assert found is not None
    assert found.state(clock()) == "revoked"


def test_rotation_leaves_two_valid_keys_and_then_one(keys: KeyFile, clock: Clock) -> None:
    old = keys.create("Office", ["ask"], timedelta(days=90))
    clock.now = START + timedelta(days=10)
    new = keys.rotate(old.key.id, timedelta(days=7))
    assert (new.key.name, new.key.scopes) == ("Office", ("ask",))
    assert new.key.expires == START + timedelta(days=100)
    states = {key.id: (key.state(clock()), key.state(clock() + timedelta(days=7))) for key in keys.listed()}
    assert states == {old.key.id: ("valid", "expired"), new.key.id: ("valid", "valid")}


def test_rotation_never_makes_the_old_key_last_longer(keys: KeyFile) -> None:
    old = keys.create("Office", ["ask"], timedelta(days=2))
    keys.rotate(old.key.id, timedelta(days=7))
    assert keys.listed()[0].expires == START + timedelta(days=2)


def test_only_a_valid_key_is_rotated(keys: KeyFile) -> None:
    old = keys.create("Office", ["ask"])
    keys.revoke(old.key.id)
    with pytest.raises(ValueError, match=r"a valid key is needed to rotate, got .*, revoked"):
        keys.rotate(old.key.id, timedelta(days=7))
    assert len(keys.listed()) == 1


def test_use_is_kept_by_day(keys: KeyFile, clock: Clock) -> None:
    new = keys.create("Office", ["ask"])
    keys.find(new.secret)
    clock.now = START + timedelta(days=2, hours=5)
    keys.find(new.secret)
    assert keys.listed()[0].last_used == "2026-11-23"


@pytest.mark.parametrize(
    ("name", "scopes", "fault"),
    [("Office", ["ask", "rule"], "got rule"), ("Office", [], "got none"), (" ", ["ask"], "a key needs a name")],
)
def test_a_key_needs_a_name_and_known_scopes(keys: KeyFile, name: str, scopes: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        keys.create(name, scopes)


def test_looking_for_a_key_makes_no_file(keys: KeyFile) -> None:
    assert keys.find("sanad_00000000_x") is None
    assert not keys.path.exists()


def test_keys_are_made_and_found_from_many_threads(keys: KeyFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: keys.create(f"Office {number}", ["ask"]), range(24)))
        found = list(pool.map(lambda new: keys.find(new.secret), made))
    assert [key.id for key in found if key] == [new.key.id for new in made]


@pytest.mark.parametrize(("text", "key_id"), [("sanad_a1_b_c", "a1"), ("sanad_a1_", ""), ("other_a1_b", ""), ("", "")])
def test_the_id_is_the_public_part(text: str, key_id: str) -> None:
    assert key_id_of(text) == key_id
