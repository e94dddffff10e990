"""Where calls are kept: the one writing process, its lock, and calls that were left unfinished."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from types import TracebackType

from iview_tui.clock import Clock
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.log import has_ended
from iview_tui.domain.record import CallRecord
from iview_tui.paths import Paths, make_ready
from iview_tui.services import upkeep
from iview_tui.services.call import SaveState, new_uuid
from iview_tui.store import glance, lock, rescue
from iview_tui.store.errors import BusyDatabase, DatabaseError, explain
from iview_tui.store.writer import Writer

HEAD_START = 0.1
"""Seconds that a screen has for its first keys before the database is opened: that takes most of a
processor for some tenths of a second."""


class WriterKeeper:
    """Keeps a call through the store's writer, which never holds up typing."""

    def __init__(self, make_writer: Callable[[], Writer], *, after_paint: bool = False) -> None:
        """The writer is made when the call begins: until then nothing is opened.

        With `after_paint` it is made at `settle`, or at the first typed letter: opening a database
        costs more than a screen, and until then there is nothing that could be lost.
        """
        self._after_paint = after_paint
        self._make_writer = make_writer
        self._writer: Writer | None = None
        self._held: CallRecord | None = None
        self._held_notes: list[Entry] = []
        self._draft: tuple[str | None, bool] = (None, False)
        self._on_change: Callable[[], object] = lambda: None

    def watch(self, on_change: Callable[[], object]) -> None:
        """Have somebody told, in any thread, that trouble came or went."""
        self._on_change = on_change
        if self._writer is not None:
            self._writer.on_change = on_change

    def begin(self, record: CallRecord) -> None:
        """Keep a call from its start on, or take up one that is kept."""
        self._draft = (record.draft, record.draft_private)
        if self._writer is None and self._after_paint:
            self._held = record
        else:
            self._begin(record)

    def settle(self) -> None:
        """Keep from now on what was held."""
        self._after_paint = False
        record, self._held = self._held, None
        if record is None:
            return
        writer = self._begin(record)
        if self._held_notes:
            writer.append(self._held_notes)

    def append(self, entries: Sequence[Entry], draft: str | None, *, private: bool) -> None:
        """Keep entries, and what stands in the note line after them, as one."""
        self.settle()
        if entries and self._writer is not None:
            self._writer.append(entries, clear_draft=draft is None)
            if draft is None:
                self._draft = (None, False)
        self.keep_draft(draft, private=private)

    def note(self, entry: Entry) -> None:
        """Keep an entry that nobody typed; the half-typed line stays as it is."""
        if self._held is not None:
            self._held_notes.append(entry)
        elif self._writer is not None:
            self._writer.append((entry,))

    def keep_draft(self, text: str | None, *, private: bool) -> None:
        """Keep the half-typed line, where it changed."""
        self.settle()
        draft = (text, private and text is not None)
        if self._writer is not None and draft != self._draft:
            self._draft = draft
            self._writer.keep_draft(*draft)

    def state(self) -> SaveState:
        """How safe everything is."""
        if self._writer is None:
            return SaveState()
        state = self._writer.state
        reason = upkeep.remedy(state.reason) or ("" if state.saved else state.reason)
        return SaveState(state.saved, reason, state.waiting)

    def close(self) -> None:
        """Let go, when nothing waits any more."""
        self.settle()
        if self._writer is not None:
            self._writer.close()

    def _begin(self, record: CallRecord) -> Writer:
        if self._writer is None:
            self._writer = self._make_writer()
            self._writer.on_change = self._on_change
        self._writer.begin(record)
        return self._writer


