"""People and organizations."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from iview_tui.domain.record import Contact
from iview_tui.store import rows
from iview_tui.store.glance import name_key as name_key

_JOINED = select(rows.contact, rows.organization.c.name.label("organization")).select_from(
    rows.contact.outerjoin(rows.organization)
)


def find_by_name(connection: Connection, name: str) -> list[Contact]:
    """Everybody of that name, the newest first."""
    query = _JOINED.where(rows.contact.c.name_key == name_key(name)).order_by(
        rows.contact.c.id.desc()
    )
    return [_contact(row) for row in connection.execute(query)]


def get(connection: Connection, contact_id: str) -> Contact | None:
    """The person with that UUID."""
    row = connection.execute(_JOINED.where(rows.contact.c.uuid == contact_id)).first()
    return _contact(row) if row else None


def everybody(connection: Connection) -> list[Contact]:
    """Everybody who is kept, in the order in which they came to be."""
    query = (
        "SELECT c.*, o.name AS organization FROM contact c"
        " LEFT JOIN organization o ON o.id = c.organization_id ORDER BY c.id"
    )
    return [_contact(row) for row in connection.exec_driver_sql(query)]


def last_contacts(connection: Connection) -> dict[str, str]:
    """When there was contact last, as a stored instant, by UUID; who is not there, never."""
    query = (
        "SELECT c.uuid, max(t.at) FROM ("
        " SELECT contact_id, at FROM outreach UNION ALL"
        " SELECT contact_id, connected_at FROM interview WHERE connected_at IS NOT NULL"
        ") t JOIN contact c ON c.id = t.contact_id GROUP BY c.id"
    )
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}


def add_all(connection: Connection, contacts: Sequence[Contact], at: str) -> None:
    """Keep many people who are known to be new, at a stored instant."""
    names = {name_key(c.organization): c.organization for c in contacts if c.organization}
    known = {
        row.name_key: row.id
        for row in connection.exec_driver_sql("SELECT id, name_key FROM organization")
    }
    new = [
        {"uuid": str(uuid4()), "name": name, "name_key": key}
        for key, name in names.items()
        if key not in known
    ]
    if new:
        connection.execute(insert(rows.organization), new)
        found = connection.exec_driver_sql("SELECT id, name_key FROM organization")
        known = {row.name_key: row.id for row in found}
    if contacts:
        connection.execute(
            insert(rows.contact),
            [
                {
                    "uuid": contact.id,
                    "added_at": at,
                    **_plain_values(contact),
                    "organization_id": known[name_key(contact.organization)]
                    if contact.organization
                    else None,
                }
                for contact in contacts
            ],
        )


def put(connection: Connection, contact: Contact) -> None:
    """Keep a known person exactly as given."""
    connection.execute(
        update(rows.contact)
        .where(rows.contact.c.uuid == contact.id)
        .values(**_values(connection, contact))
    )


def keep(connection: Connection, contact: Contact, *, new: bool = False) -> Contact:
    """Keep a person, and give back the person as now kept.

    The same UUID, or else the same name, is the same person: what was empty is filled, new ways to
    reach them are added behind. With `new` a person of that name is another one.
    """
    known = get(connection, contact.id)
    if known is None and not new:
        namesakes = find_by_name(connection, contact.name)
        same_place = [n for n in namesakes if _same(n.organization, contact.organization)]
        known = next(iter(same_place or namesakes), None)
    if known is None:
        connection.execute(
            insert(rows.contact).values(uuid=contact.id, **_values(connection, contact))
        )
        return contact
    both = known.filled(contact)
    if both != known:
        put(connection, both)
    return both


def row_id(connection: Connection, contact_id: str) -> int:
    """The row id of a person that is kept."""
    return int(
        connection.execute(
            select(rows.contact.c.id).where(rows.contact.c.uuid == contact_id)
        ).scalar_one()
    )


def _values(connection: Connection, contact: Contact) -> dict[str, Any]:
    organization = _organization(connection, contact.organization)
    return {"organization_id": organization, **_plain_values(contact)}


def _plain_values(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "name_key": name_key(contact.name),
        "role": contact.role,
        "emails": json.dumps(contact.emails, ensure_ascii=False),
        "phones": json.dumps(contact.phones, ensure_ascii=False),
        "via": contact.via,
        "said": contact.said,
        "pronouns": contact.pronouns,
        "linkedin": contact.linkedin,
        "time_zone": contact.time_zone,
        "source": contact.source,
        "background": contact.background,
        "tags": json.dumps(contact.tags, ensure_ascii=False),
    }


def _organization(connection: Connection, name: str | None) -> int | None:
    """The row of the organization of that name, made where it is new."""
    if not name:
        return None
    key = name_key(name)
    known = connection.execute(
        select(rows.organization.c.id).where(rows.organization.c.name_key == key)
    ).scalar()
    if known is not None:
        return int(known)
    return int(
        connection.execute(
            insert(rows.organization)
            .values(uuid=str(uuid4()), name=name, name_key=key)
            .returning(rows.organization.c.id)
        ).scalar_one()
    )


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        id=row.uuid,
        name=row.name,
        organization=row.organization,
        role=row.role,
        emails=tuple(json.loads(row.emails)),
        phones=tuple(json.loads(row.phones)),
        via=row.via,
        said=row.said,
        pronouns=row.pronouns,
        linkedin=row.linkedin,
        time_zone=row.time_zone,
        source=row.source,
        background=row.background,
        tags=tuple(json.loads(row.tags)),
    )


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other and name_key(one) == name_key(other))
