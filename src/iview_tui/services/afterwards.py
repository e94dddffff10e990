"""What a call leaves for those that come: people to talk with, and figures to compare.

It is worked out of the log whenever that has grown: after the call, after a replay, an import, an
edit. Doing it twice does it once.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iview_tui.clock import Clock
    from iview_tui.domain.record import CallRecord
    from iview_tui.paths import Paths
    from iview_tui.store.database import Connection


def work_out(connection: Connection) -> int:
    """Work out every call whose log has grown; how many there were.

    The sure names of a call that has ended become people, each with the one who named them, or are
    joined to who is known; those of a call that goes on after all are let go again.
    """
    from iview_tui.store import interviews, referrals

    grown = referrals.grown(connection)
    for call_id in grown:
        _work_out(connection, interviews.load(connection, call_id))
    return len(grown)


def _work_out(connection: Connection, record: CallRecord) -> None:
    from iview_tui.domain.live import Phase
    from iview_tui.domain.privacy import private_ids
    from iview_tui.domain.synthesis import figures
    from iview_tui.services.library import folded
    from iview_tui.store import referrals

    live = folded(record)
    private = private_ids(live.log)
    named = [(person, person.entry in private) for person in live.referrals]
    topics = [
        (
            topic.number,
            str(live.coverage(topic.number).state),
            live.seconds_on(topic.number),
            live.coverage(topic.number).unprompted,
        )
        for topic in record.guide.topics
    ]
    over = live.phase is Phase.ENDED
    referrals.keep(connection, record, topics, figures(live), named if over else ())


def work_out_quietly(paths: Paths, clock: Clock) -> None:
    """The same, by the one who holds the lock; what does not work now is done the next time."""
    from iview_tui.store.database import look, open_to_write

    with contextlib.suppress(Exception):  # whatever it is: the call is kept, and comes first
        if look(paths.database) is None:
            return
        with (
            open_to_write(paths.database, clock.wall()) as database,
            database.transaction() as connection,
        ):
            work_out(connection)
