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
    Column("folded", Integer),
    Column("figures", Text),
)
"""`folded` is the id of the last entry that is in what was worked out of the log and kept in
`figures`, the topics' states and the referrals; the log alone counts, these can be made anew."""

interview_topic = Table(
    "interview_topic",
    metadata,
    _id(),
    _reference("interview", needed=True),
    *_topic_columns(),
    Column("state", Text),
    Column("seconds", Integer),
    Column("unprompted", Boolean),
    UniqueConstraint("interview_id", "number"),
)
"""The guide as it was for a call. What became of a topic is worked out of the log, and kept here
for what looks across calls, as long as `interview.folded` says up to where."""

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
    _flag("private"),
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

CHANGING = ("undo", "redo", "revision", "file", "fix", "star", "private", "public")
"""Kinds of entries that say how others stand; `entry_changing` finds those of a call."""

Index("entry_changing", entry.c.interview_id, sqlite_where=entry.c.kind.in_(CHANGING))

_REFERRED = " || ".join(
    f"' ' || coalesce(json_extract({{row}}.value, '$.{name}'), '')"
    for name in ("name", "organization", "contact")
)
INDEXED: dict[str, str] = {
    "entry": "{row}.text || ' ' || coalesce({row}.comment, '') || " + _REFERRED,
    "interview": "coalesce({row}.purpose, '') || ' ' || coalesce({row}.learn, '')"
    " || ' ' || coalesce({row}.brief, '') || ' ' || coalesce({row}.asked, '')",
    "guide_topic": "{row}.title || ' ' || {row}.question || ' ' || {row}.probes",
    "plan": "{row}.text",
    "accord": "{row}.text",
    "reflection": "{row}.text",
    "follow_up": "{row}.what",
    "outreach": "{row}.text",
    "draft": "coalesce({row}.subject, '') || ' ' || {row}.body",
    "organization": "{row}.name",
    "contact": "{row}.name || ' ' || coalesce({row}.role, '') || ' ' || coalesce({row}.via, '')"
    " || ' ' || coalesce({row}.background, '') || ' ' || {row}.tags",
}
"""What a person wrote, table by table, as it goes into the index `search`."""

INDEXED_ENTRIES = (
    "note", "quote", "referral", "organization", "promise_theirs", "promise_mine", "jargon",
    "opportunity", "later", "parked", "moment", "join", "revision", "file", "fix",
)  # fmt: skip
"""Kinds of entries that somebody may look for, by their words or by what became of them."""

PLACE = 1 << 40
"""A row of the index has the row id `place of its table in INDEXED * PLACE + id of the source`.

So each table is one range of row ids, whose newest rows the index gives first, however many hits.
"""


def index_triggers() -> list[str]:
    """The statements that make the index of words and keep it true."""
    statements = [
        "CREATE VIRTUAL TABLE search USING fts5"
        "(words, kind, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3 4 5 6 7')"
    ]
    kinds = ", ".join(f"'{kind}'" for kind in INDEXED_ENTRIES)
    for place, (table, words) in enumerate(INDEXED.items()):
        first, when, kind = place * PLACE, "", f"'{table}'"
        if table == "entry":
            when = f" WHEN new.kind IN ({kinds})"
            kind = "coalesce(json_extract(new.value, '$.kind'), new.kind)"
        insert = (
            "INSERT INTO search (rowid, words, kind)"  # noqa: S608
            f" VALUES ({first} + new.id, {words.format(row='new')}, {kind});"
        )
        delete = f"DELETE FROM search WHERE rowid = {first} + old.id;"  # noqa: S608
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
