"""The one way in which a call gets onto the disk, from the thread that types.

Every step is first in the journal in memory, then in the database; where that has not answered at
once, in a rescue file, and typing goes on. Nothing here waits longer than some ten milliseconds.
SQLAlchemy is imported on the database's own thread.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from pendulum import DateTime

from iview_tui.domain.entry import Entry
from iview_tui.domain.record import CallRecord
from iview_tui.domain.value import value
from iview_tui.store.database_sink import DatabaseSink
from iview_tui.store.rescue_sink import RescueSink
from iview_tui.store.shared import Shared

DATABASE_WAIT = 0.025
"""Seconds that typing waits for the database, once; then it is late."""

RESCUE_WAIT = 0.012
"""Seconds that typing waits for the first rescue place, and then for all the others at once."""


@value
class SaveState:
    """Where what was typed is."""

    saved: bool
    """Whether all of it is outside of this process."""
    where: str
    """database, rescue or nowhere."""
    waiting: int
    """How many lines are not in the database."""
    reason: str
    """Why not, in plain words; empty where all is well."""


class Writer:
    """Writes one call. Constructing it costs next to nothing.

    The caller holds the lock of the database, and calls from one thread. `at` is the present
    instant, and `places` are the directories for rescue files, best first. With a `head_start` the
    database is opened so many seconds later, and not waited for until then: what is typed
    meanwhile is in the rescue file at once.
    """

    def __init__(
        self, database: Path, places: Sequence[Path], at: DateTime, *, head_start: float = 0.0
    ) -> None:
        self.on_change: Callable[[], object] = lambda: None
        """Told, in any thread, that trouble came or went; it must neither raise, nor ask this
        writer there."""
        self._shared = Shared(base=int(at.timestamp() * 1000), engage=self._engage)
        self._sinks = [RescueSink(self._shared, place, database) for place in places]
        self._database = DatabaseSink(self._shared, database, at, head_start)

    @property
    def state(self) -> SaveState:
        """How things stand now."""
        with self._shared.lock:
            return self._state()

    @property
    def is_open(self) -> bool:
        """Whether the database has been opened."""
        with self._shared.lock:
            return self._database.was_open

    def begin(self, record: CallRecord, *, new_contact: bool = False) -> SaveState:
        """Write down the call, with the entries and the half-typed line that it has already.

        Raises ValueError where this writer writes another call.
        """
        with self._shared.lock:
            self._shared.journal.begin(record, new_contact)
            return self._answer()

    def append(self, entries: Sequence[Entry], *, clear_draft: bool = False) -> SaveState:
        """Write down entries; with `clear_draft`, in the same step, that no half line is left.

        Raises ValueError where no call was begun, as `keep_draft` does.
        """
        with self._shared.lock:
            self._shared.journal.append(entries, clear_draft)
            return self._answer()

    def keep_draft(self, text: str | None, private: bool = False) -> SaveState:
        """Write down the half-typed line."""
        with self._shared.lock:
            self._shared.journal.keep(text, private)
            return self._answer()

    def flush(self, timeout: float) -> SaveState:
        """Wait until everything is on a disk, but no longer than `timeout` seconds."""
        shared = self._shared
        with shared.lock:
            shared.hurry = True
            self._wake_all()
            shared.answered.wait_for(self._is_synced, timeout)
            shared.hurry = False
            return self._state()

    def close(self, timeout: float = 2.0) -> SaveState:
        """Bring in what can be brought in, and end; no longer than `timeout` seconds.

        What the database does not have stays in the rescue file.
        """
        shared = self._shared
        with shared.lock:
            self._database.stop()
        ended = self._database.join(timeout * 0.6)
        with shared.lock:
            if not ended and self._database.done < shared.journal.last:
                shared.late = True
            if shared.in_trouble:
                self._engage()
            for sink in self._sinks:
                sink.stop()
        for sink in self._sinks:
            sink.join(timeout * 0.4 / len(self._sinks))
        return self.state

    def _answer(self) -> SaveState:
        """Wait for the first place that has the last step, as long as typing can. Lock held."""
        shared, last = self._shared, self._shared.journal.last
        self._database.wake()
        if not shared.in_trouble:
            shared.answered.wait_for(
                lambda: self._database.done >= last or shared.in_trouble,
                0 if self._database.is_held_back else DATABASE_WAIT,
            )
            if self._database.done >= last and not shared.in_trouble:
                return self._state()
            shared.late = True
        for sinks in (self._sinks[:1], self._sinks):
            for sink in sinks:
                sink.wake()
            if self._rescued_by(sinks, last):
                break
        return self._state()

    def _rescued_by(self, sinks: Sequence[RescueSink], last: int) -> bool:
        """Wait for one of them to have the step; those that do not answer are not waited for."""
        shared = self._shared

        def done() -> bool:
            return not shared.in_trouble or any(sink.done >= last for sink in sinks)

        if any(sink.answers for sink in sinks):
            shared.answered.wait_for(
                lambda: done() or not any(sink.answers for sink in sinks), RESCUE_WAIT
            )
            for sink in sinks:
                sink.late = sink.done < last
        return done()

    def _engage(self) -> None:
        """Let the rescue places know how things stand, and begin where they are wanted."""
        wanted = self._shared.in_trouble and self._shared.journal.record is not None
        for number, sink in enumerate(self._sinks):
            before = self._sinks[:number]
            sink.wake(begin=wanted and all(each.failure or each.late for each in before))
        self.on_change()

    def _wake_all(self) -> None:
        self._database.wake_syncer()
        for sink in self._sinks:
            sink.wake(begin=False)

    def _is_synced(self) -> bool:
        last = self._shared.journal.last
        if self._shared.in_trouble:
            return any(sink.synced >= last for sink in self._sinks)
        return self._database.synced >= last

    def _state(self) -> SaveState:
        shared, last = self._shared, self._shared.journal.last
        if not shared.in_trouble:
            return SaveState(True, "database", 0, "")
        saved = shared.journal.record is None or any(sink.done >= last for sink in self._sinks)
        return SaveState(
            saved=saved,
            where="rescue" if saved else "nowhere",
            waiting=shared.journal.lines_since(self._database.done),
            reason=self._reason(),
        )

    def _reason(self) -> str:
        if self._shared.trouble:
            return self._shared.trouble
        if not self._database.was_open:
            return "the database is still opening"
        return "the disk is slow to answer"
