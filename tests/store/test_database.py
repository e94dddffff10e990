import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pendulum import DateTime

from iview_tui.domain.record import CallRecord
from iview_tui.store import database as opening
from iview_tui.store import interviews
from iview_tui.store.database import (
    BusyDatabase,
    DamagedDatabase,
    Database,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
    look,
    open_to_read,
    open_to_write,
)


def keep(database: Database, call: CallRecord) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)


def ids(database: Database) -> list[str]:
    with database.transaction() as connection:
        return interviews.all_ids(connection)


def test_a_new_database_is_private_marked_and_alone(path: Path, at: DateTime) -> None:
    with open_to_write(path, at):
        pass

    assert [p.name for p in path.parent.iterdir()] == ["iview.db"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert look(path) == opening.SCHEMA


def test_companions_are_private_too(database: Database, call: CallRecord, path: Path) -> None:
    keep(database, call)

    modes = {p.name: p.stat().st_mode & 0o777 for p in path.parent.iterdir()}
    assert modes == {"iview.db": 0o600, "iview.db-wal": 0o600, "iview.db-shm": 0o600}


def test_what_was_kept_is_there_again(path: Path, at: DateTime, call: CallRecord) -> None:
    with open_to_write(path, at) as first:
        keep(first, call)
    with open_to_write(path, at, check=True) as second:
        assert ids(second) == [call.id]


def test_a_failed_transaction_leaves_nothing(database: Database, call: CallRecord) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:  # noqa: PT012
        interviews.add_interview(connection, call)
        raise ZeroDivisionError

    assert ids(database) == []


def test_reading_works_beside_the_writer(database: Database, call: CallRecord, path: Path) -> None:
    keep(database, call)
    with open_to_read(path) as reader:
        assert ids(reader) == [call.id]
        with pytest.raises(DatabaseError), reader.transaction() as connection:
            interviews.keep_draft(connection, call.id, "never")


def test_reading_where_nothing_is_makes_nothing(tmp_path: Path) -> None:
    with open_to_read(tmp_path / "nowhere" / "iview.db") as reader:
        assert ids(reader) == []

    assert list(tmp_path.iterdir()) == []


def test_a_held_lock_is_said_at_once(database: Database, call: CallRecord, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyDatabase, match="locked by another program"):
            keep(database, call)
        other.execute("ROLLBACK")
    keep(database, call)

    assert ids(database) == [call.id]


def sqlite_file(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "opener", [lambda p, at: open_to_write(p, at), lambda p, _: open_to_read(p)]
)
@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda p: p.write_bytes(b""), DamagedDatabase),
        (lambda p: p.write_bytes(b"my diary, not a database\n" * 100), ForeignDatabase),
        (lambda p: p.write_bytes(bytes(4096)), ForeignDatabase),
        (lambda p: p.mkdir(), ForeignDatabase),
        (lambda p: sqlite_file(p, "CREATE TABLE t (x)"), ForeignDatabase),
        (lambda p: sqlite_file(p, "PRAGMA application_id = 7"), ForeignDatabase),
        (
            lambda p: sqlite_file(
                p, f"PRAGMA application_id = {opening.APPLICATION_ID}", "PRAGMA user_version = 999"
            ),
            NewerDatabase,
        ),
        (lambda p: p.with_name("iview.db-wal").write_bytes(b"words"), DamagedDatabase),
    ],
    ids=["empty", "text", "zeros", "folder", "tables", "other", "newer", "orphan"],
)
def test_what_is_not_ours_is_refused_untouched(
    tmp_path: Path, at: DateTime, opener: object, make: object, refusal: type[Exception]
) -> None:
    path = tmp_path / "iview.db"
    make(path)  # type: ignore[operator]
    before = {p.name: p.is_file() and p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(refusal, match=r"iview\.db"):
        opener(path, at)  # type: ignore[operator]

    assert {p.name: p.is_file() and p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize("mended", [True, False])
def test_a_file_that_is_just_being_written_is_not_damaged(
    path: Path, at: DateTime, monkeypatch: pytest.MonkeyPatch, mended: bool
) -> None:
    """The first page tells of more pages than there are, as in the middle of a checkpoint."""
    with open_to_write(path, at):
        pass
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096])
    path.with_name("iview.db-wal").touch()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if mended and len(waits) == 3:
            path.write_bytes(whole)

    monkeypatch.setattr(opening, "pause", wait)
    if mended:
        assert look(path) == opening.SCHEMA
        assert len(waits) == 3
    else:
        with pytest.raises(DamagedDatabase):
            look(path)
        assert sum(waits) < 0.5


def test_a_file_that_nobody_writes_is_damaged_at_once(
    path: Path, at: DateTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_to_write(path, at):
        pass
    path.write_bytes(path.read_bytes()[:-4096])
    monkeypatch.setattr(opening, "pause", lambda _: pytest.fail("it was waited for"))

    with pytest.raises(DamagedDatabase):
        look(path)


def test_a_damaged_page_is_found(path: Path, at: DateTime, call: CallRecord) -> None:
    with open_to_write(path, at) as database:
        keep(database, call)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 4))
    with pytest.raises(DamagedDatabase):
        open_to_write(path, at, check=True)


def test_a_cut_file_is_found(path: Path, at: DateTime) -> None:
    with open_to_write(path, at):
        pass
    os.truncate(path, 8192)
    with pytest.raises(DamagedDatabase):
        open_to_write(path, at, check=True)


def test_looking_keeps_this_process_locks(database: Database, call: CallRecord, path: Path) -> None:
    """Opening and closing the file of one's own would cancel them, and another would write."""
    keep(database, call)
    with database.transaction() as connection:
        interviews.keep_draft(connection, call.id, "half")
        look(path)
        with open_to_read(path) as reader:
            ids(reader)
        script = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)"
            "\nc.execute('BEGIN IMMEDIATE')"
        )
        other = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)

    assert "locked" in other.stderr


def test_reading_when_no_companion_can_be_made(
    path: Path, at: DateTime, call: CallRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk gives no -shm: the content of file and journal is read as a copy."""
    with open_to_write(path, at) as database:
        keep(database, call)
        for suffix in ("", "-wal"):
            copy = path.parent / f"sick.db{suffix}"
            copy.write_bytes(path.with_name(path.name + suffix).read_bytes())
    really = opening._connect

    def sick(file: Path, options: str) -> sqlite3.Connection:
        if file.name == "sick.db" and file.parent == path.parent and options == "mode=ro":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return really(file, options)

    monkeypatch.setattr(opening, "_connect", sick)
    with open_to_read(path.parent / "sick.db") as reader:
        assert ids(reader) == [call.id]
