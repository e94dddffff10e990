"""Interviews: who, what was agreed, the guide as it was, the log and the half-typed line.

Everything here can be told twice and is done once: calls and entries are known by their UUID.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pendulum
from pendulum import DateTime
from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic, Unparsed
from iview_tui.domain.record import Agreement, CallRecord
from iview_tui.domain.value import value
from iview_tui.store import people, rows

_INTERVIEW = rows.interview.c
_ENTRY = rows.entry.c
_ENTRY_COLUMNS = [column.name for column in rows.entry.columns if column.name != "id"]

# At every key one of these is run: as text they cost a fifth of what building them would.
_ROW_ID = "SELECT id FROM interview WHERE uuid = ?"
_ADD_ENTRY = (
    f"INSERT INTO entry ({', '.join(_ENTRY_COLUMNS)})"  # noqa: S608 (our own column names)
    f" VALUES ({', '.join('?' * len(_ENTRY_COLUMNS))}) ON CONFLICT (uuid) DO NOTHING"
)
_KEEP_HALF_LINE = """
    INSERT INTO half_line (interview_id, text, private, sequence) VALUES (?, ?, ?, ?)
    ON CONFLICT (interview_id) DO UPDATE
    SET text = excluded.text, private = excluded.private, sequence = excluded.sequence
    WHERE sequence < excluded.sequence
