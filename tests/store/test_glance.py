"""A glance says no only where those who know say no."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.store import glance, interviews, people
from iview_tui.store.database import Database
from store_samples import entry


def test_without_a_file_there_is_nothing(tmp_path: Path) -> None:
    assert not glance.may_be_unfinished(tmp_path / "iview.db")
    assert glance.known(tmp_path / "iview.db", "Ann") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"not a database at all " * 99], ids=["empty", "foreign"])
def test_what_is_odd_is_looked_into(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "iview.db"
    path.write_bytes(data)

    assert glance.may_be_unfinished(path)
    assert glance.known(path, "Ann") is None
    assert path.read_bytes() == data


def test_a_person_is_known_by_the_name_however_it_is_written(database: Database) -> None:
    older = Contact("p1", "Priya Raghunathan")
    newer = Contact(
        "p2", "Priya Raghunathan", "Civic Works", "planner", ("priya@civic.example",),
        ("+1 555 0142",), "Susan Wilson", "PREE-ya", "she", "https://linkedin.example/priya",
        "Asia/Kolkata", "alumni", "redrew the bus map", ("bus", "maps"),
    )  # fmt: skip
    with database.transaction() as connection:
        people.keep(connection, older)
        people.keep(connection, newer, new=True)

    assert glance.known(database.path, " priya  RAGHUNATHAN") == newer
    assert glance.known(database.path, "Priya") is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(log=st.lists(st.sampled_from((Kind.NOTE, Kind.END, Kind.UNDO, Kind.REDO)), max_size=6))
def test_no_unfinished_call_is_passed_over(
    database: Database, call: CallRecord, log: list[Kind]
) -> None:
    with database.transaction() as connection:
        only_here = connection.begin_nested()
        interviews.add_interview(connection, call)
        entries = [
            entry(n, kind, about=f"e{n - 1:04}" if kind in (Kind.UNDO, Kind.REDO) else None)
            for n, kind in enumerate(log, 1)
        ]
        interviews.append(connection, call.id, entries)
        may_be = connection.exec_driver_sql(glance._UNFINISHED).scalar_one()
        is_there = interviews.unfinished(connection)
        only_here.rollback()

    last = next((kind for kind in reversed(log) if kind is not Kind.NOTE), None)
    assert may_be or not is_there
    assert bool(may_be) == (last is not Kind.END)


def test_a_glance_does_not_import_sqlalchemy() -> None:
    code = "import sys, iview_tui.services.keeping; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("origin", "last", "counted"),
    [
        ("live", Kind.END, 1),
        ("live", Kind.NOTE, 0),
        ("import", Kind.END, 1),
        ("replay", Kind.END, 0),
    ],
)
def test_calls_that_were_held_are_counted(
    database: Database, call: CallRecord, origin: str, last: Kind, counted: int
) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, replace(call, origin=origin))
        interviews.append(connection, call.id, [entry(1, Kind.NOTE), entry(2, last)])

    assert glance.held(database.path, most=3) == counted
    assert glance.held(database.path, most=0) == 0


def test_where_nothing_answers_nobody_is_taken_for_new(tmp_path: Path) -> None:
    path = tmp_path / "iview.db"
    assert glance.held(path, most=3) == 0
    path.write_bytes(b"not a database at all " * 99)

    assert glance.held(path, most=3) is None
