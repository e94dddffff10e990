"""Copies of the database: verified, private, some ten of them.

A copy is made by SQLite's backup interface, which also has what is still in the journal; copying
the file alone would lose it. Directory and names: `iview.db.backups/20260304T140000Z-daily.db`.
"""

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from pendulum import DateTime

from iview_tui.store import database as opening
from iview_tui.store.errors import (
    DamagedDatabase,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
)

KEPT, DAYS = 10, 5
"""How many backups are kept; the last of so many days are among them."""


def folder(database: Path) -> Path:
    """The directory of a database's backups."""
    return database.with_name(database.name + ".backups")


def make(database: Path, at: DateTime, reason: str) -> Path:
    """Make one backup, verify it, let the oldest go, and say where it is.

    Works beside whoever writes. Raises DatabaseError; then nothing half-made is left.
    """
    with opening.as_it_is(database) as source:
        return keep_copy(source, database, at, reason)


def keep_copy(source: sqlite3.Connection, database: Path, at: DateTime, reason: str) -> Path:
    """As `make`, of a database that is open."""
    with opening.translated():
        place = folder(database)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod(0o700)
        target = _free_name(place, at, reason)
        building = place / f".building-{os.getpid()}"
        try:
            os.close(os.open(building, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            copy(source, building)
            opening.sync(building)
            building.rename(target)
            opening.sync(place)
        finally:
            for suffix in ("", "-wal", "-shm", "-journal"):
                building.with_name(building.name + suffix).unlink(missing_ok=True)
    for old in let_go(all_of(database)):
        old.unlink(missing_ok=True)
    return target


def let_go(backups: Sequence[Path]) -> list[Path]:
    """Those of the backups, newest first, that are one too many."""
    last_of_day = {path.name[:8]: path for path in reversed(backups)}
    kept = set(sorted(last_of_day.values(), key=backups.index)[:DAYS])
    for path in backups:
        if len(kept) < KEPT:
            kept.add(path)
    return [path for path in backups if path not in kept]


def all_of(database: Path) -> list[Path]:
    """The backups of a database, the newest first; their names say when and why."""
    found = folder(database).glob("*.db")
    named = [p for p in found if re.match(r"\d{8}T\d{6}Z-", p.name)]
    return sorted(named, key=lambda p: (p.name[:16], p.stat().st_mtime_ns), reverse=True)


def newest_good(database: Path) -> Path | None:
    """The newest backup that is whole and of a schema that we know.

    Raises DatabaseError where none could be found for a disk that is ill.
    """
    unread: DatabaseError | None = None
    for candidate in all_of(database):
        try:
            verify(candidate)
        except (DamagedDatabase, ForeignDatabase, NewerDatabase):
            continue
        except DatabaseError as error:
            unread = unread or error
        else:
            return candidate
    if unread:
        raise unread
    return None


def verify(backup: Path) -> None:
    """Read a backup through. Raises DatabaseError where it is not whole, ours and known."""
    with opening.as_it_is(backup) as opened:
        _verify(opened, backup)


def restore(backup: Path, database: Path, at: DateTime) -> Path | None:
    """Put a backup in the place of the database; what was there is kept, and where is said.

    A whole database is overwritten in one transaction, after a backup of it. Any other file is
    set aside beside it with its journal, byte for byte. The caller holds the lock. Raises
    DatabaseError.
    """
    verify(backup)
    try:
        there = opening.look(database) is not None
        kept = make(database, at, "before-restore") if there else None
        usable = there
    except DatabaseError:
        kept, usable = None, False
    with opening.translated():
        if usable:
            _overwrite(backup, database)
        else:
            kept = _replace(backup, database, at)
    return kept


def _free_name(place: Path, at: DateTime, reason: str) -> Path:
    stem = f"{at.in_timezone('UTC').format('YYYYMMDDTHHmmss')}Z-{reason}"
    names = [f"{stem}.db", *(f"{stem}-{n}.db" for n in range(2, 100))]
    return next(place / name for name in names if not (place / name).exists())


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy one state of the source, and compare: whole, and as many rows in every table.

    Raises DatabaseError, sqlite3.Error or OSError.
    """
    source.execute("BEGIN")  # counts and copy see the same state
    try:
        counts = _counts(source)
        with _connected(target) as made:
            source.backup(made)
            made.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
            _verify(made, target)
            if _counts(made) != counts:
                raise DamagedDatabase(f"The copy {target} has lost rows.")
    finally:
        source.execute("ROLLBACK")


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != ("ok",):
        raise DamagedDatabase(f"{path} is damaged.")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    }


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def _overwrite(backup: Path, database: Path) -> None:
    with _connected(backup) as source, _connected(database) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _replace(backup: Path, database: Path, at: DateTime) -> Path | None:
    """Set aside what is there, journal and all, and give the copy its name."""
    building = database.with_name(f".{database.name}.restoring-{os.getpid()}")
    aside = database.with_name(
        f"{database.name}.set-aside-{at.in_timezone('UTC').format('YYYYMMDDTHHmmss')}Z"
    )
    kept = None
    try:
        os.close(os.open(building, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        shutil.copyfile(backup, building)
        opening.sync(building)
        if database.exists():
            shutil.copy2(database, aside)
            aside.chmod(0o600)
            kept = aside
        for suffix in ("-wal", "-shm", "-journal"):  # a journal would be played into the new file
            companion = database.with_name(database.name + suffix)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + suffix))
        building.replace(database)
        opening.sync(database.parent)
    finally:
        building.unlink(missing_ok=True)
    return kept
