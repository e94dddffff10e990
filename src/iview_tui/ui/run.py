"""Starting the screen: for a call, or for one that is played from a script."""

from collections.abc import Callable

from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord
from iview_tui.services.call import LiveCall
from iview_tui.services.replay import Cue
from iview_tui.ui.app import run_live
from iview_tui.ui.player import PlayedApp

Make = Callable[[CallRecord], LiveCall]


def run_screen(
    make: Make,
    record: CallRecord,
    *,
    unfinished: CallRecord | None = None,
    end_unfinished: Callable[[CallRecord], None] | None = None,
    on_the_spot: bool = False,
) -> int:
    """Run a call in this terminal; an exit code."""
    call = make(record)
    if on_the_spot:
        call.connect()
    return run_live(call)


def run_played(
    call: LiveCall, clock: HeldClock, cues: tuple[Cue, ...], *, speed: float
) -> int:
    """Show a scripted call; an exit code."""
    app = PlayedApp(call, clock, cues, speed=speed)
    return app.run() or app.return_code or 0
