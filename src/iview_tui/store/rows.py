"""The tables, as SQLAlchemy Core metadata, and what Core has no words for: index and triggers.

`id` is the row id and means nothing outside; `uuid` survives export and import. Instants are ISO
8601 text in UTC, lists and objects are JSON text.

Any change here needs a new revision under `migrations/`; a test compares both schemas.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Connection

metadata = MetaData()


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


def _uuid() -> Column[Any]:
    return Column("uuid", Text, nullable=False, unique=True)


def _text(name: str, *, default: str | None = None) -> Column[Any]:
    """A text that must be there."""
    return Column(name, Text, nullable=False, server_default=default)


def _list(name: str) -> Column[Any]:
    """A JSON list."""
    return _text(name, default="[]")


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, server_default=text("0"))


def _reference(table: str, *, needed: bool = False) -> Column[Any]:
    return Column(
        f"{table}_id",
        Integer,
        ForeignKey(f"{table}.id", ondelete="CASCADE" if needed else "SET NULL"),
        nullable=not needed,
        index=True,
    )


def _topic_columns() -> list[Column[Any]]:
    return [
        Column("number", Integer, nullable=False),
        _text("title"),
        _text("question"),
        _text("section", default=""),
        _text("priority"),
        Column("minutes", Float, nullable=False),
        Column("key", Text),
        _list("probes"),
        _list("background"),
        _list("keywords"),
    ]


def _guide_columns(prefix: str = "") -> list[Column[Any]]:
    return [
        _text(f"{prefix}title"),
        Column(f"{prefix}purpose", Text),
        Column(f"{prefix}opening_minutes", Float),
        _list(f"{prefix}opening"),
        _list(f"{prefix}close"),
        _list(f"{prefix}kept"),
    ]


organization = Table(
    "organization",
    metadata,
    _id(),
    _uuid(),
    _text("name"),
    Column("name_key", Text, nullable=False, unique=True),
)

contact = Table(
    "contact",
    metadata,
    _id(),
    _uuid(),
    _text("name"),
    Column("name_key", Text, nullable=False, index=True),
    _reference("organization"),
    Column("role", Text),
    _list("emails"),
    _list("phones"),
    Column("via", Text),
    Column("said", Text),
    Column("pronouns", Text),
    Column("linkedin", Text),
    Column("time_zone", Text),
    Column("source", Text),
    Column("background", Text),
    _list("tags"),
    Column("added_at", Text),
)

guide = Table("guide", metadata, _id(), _uuid(), Column("kept_at", Text), *_guide_columns())

guide_topic = Table(
    "guide_topic",
    metadata,
    _id(),
    _reference("guide", needed=True),
    *_topic_columns(),
    UniqueConstraint("guide_id", "number"),
)

interview = Table(
    "interview",
    metadata,
    _id(),
    _uuid(),
    _reference("contact"),
    *_guide_columns("guide_"),
    Column("purpose", Text),
    Column("agreed_minutes", Integer, nullable=False),
    Column("planned_at", Text),
    Column("connected_at", Text, index=True),
    _text("time_zone"),
    _text("origin"),
    Column("boot_id", Text),
    Column("boot_at_connect", Float),
    Column("medium", Text),
    Column("who_calls", Text),
    Column("place", Text),
    Column("asked", Text),
    Column("invitation", Text, index=True),
    Column("invitation_sequence", Integer),
    Column("cancelled_at", Text),
    Column("learn", Text),
    _list("goals"),
    Column("brief", Text),
)

interview_topic = Table(
    "interview_topic",
    metadata,
    _id(),
    _reference("interview", needed=True),
    *_topic_columns(),
    UniqueConstraint("interview_id", "number"),
)

entry = Table(
    "entry",
    metadata,
    _id(),
    _uuid(),
    _reference("interview", needed=True),
    Column("line", Integer, nullable=False),
    _text("kind"),
    Column("entered", Integer, nullable=False),
    Column("stamp", Integer, nullable=False),
    _text("text"),
    Column("comment", Text),
    Column("topic", Integer),
    Column("about", Text),
    _text("value", default="{}"),
    Column("caption", Text),
    _flag("starred"),
    _flag("private"),
    _flag("retracted"),
)

half_line = Table(
    "half_line",
    metadata,
    Column(
        "interview_id", Integer, ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("text", Text),
    _flag("private"),
    Column("sequence", Integer, nullable=False, server_default=text("0")),
)
"""The half-typed line of a call; a lower `sequence` never takes the place of a higher one."""

draft = Table(
    "draft",
    metadata,
    _id(),
    _uuid(),
    _reference("contact"),
    _reference("interview"),
    _text("kind"),
    Column("recipient", Text),
    Column("subject", Text),
    _text("body"),
    _text("at"),
    Column("sent_at", Text),
)
"""Letters as they were written here; the program sends none, it records that they were sent."""

referral = Table(
    "referral",
    metadata,
    _id(),
    _uuid(),
    _reference("interview", needed=True),
    _reference("contact"),
    _text("entry"),
    _text("name"),
    Column("organization", Text),
    Column("reach", Text),
    _flag("sure"),
    Column("may_use_name", Text),
    Column("check_in", Text),
    Column("spelling_checked", Boolean),
)
"""What the log of an ended call says about people, kept beside it for lists across calls."""

outreach = Table(
    "outreach",
    metadata,
    _id(),
    _uuid(),
    _reference("contact", needed=True),
    _reference("interview"),
    _text("at"),
    Column("channel", Text),
    Column("sent", Text),
    Column("outcome", Text),
    _text("text", default=""),
    Column("next", Text),
)

follow_up = Table(
    "follow_up",
    metadata,
    _id(),
    _uuid(),
    _reference("contact"),
    _reference("interview"),
    Column("entry", Text),
    _text("what"),
    Column("due", Text),
    Column("done_at", Text),
)
"""What was done, and what a person wants to be reminded of; the rest of what is due is derived."""

reflection = Table(
    "reflection",
    metadata,
    _id(),
    _uuid(),
    _reference("interview", needed=True),
    _text("at"),
    _text("question"),
    Column("about", Text),
    _text("text"),
)

plan = Table("plan", metadata, _id(), _uuid(), _text("at"), _text("text"), Column("left_at", Text))
"""What a person wants of all their talks together; a reflection may be about one."""

accord = Table(
    "accord",
    metadata,
    _id(),
    _uuid(),
    _text("at"),
    _text("key"),
    _text("kind"),
    _text("entry"),
    _text("other"),
    _text("text", default=""),
)
"""Two entries of different calls that agree or contradict, as a person marked them."""

spoken = Table(
    "spoken",
    metadata,
    _id(),
    _reference("interview", needed=True),
    Column("seconds", Integer, nullable=False),
    Column("speaker", Text),
    _text("text"),
)
"""What was said, out of captions or a transcript, where a person let it be kept."""

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own note of the newest revision that was run."""

