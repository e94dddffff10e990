"""The database of a call: the one owner of the writing connection, on a thread of its own.

Entries are synced at once, half-typed lines within 200 ms, by a second thread: a slow disk holds
up neither typing nor the next commit. After trouble it is tried again every half second, and what
waits comes in by itself, in order, once.
"""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from pendulum import DateTime

from iview_tui.store.errors import (
    DamagedDatabase,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
    UnwritableDatabase,
    explain,
)
from iview_tui.store.journal import Batch
from iview_tui.store.rescue import sync_data
from iview_tui.store.shared import RETRY, SYNC_WITHIN, Shared

if TYPE_CHECKING:
    from iview_tui.store.database import Database
    from iview_tui.store.watch import Identity

SLOW = 1.0
"""Seconds after which a sync that is under way is said to be slow."""

_REFUSED = (DamagedDatabase, ForeignDatabase, NewerDatabase)


class DatabaseSink:
    """The place where everything belongs. Public attributes: with the lock held."""

    def __init__(self, shared: Shared, path: Path, at: DateTime, head_start: float) -> None:
        self._shared = shared
        self._path = path
        self._at = at
        self._work = threading.Condition(shared.lock)
        self._database: Database | None = None
        self._opened: Identity | None = None
        self._lost = False
        self._based = False
        self._refused: tuple[object, DatabaseError] | None = None
        self._stop = False
        self._syncer = _Syncer(shared, self)
        self.done = 0
        """The last step that is committed."""
        self.synced = 0
        """The last step that is known to be on the disk."""
        self.unsound = False
        """Whether a sync failed: what the system says of its cache is not to be believed."""
        self.was_open = False
        self.is_held_back = head_start > 0
        """Whether others have their head start, in seconds."""
        self._head_start = head_start
        self._thread = threading.Thread(target=self._run, name="iview-database", daemon=True)
        self._thread.start()
        self._syncer.start()

    def wake(self) -> None:
        """There is something to take. With the lock held."""
        self._work.notify()

    def wake_syncer(self) -> None:
        """What lies unsynced is wanted on the disk. With the lock held."""
        self._syncer.wake()

    def stop(self) -> None:
        """Take what can be taken, close and be done. With the lock held."""
        self._stop = True
        self._work.notify()

    def join(self, timeout: float) -> bool:
        """Wait until it is done; False where it is not. Without the lock."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        stopping = False
        with self._shared.lock:
            self._work.wait_for(lambda: self._stop, self._head_start)
            self.is_held_back = False
        while not stopping:
            with self._shared.lock:
                stopping = self._stop
            try:
                self._step()
            except Exception as error:  # whatever it is, it is tried again
                self._fail(str(explain(error)))
            with self._shared.lock:
                if not stopping:
                    self._work.wait_for(self._called, RETRY)
        self._finish()

    def _called(self) -> bool:
        shared = self._shared
        return self._stop or (not shared.trouble and shared.journal.last > self.done)

    def _step(self) -> None:
        """Have the file open and sound, and bring in what waits."""
        if self._lost:
            self._settle()
        if self._database is None:
            self._open()
        if self.unsound:
            self._make_sound()
        with self._shared.lock:
            batch = self._shared.journal.since(self.done)
        if batch.upto > self.done:
            self._commit(batch)
        self._compare()  # a commit into a file without a name succeeds
        self._say_done(batch)

    def _open(self) -> None:
        from iview_tui.store import watch
        from iview_tui.store.database import open_to_write

        mark = _mark(self._path)
        if self._refused and self._refused[0] == mark:  # not read through every half second
            raise self._refused[1]
        try:
            database = open_to_write(self._path, self._at, check=True)
        except _REFUSED as refusal:
            self._refused = mark, refusal
            raise
        database.raw().execute("PRAGMA synchronous = NORMAL")  # the syncer does it
        self._database = database
        self._opened = watch.identity(self._path)
        journal = watch.journal_of(self._path) if self._opened.journal else None
        with self._shared.lock:
            self.was_open = True
            self._syncer.point_at(journal)

    def _compare(self) -> None:
        from iview_tui.store import watch

        assert self._opened is not None
        try:
            watch.compare(self._path, self._opened)
        except UnwritableDatabase:
            with self._shared.lock:
                self._lost = True
                self.done = self.synced = 0  # all of the call is to be brought in anew
            raise

    def _settle(self) -> None:
        from iview_tui.store import watch

        assert self._database is not None
        assert self._opened is not None
        watch.settle(self._database, self._opened, self._at)
        self._database = None
        self._lost = False

    def _make_sound(self) -> None:
        """Write the journal's content elsewhere: into the file itself."""
        assert self._database is not None
        answer = self._database.raw().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if answer[0]:
            raise UnwritableDatabase("the disk reports an error")
        with self._shared.lock:
            self.unsound = False

    def _commit(self, batch: Batch) -> None:
        from iview_tui.store import interviews

        assert self._database is not None
        call = self._shared.journal.record
        assert call is not None
        with self._database.transaction() as connection:
            if batch.record:
                interviews.add_interview(connection, batch.record, new_contact=batch.new_contact)
            interviews.append(connection, call.id, batch.entries)
            if half := batch.half_line:
                if not self._based:  # a clock that was set back must not make old lines newer
                    stored = interviews.draft_sequence(connection, call.id)
                    with self._shared.lock:
                        self._shared.base = max(self._shared.base, stored)
                    self._based = True
                number = self._shared.base + half.number
                interviews.keep_draft(connection, call.id, half.text, half.private, sequence=number)

    def _say_done(self, batch: Batch) -> None:
        """Tell those who wait; out of trouble only when everything is on the disk."""
        shared = self._shared
        with shared.lock:
            self.done = batch.upto
            if not (shared.trouble or shared.late):
                shared.answered.notify_all()
                self._syncer.wake()
                return
        self._sync_here()
        with shared.lock:
            if self.unsound:
                raise UnwritableDatabase(shared.trouble)
            self.synced = max(self.synced, batch.upto)
            shared.trouble = ""
            shared.late = self.done < shared.journal.last  # else the rescue files go
            shared.answered.notify_all()
            shared.engage()

    def _fail(self, trouble: str) -> None:
        with self._shared.lock:
            self._shared.trouble = trouble
            self._shared.answered.notify_all()
            self._shared.engage()

    def _finish(self) -> None:
        """Close the file, with everything on the disk."""
        try:
            if self._database:
                self._sync_here()
                with self._shared.lock:
                    self.synced = self.done
                    self._shared.slow = False
        except OSError as error:
            self._fail(str(explain(error)))
        with self._shared.lock:
            self._syncer.stop()
        if self._database:
            self._database.close()

    def _sync_here(self) -> None:
        from iview_tui.store import watch

        if self._opened and self._opened.journal:
            _sync(watch.journal_of(self._path))


