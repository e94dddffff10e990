"""Lists of questions that are kept under their titles."""

import json
from uuid import uuid4

from pendulum import DateTime
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from iview_tui.domain.guide import Guide, Unparsed
from iview_tui.store import rows
from iview_tui.store.glance import name_key
from iview_tui.store.interviews import guide_values, topic_of, topic_values

_GUIDE = rows.guide.c


def keep(connection: Connection, guide: Guide, at: DateTime) -> bool:
    """Keep a list; True where none of its title was there, else it takes the place of that one."""
    known = [row.id for row in connection.execute(select(_GUIDE.id, _GUIDE.title))
             if name_key(row.title) == name_key(guide.title)]  # fmt: skip
    for row_id in known:
        connection.execute(delete(rows.guide_topic).where(rows.guide_topic.c.guide_id == row_id))
        connection.execute(delete(rows.guide).where(_GUIDE.id == row_id))
    kept_at = at.in_timezone("UTC").isoformat()
    values = {"uuid": str(uuid4()), "kept_at": kept_at, **guide_values(guide)}
    row_id = connection.execute(
        insert(rows.guide).values(**values).returning(_GUIDE.id)
    ).scalar_one()
    if guide.topics:
        connection.execute(
            insert(rows.guide_topic),
            [{"guide_id": row_id, **topic_values(topic)} for topic in guide.topics],
        )
    return not known


def everything(connection: Connection) -> list[Guide]:
    """Every list that is kept, by title."""
    found = []
    for row in connection.execute(select(rows.guide).order_by(_GUIDE.title)).all():
        topics = connection.execute(
            select(rows.guide_topic)
            .where(rows.guide_topic.c.guide_id == row.id)
            .order_by(rows.guide_topic.c.number)
        )
        found.append(
            Guide(
                title=row.title,
                purpose=row.purpose,
                topics=tuple(topic_of(topic) for topic in topics),
                opening=tuple(json.loads(row.opening)),
                opening_minutes=row.opening_minutes,
                close=tuple(json.loads(row.close)),
                kept=tuple(Unparsed(line, text) for line, text in json.loads(row.kept)),
            )
        )
    return found


def find(connection: Connection, title: str) -> Guide | None:
    """The list of that title, however it is written; None where there is none."""
    wanted = name_key(title)
    return next((each for each in everything(connection) if name_key(each.title) == wanted), None)
