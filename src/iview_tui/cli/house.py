"""Bare `iview`: Today on the screen, and the calls and demos that are begun from there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iview_tui.cli.codes import DATABASE

if TYPE_CHECKING:
    from iview_tui.paths import Paths
    from iview_tui.services.call import LiveCall
    from iview_tui.services.house import Wanted
    from iview_tui.ui.terminal import Terminal

Next = tuple[str, str]
"""A screen by its name, and what it is about."""
TODAY: Next = ("today", "")


def run(
    first: Next = TODAY, *, paths: Paths | None = None, terminal: Terminal | None = None
) -> int:
    """One screen after another, until the person leaves; an exit code."""
    from iview_tui.cli import arguments
    from iview_tui.cli.live import ask_background, settings
    from iview_tui.paths import find
    from iview_tui.services.house import House
    from iview_tui.ui.run import run_house
    from iview_tui.ui.terminal import Terminal

    paths = paths or find(os.environ)
    terminal = terminal or Terminal(ask_background())
    house = House(paths, arguments.clock(), settings().me)
    while True:
        code, wanted = run_house(
            house, settings=settings(), first=first[0], about=first[1], terminal=terminal,
            faults=paths.state / "faults.log",
        )  # fmt: skip
        if wanted is None:
            return code
        if wanted.what == "demo":
            _demo(terminal)
            first = TODAY
        else:
            code, first = _call(wanted, house.paths, terminal)
            if code >= 128:  # a signal ended it
                return code


def _demo(terminal: Terminal) -> None:
    from iview_tui.cli.live import settings
    from iview_tui.services import demo
    from iview_tui.ui.run import run_played

    run_played(*demo.ready(), speed=12.0, tour=demo.tour(), settings=settings(), terminal=terminal)


def _call(wanted: Wanted, paths: Paths, terminal: Terminal) -> tuple[int, Next]:
    """Run a call; its exit code, and the screen that follows it."""
    from iview_tui.cli import arguments, live
    from iview_tui.services.house import Refused, call_wanted
    from iview_tui.services.keeping import Keeping
    from iview_tui.store.errors import BusyDatabase
    from iview_tui.ui.run import run_screen

    clock = arguments.clock()
    over: list[LiveCall] = []
    name = wanted.contact.name if wanted.contact else None
    try:
        record = call_wanted(wanted, paths, clock)
        keeping = Keeping(paths, clock, name, after_paint=True)
    except (BusyDatabase, Refused) as reason:
        return DATABASE, ("today", str(reason))
    with keeping:
        unfinished = keeping.unfinished()
        if unfinished is not None and unfinished.id == record.id:
            record, unfinished = unfinished, None  # its end was taken back just now
        code = run_screen(
            lambda chosen: live.made_call(
                chosen, clock, keeping.keeper, plain=False, database=paths.database
            ),
            record,
            unfinished=unfinished,
            end_unfinished=keeping.end_as_it_was,
            rang=keeping.rang,
            on_the_spot=wanted.now,
            settings=live.settings(),
            faults=paths.state / "faults.log",
            terminal=terminal,
            ended=over.append,
            database=keeping,
        )
    return code, ("debrief", over[0].record.id) if over else TODAY


def debrief(call: str, paths: Paths, terminal: Terminal) -> int:
    """What follows a call: its debrief, and from there all the rest."""
    return run(("debrief", call), paths=paths, terminal=terminal)
