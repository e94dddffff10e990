"""What the logs of calls say about people and topics, kept beside them for what looks across calls.

The log alone counts: all of this can be made anew from it, and is, whenever it has grown.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from iview_tui.domain.named import Referral
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.store import people, rows

PRIVATE = "private"
"""The tag of a person who was named in private."""
_REFERRAL = rows.referral.c
_NOTHING_MORE = ("role", "said", "pronouns", "linkedin", "time_zone", "background")
_HANGING = ("interview", "draft", "outreach", "follow_up")


def grown(connection: Connection) -> list[str]:
    """The calls whose log has entries that are not yet worked out."""
    found = connection.exec_driver_sql(
        "SELECT uuid FROM interview i WHERE connected_at IS NOT NULL AND folded IS NOT"
        " (SELECT max(id) FROM entry WHERE interview_id = i.id) ORDER BY id"
    )
    return [row[0] for row in found]


def keep(
    connection: Connection,
    record: CallRecord,
    topics: Iterable[tuple[int, str, int, bool]],
    figures: Mapping[str, Any],
    named: Sequence[tuple[Referral, bool]],
) -> None:
    """Keep what was worked out of a call, in the place of what was.

    Topics are (number, state, seconds, unprompted); people are with whether they were named in
    private. Those to be kept as people are given with `sure`.
    """
    query = (
        "SELECT id, (SELECT max(id) FROM entry WHERE interview_id = i.id)"
        " FROM interview i WHERE uuid = ?"
    )
    row_id, last = connection.exec_driver_sql(query, (record.id,)).one()
    connection.exec_driver_sql(
        "UPDATE interview SET folded = ?, figures = ? WHERE id = ?",
        (last, json.dumps(dict(figures)), row_id),
    )
    told = [(state, seconds, by_itself, row_id, n) for n, state, seconds, by_itself in topics]
    if told:
        connection.exec_driver_sql(
            "UPDATE interview_topic SET state = ?, seconds = ?, unprompted = ?"
            " WHERE interview_id = ? AND number = ?",
            told,
        )
    _keep_named(connection, record, row_id, named)


def _keep_named(
    connection: Connection, record: CallRecord, row_id: int, named: Sequence[tuple[Referral, bool]]
) -> None:
    before = {
        row.entry: row
        for row in connection.execute(
            select(rows.referral, rows.contact.c.uuid.label("who"))
            .select_from(rows.referral.outerjoin(rows.contact))
            .where(_REFERRAL.interview_id == row_id)
        )
    }
    connection.execute(delete(rows.referral).where(_REFERRAL.interview_id == row_id))
    for person, private in named:
        old = before.pop(person.entry, None)
        contact = None
        if person.sure:
            contact = _contact(connection, record, person, private, old)
        elif old is not None and old.who is not None:
            _leave(connection, record, person.entry)
        connection.execute(
            insert(rows.referral).values(
                uuid=str(uuid5(NAMESPACE_URL, f"iview:{record.id}/referral/{person.entry}")),
                interview_id=row_id,
                contact_id=contact,
                entry=person.entry,
                name=person.name,
                organization=person.organization,
                reach=person.contact,
                sure=person.sure,
                may_use_name=person.may_use_name,
                check_in=person.check_in,
                spelling_checked=person.spelling_checked,
                private=private,
            )
        )
    for entry in before:
        _leave(connection, record, entry)


def contact_id(record: CallRecord, entry: str) -> str:
    """The UUID of the person that an entry of a call brought, where they were not known."""
    return str(uuid5(NAMESPACE_URL, f"iview:{record.id}/person/{entry}"))


def _contact(
    connection: Connection, record: CallRecord, person: Referral, private: bool, old: Any
) -> int:
    """The row id of the person, kept now where they are new; the same one as before."""
    theirs = contact_id(record, person.entry)
    ways = [way.strip() for way in (person.contact or "").split(";") if way.strip()]
    emails = tuple(way for way in ways if "@" in way)
    new = Contact(
        id=old.who if old is not None and old.who else theirs,
        name=person.name,
        organization=person.organization,
        emails=emails,
        phones=tuple(way for way in ways if way not in emails),
        via=record.contact.name if record.contact else None,
        source="referral",
    )
    if record.contact and people.name_key(record.contact.name) == people.name_key(person.name):
        return people.row_id(connection, record.contact.id)  # they named themselves
    kept = people.keep(connection, new)
    if kept.id == theirs:
        _put_right(connection, kept, person.name, private)
    return people.row_id(connection, kept.id)


def _put_right(connection: Connection, kept: Contact, name: str, private: bool) -> None:
    """A person whom a call brought has the name as it was put right there, and is as private."""
    tags = [tag for tag in kept.tags if tag != PRIVATE] + ([PRIVATE] if private else [])
    if (name, tuple(tags)) != (kept.name, kept.tags):
        connection.execute(
            update(rows.contact)
            .where(rows.contact.c.uuid == kept.id)
            .values(name=name, name_key=people.name_key(name), tags=json.dumps(tags))
        )


def _leave(connection: Connection, record: CallRecord, entry: str) -> None:
    """Let go of a person whom a call does not bring any more, unless something hangs on them."""
    theirs = contact_id(record, entry)
    row = connection.execute(select(rows.contact).where(rows.contact.c.uuid == theirs)).first()
    if row is None or any(getattr(row, name) for name in _NOTHING_MORE):
        return
    if set(json.loads(row.tags)) - {PRIVATE}:
        return
    for name in (*_HANGING, "referral"):
        table = rows.metadata.tables[name]
        if connection.execute(select(table.c.id).where(table.c.contact_id == row.id)).first():
            return
    connection.execute(delete(rows.contact).where(rows.contact.c.id == row.id))
