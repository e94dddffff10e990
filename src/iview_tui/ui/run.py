"""Starting the screen: for a call, or for one that is played from a script."""

import os
from collections.abc import Callable

from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord
from iview_tui.services.call import LiveCall
from iview_tui.services.replay import Cue
from iview_tui.settings import Settings
from iview_tui.ui import themes
from iview_tui.ui.app import IviewApp
from iview_tui.ui.player import PlayedApp


def run_screen(
    make: Callable[[CallRecord], LiveCall],
    record: CallRecord,
    *,
    settings: Settings,
    unfinished: CallRecord | None = None,
    end_unfinished: Callable[[CallRecord], None] = lambda _: None,
    rang: Callable[[CallRecord, str], None] = lambda *_: None,
    on_the_spot: bool = False,
) -> int:
    """Run a call in this terminal; an exit code.

    An `unfinished` call is offered first: `end_unfinished` closes it as it was. `rang` is told
    what came of a ring that led to no talk. `on_the_spot` leaves out the card before the call.
    """
    call = make(record)

    def begin() -> None:
        if on_the_spot:
            call.connect()

    def chosen(go_on: bool) -> None:
        assert unfinished is not None
        if go_on:
            app.call = make(unfinished)
            app.follow(app.live_screen())
            return
        end_unfinished(unfinished)
        begin()
        app.follow(app.live_screen() if on_the_spot else app.before_screen())

    first = None
    if unfinished is None:
        begin()
    else:
        first = unfinished
    app = IviewApp(
        call,
        look=look(settings),
        before=(lambda a: a.resume_screen(first, lambda: call.wall, chosen)) if first else None,
        keymap=dict(settings.keys),
        calm=settings.reduced_motion,
    )
    code = app.run() or app.return_code or 0
    if app.outcome is not None:
        rang(record, app.outcome)
    return code


def run_played(
    call: LiveCall,
    clock: HeldClock,
    cues: tuple[Cue, ...],
    *,
    speed: float,
    settings: Settings,
) -> int:
    """Show a scripted call; an exit code."""
    app = PlayedApp(call, clock, cues, speed=speed, look=look(settings))
    return app.run() or app.return_code or 0


def look(settings: Settings) -> themes.Look:
    """The theme that was set, in the colors that the terminal has."""
    name = "light" if settings.theme == "light" else "dark"
    return themes.look(name, themes.depth(os.environ), ascii_only=settings.ascii)
