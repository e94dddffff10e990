"""Attempts to reach a person, each with what came of it."""

from pendulum import DateTime
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from iview_tui.store import rows


def add(
    connection: Connection, attempt_id: str, interview_id: str, at: DateTime, outcome: str
) -> None:
    """Record a ring by phone for an interview that stays planned.

    Where the interview names nobody, or is not kept, there is nobody to have tried to reach.
    """
    found = connection.execute(
        select(rows.interview.c.id, rows.interview.c.contact_id).where(
            rows.interview.c.uuid == interview_id
        )
    ).first()
    if found is None or found.contact_id is None:
        return
    values = {
        "uuid": attempt_id, "contact_id": found.contact_id, "interview_id": found.id,
        "at": at.in_timezone("UTC").isoformat(), "channel": "phone", "outcome": outcome,
    }  # fmt: skip
    connection.execute(insert(rows.outreach).values(**values))
