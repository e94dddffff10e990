"""A call around its database: backups before and after it, and a sick file."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pendulum
import pytest

from iview_tui.clock import HeldClock
from iview_tui.domain.guide import Guide, Topic
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.paths import Paths, find, make_ready
from iview_tui.services import call as calls
from iview_tui.services import upkeep
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, new_uuid
from iview_tui.services.keeping import Keeping
from iview_tui.store import backup, glance, outreach, people, rescue
from iview_tui.store.database import look, open_to_read, open_to_write
from iview_tui.store.errors import DatabaseError

GUIDE = Guide("A list", None, (Topic(1, "One", "What is one?"),))


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = find({"IVIEW_HOME": str(tmp_path / "home")})
    make_ready(found)
    return found


def live_call(keeping: Keeping, clock: HeldClock) -> LiveCall:
    who = Contact(new_uuid(), "Ana Brandt")
    record = CallRecord(new_uuid(), who, GUIDE, None, 20, None, None, "Europe/Berlin")
    return LiveCall(record, clock=clock, keeper=keeping.keeper, lexicon=lexicon())


def reasons(paths: Paths) -> list[str]:
    return [path.stem.partition("-")[2] for path in backup.all_of(paths.database)]


def until(true: Callable[[], bool], pause: Callable[[], object]) -> None:
    for _ in range(400):
        if true():
            return
        pause()
    raise AssertionError("it never came")


def test_a_call_leaves_a_backup_behind_and_one_before_it(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HeldClock()
    monkeypatch.setattr(upkeep, "LONGEST", 20.0)
    with Keeping(paths, clock) as keeping:
        live_call(keeping, clock).connect()
    assert reasons(paths) == ["after-call"]
    with Keeping(paths, clock):
        pass  # nobody picked up
    assert reasons(paths) == ["after-call"]

    (made,) = backup.all_of(paths.database)
    earlier = made.stat().st_mtime_ns - 10**9
    os.utime(made, ns=(earlier, earlier))
    paths.database.touch()  # written since
    monkeypatch.setattr(upkeep, "SETTLED", 0.0)
    clock.advance(60)
    with Keeping(paths, clock) as keeping:
        live_call(keeping, clock).connect()
        before = keeping._backups._before
        assert before is not None
        before.join(20)
        assert reasons(paths) == ["before-call", "after-call"]
        clock.advance(60)
    assert reasons(paths) == ["after-call", "before-call", "after-call"]


SICK = {
    "empty": (b"", "The database is empty: iview restore after the call."),
    "foreign": (b"no database" * 500, "The file is no database of iview."),
}


@pytest.mark.parametrize("how", SICK)
def test_a_sick_database_is_said_for_a_while_and_the_call_goes_on(paths: Paths, how: str) -> None:
    data, words = SICK[how]
    paths.database.write_bytes(data)
    clock = HeldClock()
    with Keeping(paths, clock, "Ana Brandt") as keeping:
        call = live_call(keeping, clock)
        call.connect()
        call.enter("a note")
        until(lambda: keeping.keeper.state().reason != "", lambda: call.draft("a"))
        clock.advance(1)
        call.tick()
        assert call.prompt is not None
        assert call.prompt.text == f"{words} Saved in a rescue file."
        assert keeping.keeper.state().saved
        for _ in range(calls.TOLD_FOR + 1):
            clock.advance(1)
            call.tick()
        assert call.prompt is None or words not in call.prompt.text

    assert paths.database.read_bytes() == data
    (rescued,) = rescue.pending(paths.database, paths.rescue_places)
    assert "a note" in {entry.text for entry in rescued.record.entries}


def test_the_newest_backup_comes_back_before_a_call(paths: Paths) -> None:
    clock = HeldClock()
    with open_to_write(paths.database, clock.wall()):
        pass
    made = upkeep.back_up(paths, clock)
    paths.database.write_bytes(b"no database" * 500)
    with Keeping(paths, clock) as keeping:
        assert keeping.restore_newest().backup == made
    assert look(paths.database) is not None


@pytest.mark.parametrize("how", SICK)
def test_a_sick_database_is_named_before_a_call_and_one_step_restores_it(
    paths: Paths, how: str
) -> None:
    clock = HeldClock()
    with open_to_write(paths.database, clock.wall()):
        pass
    upkeep.back_up(paths, clock)
    data, words = SICK[how]
    with Keeping(paths, clock) as keeping:
        assert keeping.sickness() == ""
        paths.database.write_bytes(data)
        said = keeping.sickness()
        assert words.lower().startswith(said.lower())
        assert said
        assert keeping.restore().startswith("the backup ")
        assert keeping.sickness() == ""
    kept = [p for p in paths.database.parent.iterdir() if "set-aside" in p.name]
    assert data in {p.read_bytes() for p in kept}


def test_without_a_backup_that_is_said_and_nothing_changes(paths: Paths) -> None:
    paths.database.write_bytes(b"no database" * 500)
    with Keeping(paths, HeldClock()) as keeping:
        assert keeping.restore() == "not restored: there is no backup yet"
        assert paths.database.read_bytes() == b"no database" * 500


def test_a_database_as_we_write_it_is_not_looked_into(paths: Paths) -> None:
    assert not glance.may_be_sick(paths.database)
    with open_to_write(paths.database, HeldClock().wall()):
        assert not glance.may_be_sick(paths.database)
    assert not glance.may_be_sick(paths.database)


def test_what_the_store_says_has_a_remedy(paths: Paths) -> None:
    paths.database.write_bytes(b"")
    with pytest.raises(DatabaseError) as refused:
        look(paths.database)
    assert "iview restore" in upkeep.remedy(str(refused.value))
    assert upkeep.remedy("the database is damaged") == upkeep.remedy("/a/b.db is damaged.")
    assert upkeep.remedy("the disk is full") == "the disk is full"
    assert upkeep.remedy("the disk is slow to answer") == ""


def test_the_names_of_a_call_are_people_once_it_has_ended(paths: Paths) -> None:
    clock = HeldClock()
    with Keeping(paths, clock) as keeping:
        call = live_call(keeping, clock)
        call.connect()
        call.enter("@Dele Okonjo, Metro council")
    assert named(paths) == []
    with Keeping(paths, clock) as keeping:
        record = keeping.unfinished()
        assert record is not None
        keeping.end_as_it_was(record)

    assert [(who.name, who.via, who.source) for who in named(paths)] == [
        ("Dele Okonjo", "Ana Brandt", "referral")
    ]


def named(paths: Paths) -> list[Contact]:
    with open_to_read(paths.database) as database, database.transaction() as connection:
        return people.find_by_name(connection, "Dele Okonjo")


@pytest.mark.parametrize(
    ("rings", "next_at", "said"),
    [
        (["no_answer"], None, "no answer is kept; next try Tue 1 Dec"),
        (["call_back"], pendulum.datetime(2026, 11, 25, 13, 30),
         "call back is kept; next try Wed 25 Nov, 14:30"),
        (["voicemail"] * 3, None, "voicemail is kept; 3 times without an answer"),
    ],
)  # fmt: skip
def test_a_ring_is_an_attempt_and_says_when_to_try_again(
    paths: Paths, rings: list[str], next_at: pendulum.DateTime | None, said: str
) -> None:
    clock = HeldClock(pendulum.datetime(2026, 11, 24, 13, 0))
    with Keeping(paths, clock) as keeping:
        record = live_call(keeping, clock).record
        for ring in rings:
            words = keeping.rang(record, ring, next_at)

    with open_to_read(paths.database) as database, database.transaction() as connection:
        kept = outreach.everything(connection)
    assert words == said
    assert [(each.channel, each.outcome, each.next) for each in kept] == [
        ("phone", ring, next_at) for ring in rings
    ]


def test_a_ring_to_nobody_named_is_said(paths: Paths) -> None:
    clock = HeldClock(pendulum.datetime(2026, 11, 24, 13, 0))
    with Keeping(paths, clock) as keeping:
        record = replace(live_call(keeping, clock).record, contact=None)

        assert keeping.rang(record, "no_answer").startswith("nobody is named")


def test_trouble_is_told_when_it_comes_and_not_at_the_next_second(paths: Paths) -> None:
    paths.database.write_bytes(b"scribble" * 900)
    told = threading.Event()
    with Keeping(paths, HeldClock(pendulum.datetime(2026, 11, 24, 13, 0))) as keeping:
        keeping.keeper.watch(told.set)
        call = live_call(keeping, HeldClock(pendulum.datetime(2026, 11, 24, 13, 0)))
        call.connect()
        call.draft("half a li")

        assert told.wait(5)
        until(lambda: "no database of iview" in call.save.reason, lambda: told.wait(0.01))
