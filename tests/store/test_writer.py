import contextlib
import errno
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from iview_tui.domain.record import CallRecord
from iview_tui.store import backup, database_sink, interviews, rescue, watch
from iview_tui.store import database as opening
from iview_tui.store import writer as writing
from iview_tui.store.database import open_to_read, open_to_write
from iview_tui.store.journal import Batch
from iview_tui.store.writer import SaveState, Writer
from store_samples import AT, entry

SAVED = SaveState(True, "database", 0, "")
HELD_UP = 0.060
"""Seconds that one step may ask to wait for places to answer."""
A_DISK = 5.0
"""Seconds that no step takes on however busy a machine, unless it waits for a disk that hangs."""


def eventually(what: Callable[[], bool], within: float = 5.0) -> None:
    pause, end = threading.Event(), time.monotonic() + within
    while not what():
        assert time.monotonic() < end
        pause.wait(0.005)


def stored(path: Path, call: CallRecord) -> CallRecord:
    with open_to_read(path) as database, database.transaction() as connection:
        return interviews.load(connection, call.id)


def texts(record: CallRecord) -> list[str]:
    return [each.text for each in record.entries if each.text]


class Typist:
    """Types into a writer, and notes how long each step would wait for a place to answer.

    What is asked for is counted, not what went by: that would measure the machine.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.asked: list[float] = []
        self.times: list[float] = []
        self.number = 0
        self.lines: list[str] = []
        answered, typing = writer._shared.answered, threading.get_ident()
        really = answered.wait_for

        def counted(predicate: Callable[[], bool], timeout: float | None = None) -> bool:
            if threading.get_ident() == typing and self.asked:
                self.asked[-1] += math.inf if timeout is None else timeout
            return really(predicate, timeout)

        answered.wait_for = counted  # type: ignore[assignment, method-assign]

    def _timed(self, step: Callable[[], SaveState]) -> SaveState:
        self.asked.append(0.0)
        begun = time.monotonic()
        state = step()
        self.times.append(time.monotonic() - begun)
        return state

    @property
    def was_held_up(self) -> bool:
        return max(self.asked) > HELD_UP or max(self.times) > A_DISK

    def is_safe(self) -> bool:
        return self.writer.state.saved

    def half(self, text: str) -> SaveState:
        return self._timed(lambda: self.writer.keep_draft(text))

    def line(self, text: str) -> SaveState:
        self.number += 1
        self.lines.append(text)
        made = entry(self.number, text=text)
        return self._timed(lambda: self.writer.append([made], clear_draft=True))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the database however busy the machine is."""
    monkeypatch.setattr(writing, "DATABASE_WAIT", 5.0)


@pytest.fixture
def places(path: Path, tmp_path: Path) -> list[Path]:
    return [path.parent, tmp_path / "state", tmp_path / "tmp"]


@pytest.fixture
def writer(path: Path, places: list[Path]) -> Iterator[Writer]:
    made = Writer(path, places, AT)
    eventually(lambda: made.is_open or bool(made.state.reason))
    yield made
    made.close()


@pytest.fixture
def typist(writer: Writer, call: CallRecord) -> Typist:
    """Somebody who has just connected."""
    writer.begin(call)
    eventually(lambda: writer.state == SAVED)
    return Typist(writer)


def rescued(path: Path, places: list[Path]) -> CallRecord:
    (found,) = rescue.pending(path, places)
    return found.record


@pytest.mark.usefixtures("patient")
def test_what_is_acknowledged_is_in_the_database(
    typist: Typist, path: Path, call: CallRecord
) -> None:
    for text in ("one", "two", "three"):
        assert typist.half(text[:2]) == SAVED
        assert stored(path, call).draft == text[:2]
        assert typist.line(text) == SAVED
        record = stored(path, call)
        assert (texts(record), record.draft) == (typist.lines, None)


