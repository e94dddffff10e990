"""What a call leaves: people who were named, and what is compared; always as the log says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection

from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.afterwards import work_out
from iview_tui.services.library import folded
from iview_tui.store import interviews, people, rows
from iview_tui.store.database import Database, open_to_write
from records import played

LINES = [
    (10, "2: portfolio"),
    (20, "@Dele Okonjo, Metro council, dele@metro.example, 202 555 0143"),
    (25, "/may first"),
    (30, "@someone on the transit team"),
    (40, "/private @Bo Ek"),
    (50, "/end"),
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_to_write(tmp_path / "iview.db", HeldClock().wall()) as opened:
        yield opened


def keep(database: Database, record: CallRecord) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, record)
        assert work_out(connection) == 1
        assert work_out(connection) == 0


def told(record: CallRecord, kind: Kind, about: str, text: str = "", **value: str) -> CallRecord:
    last = record.entries[-1]
    entry = Entry(
        f"x{len(record.entries)}", last.line + 1, kind, last.entered, last.entered, text,
        about=about, value=value,
    )  # fmt: skip
    return replace(record, entries=(*record.entries, entry))


def named(record: CallRecord, start: str) -> Entry:
    return next(e for e in record.entries if e.kind is Kind.REFERRAL and e.text.startswith(start))


def everybody(connection: Connection) -> dict[str, Contact]:
    names = connection.execute(select(rows.contact.c.name)).scalars().all()
    return {name: people.find_by_name(connection, name)[0] for name in names}


def test_sure_names_become_people_with_who_named_them(database: Database) -> None:
    keep(database, played(LINES))

    with database.transaction() as connection:
        found = everybody(connection)
        assert set(found) == {"Ana Brandt", "Dele Okonjo", "Bo Ek"}
        dele = found["Dele Okonjo"]
        assert (dele.via, dele.source, dele.organization) == (
            "Ana Brandt", "referral", "Metro council",
        )  # fmt: skip
        assert (dele.emails, dele.phones) == (("dele@metro.example",), ("202 555 0143",))
        assert (dele.tags, found["Bo Ek"].tags) == ((), ("private",))
        kept = connection.execute(select(rows.referral).order_by(rows.referral.c.id)).all()
        assert [(r.name, r.sure, r.private, r.contact_id is not None) for r in kept] == [
            ("Dele Okonjo", True, False, True),
            ("someone on the transit team", False, False, False),
            ("Bo Ek", True, True, True),
        ]
        assert (kept[0].may_use_name, kept[0].check_in) == ("they_ask_first", "2026-12-01")


def test_a_person_who_is_known_is_joined(database: Database) -> None:
    with database.transaction() as connection:
        people.keep(connection, Contact("d1", "dele  okonjo", None, "planner", via="Zoe Ames"))
    keep(database, played(LINES))

    with database.transaction() as connection:
        (dele,) = people.find_by_name(connection, "Dele Okonjo")
        assert (dele.id, dele.via, dele.role) == ("d1", "Zoe Ames", "planner")
        assert dele.emails == ("dele@metro.example",)


def test_a_name_put_right_later_is_the_same_person(database: Database) -> None:
    record = played(LINES)
    keep(database, record)
    entry = named(record, "Dele")
    keep(database, told(record, Kind.FIX, entry.id, name="Dele Okonjoh"))

    with database.transaction() as connection:
        assert set(everybody(connection)) == {"Ana Brandt", "Dele Okonjoh", "Bo Ek"}


def test_an_end_that_is_taken_back_lets_the_people_go(database: Database) -> None:
    record = played(LINES)
    keep(database, record)
    with database.transaction() as connection:
        bo = people.find_by_name(connection, "Bo Ek")[0]
        people.keep(connection, replace(bo, role="beekeeper"))
    end = next(e for e in record.entries if e.kind is Kind.END)
    going_on = told(record, Kind.UNDO, end.id)
    keep(database, going_on)

    with database.transaction() as connection:
        assert set(everybody(connection)) == {"Ana Brandt", "Bo Ek"}
        assert connection.execute(select(rows.referral)).all() == []
    keep(database, told(going_on, Kind.END, "", outcome="held"))
    with database.transaction() as connection:
        assert set(everybody(connection)) == {"Ana Brandt", "Bo Ek", "Dele Okonjo"}


def test_topics_and_figures_are_those_of_the_fold(database: Database) -> None:
    record = played(LINES)
    keep(database, record)

    live = folded(record)
    with database.transaction() as connection:
        kept = connection.execute(
            select(rows.interview_topic).order_by(rows.interview_topic.c.number)
        ).all()
        assert [(row.state, row.seconds, row.unprompted) for row in kept] == [
            (str(live.coverage(n).state), live.seconds_on(n), live.coverage(n).unprompted)
            for n in (1, 2)
        ]
        assert connection.execute(select(rows.interview.c.figures)).scalar()