class Keeping:
    """The database as the one writing process has it, for as long as the process lives."""

    def __init__(
        self, paths: Paths, clock: Clock, name: str | None = None, *, after_paint: bool = False
    ) -> None:
        """Take the lock, for a call with `name`. Raises BusyDatabase where another has it.

        With `after_paint` the screen and its first keys go before the database.
        """
        self._paths, self._clock = paths, clock
        self._lock: lock.Lock | None = None
        self._backups = upkeep.CallBackups(paths, clock)
        self._begun_one = False
        try:
            make_ready(paths)
            self._lock = lock.hold(paths.lock, f"the call with {name}" if name else "a call")
        except BusyDatabase:
            raise
        except (DatabaseError, OSError):
            pass  # The call goes on all the same; the writer says what is wrong.
        self._head_start = HEAD_START if after_paint else 0.0
        self.keeper = WriterKeeper(self._begun, after_paint=after_paint)

    def _begun(self) -> Writer:
        self._begun_one = True
        self._backups.begun()
        return self._writer()

    def _writer(self) -> Writer:
        return Writer(
            self._paths.database, self._paths.rescue_places, self._clock.wall(),
            head_start=self._head_start,
        )  # fmt: skip

    def __enter__(self) -> Keeping:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.keeper.close()
        if self._lock is not None and self._begun_one:
            from iview_tui.services import afterwards

            afterwards.work_out_quietly(self._paths, self._clock)
        self._backups.over()
        if self._lock is not None:
            self._lock.release()

    def unfinished(self) -> CallRecord | None:
        """The latest call that was begun and not ended, out of a rescue file too."""
        waiting = self._bring_in()
        open_calls = [found.record for found in waiting if not has_ended(found.record.entries)]
        if open_calls:
            return open_calls[-1]
        if not glance.may_be_unfinished(self._paths.database):
            return None
        from iview_tui.store import interviews
        from iview_tui.store.database import open_to_read

        with (
            contextlib.suppress(DatabaseError),
            open_to_read(self._paths.database) as database,
            database.transaction() as connection,
        ):
            found = interviews.unfinished(connection)
            return interviews.load(connection, found[0].id) if found else None
        return None

    def _bring_in(self) -> list[rescue.Rescued]:
        """Let what waits in rescue files into the database; what still has to wait."""
        waiting = rescue.pending(self._paths.database, self._paths.rescue_places)
        if not waiting:
            return []
        from iview_tui.store.database import open_to_write

        try:
            with open_to_write(self._paths.database, self._clock.wall()) as database:
                while waiting:
                    with database.transaction() as connection:
                        rescue.replay_into(connection, waiting[0])
                    rescue.discard(waiting.pop(0))
        except (DatabaseError, OSError):
            pass  # They wait on; the writer says what is wrong once a call has begun.
        return waiting

    def sickness(self) -> str:
        """What is wrong with the database, in words, before a call has begun; else empty."""
        if not glance.may_be_sick(self._paths.database):
            return ""
        return upkeep.sickness(self._paths)

    def restore(self) -> str:
        """Bring the newest good backup back, before a call has begun; what came of it, in words."""
        try:
            done = self.restore_newest()
        except (upkeep.NotFound, DatabaseError, OSError) as error:
            return f"not restored: {str(error).rstrip('.')}"
        kept = f"; what was there is kept as {done.kept.name}" if done.kept else ""
        return f"the backup {done.backup.stem} is back{kept}"

    def restore_newest(self) -> upkeep.Restored:
        """Bring the newest good backup back, before a call has begun.

        Raises DatabaseError, or upkeep.NotFound where there is no good one.
        """
        return upkeep.restore_held(self._paths, self._clock, replace=True)

    def planned(self, name: str | None = None) -> CallRecord | None:
        """The next planned call, with the person of that name if one is given."""
        at = self._clock.wall().in_timezone("UTC").isoformat()
        found = glance.next_planned(self._paths.database, at, name)
        if found is None:
            return None
        from iview_tui.store import interviews
        from iview_tui.store.database import open_to_read

        with (
            contextlib.suppress(DatabaseError, KeyError),
            open_to_read(self._paths.database) as database,
            database.transaction() as connection,
        ):
            return replace(interviews.load(connection, found), origin="live")
        return None

    def known(self, record: CallRecord, *, new: bool) -> CallRecord:
        """The record with what is known of the person, unless they are another of that name."""
        if record.contact is None or new:
            return record
        contact = glance.known(self._paths.database, record.contact.name)
        if contact is None:
            return record
        now = record.contact
        merged = replace(
            contact,
            organization=now.organization or contact.organization,
            phones=now.phones or contact.phones,
            via=now.via or contact.via,
        )
        return replace(record, contact=merged)

    def rang(self, record: CallRecord, outcome: str, next_at: date | None = None) -> str:
        """Nobody talked: the attempt is recorded, the interview stays planned; what comes next.

        `next_at` is the day or the instant at which to call back, where one was said.

        Raises DatabaseError where that cannot be kept.
        """
        from iview_tui.domain.outreach import Attempt, kept_words, next_step
        from iview_tui.services.bank import cadence
        from iview_tui.store import interviews, outreach
        from iview_tui.store.database import open_to_write

        now = self._clock.wall()
        planned = replace(record, planned_at=record.planned_at or now)
        with (
            open_to_write(self._paths.database, now) as database,
            database.transaction() as connection,
        ):
            interviews.add_interview(connection, planned)
            kept = interviews.load(connection, record.id).contact
            if kept is None:
                return "nobody is named, so nothing is kept of the ring"
            ring = Attempt(
                new_uuid(), kept.id, now, "phone", outcome=outcome, next=next_at,
                interview=record.id,
            )  # fmt: skip
            outreach.add(connection, ring)
            step = next_step(outreach.with_person(connection, kept.id), cadence())
        return kept_words(outcome, step, record.time_zone)

    def end_as_it_was(self, record: CallRecord) -> None:
        """Close a call that nobody goes on with, at the moment of its last entry."""
        last = max((entry.entered for entry in record.entries), default=0)
        line = max((entry.line for entry in record.entries), default=0) + 1
        end = Entry(new_uuid(), line, Kind.END, last, last, value={"outcome": "cut_short"})
        writer = self._writer()
        writer.begin(record)
        writer.append((end,))
        writer.close()
        self._begun_one = True


def keep_whole(paths: Paths, record: CallRecord, clock: Clock, *, new: bool = False) -> CallRecord:
    """Keep a whole call at once, and give it back as it is kept.

    Raises DatabaseError where the database is busy or cannot be used.
    """
    from iview_tui.services import afterwards
    from iview_tui.store import interviews
    from iview_tui.store.database import open_to_write

    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with (
        lock.hold(paths.lock, "a replay"),
        open_to_write(paths.database, clock.wall()) as database,
        database.transaction() as connection,
    ):
        interviews.add_interview(connection, record, new_contact=new)
        afterwards.work_out(connection)
        return interviews.load(connection, record.id)
