"""A rescue place of a call, with its own thread, so that none waits for another.

While the database is in trouble it takes what it lacks from the journal, beginning with the whole
call; when the database has everything it takes its file away.
"""

import contextlib
import threading
from pathlib import Path

from iview_tui.store.errors import explain
from iview_tui.store.journal import Batch
from iview_tui.store.rescue import RescueFile
from iview_tui.store.shared import RETRY, SYNC_WITHIN, Shared


class RescueSink:
    """One place. The public attributes are read and written with the lock held."""

    def __init__(self, shared: Shared, directory: Path, database: Path) -> None:
        self._shared = shared
        self._directory = directory
        self._database = database
        self._work = threading.Condition(shared.lock)
        self._thread: threading.Thread | None = None
        self._file: RescueFile | None = None
        self._stop = False
        self.done = 0
        """The last step that is in the file; 0 where there is no file."""
        self.synced = 0
        """The last step that is known to be on the disk."""
        self.failure = ""
        """Why the place takes nothing, in plain words."""
        self.late = False
        """Whether it was waited for in vain, and has not answered since."""

    @property
    def answers(self) -> bool:
        """Whether it is worth waiting for. With the lock held."""
        return self._thread is not None and not self.failure and not self.late

    def wake(self, *, begin: bool = True) -> None:
        """Something changed; with `begin` its thread begins now at the latest. Lock held."""
        if begin and self._thread is None and not self._stop:
            self._thread = threading.Thread(target=self._run, name="iview-rescue", daemon=True)
            self._thread.start()
        self._work.notify()

    def stop(self) -> None:
        """Take what is wanted, sync it and be done. With the lock held."""
        self._stop = True
        self._work.notify()

    def join(self, timeout: float) -> None:
        """Wait until it is done. Without the lock."""
        if self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        stopping = False
        while not stopping:
            with self._shared.lock:
                quiet = self._wait()
                stopping = self._stop
                wanted = self._shared.in_trouble and self._shared.journal.record is not None
                batch = self._shared.journal.since(self.done)
                hurry = stopping or quiet or batch.urgent or self._shared.hurry
                if not wanted:
                    self.done = self.synced = 0
                    self.failure, self.late = "", False
            try:
                if wanted:
                    self._take(batch, hurry)
                else:
                    self._remove()
            except Exception as error:  # whatever it is, the other places go on
                self._fail(str(explain(error)))
        with contextlib.suppress(OSError):
            if self._file:
                self._file.close()

    def _wait(self) -> bool:
        """Until there is something to do; True where nobody has called. With the lock held."""
        if self.failure:
            return not self._work.wait_for(lambda: self._stop, RETRY)
        unsynced = self.done > self.synced
        return not self._work.wait_for(self._called, SYNC_WITHIN if unsynced else None)

    def _called(self) -> bool:
        shared = self._shared
        if self._stop or (shared.hurry and self.done > self.synced):
            return True
        if shared.in_trouble:
            return shared.journal.record is not None and shared.journal.last > self.done
        return self._file is not None

    def _take(self, batch: Batch, hurry: bool) -> None:
        """Write what is new and say so; what may lie a little is synced after that."""
        if self._file is None:
            assert batch.record is not None  # without a file the batch is the whole call
            self._file = RescueFile(self._directory, self._database, batch.record.id)
        if batch.upto > self.done:
            self._file.write(batch, self._shared.base)
        if hurry:
            self._file.sync()
        with self._shared.lock:
            self.done = batch.upto
            self.synced = batch.upto if hurry else self.synced
            self.failure, self.late = "", False
            self._shared.answered.notify_all()

    def _remove(self) -> None:
        if self._file:
            self._file.remove()
            self._file = None

    def _fail(self, failure: str) -> None:
        if self._file and self.done == 0:  # nothing whole is in it
            with contextlib.suppress(OSError):
                self._file.remove()
            self._file = None
        with self._shared.lock:
            self.failure = failure
            self._shared.answered.notify_all()
