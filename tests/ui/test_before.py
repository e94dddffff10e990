"""The cards before a call: single keys act."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pendulum
import pytest
from textual.app import App

from iview_tui.domain.live import Phase
from iview_tui.services.call import LiveCall
from iview_tui.ui.app import IviewApp
from iview_tui.ui.screens.live import LiveScreen

Made = Callable[..., LiveCall]
AppOf = Callable[..., IviewApp]
Text = Callable[[App[Any]], str]
Same = Callable[[App[Any]], None]


def planned(made: Made, hour: int, minute: int) -> LiveCall:
    """Now is 14:00."""
    call = made(connected=False)
    call.record = replace(call.record, planned_at=pendulum.datetime(2026, 11, 24, hour, minute))
    return call


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=str)
async def test_the_card(
    made: Made, app_of: AppOf, same_screen: Same, size: tuple[int, int]
) -> None:
    app = app_of(planned(made, 14, 5))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("space", "ctrl+t")
        await pilot.pause()
        same_screen(app)


async def test_enter_is_connected_and_the_clock_starts(made: Made, app_of: AppOf) -> None:
    call = planned(made, 14, 5)
    app = app_of(call)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not call.live.spans
        await pilot.press("enter")
        await pilot.pause()

        assert call.live.phase is Phase.LIVE
        assert isinstance(app.screen, LiveScreen)
        assert call.live.agreement.end == 1800


@pytest.mark.parametrize(
    ("at", "key", "left"),
    [
        ((13, 50), "enter", 20), ((13, 50), "f", 30), ((13, 35), "enter", 30),
        ((13, 35), "u", 5), ((14, 5), "enter", 30), ((14, 0), "enter", 30),
    ],
)  # fmt: skip
async def test_a_late_call_ends_as_planned_unless_little_is_left(
    made: Made, app_of: AppOf, at: tuple[int, int], key: str, left: int
) -> None:
    call = planned(made, *at)
    app = app_of(call)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()

        assert call.live.agreement.end == left * 60


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        ("n", ("no_answer", None)),
        ("v", ("voicemail", None)),
        ("ch", ("call_back", pendulum.datetime(2026, 11, 24, 15, 0))),
        ("ct", ("call_back", pendulum.datetime(2026, 11, 25, 14, 0))),
        ("cw", ("call_back", pendulum.datetime(2026, 12, 1, 14, 0))),
        ("c\r", ("call_back", None)),
        ("c\x1bn", ("no_answer", None)),
    ],
)
async def test_a_ring_that_nobody_answered_leaves_with_its_outcome(
    made: Made, app_of: AppOf, keys: str, outcome: tuple[str, pendulum.DateTime | None]
) -> None:
    call = planned(made, 14, 0)
    app = app_of(call)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*({"\r": "enter", "\x1b": "escape"}.get(key, key) for key in keys))
        await pilot.pause()

    assert app.outcome == outcome
    assert call.live.phase is Phase.PLANNED


async def test_when_to_call_back_is_asked_and_no_key_starts_the_clock_meanwhile(
    made: Made, app_of: AppOf, read: Text
) -> None:
    call = planned(made, 14, 0)
    app = app_of(call)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("c", "x", "space")
        await pilot.pause()

        assert "call back when?" in read(app)
        assert "h in an hour  t tomorrow  w in a week  Enter they did not say  Esc back" in read(
            app
        )
    assert (app.outcome, call.live.phase) == (None, Phase.PLANNED)


async def test_the_card_of_an_unfinished_call(
    gate: LiveCall, app_of: AppOf, same_screen: Same
) -> None:
    gate.draft("started as in")
    chosen: list[bool] = []
    app = app_of(
        gate, before=lambda app: app.resume_screen(gate.record, lambda: gate.wall, chosen.append)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        same_screen(app)
        await pilot.press("x", "e", "enter")

    assert chosen == [False, True]


class Sick:
    """A database that is damaged until it is restored."""

    def __init__(self) -> None:
        self.words = "the database is damaged"

    def sickness(self) -> str:
        return self.words

    def restore(self) -> str:
        self.words = ""
        return "the backup of yesterday is back"


async def test_a_sick_database_is_named_before_the_call_and_one_key_restores_it(
    made: Made, app_of: AppOf, read: Text
) -> None:
    call = planned(made, 14, 0)
    app = app_of(call, database=Sick())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "The database is damaged." in read(app)
        await pilot.press("r")
        await pilot.pause()
        assert "the backup of yesterday is back" in read(app)
        assert "damaged" not in read(app)
        await pilot.press("enter")
        await pilot.pause()
        assert call.live.phase is Phase.LIVE


async def test_the_key_that_restores_does_nothing_where_all_is_well(
    made: Made, app_of: AppOf, read: Text
) -> None:
    well = Sick()
    well.words = ""
    app = app_of(planned(made, 14, 0), database=well)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("r")
        await pilot.pause()
        assert "DATABASE" not in read(app)
        assert "is back" not in read(app)
