"""Opening the one file: to write, by one process at a time, or to read, beside whoever writes.

What is in the file is found out before SQLite may touch it, so a foreign, newer, damaged or empty
file keeps its bytes. A new file appears whole or not at all.
"""

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep as pause

from pendulum import DateTime
from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Connection as Connection
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from iview_tui.store import rows
from iview_tui.store.errors import (
    BusyDatabase,
    DamagedDatabase,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
    UnwritableDatabase,
    explain,
)

__all__ = [
    "BusyDatabase", "DamagedDatabase", "Database", "DatabaseError", "ForeignDatabase",
    "NewerDatabase", "look", "open_to_read", "open_to_write",
]  # fmt: skip

APPLICATION_ID = 0x69766577
"""`ivew`, in the header of every database of this program."""

SCHEMA = 1
"""The schema that this code works with; the number of the newest revision."""

TRIES, BETWEEN = 12, 0.025
"""How often, and how many seconds apart, a file is looked at that another process writes."""

LOCK_WAIT = 0.05
"""Seconds that a statement waits for somebody else's lock: typing is not held up for more."""


class Database:
    """One open database with its one connection; used by one thread at a time."""

    def __init__(self, path: Path, engine: Engine, on_close: Callable[[], None] | None = None):
        self.path = path
        self._engine = engine
        self._on_close = on_close

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: all of it or, after an exception, nothing.

        Raises DatabaseError with a sentence for whatever SQLite or the disk refuses.
        """
        with translated(), self._engine.begin() as connection:
            yield connection

    def raw(self) -> sqlite3.Connection:
        """The driver's own connection: for pragmas and backups, outside of any transaction."""
        pooled = self._engine.raw_connection()
        driver = pooled.driver_connection
        pooled.close()  # to the pool, which keeps it open
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def close(self) -> None:
        """Close the file; what is in the journal goes into it where the disk lets it."""
        with contextlib.suppress(exc.SQLAlchemyError, sqlite3.Error):
            self._engine.dispose()
        if self._on_close:
            self._on_close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of SQLite and the system into DatabaseError."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error) from error


def look(path: Path) -> int | None:
    """The number of the schema in the file, or None where there is no file. Changes nothing.

    Raises ForeignDatabase, NewerDatabase, DamagedDatabase or UnwritableDatabase.
    """
    with translated():
        if not path.exists():
            _refuse_orphans(path)
            return None
        if not path.is_file():
            raise ForeignDatabase(f"{path} is not a file.")
        if path.stat().st_size == 0:
            raise DamagedDatabase(f"{path} is empty, although it is there.")
        application, schema = _marks(path)
    if application != APPLICATION_ID:
        raise ForeignDatabase(f"{path} belongs to another program.")
    _refuse_newer(path, schema)
    return int(schema)


def open_to_write(path: Path, at: DateTime, *, check: bool = False) -> Database:
    """Open the database, made or lifted to the present schema where that is needed.

    `at` names the backup that is made before the schema changes. With `check` the whole file is
    read through first (some ms). The caller holds the lock (`lock.py`). Raises DatabaseError.
    """
    if look(path) is None:
        _make(path)
    database = Database(path, _engine(lambda: _writing_connection(path), "BEGIN IMMEDIATE"))
    try:
        with translated():
            raw = database.raw()
            (schema,) = raw.execute("PRAGMA user_version").fetchone()
            if check:
                _check(path, raw)
        _refuse_newer(path, schema)
        if schema < SCHEMA:
            from iview_tui.store.migrations import run

            run.lift(database, at)
    except BaseException:
        database.close()
        raise
    return database


def open_to_read(path: Path) -> Database:
    """Open the database beside whoever writes. Writes nothing to it and makes no database.

    Where there is no file, an empty one in memory is read; one of an older schema is read as a
    copy in memory that was lifted. Raises DatabaseError.
    """
    schema = look(path)
    if schema is None:
        return _in_memory(path, None)
    with translated():
        connection, clean_up = _reading_connection(path)
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if schema == SCHEMA:
        return Database(path, _engine(lambda: connection, "BEGIN"), clean_up)
    try:
        _refuse_newer(path, schema)
        return _in_memory(path, connection)
    finally:
        connection.close()
        clean_up()


def _marks(path: Path) -> tuple[int, int]:
    """Whose file it is, and its schema. Raises ForeignDatabase and what SQLite raises.

    Whoever writes beside brings the journal into the file page by page: for a moment the first one
    tells of more pages than there are, which is no damage.
    """
    journal = path.with_name(f"{path.name}-wal")
    tried = 0
    while True:
        try:
            # Immutable: no journal is read, nothing beside the file is made. By SQLite, not by
            # open(): closing a file of one's own would cancel the locks of this process.
            with contextlib.closing(_connect(path, "mode=ro&immutable=1")) as connection:
                (application,) = connection.execute("PRAGMA application_id").fetchone()
                (schema,) = connection.execute("PRAGMA user_version").fetchone()
            return int(application), int(schema)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise ForeignDatabase(f"{path} is not a database of iview.") from error
            tried += 1
            moves = error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT and journal.exists()
            if not moves or tried == TRIES:
                raise
        pause(BETWEEN)


