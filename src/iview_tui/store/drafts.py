"""Letters as they were written: one that was not sent yet is written over, a sent one stays."""

from uuid import uuid4

from pendulum import DateTime
from sqlalchemy.engine import Connection

from iview_tui.domain.letters import Draft
from iview_tui.store.moments import stored

_LATEST = """
    SELECT d.uuid, d.kind, d.recipient, d.subject, d.body FROM draft d
    JOIN contact c ON c.id = d.contact_id LEFT JOIN interview i ON i.id = d.interview_id
    WHERE c.uuid = ? AND d.kind = ? AND i.uuid IS ? AND d.sent_at IS NULL
    ORDER BY d.id DESC LIMIT 1
"""
_NEWEST = """
    SELECT d.uuid, d.kind, d.recipient, d.subject, d.body FROM draft d
    JOIN contact c ON c.id = d.contact_id
    WHERE c.uuid = ? AND d.sent_at IS NULL ORDER BY d.at DESC, d.id DESC LIMIT 1
"""
_KEEP = """
    INSERT INTO draft (uuid, contact_id, interview_id, kind, recipient, subject, body, at)
    SELECT ?, c.id, (SELECT id FROM interview WHERE uuid = ?), ?, ?, ?, ?, ?
    FROM contact c WHERE c.uuid = ?
    ON CONFLICT (uuid) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject,
        body = excluded.body, at = excluded.at WHERE sent_at IS NULL
"""


def latest(connection: Connection, contact: str, kind: str, call: str | None) -> Draft | None:
    """The letter of that kind to a person, about that call, that was not sent yet."""
    row = connection.exec_driver_sql(_LATEST, (contact, kind, call)).first()
    if row is None:
        return None
    return Draft(row.kind, row.recipient, row.subject or "", row.body, row.uuid)


def newest(connection: Connection, contact: str) -> Draft | None:
    """The letter to a person, of whatever kind, that was worked on last and not sent yet."""
    row = connection.exec_driver_sql(_NEWEST, (contact,)).first()
    if row is None:
        return None
    return Draft(row.kind, row.recipient, row.subject or "", row.body, row.uuid)


def keep(
    connection: Connection, letter: Draft, contact: str, call: str | None, at: DateTime
) -> str:
    """Keep a letter to a person; its UUID. One that was sent stays as it is."""
    uuid = letter.id or str(uuid4())
    values = (uuid, call, letter.kind, letter.to, letter.subject, letter.body, stored(at), contact)
    connection.exec_driver_sql(_KEEP, values)
    return uuid


def sent(connection: Connection, uuid: str, at: DateTime) -> None:
    """Record that a letter was sent."""
    connection.exec_driver_sql(
        "UPDATE draft SET sent_at = ? WHERE uuid = ? AND sent_at IS NULL", (stored(at), uuid)
    )
