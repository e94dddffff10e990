"""Backups, restoring, health and erasing, on real files."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Guide, Topic
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.paths import Paths, find, make_ready
from iview_tui.services import health, library, upkeep
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from
from iview_tui.store import backup, interviews, lock
from iview_tui.store.database import open_to_read, open_to_write
from iview_tui.store.errors import (
    BusyDatabase,
    DamagedDatabase,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
)
from iview_tui.store.journal import Batch
from iview_tui.store.rescue import RescueFile

WORDS = ("zymurgy", "xylophonist", "quokkas", "wombat", "ibex", "Priya", "Raghunathan", "0143")
"""What only the erased person's records have."""


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = find({"IVIEW_HOME": str(tmp_path / "home")})
    make_ready(found)
    return found


GUIDE = Guide("A list", None, (Topic(1, "One", "What is one?"), Topic(2, "Two", "And two?")))


def played(lines: Iterable[tuple[int, str]], *, seed: str, name: str = "Ana Brandt") -> CallRecord:
    """The record of a call of (second, line), by name as the command line gives it."""
    ids = ids_from("upkeep", seed)
    record = CallRecord(ids(), Contact(ids(), name), GUIDE, None, 20, None, None, "Europe/Berlin")
    clock = HeldClock()
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids,
        back_date=0, scripted=True,
    )  # fmt: skip
    call.connect()
    for second, line in lines:
        clock.advance(second - call.live.now)
        call.tick()
        call.enter(line)
    return call.record


def priya() -> CallRecord:
    record = played(
        [(10, "zymurgy is what they love"), (20, '"we are all xylophonists here"'),
         (30, "/private the quokkas budget"), (40, "< a wombat report by Friday")],
        seed="priya", name="Priya Raghunathan",
    )  # fmt: skip
    assert record.contact is not None
    who = replace(
        record.contact, organization="Ibex Works", phones=("+1 202 555 0143",),
        emails=("priya@ibex.example",),
    )  # fmt: skip
    return replace(record, contact=who, draft="half of a quokkas line")


def other() -> CallRecord:
    return played(
        [(10, "rivers are slow"), (20, "@Priya Raghunathan, Ibex, 202-555-0143"),
         (30, "priya  raghunathan's desk"), (40, "@Bo Ek, Harbor Office")],
        seed="other",
    )  # fmt: skip


def keep(paths: Paths, *records: CallRecord, new: bool = False) -> None:
    with (
        open_to_write(paths.database, HeldClock().wall()) as opened,
        opened.transaction() as connection,
    ):
        for record in records:
            interviews.add_interview(connection, record, new_contact=new)


def kept(paths: Paths) -> list[str]:
    with open_to_read(paths.database) as database, database.transaction() as connection:
        return interviews.all_ids(connection)


def showing(root: Path) -> dict[str, list[str]]:
    """The files under a directory that show any of the words, in whatever case."""
    found = {}
    for path in root.rglob("*"):
        data = path.read_bytes().lower() if path.is_file() else b""
        if words := [word for word in WORDS if word.lower().encode() in data]:
            found[path.name] = words
    return found


# -- erasing -------------------------------------------------------------------------------------


@pytest.fixture
def reader(paths: Paths) -> Iterator[sqlite3.Connection]:
    """Keeps the journal alive beside the database, as another iview that is open would."""
    keep(paths, other())
    connection = sqlite3.connect(paths.database)
    connection.execute("SELECT count(*) FROM entry").fetchone()
    yield connection
    connection.close()


def test_no_byte_of_an_erased_person_is_left(
    paths: Paths, clock: HeldClock, reader: sqlite3.Connection, tmp_path: Path
) -> None:
    keep(paths, priya())
    backup.make(paths.database, clock.wall(), "daily")
    more = played([(10, "more zymurgy")], seed="again", name="Priya Raghunathan")
    RescueFile(paths.state, paths.database, more.id).write(
        Batch(more, False, more.entries, None, 1), 1
    )
    aside = paths.database.with_name("iview.db.set-aside-20260304T140000Z")
    aside.write_bytes(b"\0damaged" + b"x" * 50 + b"Priya Raghunathan wombat")
    assert paths.database.with_name("iview.db-wal").stat().st_size > 0
    assert len(showing(tmp_path)) == 5  # file, journal, backup, rescue file, set aside

    would = upkeep.would_erase(paths, "priya raghunathan")
    gone = upkeep.erase_person(paths, "priya  RAGHUNATHAN", clock)

    assert showing(tmp_path) == {}
    assert kept(paths) == [other().id]
    assert would == {**gone, "interviews": 1, "entries": would["entries"], "topics": 2}
    assert (gone["people"], gone["interviews"], gone["half_typed_lines"]) == (1, 2, 1)
    assert (gone["backups"], gone["rescue_files"], gone["other_files"]) == (1, 1, 1)
    assert gone["entries"] > would["entries"] >= len(priya().entries)
    assert gone["organizations"] == 1
    assert gone["mentions"] >= 2
    backup.verify(backup.all_of(paths.database)[0])
    backup.verify(paths.database)


