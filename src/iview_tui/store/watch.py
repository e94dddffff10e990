"""What happens to the file while it is open: deleted, replaced, or its journal taken away.

SQLite does not notice: it goes on writing into a file that has no name any more.
"""

import contextlib
import os
from pathlib import Path

from pendulum import DateTime

from iview_tui.domain.value import value
from iview_tui.store import backup
from iview_tui.store import database as opening
from iview_tui.store.errors import DatabaseError, UnwritableDatabase


@value
class Identity:
    """Which files an open database consists of: device and inode of the file and its journal."""

    file: tuple[int, int] | None
    journal: tuple[int, int] | None


def identity(path: Path) -> Identity:
    """The files that have the names now."""
    return Identity(_identity(path), _identity(journal_of(path)))


def journal_of(path: Path) -> Path:
    """The write-ahead journal of a database."""
    return path.with_name(path.name + "-wal")


def compare(path: Path, opened: Identity) -> None:
    """Raises UnwritableDatabase where the names do not lead to the open files any more."""
    now = identity(path)
    if now.file is None:
        raise UnwritableDatabase("the database file was deleted")
    if now.file != opened.file:
        raise UnwritableDatabase("the database file was replaced by another")
    if now.journal != opened.journal:
        raise UnwritableDatabase("the database's journal was deleted")


def settle(database: opening.Database, opened: Identity, at: DateTime) -> None:
    """Make the name lead to a whole database again, as far as it can be, and close the open one.

    Deleted: all of it is written anew from the open file. Replaced: the open one is kept as a
    backup, the other is left as it is. Journal gone: it is brought into the file. Raises
    DatabaseError; then the database is still open and can be settled later.
    """
    path = database.path
    now = identity(path)
    with opening.translated():
        if now.file == opened.file:
            database.raw().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
        elif now.file is None:
            _rebuild(database, opened)
        else:
            with contextlib.suppress(DatabaseError):  # it may be the reason for the other file
                backup.keep_copy(database.raw(), path, at, "before-replaced")
            database.close()
            _drop_journal(path, opened)


def _rebuild(database: opening.Database, opened: Identity) -> None:
    path = database.path
    building = path.with_name(f".{path.name}.rebuilding-{os.getpid()}")
    try:
        os.close(os.open(building, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        backup.copy(database.raw(), building)
        _drop_journal(path, opened)
        opening.put_in_place(building, path)
        database.close()
    finally:
        building.unlink(missing_ok=True)


def _drop_journal(path: Path, opened: Identity) -> None:
    """Take the journal of the lost file away: it would be played into the one with its name."""
    journal = journal_of(path)
    if opened.journal and _identity(journal) == opened.journal:
        journal.unlink()
        path.with_name(path.name + "-shm").unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
