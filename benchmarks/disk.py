"""From Enter to the entry on the disk, beside a bare commit of the same row by `sqlite3`."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Samples
from iview_tui.clock import SystemClock
from iview_tui.domain.record import CallRecord
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, new_uuid
from iview_tui.services.guides import load_guide
from iview_tui.services.keeping import WriterKeeper
from iview_tui.store.writer import Writer

ENTRIES, AT_ONCE = 120, 20
"""Entries in a round, and how many of one kind come between two of the other."""
PAUSE = 0.02
"""Seconds between two entries: nobody types faster."""
NOTE = "note {} of what they told about their work"


def enter() -> tuple[Samples, Samples]:
    """Milliseconds until Enter goes on, and until the entry is synced; the same of the twin.

    Both write to one directory, in turns.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.home()) as place:
        writer = Writer(Path(place) / "ours.db", [Path(place) / "rescue"], SystemClock().wall())
        call = _call(writer)
        bare = _bare(Path(place) / "bare.db")
        kept: list[float] = []
        synced: list[float] = []
        plain: list[float] = []

        def ours(number: int) -> None:
            began = time.perf_counter()
            call.enter(NOTE.format(number))
            kept.append((time.perf_counter() - began) * 1000)
            writer.flush(5.0)
            synced.append((time.perf_counter() - began) * 1000)

        def twin(number: int) -> None:
            began = time.perf_counter()
            _commit(bare, number)
            plain.append((time.perf_counter() - began) * 1000)

        writer.flush(10.0)
        for number in range(ENTRIES):
            first: Callable[[int], None] = ours if number // AT_ONCE % 2 else twin
            first(2 * number)
            time.sleep(PAUSE)
        call.close()
        bare.close()
        return {"kept": kept, "synced": synced}, {"kept": plain, "synced": plain}


def _call(writer: Writer) -> LiveCall:
    clock = SystemClock()
    record = CallRecord(
        new_uuid(), None, load_guide(None), None, 30, None, None, clock.zone(), origin="live"
    )
    call = LiveCall(record, clock=clock, keeper=WriterKeeper(lambda: writer), lexicon=lexicon())
    call.connect()
    return call


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, line INTEGER, kind TEXT,"
        " stamp INTEGER, entered INTEGER, text TEXT, value TEXT)"
    )
    return connection


def _commit(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO entry (uuid, line, kind, stamp, entered, text, value)"
        " VALUES (?, ?, 'note', ?, ?, ?, '{}')",
        (new_uuid(), number, number, number, NOTE.format(number)),
    )
    connection.execute("COMMIT")
