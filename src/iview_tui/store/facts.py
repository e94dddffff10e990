"""The facts of a day, read as columns: no log is folded for them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.engine import Connection

from iview_tui.domain.due import due
from iview_tui.domain.entry import Kind
from iview_tui.domain.today import Facts, Promise, Talk, Told
from iview_tui.store import across, follow_ups, outreach, people
from iview_tui.store.interviews import is_ended
from iview_tui.store.moments import read_instant

_TALKS = """
    SELECT i.id, i.uuid, c.uuid AS contact, c.name, i.planned_at, i.connected_at, i.cancelled_at,
        i.agreed_minutes,
        (SELECT kind FROM entry WHERE interview_id = i.id AND kind IN ('end', 'undo', 'redo')
            ORDER BY id DESC LIMIT 1) AS last,
        (SELECT entered FROM entry WHERE interview_id = i.id AND kind = 'end'
            ORDER BY id DESC LIMIT 1) AS ended
    FROM interview i LEFT JOIN contact c ON c.id = i.contact_id
    ORDER BY i.id
"""
_LOG = "SELECT uuid, kind, line, about, retracted FROM entry WHERE interview_id = ? ORDER BY id"
_TOLD = """
    SELECT r.uuid, r.name, p.uuid AS contact, c.name AS who, r.sure, r.may_use_name, r.check_in,
        r.private
    FROM referral r JOIN interview i ON i.id = r.interview_id
    LEFT JOIN contact c ON c.id = i.contact_id LEFT JOIN contact p ON p.id = r.contact_id
    ORDER BY r.id
"""


def read(connection: Connection) -> Facts:
    """Everything that the day is worked out of."""
    calls = talks(connection)
    return Facts(
        people={person.id: person for person in people.everybody(connection)},
        talks=calls,
        told=told(connection),
        promises=promises(connection, {talk.id: talk.contact for talk in calls}),
        attempts=outreach.everything(connection),
        follow_ups=follow_ups.everything(connection),
    )


def talks(connection: Connection) -> list[Talk]:
    """All calls, in the order in which they came to be kept."""
    found = []
    for row in connection.exec_driver_sql(_TALKS).all():
        connected = read_instant(row.connected_at) if row.connected_at else None
        ended = connected is not None and row.ended is not None
        if ended and row.last != "end":  # it may have been taken back
            log = connection.exec_driver_sql(_LOG, (row.id,))
            ended = is_ended((e[0], Kind(e[1]), e[2], e[3], bool(e[4])) for e in log)
        found.append(
            Talk(
                id=row.uuid,
                contact=row.contact,
                name=row.name,
                planned_at=read_instant(row.planned_at) if row.planned_at else None,
                ended_at=connected.add(seconds=row.ended) if connected and ended else None,
                begun=connected is not None,
                cancelled=row.cancelled_at is not None,
                minutes=row.agreed_minutes,
            )
        )
    return found


def told(connection: Connection) -> list[Told]:
    """Everybody who was named in a call that has ended."""
    return [
        Told(
            id=row.uuid,
            name=row.name,
            contact=row.contact,
            by=row.who,
            sure=bool(row.sure),
            may_use_name=row.may_use_name,
            check_in=date.fromisoformat(row.check_in) if row.check_in else None,
            private=bool(row.private),
        )
        for row in connection.exec_driver_sql(_TOLD)
    ]


def promises(connection: Connection, who: Mapping[str, str | None]) -> list[Promise]:
    """What I promised with a day, as it stands; `who` has the people of the calls."""
    found = []
    for head, log in across.of_kind(connection, "promise_mine"):
        if head.connected_at is None:
            continue
        begun = read_instant(head.connected_at).date()
        for entry in log.stands.values():
            text = log.words(entry)
            day = due(text, begun) if entry.kind == "promise_mine" else None
            if day is not None:
                hidden = entry.id in log.private
                found.append(
                    Promise(entry.id, head.uuid, who.get(head.uuid), head.name, text, day, hidden)
                )
    return found