def test_a_reader_that_holds_the_old_state_is_said(
    paths: Paths,
    clock: HeldClock,
    reader: sqlite3.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("iview_tui.store.erase._WAIT_FOR_READERS", 10)
    keep(paths, priya())
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchone()

    with pytest.raises(BusyDatabase, match="still reads"):
        upkeep.erase_person(paths, "Priya Raghunathan", clock)
    reader.close()
    assert kept(paths) == [other().id]
    keep(paths)

    assert showing(tmp_path) == {}


def test_the_others_calls_stay_as_they_were_but_for_the_name(
    paths: Paths, clock: HeldClock
) -> None:
    keep(paths, other(), priya())

    upkeep.erase_person(paths, "Priya Raghunathan", clock)
    record = library.find_call(paths.database, "last")
    texts = [entry.text for entry in record.entries if entry.kind in (Kind.NOTE, Kind.REFERRAL)]
    export = library.export_text(record, with_private=True)

    assert texts == ["rivers are slow", "(erased)", "(erased)'s desk", "Bo Ek, Harbor Office"]
    assert [entry.id for entry in record.entries] == [entry.id for entry in other().entries]
    assert "Harbor Office" in export
    assert "Raghunathan" not in export


def test_somebody_who_is_only_mentioned_can_be_erased(paths: Paths, clock: HeldClock) -> None:
    keep(paths, other())

    gone = upkeep.erase_person(paths, "Bo Ek", clock)

    assert {kind: n for kind, n in gone.items() if n} == {"mentions": gone["mentions"]}
    assert b"Bo Ek" not in paths.database.read_bytes()
    assert b"Harbor" not in paths.database.read_bytes()


def test_a_name_of_one_word_takes_no_ordinary_words_along(paths: Paths, clock: HeldClock) -> None:
    keep(paths, played([(10, "may is a busy month"), (20, "@May, Harbor")], seed="may"))
    keep(paths, played([(10, "x")], seed="may2", name="May"))

    upkeep.erase_person(paths, "May", clock)
    record = library.find_call(paths.database, "last")
    texts = [entry.text for entry in record.entries if entry.kind in (Kind.NOTE, Kind.REFERRAL)]

    assert texts == ["may is a busy month", "(erased)"]


def test_of_two_people_of_one_name_one_is_asked_for_and_the_other_stays(
    paths: Paths, clock: HeldClock
) -> None:
    keep(paths, priya())
    record = played([(10, "unrelated")], seed="namesake", name="Priya Raghunathan")
    keep(paths, record, new=True)

    with pytest.raises(upkeep.NotFound, match="2 people have that name"):
        upkeep.erase_person(paths, "Priya Raghunathan", clock)
    assert isinstance(record.contact, Contact)
    upkeep.erase_person(paths, record.contact.id[:8], clock)

    assert kept(paths) == [priya().id]


def test_erasing_nobody_changes_nothing_and_names_whoever_is_near(
    paths: Paths, clock: HeldClock
) -> None:
    keep(paths, priya())
    before = paths.database.read_bytes()

    with pytest.raises(upkeep.NotFound, match="did you mean Priya Raghunathan"):
        upkeep.erase_person(paths, "Pria Raghunatan", clock)
    assert paths.database.read_bytes() == before


def test_what_would_go_is_only_looked_at(paths: Paths, clock: HeldClock) -> None:
    keep(paths, priya(), other())
    made = backup.make(paths.database, clock.wall(), "daily")
    before = paths.database.read_bytes(), made.read_bytes()

    upkeep.would_erase(paths, "Priya Raghunathan")

    assert (paths.database.read_bytes(), made.read_bytes()) == before


def test_during_a_call_writing_is_refused_by_name(paths: Paths, clock: HeldClock) -> None:
    keep(paths, priya())
    made = upkeep.back_up(paths, clock)
    with lock.hold(paths.lock, "the call with Ana Brandt"):
        for write in (
            lambda: upkeep.erase_person(paths, "Priya Raghunathan", clock),
            lambda: upkeep.would_erase(paths, "Priya Raghunathan"),
            lambda: upkeep.restore(paths, clock),
        ):
            with pytest.raises(BusyDatabase, match="by the call with Ana Brandt"):
                write()
        assert upkeep.back_up(paths, clock) != made  # a copy is no writing


# -- sick files ----------------------------------------------------------------------------------


def spoil(paths: Paths, how: str) -> None:
    match how:
        case "empty":
            paths.database.write_bytes(b"")
        case "page":
            data = bytearray(paths.database.read_bytes())
            data[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
            paths.database.write_bytes(bytes(data))
        case "foreign":
            paths.database.write_bytes(b"hello, this is no database" * 400)
        case "newer":
            with sqlite3.connect(paths.database) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()


SICK = {"empty": DamagedDatabase, "page": DamagedDatabase, "foreign": ForeignDatabase,
        "newer": NewerDatabase}  # fmt: skip


@pytest.mark.parametrize("how", SICK)
def test_a_sick_file_is_refused_untouched(paths: Paths, clock: HeldClock, how: str) -> None:
    keep(paths, priya())
    good = backup.make(paths.database, clock.wall(), "daily")
    spoil(paths, how)
    before = paths.database.read_bytes(), good.read_bytes()

    for use in (
        lambda: upkeep.back_up(paths, clock),
        lambda: upkeep.erase_person(paths, "Priya Raghunathan", clock),
    ):
        with pytest.raises(SICK[how]):
            use()
    assert (paths.database.read_bytes(), good.read_bytes()) == before
    checks = {check.name: check for check in health.examine(paths, clock)}
    assert not (checks["database"].ok and checks["integrity"].ok)
    assert paths.database.read_bytes() == before[0]


@pytest.mark.parametrize("how", SICK)
def test_restore_brings_the_calls_back_and_keeps_the_bytes(
    paths: Paths, clock: HeldClock, how: str
) -> None:
    keep(paths, priya())
    good = backup.make(paths.database, clock.wall(), "daily")
    spoil(paths, how)
    before = paths.database.read_bytes()

    if SICK[how] is not DamagedDatabase:
        with pytest.raises(SICK[how], match="--replace"):
            upkeep.restore(paths, clock)
        assert paths.database.read_bytes() == before
    done = upkeep.restore(paths, clock, replace=SICK[how] is not DamagedDatabase)

    assert done.backup == good
    assert done.kept is not None
    assert done.kept.read_bytes() == before
    assert not done.undoable
    assert kept(paths) == [priya().id]


def test_a_restore_is_undone_by_another(paths: Paths, clock: HeldClock) -> None:
    keep(paths, priya())
    upkeep.back_up(paths, clock)
    keep(paths, other())
    clock.advance(5)

    done = upkeep.restore(paths, clock)
    assert kept(paths) == [priya().id]
    assert done.undoable
    assert done.kept is not None
    clock.advance(5)
    upkeep.restore(paths, clock, done.kept.name)

    assert kept(paths) == [priya().id, other().id]


def test_what_cannot_be_restored_is_said(paths: Paths, clock: HeldClock, tmp_path: Path) -> None:
    with pytest.raises(upkeep.NotFound, match="no backup yet"):
        upkeep.restore(paths, clock)
    with pytest.raises(upkeep.NotFound, match="nothing to back up"):
        upkeep.back_up(paths, clock)
    keep(paths, priya())
    upkeep.back_up(paths, clock)
    with pytest.raises(upkeep.NotFound, match=r"there are .*by-hand\.db"):
        upkeep.restore(paths, clock, "2019")
    (tmp_path / "note.txt").write_text("no database", encoding="utf-8")
    with pytest.raises(DatabaseError):
        upkeep.restore(paths, clock, str(tmp_path / "note.txt"))
    assert kept(paths) == [priya().id]


# -- health --------------------------------------------------------------------------------------


def test_all_is_well_where_nothing_is_and_nothing_is_made(tmp_path: Path, clock: HeldClock) -> None:
    checks = health.examine(find({"IVIEW_HOME": str(tmp_path / "none")}), clock)

    assert [check for check in checks if not check.ok] == []
    assert not (tmp_path / "none").exists()


def test_what_is_not_well_is_named_and_nothing_private(paths: Paths, clock: HeldClock) -> None:
    keep(paths, priya())
    more = priya()
    RescueFile(paths.state, paths.database, more.id).write(
        Batch(more, False, more.entries, None, 1), 1
    )
    paths.database.chmod(0o644)

    checks = {check.name: check for check in health.examine(paths, clock)}

    assert {name for name, check in checks.items() if not check.ok} == {
        "modes", "backups", "rescue",
    }  # fmt: skip
    assert "iview.db" in checks["modes"].detail
    assert not any(word in str(checks) for word in WORDS)
    upkeep.back_up(paths, clock)
    assert upkeep.bring_back(paths, clock) == 1
    paths.database.chmod(0o600)
    assert all(check.ok for check in health.examine(paths, clock))


def test_a_reader_sees_what_a_call_that_broke_off_left_unless_one_runs(
    paths: Paths, clock: HeldClock
) -> None:
    left = priya()
    file = RescueFile(paths.state, paths.database, left.id)
    file.write(Batch(left, False, left.entries, None, 1), 1)
    with lock.hold(paths.lock, "a call"):
        upkeep.bring_back_if_free(paths, clock)
        assert len(upkeep.rescue_files(paths)) == 1

    upkeep.bring_back_if_free(paths, clock)

    assert upkeep.rescue_files(paths) == []
    assert library.find_call(paths.database, "last").id == left.id


def test_a_disk_without_room_is_named(
    paths: Paths, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    checks = {check.name: check for check in health.examine(paths, clock)}

    assert checks["space"] == health.Check("space", False, "1 MB free")