"""


@value
class Summary:
    """What a list of calls shows."""

    id: str
    name: str | None
    organization: str | None
    agreed_minutes: int
    planned_at: DateTime | None
    connected_at: DateTime | None
    time_zone: str
    origin: str
    state: str
    """planned, live or ended."""


def add_interview(connection: Connection, record: CallRecord, *, new_contact: bool = False) -> bool:
    """Keep a call with its entries and half-typed line; True where it was not known.

    A known call that was only planned takes over what is agreed now; a known call that was
    connected keeps its agreement and gets the entries that it does not have. The person is the
    known one of that name, unless `new_contact`.
    """
    known = connection.execute(
        select(_INTERVIEW.id, _INTERVIEW.connected_at).where(_INTERVIEW.uuid == record.id)
    ).first()
    if known is None or known.connected_at is None:
        values = _values(connection, record, new_contact)
        if known is None:
            row_id = connection.execute(
                insert(rows.interview).values(uuid=record.id, **values).returning(_INTERVIEW.id)
            ).scalar_one()
        else:
            row_id = known.id
            connection.execute(
                update(rows.interview).where(_INTERVIEW.id == row_id).values(**values)
            )
            connection.execute(
                delete(rows.interview_topic).where(rows.interview_topic.c.interview_id == row_id)
            )
        if record.guide.topics:
            connection.execute(
                insert(rows.interview_topic),
                [{"interview_id": row_id, **topic_values(topic)} for topic in record.guide.topics],
            )
    append(connection, record.id, record.entries)
    if record.draft is not None:
        keep_draft(connection, record.id, record.draft, private=record.draft_private)
    return known is None


def append(connection: Connection, interview_id: str, entries: Sequence[Entry]) -> None:
    """Add entries to the log of a call, in their order; those that it has are left alone."""
    if entries:
        row_id = _row_id(connection, interview_id)
        told = [{"interview_id": row_id, **_entry_values(entry)} for entry in entries]
        connection.exec_driver_sql(
            _ADD_ENTRY, [tuple(values[name] for name in _ENTRY_COLUMNS) for values in told]
        )


def keep_draft(
    connection: Connection,
    interview_id: str,
    text: str | None,
    private: bool = False,
    *,
    sequence: int | None = None,
) -> None:
    """Keep the half-typed line, or that there is none.

    With a `sequence` the line is left alone where one of a higher or the same number is kept.
    """
    row_id = _row_id(connection, interview_id)
    if sequence is None:
        sequence = 1 + draft_sequence(connection, interview_id)
    connection.exec_driver_sql(_KEEP_HALF_LINE, (row_id, storable(text), private, sequence))


def draft_sequence(connection: Connection, interview_id: str) -> int:
    """The number of the half-typed line as kept; 0 where there was none yet."""
    query = (
        select(rows.half_line.c.sequence)
        .select_from(rows.half_line.join(rows.interview))
        .where(_INTERVIEW.uuid == interview_id)
    )
    return connection.execute(query).scalar() or 0


def load(connection: Connection, interview_id: str) -> CallRecord:
    """The whole call. Raises KeyError where there is none of that UUID."""
    row = connection.execute(
        select(rows.interview).where(_INTERVIEW.uuid == interview_id)
    ).one_or_none()
    if row is None:
        raise KeyError(interview_id)
    half = connection.execute(
        select(rows.half_line).where(rows.half_line.c.interview_id == row.id)
    ).first()
    contact_id = (
        connection.execute(
            select(rows.contact.c.uuid).where(rows.contact.c.id == row.contact_id)
        ).scalar()
        if row.contact_id is not None
        else None
    )
    return CallRecord(
        id=row.uuid,
        contact=people.get(connection, contact_id) if contact_id else None,
        guide=_guide(connection, row),
        purpose=row.purpose,
        agreed_minutes=row.agreed_minutes,
        planned_at=_instant(row.planned_at),
        connected_at=_instant(row.connected_at),
        time_zone=row.time_zone,
        entries=_entries(connection, row.id),
        draft=half.text if half else None,
        draft_private=bool(half and half.private),
        origin=row.origin,
        boot_id=row.boot_id,
        boot_at_connect=row.boot_at_connect,
        agreement=Agreement(
            medium=row.medium,
            who_calls=row.who_calls,
            place=row.place,
            asked=row.asked,
            invitation=row.invitation,
            invitation_sequence=row.invitation_sequence,
            cancelled_at=_instant(row.cancelled_at),
            learn=row.learn,
            goals=tuple(json.loads(row.goals)),
            brief=row.brief,
        ),
    )


def unfinished(connection: Connection) -> list[Summary]:
    """The calls that were begun here and not ended, the latest first; replays are not offered."""
    query = _SUMMARY.where(
        _INTERVIEW.connected_at.is_not(None), _INTERVIEW.origin.not_in(("replay", "import"))
    ).order_by(_INTERVIEW.connected_at.desc(), _INTERVIEW.id.desc())
    return [found for found in _summaries(connection, query) if found.state == "live"]


def last(connection: Connection) -> str | None:
    """The UUID of the call that was started last."""
    query = (
        select(_INTERVIEW.uuid)
        .where(_INTERVIEW.connected_at.is_not(None))
        .order_by(_INTERVIEW.connected_at.desc(), _INTERVIEW.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def find(connection: Connection, id_prefix: str) -> list[str]:
    """The UUIDs that begin so, the latest call first."""
    prefix = id_prefix.strip().lower()
    query = select(_INTERVIEW.uuid).where(_INTERVIEW.uuid.startswith(prefix, autoescape=True))
    return list(connection.execute(query.order_by(_INTERVIEW.id.desc())).scalars())


def by_name(connection: Connection, name: str) -> list[Summary]:
    """The calls with everybody of that name, the latest first."""
    query = _SUMMARY.where(rows.contact.c.name_key == people.name_key(name)).order_by(
        _INTERVIEW.connected_at.desc(), _INTERVIEW.id.desc()
    )
    return list(_summaries(connection, query))


def planned(connection: Connection) -> list[Summary]:
    """The calls that are only planned and not called off, the next one first."""
    query = _SUMMARY.where(
        _INTERVIEW.connected_at.is_(None), _INTERVIEW.cancelled_at.is_(None)
    ).order_by(_INTERVIEW.planned_at, _INTERVIEW.id)
    return list(_summaries(connection, query))


def all_ids(connection: Connection) -> list[str]:
    """The UUIDs of all calls, in the order in which they came to be kept."""
    return list(connection.execute(select(_INTERVIEW.uuid).order_by(_INTERVIEW.id)).scalars())


def is_ended(log: Iterable[tuple[str, Kind, int, str | None, bool]]) -> bool:
    """Whether an `end` stands in a log of (id, kind, line, about, retracted).

    Undo takes a whole line back; redo, about the undo, gives it again.
    """
    line_of: dict[str, int] = {}
    undone_by: dict[str, int] = {}
    ends: set[int] = set()
    undone: set[int] = set()
    for entry_id, kind, line, about, retracted in log:
        line_of[entry_id] = line
        if kind is Kind.END and not retracted:
            ends.add(line)
        elif kind is Kind.UNDO and about in line_of:
            undone_by[entry_id] = line_of[about]
            undone.add(line_of[about])
        elif kind is Kind.REDO and about in undone_by:
            undone.discard(undone_by[about])
    return bool(ends - undone)


_SUMMARY = select(
    rows.interview,
    rows.contact.c.name.label("name"),
    rows.organization.c.name.label("organization"),
).select_from(rows.interview.outerjoin(rows.contact).outerjoin(rows.organization))


def _summaries(connection: Connection, query: Select[Any]) -> Iterable[Summary]:
    for row in connection.execute(query).all():
        yield Summary(
            id=row.uuid,
            name=row.name,
            organization=row.organization,
            agreed_minutes=row.agreed_minutes,
            planned_at=_instant(row.planned_at),
            connected_at=_instant(row.connected_at),
            time_zone=row.time_zone,
            origin=row.origin,
            state=_state(connection, row),
        )


def _state(connection: Connection, row: Row[Any]) -> str:
    if row.connected_at is None:
        return "planned"
    log = connection.execute(
        select(_ENTRY.uuid, _ENTRY.kind, _ENTRY.line, _ENTRY.about, _ENTRY.retracted)
        .where(_ENTRY.interview_id == row.id)
        .order_by(_ENTRY.id)
    )
    ended = is_ended((e.uuid, Kind(e.kind), e.line, e.about, e.retracted) for e in log)
    return "ended" if ended else "live"


def _row_id(connection: Connection, interview_id: str) -> int:
    row_id = connection.exec_driver_sql(_ROW_ID, (interview_id,)).scalar()
    if row_id is None:
        raise KeyError(interview_id)
    return int(row_id)


def _values(connection: Connection, record: CallRecord, new_contact: bool) -> dict[str, Any]:
    contact_id = None
    if record.contact:
        kept = people.keep(connection, record.contact, new=new_contact)
        contact_id = people.row_id(connection, kept.id)
    return {
        "contact_id": contact_id,
        **{f"guide_{name}": value for name, value in guide_values(record.guide).items()},
        "purpose": record.purpose,
        "agreed_minutes": record.agreed_minutes,
        "planned_at": _stored(record.planned_at),
        "connected_at": _stored(record.connected_at),
        "time_zone": record.time_zone,
        "origin": record.origin,
        "boot_id": record.boot_id,
        "boot_at_connect": record.boot_at_connect,
        **_agreed(record.agreement),
    }


def _agreed(agreement: Agreement) -> dict[str, Any]:
    """The columns of what was arranged."""
    return {
        "medium": agreement.medium,
        "who_calls": agreement.who_calls,
        "place": agreement.place,
        "asked": agreement.asked,
        "invitation": agreement.invitation,
        "invitation_sequence": agreement.invitation_sequence,
        "cancelled_at": _stored(agreement.cancelled_at),
        "learn": agreement.learn,
        "goals": _json(agreement.goals),
        "brief": agreement.brief,
    }


def guide_values(guide: Guide) -> dict[str, Any]:
    """The columns of a guide, without its topics."""
    return {
        "title": guide.title,
        "purpose": guide.purpose,
        "opening_minutes": guide.opening_minutes,
        "opening": _json(guide.opening),
        "close": _json(guide.close),
        "kept": _json([[kept.line, kept.text] for kept in guide.kept]),
    }


def topic_values(topic: Topic) -> dict[str, Any]:
    """The columns of a topic."""
    return {
        "number": topic.number,
        "title": topic.title,
        "question": topic.question,
        "section": topic.section,
        "priority": topic.priority.value,
        "minutes": topic.minutes,
        "key": topic.key,
        "probes": _json(topic.probes),
        "background": _json(topic.background),
        "keywords": _json(topic.keywords),
    }


def topic_of(row: Row[Any]) -> Topic:
    """The topic in a row of `guide_topic` or `interview_topic`."""
    return Topic(
        number=row.number,
        title=row.title,
        question=row.question,
        section=row.section,
        priority=Priority(row.priority),
        minutes=row.minutes,
        key=row.key,
        probes=tuple(json.loads(row.probes)),
        background=tuple(json.loads(row.background)),
        keywords=tuple(json.loads(row.keywords)),
    )


def _guide(connection: Connection, row: Row[Any]) -> Guide:
    topics = rows.interview_topic
    found = connection.execute(
        select(topics).where(topics.c.interview_id == row.id).order_by(topics.c.number)
    )
    return Guide(
        title=row.guide_title,
        purpose=row.guide_purpose,
        topics=tuple(topic_of(topic) for topic in found),
        opening=tuple(json.loads(row.guide_opening)),
        opening_minutes=row.guide_opening_minutes,
        close=tuple(json.loads(row.guide_close)),
        kept=tuple(Unparsed(line, text) for line, text in json.loads(row.guide_kept)),
    )


def _entry_values(entry: Entry) -> dict[str, Any]:
    return {
        "uuid": entry.id,
        "line": entry.line,
        "kind": entry.kind.value,
        "entered": entry.entered,
        "stamp": entry.stamp,
        "text": storable(entry.text),
        "comment": storable(entry.comment),
        "topic": entry.topic,
        "about": entry.about,
        "value": _json(dict(entry.value)),
        "caption": storable(entry.caption),
        "starred": entry.starred,
        "private": entry.private,
        "retracted": entry.retracted,
    }


def _entries(connection: Connection, row_id: int) -> tuple[Entry, ...]:
    query = select(rows.entry).where(_ENTRY.interview_id == row_id).order_by(_ENTRY.id)
    return tuple(
        Entry(
            id=row.uuid,
            line=row.line,
            kind=Kind(row.kind),
            entered=row.entered,
            stamp=row.stamp,
            text=row.text,
            comment=row.comment,
            topic=row.topic,
            about=row.about,
            value=json.loads(row.value),
            caption=row.caption,
            starred=row.starred,
            private=row.private,
            retracted=row.retracted,
        )
        for row in connection.execute(query)
    )


def storable(text: str | None) -> str | None:
    """The text; half characters, which no file takes and the door lets none through, are `?`."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def _json(value: Any) -> str | None:
    return storable(json.dumps(value, ensure_ascii=False))


def _stored(instant: DateTime | None) -> str | None:
    return instant.in_timezone("UTC").isoformat() if instant else None


def _instant(text: str | None) -> DateTime | None:
    if text is None:
        return None
    return pendulum.instance(datetime.fromisoformat(text)).in_timezone("UTC")
