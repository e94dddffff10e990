"""What a start has to know of the database before the screen stands, without SQLAlchemy.

Importing that takes longer than importing all of the screen. A glance says no only where it is
sure; a yes, or anything odd about the file, is looked into by those who know.
"""

import contextlib
import json
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import Any

from iview_tui.domain.record import Contact
from iview_tui.domain.text import clean

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
_USUAL = (0x69766577, 1)
"""Application and schema of a database that this version wrote; another is looked into."""
_KNOWN = """
    SELECT contact.uuid, contact.name, organization.name, role, emails, phones, via, said, pronouns,
        linkedin, time_zone, source, background, tags
    FROM contact LEFT JOIN organization ON organization.id = organization_id
    WHERE contact.name_key = ? ORDER BY contact.id DESC LIMIT 1
"""
"""In the order of the fields of Contact."""
_PLANNED = """
    SELECT interview.uuid FROM interview LEFT JOIN contact ON contact.id = contact_id
    WHERE connected_at IS NULL AND cancelled_at IS NULL
    AND julianday(planned_at) + agreed_minutes / 1440.0 > julianday(?) {person}
    ORDER BY planned_at, interview.id LIMIT 1
"""
_HELD = """
    SELECT count(*) FROM (
        SELECT 1 FROM interview
        WHERE connected_at IS NOT NULL AND origin NOT IN ('replay', 'rehearse')
        AND 'end' IS (
            SELECT kind FROM entry
            WHERE interview_id = interview.id AND kind IN ('end', 'undo', 'redo')
            ORDER BY id DESC LIMIT 1
        )
        LIMIT ?
    )
"""
_LISTS = {"emails", "phones", "tags"}


def name_key(name: str) -> str:
    """What makes two spellings the same name: NFC, no case, single blanks, no broken bytes."""
    return " ".join(clean(name).casefold().split())


def may_be_unfinished(path: Path) -> bool:
    """Whether a call may be there that was begun and not ended."""
    found = _asked(path, _UNFINISHED)
    return found is None or bool(found and found[0])


def next_planned(path: Path, at: str, name: str | None = None) -> str | None:
    """The UUID of the next planned call, with the person of that name if one is given.

    `at` is the present instant as it is stored; a call counts until its agreed end. None also
    where that cannot be told.
    """
    person = "AND contact.name_key = ?" if name else ""
    row = _asked(path, _PLANNED.format(person=person), at, *([name_key(name)] if name else []))
    return str(row[0]) if row else None


def held(path: Path, *, most: int) -> int | None:
    """How many calls were held and ended, counted up to `most`; None where that cannot be told."""
    found = _asked(path, _HELD, most)
    return None if found is None else int(found[0]) if found else 0


def known(path: Path, name: str) -> Contact | None:
    """The person of that name, the newest of several; None also where that cannot be told."""
    row = _asked(path, _KNOWN, name_key(name))
    if not row:
        return None
    given = dict(zip((each.name for each in fields(Contact)), row, strict=True))
    with contextlib.suppress(ValueError, TypeError):
        return Contact(**given | {name: tuple(json.loads(given[name])) for name in _LISTS})
    return None


def may_be_sick(path: Path) -> bool:
    """Whether anything is odd about the file or in it; every page is read."""
    if not path.exists():
        return any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    try:
        with _reading(path) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error:
        return True
    return ((application, schema), verdict) != (_USUAL, "ok")


def _asked(path: Path, query: str, *values: str | int) -> tuple[Any, ...] | None:
    """The first row, empty where there is none; None where the file does not answer."""
    if not path.exists():
        return ()
    try:
        with _reading(path) as connection:
            return connection.execute(query, values).fetchone() or ()
    except sqlite3.Error:
        return None


def _reading(path: Path) -> contextlib.closing[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_WAIT))
