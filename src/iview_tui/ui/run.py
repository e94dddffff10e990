"""Starting the screen: for a call, or for one that is played from a script."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from iview_tui.clock import HeldClock
from iview_tui.domain.live import Phase
from iview_tui.domain.record import CallRecord
from iview_tui.services.call import LiveCall
from iview_tui.settings import Settings
from iview_tui.ui import REFUSED, themes
from iview_tui.ui.app import IviewApp
from iview_tui.ui.survive import FaultLog, run_surviving
from iview_tui.ui.terminal import SurvivingApp, Terminal

if TYPE_CHECKING:
    from pendulum import DateTime

    from iview_tui.services.house import House, Wanted
    from iview_tui.services.replay import Cue
    from iview_tui.ui.screens.before import Database


def run_screen(
    make: Callable[[CallRecord], LiveCall],
    record: CallRecord,
    *,
    settings: Settings,
    unfinished: CallRecord | None = None,
    end_unfinished: Callable[[CallRecord], None] = lambda _: None,
    rang: Callable[[CallRecord, str, DateTime | None], object] = lambda *_: None,
    on_the_spot: bool = False,
    faults: Path | None = None,
    terminal: Terminal | None = None,
    ended: Callable[[LiveCall], None] | None = None,
    database: Database | None = None,
) -> int:
    """Run a call in this terminal; an exit code.

    An `unfinished` call is offered first: `end_unfinished` closes it as it was. `rang` is told
    what came of a ring that led to no talk, and when to call back. `on_the_spot` leaves out the
    card before the call. What fails is noted in the file `faults`, and the screen comes back.
    `ended` is told of the call that was left once it was over; the `database` is asked before it
    how it is.
    """
    call = make(record)
    terminal = terminal or Terminal()
    app: IviewApp
    card = unfinished is not None

    def begin() -> None:
        if on_the_spot:
            call.connect()

    def chosen(go_on: bool) -> None:
        nonlocal card
        assert unfinished is not None
        card = False
        if go_on:
            app.call = make(unfinished)
            app.follow(app.live_screen())
            return
        end_unfinished(unfinished)
        begin()
        app.follow(app.live_screen() if on_the_spot else app.before_screen())

    def begun(failed: SurvivingApp | None) -> SurvivingApp:
        nonlocal app
        again = failed if isinstance(failed, IviewApp) else None
        app = IviewApp(
            again.call if again else call,
            look=look(settings, light=terminal.light),
            before=offered if card else None,
            keymap=keymap(settings),
            calm=settings.reduced_motion,
            after_fault=again.hold() if again else None,
            leaves_at_end=ended is not None,
            database=database,
        )
        return app

    def offered(on: IviewApp) -> Screen[None]:
        assert unfinished is not None
        return on.resume_screen(unfinished, lambda: call.wall, chosen)

    if unfinished is None:
        begin()
    _say_what_is_refused()
    log = FaultLog(faults, call.clock.wall)
    code = run_surviving(begun, log=log, close=lambda: app.call.close(), terminal=terminal)
    if app.fault is not None:
        _say_that_it_failed(log)
    elif app.outcome is not None:
        rang(record, *app.outcome)
    elif ended is not None and code == 0 and app.call.live.phase is Phase.ENDED:
        ended(app.call)
    return code


def run_played(
    call: LiveCall,
    clock: HeldClock,
    cues: tuple[Cue, ...],
    *,
    speed: float,
    tour: tuple[Cue, ...] = (),
    settings: Settings,
    terminal: Terminal | None = None,
) -> int:
    """Show a scripted call, with what the `tour` says of it; an exit code."""
    from iview_tui.ui.player import PlayedApp

    terminal = terminal or Terminal()
    _say_what_is_refused()
    log = FaultLog(None, call.clock.wall)
    return run_surviving(
        lambda _: PlayedApp(call, clock, cues, speed=speed, tour=tour,
                            look=look(settings, light=terminal.light),
                            keymap=keymap(settings), back_date=settings.back_date),
        log=log, lives=1, terminal=terminal,
    )  # fmt: skip


def run_house(
    services: House,
    *,
    settings: Settings,
    first: str = "today",
    about: str = "",
    faults: Path | None = None,
    terminal: Terminal | None = None,
) -> tuple[int, Wanted | None]:
    """Run the screens outside the call; an exit code, and what is wanted next."""
    from iview_tui.ui.house import HouseApp

    terminal = terminal or Terminal()
    app: HouseApp

    def begun(failed: SurvivingApp | None) -> SurvivingApp:
        nonlocal app
        app = HouseApp(
            services, look=look(settings, light=terminal.light), keymap=keymap(settings),
            calm=settings.reduced_motion, first="today" if failed else first,
            about="" if failed else about,
        )  # fmt: skip
        return app

    log = FaultLog(faults, services.clock.wall)
    code = run_surviving(begun, log=log, close=services.close, terminal=terminal)
    return code, app.wanted


def look(settings: Settings, *, light: bool | None = None) -> themes.Look:
    """The theme that was set, else the one that fits the terminal, in the colors that it has."""
    name = settings.theme
    if name == "auto":
        name = "light" if light else "dark"
    return themes.look(name, themes.depth(os.environ), ascii_only=settings.ascii)


def keymap(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The keys that somebody moved, by the ids of what they do."""
    if not settings.keys:
        return {}
    from iview_tui.ui.remapping import remap

    return remap(settings.keys).keys


def _say_what_is_refused() -> None:
    for name in REFUSED:
        sys.stderr.write(f"iview: {name} is not obeyed: it can write what is typed into files\n")


def _say_that_it_failed(log: FaultLog) -> None:
    where = f"; where it failed is noted in {log.path}" if log.path else ""
    sys.stderr.write(
        f"iview: stopped after too many faults of its own; what was typed is kept, "
        f"and iview live goes on with it{where}\n"
    )
