"""What was done after talks, and what a person wants to be reminded of."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from iview_tui.domain.follow_up import FollowUp
from iview_tui.store import rows
from iview_tui.store.moments import read_instant, read_moment, stored

_SELECT = (
    "SELECT f.uuid, f.what, c.uuid AS contact, i.uuid AS interview, f.entry, f.due, f.done_at"
    " FROM follow_up f LEFT JOIN contact c ON c.id = f.contact_id"
    " LEFT JOIN interview i ON i.id = f.interview_id ORDER BY f.id"
)


def keep(connection: Connection, row: FollowUp) -> None:
    """Keep a row, in the place of the one of the same UUID."""

    def row_id(table: str, uuid: str | None) -> int | None:
        found = rows.metadata.tables[table]
        query = select(found.c.id).where(found.c.uuid == uuid)
        return connection.execute(query).scalar() if uuid else None

    values = {
        "contact_id": row_id("contact", row.contact),
        "interview_id": row_id("interview", row.interview),
        "entry": row.entry, "what": row.what, "due": stored(row.due),
        "done_at": stored(row.done_at),
    }  # fmt: skip
    connection.execute(
        insert(rows.follow_up)
        .values(uuid=row.id, **values)
        .on_conflict_do_update(index_elements=["uuid"], set_=values)
    )


def everything(connection: Connection) -> list[FollowUp]:
    """All rows, in the order in which they came to be kept."""
    return [
        FollowUp(
            id=row.uuid,
            what=row.what,
            contact=row.contact,
            interview=row.interview,
            entry=row.entry,
            due=read_moment(row.due),
            done_at=read_instant(row.done_at) if row.done_at else None,
        )
        for row in connection.exec_driver_sql(_SELECT)
    ]
