"""A call after it is over: its entries edited, as more entries about them."""

from collections.abc import Sequence

from iview_tui.clock import Clock
from iview_tui.domain.record import CallRecord
from iview_tui.domain.revising import CannotEdit, Edit, Hide, Move, Reword, Star, revised
from iview_tui.paths import Paths, make_ready
from iview_tui.services import afterwards
from iview_tui.services.call import new_uuid
from iview_tui.services.library import folded
from iview_tui.store import interviews, lock
from iview_tui.store.database import open_to_write
from iview_tui.store.errors import explain

__all__ = ["CannotEdit", "Edit", "Hide", "Move", "Reword", "Star", "edit", "entry_of"]

SHORTEST_ID = 4
"""Letters of an entry's id that are enough."""
_LATEST = 3 * 365 * 86_400
"""Seconds after connecting that an edit is put down for at the most: what an import takes."""


def edit(paths: Paths, clock: Clock, call_id: str, edits: Sequence[Edit]) -> CallRecord:
    """Make all of the edits or none; the call as it then is.

    Raises CannotEdit with a sentence, or DatabaseError, also where another process writes.
    """
    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with (
        lock.hold(paths.lock, "an edit"),
        open_to_write(paths.database, clock.wall()) as database,
        database.transaction() as connection,
    ):
        try:
            record = interviews.load(connection, call_id)
        except KeyError:
            raise CannotEdit("there is no such call any more") from None
        since = record.connected_at
        entered = int((clock.wall() - since).total_seconds()) if since else 0
        entered = min(entered, _LATEST)
        for each in edits:
            live = folded(record)
            interviews.append(connection, call_id, revised(live, each, new_uuid, entered))
            record = interviews.load(connection, call_id)
        afterwards.work_out(connection)
        return interviews.load(connection, call_id)


def entry_of(record: CallRecord, wanted: str) -> str:
    """The id of the entry that the first letters of an id mean. Raises CannotEdit."""
    given = wanted.strip().lower()
    ids = [entry.id for entry in record.entries]
    if given in ids:
        return given
    found = [each for each in ids if len(given) >= SHORTEST_ID and each.startswith(given)]
    if len(found) != 1:
        how = "more than one entry has" if found else "no entry of this call has"
        raise CannotEdit(f"{how} an id that begins with {given[:40]!r}")
    return found[0]