def test_closing_leaves_one_whole_file(typist: Typist, path: Path, call: CallRecord) -> None:
    typist.line("one")
    typist.half("tw")

    assert typist.writer.close() == SAVED
    assert [p.name for p in path.parent.iterdir()] == ["iview.db"]
    record = stored(path, call)
    assert (texts(record), record.draft) == (["one"], "tw")


def test_constructing_imports_nothing_heavy(path: Path) -> None:
    script = """
import sys
from iview_tui.store import lock, rescue, writer
heavy = {"sqlalchemy", "alembic", "textual"} & set(sys.modules)
sys.exit(", ".join(heavy) or 0)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_head_start_keeps_what_is_typed_in_the_rescue_file_until_the_database_is_opened(
    path: Path, places: list[Path], call: CallRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "DATABASE_WAIT", 60.0)
    writer = Writer(path, places, AT, head_start=30)
    try:
        began = time.monotonic()
        writer.begin(call)
        state = writer.keep_draft("hal")

        assert time.monotonic() - began < 30
        assert (state.saved, writer.is_open) == (True, False)
        assert rescued(path, places).draft == "hal"
    finally:
        writer.close()

    assert stored(path, call).draft == "hal"


def test_typing_goes_on_while_the_database_is_still_opening(
    path: Path, places: list[Path], call: CallRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    really = opening.open_to_write

    def slow(*given: object, **named: object) -> object:
        go.wait(10)
        return really(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_to_write", slow)
    writer = Writer(path, places, AT)
    try:
        typist = Typist(writer)
        state = typist._timed(lambda: writer.begin(call))
        assert state == SaveState(True, "rescue", 1, "the database is still opening")
        typist.line("one")
        assert not typist.was_held_up
        assert texts(rescued(path, places)) == ["one"]
        go.set()
        eventually(lambda: writer.state == SAVED)
        assert texts(stored(path, call)) == ["one"]
        eventually(lambda: not rescue.pending(path, places))
    finally:
        go.set()
        writer.close()


def test_a_lock_held_elsewhere_holds_up_nothing(
    typist: Typist, path: Path, places: list[Path], call: CallRecord
) -> None:
    typist.line("before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for number in range(40):
            typist.half(f"half {number}")
            eventually(typist.is_safe)
        typist.line("meanwhile")
        eventually(lambda: "locked by another program" in typist.writer.state.reason)
        typist.half("ty")
        eventually(typist.is_safe)
        assert (typist.writer.state.where, typist.writer.state.waiting) == ("rescue", 1)
        found = rescued(path, places)
        assert (texts(found), found.draft) == (["before", "meanwhile"], "ty")
        other.execute("ROLLBACK")
    eventually(lambda: typist.writer.state == SAVED, within=1.5)
    record = stored(path, call)

    assert (texts(record), record.draft) == (["before", "meanwhile"], "ty")
    assert not typist.was_held_up
    eventually(lambda: not rescue.pending(path, places))


def limit(writer: Writer, pages: int) -> None:
    """Make the disk full, as far as SQLite can tell."""
    database = writer._database._database
    assert database
    database.raw().execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_and_room_again(
    typist: Typist, path: Path, places: list[Path], call: CallRecord
) -> None:
    limit(typist.writer, 1)
    long = [f"{number} " + "words " * 500 for number in range(30)]
    for text in long:
        typist.line(text)
        eventually(typist.is_safe)
    state = typist.writer.state
    assert (state.where, state.reason) == ("rescue", "the disk is full")
    assert 0 < state.waiting <= 30
    assert texts(rescued(path, places)) == long
    limit(typist.writer, 10_000)
    eventually(lambda: typist.writer.state == SAVED, within=1.5)

    assert texts(stored(path, call)) == long
    assert not typist.was_held_up


def test_the_next_place_takes_over_where_the_first_is_sick_too(
    typist: Typist, path: Path, places: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = rescue._new_file

    def sick(directory: Path, stem: str) -> tuple[Path, int]:
        if directory == places[0]:
            raise OSError(28, "No space left on device")
        return really(directory, stem)

    monkeypatch.setattr(rescue, "_new_file", sick)
    limit(typist.writer, 1)
    for _ in range(30):
        typist.line("words " * 500)
        eventually(typist.is_safe)

    assert typist.writer.state.where == "rescue"
    assert {p.parent for p in rescue.pending(path, places)[0].paths} == set(places[1:])
    assert texts(rescued(path, places)) == typist.lines
    assert not typist.was_held_up
    limit(typist.writer, 10_000)
    eventually(lambda: not rescue.pending(path, places))


def test_where_nothing_answers_that_is_said_and_typing_goes_on(
    typist: Typist, path: Path, places: list[Path], call: CallRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def sick(directory: Path, stem: str) -> tuple[Path, int]:
        raise OSError(5, "Input/output error")

    # A file that a busy machine wanted at the start would be there to be written on.
    eventually(lambda: typist.writer.state == SAVED and not rescue.files(path, places))
    with monkeypatch.context() as patch:
        patch.setattr(rescue, "_new_file", sick)
        limit(typist.writer, 1)
        for _ in range(30):
            state = typist.line("words " * 500)
        assert (state.saved, state.where) == (False, "nowhere")
        assert state.waiting > 0
        assert not typist.was_held_up
    eventually(lambda: typist.writer.state.where == "rescue", within=2)
    limit(typist.writer, 10_000)
    eventually(lambda: typist.writer.state == SAVED)

    assert texts(stored(path, call)) == typist.lines


def test_a_place_that_hangs_is_left_for_the_next(
    typist: Typist, places: list[Path], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    really = rescue.RescueFile.write

    def hangs(file: rescue.RescueFile, *given: object) -> None:
        if file.path.parent == places[0]:
            go.wait(10)
        really(file, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(rescue.RescueFile, "write", hangs)
    limit(typist.writer, 1)
    try:
        for _ in range(20):
            typist.line("words " * 500)
            eventually(typist.is_safe)
        assert not typist.was_held_up
        # A place that was late with one line has it later: what counts is all of them together.
        assert texts(rescued(path, places)) == typist.lines
    finally:
        go.set()
    limit(typist.writer, 10_000)
    eventually(lambda: not rescue.pending(path, places))


class SickOs:
    """The system as the rescue files have it, whose n-th call of those that write fails."""

    def __init__(self, fails: int, number: int) -> None:
        self.left = fails
        self.number = number
        self.counting = threading.Lock()

    def __getattr__(self, name: str) -> object:
        really = getattr(os, name)
        if name not in ("open", "write", "fdatasync", "fsync", "ftruncate"):
            return really

        def call(*given: object, **named: object) -> object:
            with self.counting:
                self.left -= 1
                failing = self.left == 0
            if failing:
                raise OSError(self.number, os.strerror(self.number))
            return really(*given, **named)

        return call


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_an_error_at_any_call_of_the_rescue_file_loses_nothing(
    path: Path, places: list[Path], call: CallRecord, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    writer = Writer(path, places, AT)
    writer.begin(call)
    eventually(lambda: writer.state == SAVED)
    typist = Typist(writer)
    for fails in (1, 2, 3, 6):
        sick = SickOs(fails, number)
        with monkeypatch.context() as patch:
            patch.setattr(rescue, "os", sick)
            limit(writer, 1)
            while sick.left > 0 and len(typist.lines) < 40 * fails:
                typist.line("words " * 200)
                eventually(typist.is_safe)
            assert sick.left <= 0
            in_rescue = texts(rescued(path, places)) if writer.state.where == "rescue" else []
            assert in_rescue in ([], typist.lines)
        limit(writer, 10_000)
        eventually(lambda: writer.state == SAVED)
        assert texts(stored(path, call)) == typist.lines
    writer.close()


def test_a_slow_sync_holds_up_nothing_and_is_said(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(database_sink, "SLOW", 0.05)

    def slow(descriptor: int) -> None:
        go.wait(10)

    monkeypatch.setattr(database_sink, "sync_data", slow)
    try:
        for number in range(20):
            typist.line(f"line {number}")
            eventually(typist.is_safe)
        eventually(lambda: typist.writer.state.reason == "the disk is slow to answer")
        typist.line("more")
        eventually(lambda: (typist.is_safe(), typist.writer.state.where) == (True, "rescue"))
    finally:
        go.set()
    eventually(lambda: typist.writer.state == SAVED)

    assert not typist.was_held_up


def test_the_end_of_a_slow_sync_is_not_the_end_of_what_waits(
    typist: Typist, path: Path, places: list[Path], call: CallRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What was typed while the disk was slow stays in the rescue file until it is committed."""
    answers, goes = threading.Event(), threading.Event()
    monkeypatch.setattr(database_sink, "SLOW", 0.05)
    really_sync, really_commit = rescue.sync_data, database_sink.DatabaseSink._commit

    def slow(descriptor: int) -> None:
        answers.wait(10)
        really_sync(descriptor)

    def held(sink: database_sink.DatabaseSink, batch: Batch) -> None:
        goes.wait(10)
        really_commit(sink, batch)

    monkeypatch.setattr(database_sink, "sync_data", slow)
    try:
        typist.line("committed")
        eventually(lambda: typist.writer._shared.slow)
        eventually(lambda: not typist.writer._shared.late)
        monkeypatch.setattr(database_sink.DatabaseSink, "_commit", held)
        typist.line("typed meanwhile")
        eventually(lambda: texts(rescued(path, places)) == typist.lines)
        answers.set()
        eventually(lambda: not typist.writer._shared.slow)

        assert typist.writer.state.where == "rescue"
        assert texts(rescued(path, places)) == typist.lines
    finally:
        answers.set()
        goes.set()
    eventually(lambda: typist.writer.state == SAVED)

    assert texts(stored(path, call)) == typist.lines