class _Syncer:
    """Syncs what is committed, beside the commits. Methods: with the lock held."""

    def __init__(self, shared: Shared, sink: DatabaseSink) -> None:
        self._shared = shared
        self._sink = sink
        self._work = threading.Condition(shared.lock)
        self._busy = threading.Condition(shared.lock)
        self._journal: Path | None = None
        self._stop = False
        self._dozing = False
        self._syncing = 0
        """The number of the sync that is under way; 0 where none is."""

    def start(self) -> None:
        """Begin; without the lock."""
        for target in (self._run, self._watch):
            threading.Thread(target=target, name="iview-sync", daemon=True).start()

    def wake(self) -> None:
        """Something was committed; while it dozes only what is urgent wakes it."""
        if not self._dozing or self._urgent():
            self._work.notify()

    def point_at(self, journal: Path | None) -> None:
        """This is the file to be synced from now on; None where commits sync themselves."""
        self._journal = journal

    def stop(self) -> None:
        """Be done."""
        self._stop = True
        self._work.notify()
        self._busy.notify_all()

    def _urgent(self) -> bool:
        done, synced = self._sink.done, self._sink.synced
        soon = self._shared.hurry or self._shared.journal.last_urgent > synced
        return self._stop or (done > synced and soon)

    def _run(self) -> None:
        number = 0
        while True:
            with self._shared.lock:
                self._work.wait_for(lambda: self._stop or self._sink.done > self._sink.synced)
                self._dozing = True
                self._work.wait_for(self._urgent, SYNC_WITHIN)
                self._dozing = False
                if self._stop:
                    return
                upto, journal = self._sink.done, self._journal
                number += 1
                self._syncing = number
                self._busy.notify_all()
            failed = False
            try:
                if journal:
                    _sync(journal)
            except FileNotFoundError:
                pass  # the sink sees it too, and knows what to do
            except OSError:
                failed = True
            with self._shared.lock:
                self._after(upto, failed)

    def _after(self, upto: int, failed: bool) -> None:
        shared = self._shared
        self._syncing = 0
        self._busy.notify_all()
        was_slow, shared.slow = shared.slow, False
        if was_slow and self._sink.done < shared.journal.last:
            shared.late = True  # what was typed meanwhile may be in the rescue files alone
        if failed and self._sink.done >= upto:  # else the journal is another one by now
            self._sink.unsound = True
            shared.trouble = shared.trouble or "the disk reports an error"
        self._sink.synced = max(self._sink.synced, min(upto, self._sink.done))
        shared.answered.notify_all()
        if failed or was_slow:
            shared.engage()

    def _watch(self) -> None:
        """Say so where a sync takes more than a second."""
        while True:
            with self._shared.lock:
                self._busy.wait_for(lambda: self._stop or self._syncing)
                if self._stop:
                    return
                number = self._syncing

                def over(number: int = number) -> bool:
                    return self._stop or self._syncing != number

                if not self._busy.wait_for(over, SLOW):
                    self._shared.slow = True
                    self._shared.answered.notify_all()
                    self._shared.engage()
                    self._busy.wait_for(over)


def _sync(path: Path) -> None:
    """Let a file reach the disk. Closing it drops no lock: a journal has none. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        sync_data(descriptor)
    finally:
        os.close(descriptor)


def _mark(path: Path) -> object:
    """What changes when a file does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