Index("interview_planned_at", interview.c.planned_at)

_REFERRED = " || ".join(
    f"' ' || coalesce(json_extract({{row}}.value, '$.{name}'), '')"
    for name in ("name", "organization", "contact")
)
INDEXED: dict[str, str] = {
    "entry": "{row}.text || ' ' || coalesce({row}.comment, '') || " + _REFERRED,
    "contact": "{row}.name || ' ' || coalesce({row}.role, '') || ' ' || coalesce({row}.via, '')"
    " || ' ' || coalesce({row}.background, '') || ' ' || {row}.tags",
    "organization": "{row}.name",
    "interview": "coalesce({row}.purpose, '') || ' ' || coalesce({row}.learn, '')"
    " || ' ' || coalesce({row}.brief, '') || ' ' || coalesce({row}.asked, '')",
    "outreach": "{row}.text",
    "follow_up": "{row}.what",
    "reflection": "{row}.text",
    "draft": "coalesce({row}.subject, '') || ' ' || {row}.body",
}
"""What a person wrote, table by table, as it goes into the index `search`."""

SLOTS = 16
"""A row of the index has the row id `id of the source * SLOTS + place of its table in INDEXED`."""


def index_triggers() -> list[str]:
    """The statements that make the index of words and keep it true."""
    statements = [
        "CREATE VIRTUAL TABLE search USING fts5"
        "(words, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3')"
    ]
    for place, (table, words) in enumerate(INDEXED.items()):
        when = " WHEN new.kind <> 'shown'" if table == "entry" else ""
        new = f"new.id * {SLOTS} + {place}"
        insert = f"INSERT INTO search (rowid, words) VALUES ({new}, {words.format(row='new')});"  # noqa: S608
        delete = f"DELETE FROM search WHERE rowid = old.id * {SLOTS} + {place};"  # noqa: S608
        statements += [
            f"CREATE TRIGGER {table}_indexed AFTER INSERT ON {table}{when} BEGIN {insert} END",
            f"CREATE TRIGGER {table}_unindexed AFTER DELETE ON {table} BEGIN {delete} END",
        ]
        if table != "entry":
            statements.append(
                f"CREATE TRIGGER {table}_reindexed AFTER UPDATE ON {table}"
                f" BEGIN {delete} {insert} END"
            )
    statements.append(
        "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry"
        " BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
    )
    return statements


def create(connection: Connection) -> None:
    """Make all tables, the index and the triggers in an empty database."""
    metadata.create_all(connection, checkfirst=False)
    for statement in index_triggers():
        connection.exec_driver_sql(statement)
