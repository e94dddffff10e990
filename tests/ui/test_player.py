"""The demo in the real screen: what it says of itself, and how a key takes over."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.events import Paste

from iview_tui.domain.entry import Kind
from iview_tui.domain.live import Phase
from iview_tui.services import demo
from iview_tui.ui.player import OVER, YOURS, PlayedApp
from iview_tui.ui.screens.live import LiveScreen

Text = Callable[[App[Any]], str]
AT = 5 * 60 + 30
NARROWEST = 58
"""Cells of a row at 60 columns."""


@pytest.fixture
def app() -> PlayedApp:
    """So slow that only `step` moves the call."""
    return PlayedApp(*demo.ready(), speed=1e-6, tour=demo.tour(), back_date=8)


def live(app: PlayedApp) -> LiveScreen:
    assert isinstance(app.screen, LiveScreen)
    return app.screen


def test_every_sentence_fits_the_narrowest_screen() -> None:
    sentences = [cue.text or "" for cue in demo.tour()]

    assert [words for words in sentences if not 0 < len(words) <= NARROWEST] == []
    assert len(YOURS) <= NARROWEST


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_it_says_what_is_shown_where_the_keys_would_be(
    app: PlayedApp, read: Text, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.step(AT)
        await pilot.pause()

        foot = read(app).splitlines()[-1]
        assert "Enter files the line" in foot
        assert "^Z undo" not in foot
        assert ("any key" in foot) == (size[0] == 80)


async def test_a_letter_takes_over_and_is_typed(app: PlayedApp, read: Text) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(AT + 38)  # half a line of the script is typed
        assert live(app).note.value
        before = len(app.call.live.log)
        await pilot.press("m")
        await pilot.pause()

        assert live(app).note.value == "m"
        assert YOURS in read(app)
        assert "any key" not in read(app)
        app.step(600)
        assert len(app.call.live.log) == before
        await pilot.press("y", "enter")
        entry = app.call.live.log[-1]
        assert (entry.kind, entry.text) == (Kind.NOTE, "my")
        assert entry.stamp == entry.entered - 8


async def test_a_key_of_the_call_takes_over_and_acts(app: PlayedApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(AT)
        topic = app.call.live.current
        await pilot.press("ctrl+n")

        assert not app.cues
        assert app.call.live.current != topic


async def test_a_paste_takes_over(app: PlayedApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(AT)
        app.post_message(Paste("pasted words"))
        await pilot.pause()

        assert (live(app).note.value, app.cues) == ("pasted words", [])


async def test_the_end_is_asked_for_once_it_is_theirs(app: PlayedApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(AT)
        await pilot.press("f10")

        assert app.call.live.phase is Phase.LIVE


async def test_ctrl_q_leaves_at_once_and_other_keys_that_do_nothing_do_nothing(
    app: PlayedApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(AT)
        await pilot.press("f20")
        assert app.cues
        await pilot.press("ctrl+q")

    assert app.return_code == 0


async def test_when_it_is_over_the_keys_are_back(app: PlayedApp, read: Text) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.step(34 * 60)
        await pilot.pause()

        assert OVER in read(app)
        assert "leave" in read(app).splitlines()[-1]
