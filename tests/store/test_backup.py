from pathlib import Path

import pytest
from pendulum import DateTime

from iview_tui.domain.record import CallRecord
from iview_tui.store import backup, interviews
from iview_tui.store.database import Database, DatabaseError, open_to_read, open_to_write
from store_samples import entry


def kept(path: Path) -> list[str]:
    with open_to_read(path) as database, database.transaction() as connection:
        return interviews.all_ids(connection)


@pytest.fixture
def held(database: Database, call: CallRecord) -> Database:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
    return database


def test_a_backup_has_what_is_still_in_the_journal(
    held: Database, call: CallRecord, at: DateTime
) -> None:
    made = backup.make(held.path, at, "before-call")

    assert made.name == "20260304T140000Z-before-call.db"
    assert kept(made) == [call.id]
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    assert list(made.parent.iterdir()) == [made] or {p.suffix for p in made.parent.iterdir()} <= {
        ".db"
    }


def test_some_ten_are_kept_and_no_name_is_taken_twice(held: Database, at: DateTime) -> None:
    made = [backup.make(held.path, at.add(days=n // 2), "daily") for n in range(14)]
    left = backup.all_of(held.path)

    assert len(set(made)) == 14
    assert left == made[:3:-1]


def test_the_newest_good_one_is_found(held: Database, at: DateTime) -> None:
    good = backup.make(held.path, at, "daily")
    bad = backup.make(held.path, at.add(days=1), "daily")
    bad.write_bytes(bad.read_bytes()[:6000])
    backup.make(held.path, at.add(days=2), "daily").write_bytes(b"")

    assert backup.newest_good(held.path) == good


def test_without_backups_there_is_no_good_one(tmp_path: Path) -> None:
    assert backup.newest_good(tmp_path / "iview.db") is None
    with pytest.raises(DatabaseError):
        backup.verify(tmp_path / "none.db")


def test_restoring_can_itself_be_undone(path: Path, at: DateTime, call: CallRecord) -> None:
    with open_to_write(path, at):
        empty = backup.make(path, at, "daily")
    with open_to_write(path, at) as database, database.transaction() as connection:
        interviews.add_interview(connection, call)
    before = backup.restore(empty, path, at.add(days=1))
    assert kept(path) == []
    assert before
    backup.restore(before, path, at.add(days=2))

    assert kept(path) == [call.id]


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 300, None])
def test_a_sick_file_is_set_aside_byte_for_byte(
    held: Database, at: DateTime, call: CallRecord, damage: bytes | None
) -> None:
    made = backup.make(held.path, at, "daily")
    held.close()
    sick = damage if damage is not None else held.path.read_bytes()[:9000]
    held.path.write_bytes(sick)
    held.path.with_name("iview.db-wal").write_bytes(b"stale journal")
    aside = backup.restore(made, held.path, at)

    assert aside
    assert aside.read_bytes() == sick
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"stale journal"
    with open_to_write(held.path, at, check=True) as database, database.transaction() as connection:
        assert interviews.all_ids(connection) == [call.id]
        interviews.append(connection, call.id, [entry(1)])


def test_a_bad_backup_is_never_restored(held: Database, at: DateTime, call: CallRecord) -> None:
    bad = backup.make(held.path, at, "daily")
    bad.write_bytes(b"nothing")
    with pytest.raises(DatabaseError):
        backup.restore(bad, held.path, at)

    assert kept(held.path) == [call.id]


def test_a_missing_database_is_brought_back(held: Database, at: DateTime, call: CallRecord) -> None:
    made = backup.make(held.path, at, "daily")
    held.close()
    held.path.unlink()

    assert backup.restore(made, held.path, at) is None
    assert kept(held.path) == [call.id]


def test_the_last_of_each_day_stays_among_the_newest() -> None:
    made = [Path(f"2026030{day}T{hour:02}0000Z-after-call.db") for day in (9, 8, 7, 6, 5, 4, 3)
            for hour in range(23, 11, -1)]  # fmt: skip
    gone = backup.let_go(made)

    kept = [path.name[:11] for path in made if path not in gone]
    assert kept == [
        "20260309T23", "20260309T22", "20260309T21", "20260309T20", "20260309T19", "20260309T18",
        "20260308T23", "20260307T23", "20260306T23", "20260305T23",
    ]  # fmt: skip


def test_ten_of_one_day_are_all_kept() -> None:
    made = [Path(f"20260309T{hour:02}0000Z-after-call.db") for hour in range(21, 10, -1)]
    assert backup.let_go(made) == made[10:]