@contextmanager
def as_it_is(path: Path) -> Iterator[sqlite3.Connection]:
    """The file to be read as it is, of whatever schema: for copies and checks.

    Raises DatabaseError, also where there is none.
    """
    with translated():
        if look(path) is None:
            raise UnwritableDatabase(f"There is no {path}.")
        connection, clean_up = _reading_connection(path)
        try:
            yield connection
        finally:
            connection.close()
            clean_up()


def _in_memory(path: Path, older: sqlite3.Connection | None) -> Database:
    """A database in memory: empty, or the lifted copy of an older one."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    database = Database(path, _engine(lambda: memory, "BEGIN"))
    with translated():
        if older is not None:
            from iview_tui.store.migrations import run

            older.backup(memory)
            run.upgrade(database)
        else:
            with database.transaction() as connection:
                rows.create(connection)
    return database


def _refuse_newer(path: Path, schema: int) -> None:
    if schema > SCHEMA:
        raise NewerDatabase(
            f"{path} was written by a newer iview (schema {schema}, this one knows {SCHEMA})."
        )


def _refuse_orphans(path: Path) -> None:
    """A journal without its database holds somebody's words: no new file may be put before it."""
    for suffix in ("-wal", "-journal"):
        journal = path.with_name(path.name + suffix)
        if journal.exists() and journal.stat().st_size > 0:
            raise DamagedDatabase(f"{path} is gone, but its journal {journal.name} is there.")


def _check(path: Path, connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedDatabase(f"{path} is damaged.")


def _connect(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=LOCK_WAIT,
        isolation_level=None,  # else the driver commits before DDL
        check_same_thread=False,
    )


def _writing_connection(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "mode=rw")
    try:
        set_up_to_write(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def set_up_to_write(connection: sqlite3.Connection) -> None:
    """The pragmas of the writing connection."""
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    # A file system without shared memory has no WAL; there EXTRA also syncs the directory.
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 200")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")


def _reading_connection(path: Path) -> tuple[sqlite3.Connection, Callable[[], None]]:
    """A connection that only reads, and what to do after closing it.

    A WAL database wants a `-shm` file beside it, which a full or read-only disk does not give.
    Then the file is read alone where its journal is empty, else as a copy in another place.
    """
    try:
        return _tried(path, "mode=ro"), lambda: None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
    journal = path.with_name(path.name + "-wal")
    if not journal.exists() or journal.stat().st_size == 0:
        return _tried(path, "mode=ro&immutable=1"), lambda: None
    for place in (tempfile.gettempdir(), "/dev/shm"):  # noqa: S108 (mkdtemp is private)
        with contextlib.suppress(OSError, sqlite3.Error):
            return _copy_to_read(path, journal, place)
    raise UnwritableDatabase(f"{path} cannot be read: the disk is full or read-only.")


def _copy_to_read(
    path: Path, journal: Path, place: str
) -> tuple[sqlite3.Connection, Callable[[], None]]:
    copies = Path(tempfile.mkdtemp(prefix="iview-read-", dir=place))

    def remove() -> None:
        shutil.rmtree(copies, ignore_errors=True)

    try:
        for file in (path, journal):
            shutil.copyfile(file, copies / file.name)
        return _tried(copies / path.name, "mode=rw"), remove
    except BaseException:
        remove()
        raise


def _tried(path: Path, options: str) -> sqlite3.Connection:
    """A connection that has read once: only then SQLite looks for the journal."""
    connection = _connect(path, options)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _engine(connect: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    """An engine with one connection for ever, and transactions that begin as they are told.

    IMMEDIATE: a read that is upgraded after somebody's commit fails at once, without waiting.
    """
    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _make(path: Path) -> None:
    """Make an empty database. It is built beside and linked to its name: whole or not there."""
    building = path.with_name(f".{path.name}.new-{os.getpid()}")
    with translated():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(building, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            _build(building)
            put_in_place(building, path)
        finally:
            building.unlink(missing_ok=True)


def _build(path: Path) -> None:
    with Database(path, _engine(lambda: _writing_connection(path), "BEGIN IMMEDIATE")) as new:
        with new.transaction() as connection:
            rows.create(connection)
            connection.execute(rows.alembic_version.insert(), {"version_num": f"{SCHEMA:04}"})
            mark(connection)
        new.raw().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def mark(connection: Connection) -> None:
    """Write down that the database is ours and has the present schema."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def put_in_place(made: Path, path: Path) -> None:
    """Give a finished file its name, synced; what already has the name stays. Raises OSError."""
    sync(made)
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            made.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Let a file, or the names in a directory, reach the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
