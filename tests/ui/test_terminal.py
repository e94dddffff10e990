"""What the terminal module leans on in Textual, and what it lets in and out."""

import asyncio
import unicodedata
from collections import deque
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.messages import TerminalSupportsSynchronizedOutput

from iview_tui.services.call import LiveCall
from iview_tui.ui.app import IviewApp
from iview_tui.ui.stream import MOST_PASTED, PASTE, PASTED, Pastes, ours, safe
from iview_tui.ui.terminal import QUERY_FRAMES, SurvivingApp, TerminalDriver, TextFilter

COLORED = "\x1b[?2026h\x1b[1;38;2;1;2;3mtext\x1b[0m\x1b[4;5H\n\x1b[?2026l"
HOSTILE = [
    "\x1b]52;c;aGk=\x07", "\x1b]0;owned\x07", "\x1bP+q544e\x1b\\", "\x1b_G\x1b\\", "\x1b[6n",
    "\x1b[c", "\x1bc", "\x9b2J", "\x9d0;x\x9c", "\x08\x08", "\x07", "\x0e", "\x7f",
    "a\u202eb", "\u2066x\u2069", "a\u200bb", "\ufeff", "\u2028", "\U000e0041", "\ud800",
]  # fmt: skip


# -- what is leaned on ---------------------------------------------------------------------------


def test_textual_has_what_the_terminal_module_leans_on() -> None:
    """A new version of Textual that moves one of these must be looked at."""
    for name in (
        "_handle_exception",
        "_close_messages_no_wait",
        "_build_driver",
        "get_line_filters",
    ):
        assert callable(getattr(App, name)), name
    assert Driver.__abstractmethods__ == {
        "write", "start_application_mode", "disable_input", "stop_application_mode",
    }  # fmt: skip
    assert isinstance(SurvivingApp.__mro__[1], type)


async def test_the_state_of_an_app_that_is_leaned_on(
    made: Callable[..., LiveCall], app_of: Callable[..., IviewApp]
) -> None:
    app = app_of(made())
    async with app.run_test() as pilot:
        await pilot.pause()

        assert app._loop is asyncio.get_running_loop()
        assert app._running
        assert app._exit is False
        assert app.screen in app._screen_stack
        assert isinstance(app._message_queue.values, deque)
        assert app._pending_message is None
        assert app.driver_class is TerminalDriver


def test_the_parser_reads_keys_and_the_answer_about_frames() -> None:
    parser = XTermParser(False)

    keys = [e.key for e in parser.feed("aÉ\r\x0e") if isinstance(e, events.Key)]
    answer = list(parser.feed("\x1b[?2026;2$y"))

    assert keys == ["a", "É", "enter", "ctrl+n"]
    assert [type(each) for each in answer] == [TerminalSupportsSynchronizedOutput]


async def test_keys_that_no_widget_has_taken_are_found_in_order(
    made: Callable[..., LiveCall], app_of: Callable[..., IviewApp]
) -> None:
    app = app_of(made())
    async with app.run_test() as pilot:
        await pilot.pause()
        note = app.focused
        assert note is not None
        app.post_message(events.Key("d", "d"))
        app.post_message(events.AppBlur())
        note.post_message(events.Key("a", "a"))
        app.screen.post_message(events.Paste("bc"))

        found = app._untaken()

        assert [getattr(m, "key", None) or m.text for m in found] == ["a", "bc", "d"]  # type: ignore[attr-defined]
        await pilot.pause()
        assert note.value == ""  # type: ignore[attr-defined]


