"""Attempts to reach a person, each with what came of it."""

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from iview_tui.domain.outreach import Attempt
from iview_tui.store import rows
from iview_tui.store.moments import read_instant, read_moment, stored

_SELECT = (
    "SELECT o.uuid, c.uuid AS contact, o.at, o.channel, o.sent, o.outcome, o.text, o.next,"
    " i.uuid AS interview FROM outreach o JOIN contact c ON c.id = o.contact_id"
    " LEFT JOIN interview i ON i.id = o.interview_id"
)


def add(connection: Connection, attempt: Attempt) -> bool:
    """Record an attempt; False where it is recorded already, or the person is not kept."""
    contact = _row(connection, rows.contact, attempt.contact)
    if contact is None or _row(connection, rows.outreach, attempt.id) is not None:
        return False
    values = {
        "uuid": attempt.id, "contact_id": contact,
        "interview_id": _row(connection, rows.interview, attempt.interview),
        "at": stored(attempt.at), "channel": attempt.channel, "sent": attempt.sent,
        "outcome": attempt.outcome, "text": attempt.text, "next": stored(attempt.next),
    }  # fmt: skip
    connection.execute(insert(rows.outreach).values(**values))
    return True


def with_person(connection: Connection, contact_id: str) -> list[Attempt]:
    """The attempts to reach a person, in the order of time."""
    query = f"{_SELECT} WHERE c.uuid = ? ORDER BY o.at, o.id"
    return [_attempt(row) for row in connection.exec_driver_sql(query, (contact_id,))]


def everything(connection: Connection) -> list[Attempt]:
    """All attempts, in the order of time."""
    return [_attempt(row) for row in connection.exec_driver_sql(f"{_SELECT} ORDER BY o.at, o.id")]


def _attempt(row: Any) -> Attempt:
    return Attempt(
        id=row.uuid,
        contact=row.contact,
        at=read_instant(row.at),
        channel=row.channel,
        sent=row.sent,
        outcome=row.outcome,
        text=row.text,
        next=read_moment(row.next),
        interview=row.interview,
    )


def _row(connection: Connection, table: Any, uuid: str | None) -> int | None:
    if uuid is None:
        return None
    return connection.execute(select(table.c.id).where(table.c.uuid == uuid)).scalar()
