"""Edits after the call are more entries, and export as what stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord
from iview_tui.paths import Paths, find
from iview_tui.services import library
from iview_tui.services.review import CannotEdit, Edit, Hide, Move, Reword, Star, edit, entry_of
from iview_tui.store import interviews, lock
from iview_tui.store.database import open_to_write
from iview_tui.store.errors import BusyDatabase
from records import AT, played

LINES = [
    (10, "2: portfolio"),
    (20, '"we hire in autumn" - twice'),
    (30, "!loved the field trips"),
    (40, "/private their boss"),
    (50, "@Dele Okonjo, Metro council"),
    (60, "/end"),
    (70, "in the debrief"),
]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find({"IVIEW_HOME": str(tmp_path)}, None)


@pytest.fixture
def record(paths: Paths) -> CallRecord:
    made = played(LINES)
    paths.database.parent.mkdir(parents=True)
    with (
        open_to_write(paths.database, AT) as database,
        database.transaction() as connection,
    ):
        interviews.add_interview(connection, made)
    return made


def entry(record: CallRecord, start: str) -> str:
    return next(e.id for e in record.entries if e.text.startswith(start))


def row(record: CallRecord, entry_id: str) -> dict[str, object]:
    rows = library.export_value(record, with_private=True)["entries"]
    return next(each for each in rows if each["id"] == entry_id)


def edited(paths: Paths, record: CallRecord, *edits: Edit) -> CallRecord:
    return edit(paths, HeldClock(AT.add(days=2)), record.id, edits)


@pytest.mark.parametrize(
    ("start", "make", "shown"),
    [
        ("portf", lambda e: Reword(e, "a portfolio\nwins"), {"text": "a portfolio\nwins"}),
        ("we hire", lambda e: Reword(e, "we hire"), {"text": "we hire", "comment": "twice"}),
        ("portf", lambda e: Star(e), {"starred": True}),
        ("loved", lambda e: Star(e, on=False), {"starred": False}),
        ("portf", lambda e: Move(e, 1), {"topic": 1}),
        ("portf", lambda e: Move(e, None), {"topic": None}),
        ("portf", lambda e: Hide(e), {"private": True}),
        ("their", lambda e: Hide(e, on=False), {"private": False}),
        ("in the", lambda e: Hide(e), {"private": True}),
    ],
)
def test_an_edit_shows_and_can_be_edited_again(
    paths: Paths, record: CallRecord, start: str, make: Callable[[str], Edit],
    shown: dict[str, object], tmp_path: Path,
) -> None:  # fmt: skip
    about = entry(record, start)
    after = edited(paths, record, make(about))

    assert len(after.entries) > len(record.entries)
    assert after.entries[: len(record.entries)] == record.entries
    assert row(after, about).items() >= shown.items()
    assert edited(paths, record, make(about)) == after
    text = library.export_text(after, with_private=True)
    other = find({"IVIEW_HOME": str(tmp_path / "other")}, None)
    library.take_in(other, text, HeldClock(AT))
    again = library.find_call(other.database, record.id)
    assert library.export_text(again, with_private=True) == text


def test_there_and_back(paths: Paths, record: CallRecord) -> None:
    about, loved = entry(record, "portf"), entry(record, "loved")
    after = edited(
        paths, record, Hide(about), Star(loved, on=False), Hide(about, on=False), Star(loved),
        Move(about, 1), Move(about, 2),
    )  # fmt: skip

    assert row(after, about) == row(record, about)
    assert row(after, loved) == row(record, loved)
    assert row(after, entry(record, "in the"))["private"] is False


def test_a_reworded_referral_is_another_name(paths: Paths, record: CallRecord) -> None:
    about = entry(record, "Dele")
    after = edited(paths, record, Reword(about, "Dele Okonjoh, Metro council"))

    (named,) = library.export_value(after)["referrals"]
    assert named["name"] == "Dele Okonjoh"


def test_what_cannot_be_edited_changes_nothing(paths: Paths, record: CallRecord) -> None:
    about = entry(record, "portf")
    end = next(e.id for e in record.entries if e.kind is Kind.END)
    for bad in (
        Move(about, 9),
        Reword(about, " \t"),
        Star(end),
        Star("x"),
        Reword(about, "x" * 20001),
    ):
        with pytest.raises(CannotEdit):
            edited(paths, record, Star(about), bad)
    assert library.find_call(paths.database, record.id) == record
    with pytest.raises(CannotEdit):
        edit(paths, HeldClock(AT), "no-call", (Star(about),))
    assert entry_of(record, about[:8].upper()) == about
    with pytest.raises(CannotEdit, match="no entry"):
        entry_of(record, "zzzz")
    with lock.hold(paths.lock, "the call with Ana"), pytest.raises(BusyDatabase, match="Ana"):
        edited(paths, record, Star(about))
