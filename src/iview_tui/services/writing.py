"""One transaction of the one writing process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from iview_tui.clock import Clock
from iview_tui.paths import Paths, make_ready

if TYPE_CHECKING:
    from iview_tui.store.database import Connection


@contextmanager
def writing(paths: Paths, clock: Clock, what: str) -> Iterator[Connection]:
    """A transaction under the lock; `what` is how a refusal of another process names this one.

    Raises DatabaseError where a call runs beside, or the database does not take it.
    """
    from iview_tui.store import lock
    from iview_tui.store.database import open_to_write
    from iview_tui.store.errors import explain

    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with (
        lock.hold(paths.lock, what),
        open_to_write(paths.database, clock.wall()) as database,
        database.transaction() as connection,
    ):
        yield connection