def test_a_failed_sync_is_not_believed_when_it_is_tried_again(
    typist: Typist, path: Path, places: list[Path], call: CallRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    checkpoints: list[None] = []
    really = database_sink.DatabaseSink._make_sound

    def counted(sink: database_sink.DatabaseSink) -> None:
        really(sink)
        checkpoints.append(None)

    def fails(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(database_sink.DatabaseSink, "_make_sound", counted)
    with monkeypatch.context() as patch:
        patch.setattr(database_sink, "sync_data", fails)
        typist.line("one")
        eventually(lambda: typist.writer.state.reason == "the disk reports an error")
        eventually(lambda: typist.writer.state.saved)
        assert texts(rescued(path, places)) == ["one"]
    eventually(lambda: typist.writer.state == SAVED)

    assert checkpoints
    assert texts(stored(path, call)) == ["one"]


@pytest.mark.parametrize("gone", ["file", "file and journal", "journal"])
def test_a_deleted_database_is_written_anew_with_all_that_it_had(
    path: Path, places: list[Path], call: CallRecord, gone: str
) -> None:
    other = replace(call, id="another call", entries=())
    with open_to_write(path, AT) as database, database.transaction() as connection:
        interviews.add_interview(connection, other)
    writer = Writer(path, places, AT)
    try:
        writer.begin(call)
        eventually(lambda: writer.state == SAVED)
        typist = Typist(writer)
        typist.line("before")
        if "file" in gone:
            path.unlink()
        if "journal" in gone:
            path.with_name("iview.db-wal").unlink()
        typist.line("after")
        eventually(typist.is_safe)
        state = writer.state
        assert state.where == "rescue"
        assert "was deleted" in state.reason
        assert texts(rescued(path, places)) == ["before", "after"]
        eventually(lambda: writer.state == SAVED, within=2)
        typist.line("then")
        eventually(lambda: writer.state == SAVED)
        assert texts(stored(path, call)) == ["before", "after", "then"]
        assert stored(path, other).contact == other.contact
        assert not typist.was_held_up
    finally:
        writer.close()
    assert not rescue.pending(path, places)
    with open_to_write(path, AT, check=True):
        pass


def test_a_deletion_is_told_without_typing(typist: Typist, path: Path) -> None:
    path.unlink()
    eventually(lambda: "deleted" in typist.writer.state.reason, within=1)
    eventually(lambda: typist.writer.state == SAVED, within=2)
    assert path.exists()


def test_a_database_that_takes_the_place_gets_the_call_and_keeps_its_own(
    typist: Typist, path: Path, call: CallRecord, tmp_path: Path
) -> None:
    other = replace(call, id="another call", entries=())
    fresh = tmp_path / "other.db"
    with open_to_write(fresh, AT) as database, database.transaction() as connection:
        interviews.add_interview(connection, other)
    typist.line("before")
    fresh.replace(path)
    typist.line("after")
    eventually(typist.is_safe)
    eventually(lambda: typist.writer.state == SAVED, within=2)

    assert texts(stored(path, call)) == ["before", "after"]
    assert stored(path, other).id == other.id
    (copy,) = backup.all_of(path)
    assert "before" in texts(stored(copy, call))


def test_a_foreign_file_in_its_place_is_left_as_it_is(
    typist: Typist, path: Path, places: list[Path], tmp_path: Path
) -> None:
    diary = tmp_path / "diary"
    diary.write_text("not a database " * 400)
    diary.replace(path)
    typist.line("after")
    eventually(lambda: "is not a database of iview" in typist.writer.state.reason, within=2)
    typist.line("then")
    state = typist.writer.close()

    assert (state.saved, state.where, state.waiting) == (True, "rescue", 3)
    assert path.read_text() == "not a database " * 400
    assert texts(rescued(path, places)) == ["after", "then"]


@pytest.mark.parametrize("content", [b"", b"scribble " * 900, b"SQLite format 3\0" + bytes(5000)])
def test_a_call_is_held_beside_a_sick_database_and_moves_in_when_it_is_restored(
    path: Path, places: list[Path], call: CallRecord, content: bytes
) -> None:
    with open_to_write(path, AT):
        good = backup.make(path, AT, "daily")
    path.write_bytes(content)
    writer = Writer(path, places, AT)
    try:
        eventually(lambda: bool(writer.state.reason))
        assert writer.state.saved
        typist = Typist(writer)
        typist._timed(lambda: writer.begin(call))
        for number in range(10):
            typist.line(f"line {number}")
            eventually(typist.is_safe)
            assert writer.state.where == "rescue"
        assert path.read_bytes() == content
        assert not typist.was_held_up
        backup.restore(good, path, AT)
        eventually(lambda: writer.state == SAVED, within=2)
        assert texts(stored(path, call)) == typist.lines
    finally:
        writer.close()


def test_a_directory_that_cannot_be_written(
    path: Path, places: list[Path], call: CallRecord, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the directory should be")
    writer = Writer(path, places, AT)
    try:
        writer.begin(call)
        Typist(writer).line("one")
        eventually(lambda: writer.state.saved)
        assert writer.state.where == "rescue"
        assert texts(rescued(path, places)) == ["one"]
    finally:
        writer.close()


def test_a_call_that_goes_on_keeps_what_it_had(
    path: Path, places: list[Path], call: CallRecord
) -> None:
    first = Writer(path, places, AT)
    first.begin(call)
    typist = Typist(first)
    typist.line("one")
    typist.half("tw")
    first.close()
    second = Writer(path, places, AT.subtract(days=3))  # the clock was set back
    second.begin(stored(path, call))
    assert stored(path, call).draft == "tw"
    goes_on = Typist(second)
    goes_on.number = 1
    goes_on.half("two")
    eventually(lambda: second.state == SAVED)
    assert stored(path, call).draft == "two"
    goes_on.line("two")
    second.close()

    assert texts(stored(path, call)) == ["one", "two"]
    assert stored(path, call).draft is None


def test_flushing_waits_for_the_disk(typist: Typist) -> None:
    typist.half("some words")
    assert typist.writer.flush(2.0) == SAVED
    assert typist.writer._database.synced == typist.writer._shared.journal.last


def test_one_writer_writes_one_call(writer: Writer, call: CallRecord) -> None:
    with pytest.raises(ValueError, match="no call was begun"):
        writer.keep_draft("too early")
    writer.begin(call)
    with pytest.raises(ValueError, match="one call"):
        writer.begin(replace(call, id="other"))
    writer.begin(call)
    eventually(lambda: writer.state == SAVED)


@pytest.mark.usefixtures("patient")
def test_half_characters_do_not_stop_the_log(typist: Typist, path: Path, call: CallRecord) -> None:
    assert typist.line("half \ud83d character").saved
    assert typist.half("\udc00") == SAVED
    assert texts(stored(path, call)) == ["half ? character"]


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    path: Path, places: list[Path], call: CallRecord, tmp_path: Path
) -> None:
    """At three moments: database and rescue files hold what was said to be saved."""
    script = """
import sys, sqlite3
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from store_samples import AT, entry, sample_call
from iview_tui.store.writer import Writer
path = Path(sys.argv[1])
writer = Writer(path, [path.parent, Path(sys.argv[2])], AT)
writer.begin(sample_call())
other = None
for number in range(1, 100_000):
    state = writer.append([entry(number, text=f"line {number}")], clear_draft=True)
    if state.saved:
        print(number, flush=True)
    if number == 40:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
    if number == 80:
        other.execute("ROLLBACK")
"""
    for kill_after in (20, 60, 300):
        directory = tmp_path / str(kill_after)
        database = directory / "iview.db"
        with open_to_write(database, AT):
            pass
        arguments = [sys.executable, "-c", script, str(database), str(directory / "spare")]
        process = subprocess.Popen(
            [*arguments, str(Path(__file__).parents[1])], stdout=-1, text=True
        )
        assert process.stdout
        for told in process.stdout:
            if int(told) >= kill_after:
                break
        process.kill()
        last = int([told, *process.stdout.read().split()][-1])
        process.wait()
        process.stdout.close()
        with open_to_write(database, AT, check=True) as opened:
            for found in rescue.pending(database, [directory / "spare"]):
                with opened.transaction() as connection:
                    rescue.replay_into(connection, found)
        found_texts = texts(stored(database, call))
        assert found_texts[:last] == [f"line {number}" for number in range(1, last + 1)]
        assert len(found_texts) <= last + 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path, call: CallRecord) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    ballast = disk / "ballast"
    path = disk / "iview.db"
    try:
        writer = Writer(path, [disk, tmp_path / "spare"], AT)
        writer.begin(call)
        eventually(lambda: writer.state == SAVED)
        typist = Typist(writer)
        with contextlib.suppress(OSError), ballast.open("wb") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
        for number in range(40):
            typist.line(f"{number} " + "words " * 800)
            eventually(typist.is_safe)
        assert (writer.state.where, writer.state.reason) == ("rescue", "the disk is full")
        ballast.unlink()
        eventually(lambda: writer.state == SAVED, within=2)
        assert texts(stored(path, call)) == typist.lines
        assert not typist.was_held_up
        writer.close()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_watching_knows_the_files_by_their_inodes(tmp_path: Path) -> None:
    path = tmp_path / "iview.db"
    path.write_text("one")
    opened = watch.identity(path)
    watch.compare(path, opened)
    shutil.copy(path, tmp_path / "copy")
    (tmp_path / "copy").replace(path)
    with pytest.raises(opening.DatabaseError, match="replaced"):
        watch.compare(path, opened)