async def test_a_letter_is_painted_at_its_key_and_the_frame_timer_is_not_waited_for(
    made: Callable[..., LiveCall], app_of: Callable[..., IviewApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(made())
    async with app.run_test() as pilot:
        await pilot.pause()
        note = app.focused
        assert note is not None
        shown: list[str] = []
        monkeypatch.setattr(app, "_display", lambda *_: shown.append(note.value))  # type: ignore[attr-defined]
        monkeypatch.setattr(app.screen._update_timer, "resume", lambda: shown.append("timer"))

        note.post_message(events.Key("a", "a"))
        await pilot.pause()

        assert shown == ["a"]
        assert not note._repaint_required
        assert not app.screen._dirty_widgets


# -- out -----------------------------------------------------------------------------------------


def test_our_own_orders_pass() -> None:
    title = "\x1b[22;2t\x1b]2;Notes\x07\x1b[23;2t\x1b]22;default\x07"
    for data in (COLORED, title, QUERY_FRAMES, "\x1b[?25l", "plain é 日本"):
        assert ours(data) == data


@pytest.mark.parametrize("bad", HOSTILE, ids=ascii)
def test_a_foreign_order_does_not_reach_the_terminal(bad: str) -> None:
    out = ours(f"\x1b[1m{bad}\x1b[0m")
    rest = out.removeprefix("\x1b[1m").removesuffix("\x1b[0m")

    assert rest.isprintable()
    assert safe(bad).isprintable()


@given(st.text(max_size=60))
@example("".join(HOSTILE))
def test_a_text_made_safe_takes_the_same_cells(text: str) -> None:
    out = safe(text)

    assert cell_len(out) == cell_len(text) or any(unicodedata.category(c) == "Cf" for c in text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in out)
    assert ours(out) == out


def test_the_filter_leaves_control_segments_and_styles_alone() -> None:
    segments = [Segment("a\x1b[31mb"), Segment("\x1b[1m", None, [(1,)])]  # type: ignore[list-item]

    first, second = TextFilter().apply(segments, Color(0, 0, 0))

    assert first.text == "a[31mb"
    assert second is segments[1]


# -- in ------------------------------------------------------------------------------------------


def taken(chunks: list[str], gap: float = 0.0) -> list[tuple[str, bool]]:
    """What came in, neighbors of a kind joined."""
    pastes, now = Pastes(), 0.0
    out: list[tuple[str, bool]] = []
    for chunk in chunks:
        now += gap
        for text, pasted in pastes.feed(chunk, now):
            if out and not pasted and not out[-1][1]:
                out[-1] = (out[-1][0] + text, False)
            else:
                out.append((text, pasted))
    return out + list(pastes.quiet(now + 1))


def test_a_paste_keeps_its_controls_and_its_place() -> None:
    assert taken([f"a{PASTE}x\x1b[31my\r\nz{PASTED}b"]) == [
        ("a", False), ("x\x1b[31my\r\nz", True), ("b", False),
    ]  # fmt: skip


@given(st.lists(st.integers(1, 40), max_size=12))
def test_a_paste_is_the_same_in_whatever_pieces_it_comes(cuts: list[int]) -> None:
    whole = f"ab{PASTE}one\x1b two\x1b[20 three{PASTED}cd{PASTE}x{PASTED}"
    places = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    chunks = [whole[a:b] for a, b in pairwise(places)]

    assert taken(chunks) == taken([whole])


def test_a_paste_without_an_end_is_over_with_the_first_lone_key() -> None:
    pastes = Pastes()

    first = [*pastes.feed(f"{PASTE}some words", 0.0), *pastes.quiet(0.3)]
    then = [*pastes.feed("k", 0.5), *pastes.feed("\r", 0.6)]

    assert first == [("some words", True)]
    assert then == [("k", False), ("\r", False)]


def test_what_is_pasted_is_bounded_at_once_and_the_rest_is_passed_over() -> None:
    pastes = Pastes()

    given_at_once = list(pastes.feed(PASTE + "x" * (MOST_PASTED + 5), 0.0))
    rest = [*pastes.feed("y" * 1000, 0.01), *pastes.feed(f"z{PASTED}k", 0.02)]

    assert given_at_once == [("x" * MOST_PASTED, True)]
    assert rest == [("k", False)]


def test_escape_alone_is_a_key_a_moment_later() -> None:
    pastes = Pastes()

    assert list(pastes.feed("\x1b", 0.0)) == []
    assert list(pastes.quiet(0.05)) == [("\x1b", False)]
