"""A database with ten talks and the demo's, for the screens outside the call."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pendulum

from fields import talks
from iview_tui.clock import HeldClock
from iview_tui.paths import Paths, find, make_ready
from iview_tui.services import demo
from iview_tui.services.afterwards import work_out
from iview_tui.services.house import House
from iview_tui.store import interviews
from iview_tui.store.database import open_to_write
from iview_tui.ui import themes
from iview_tui.ui.house import HouseApp

NOW = pendulum.datetime(2026, 3, 2, 15, 30)
"""An hour after the demo's call: its thank-you is due."""


def filled(place: Path) -> Paths:
    """The places of a database with everything in it."""
    paths = find({"IVIEW_HOME": str(place)}, None)
    make_ready(paths)
    with (
        open_to_write(paths.database, NOW) as database,
        database.transaction() as connection,
    ):
        for record in (*talks(), demo.played().record):
            interviews.add_interview(connection, record)
        work_out(connection)
    return paths


@contextmanager
def opened(paths: Paths, *, at: pendulum.DateTime = NOW) -> Iterator[House]:
    """The services over it, on a held clock."""
    house = House(paths, HeldClock(at))
    try:
        yield house
    finally:
        house.close()


def app(house: House, first: str = "today", about: str = "", *, theme: str = "dark") -> HouseApp:
    """The app over it, in full colors."""
    return HouseApp(house, look=themes.look(theme), first=first, about=about)
