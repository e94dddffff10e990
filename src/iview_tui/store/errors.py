"""Why a database cannot be used, each in one sentence for a person. Cheap to import."""

import sqlite3


class DatabaseError(Exception):
    """The database or its directory cannot be used; the text is a sentence. Exit code 4."""


class BusyDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """Another process writes, or holds the lock."""


class FullDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """No room is left on the disk."""


class UnwritableDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """The file or its directory does not let itself be read or written."""


class DamagedDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """The file was ours and is not whole."""


class ForeignDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """The file is not a database of this program."""


class NewerDatabase(DatabaseError):  # noqa: N818 (the name is the sentence)
    """The file was written by a newer version of this program."""


_PLAIN: tuple[tuple[frozenset[int], type[DatabaseError], str], ...] = (
    (
        frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}),
        BusyDatabase,
        "the database is locked by another program",
    ),
    (frozenset({sqlite3.SQLITE_FULL}), FullDatabase, "the disk is full"),
    (frozenset({sqlite3.SQLITE_READONLY}), UnwritableDatabase, "the database is read-only"),
    (
        frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}),
        UnwritableDatabase,
        "the database cannot be opened",
    ),
    (
        frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOLFS}),
        UnwritableDatabase,
        "the disk reports an error",
    ),
    (frozenset({sqlite3.SQLITE_CORRUPT}), DamagedDatabase, "the database is damaged"),
    (frozenset({sqlite3.SQLITE_NOTADB}), ForeignDatabase, "the file is not a database of iview"),
)


def explain(error: BaseException) -> DatabaseError:
    """The plain words for an error of SQLite, SQLAlchemy or the system."""
    if isinstance(error, DatabaseError):
        return error
    original = getattr(error, "orig", None) or error
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", 0) or 0
        for codes, kind, sentence in _PLAIN:
            if code & 0xFF in codes:
                return kind(sentence)
    if isinstance(original, OSError):
        return _explain_system(original)
    return DatabaseError("the database did not take it")


def _explain_system(error: OSError) -> DatabaseError:
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return FullDatabase("the disk is full")
    if error.errno == errno.EROFS:
        return UnwritableDatabase("the disk is read-only")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return UnwritableDatabase("the directory may not be written")
    return UnwritableDatabase("the disk reports an error")
