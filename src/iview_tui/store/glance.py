"""What a start has to know of the database before the screen stands, without SQLAlchemy.

Importing that takes longer than importing all of the screen. A glance says no only where it is
sure; a yes, or anything odd about the file, is looked into by those who know.
"""

import contextlib
import sqlite3
import unicodedata
from pathlib import Path

_WAIT = 0.05
"""Seconds that another process's lock is waited for."""
_UNFINISHED = """
    SELECT EXISTS (
        SELECT 1 FROM interview
        WHERE connected_at IS NOT NULL AND origin NOT IN ('replay', 'import')
        AND 'end' IS NOT (
            SELECT kind FROM entry
            WHERE interview_id = interview.id AND kind IN ('end', 'undo', 'redo')
            ORDER BY id DESC LIMIT 1
        )
    )
"""
"""A call whose end may have been taken back counts."""
_KNOWN = "SELECT EXISTS (SELECT 1 FROM contact WHERE name_key = ?)"


def name_key(name: str) -> str:
    """What makes two spellings the same name: NFC, no case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def may_be_unfinished(path: Path) -> bool:
    """Whether a call may be there that was begun and not ended."""
    return _asked(path, _UNFINISHED)


def may_be_known(path: Path, name: str) -> bool:
    """Whether somebody of that name may be there."""
    return _asked(path, _KNOWN, name_key(name))


def _asked(path: Path, query: str, *values: str) -> bool:
    if not path.exists():
        return False
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)
        ) as connection:
            (answer,) = connection.execute(query, values).fetchone()
    except sqlite3.Error:
        return True
    return bool(answer)
