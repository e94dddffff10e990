"""The live screen as a person meets it: keys, lines, cards, sizes."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.events import Paste

from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Kind
from iview_tui.domain.record import Contact
from iview_tui.services.call import LiveCall
from iview_tui.ui.app import IviewApp
from iview_tui.ui.screens.live import HOW_TO_END, LiveScreen

Same = Callable[[App[Any]], None]
Made = Callable[..., LiveCall]
AppOf = Callable[..., IviewApp]
Text = Callable[[App[Any]], str]


async def write(pilot: Any, text: str) -> None:
    """A line at once; as keys it takes Pilot a twentieth of a second a sign."""
    live(pilot.app).note.post_message(Paste(text))
    await pilot.pause()


def live(app: IviewApp) -> LiveScreen:
    assert isinstance(app.screen, LiveScreen)
    return app.screen


def pass_time(call: LiveCall, seconds: int) -> None:
    assert isinstance(call.clock, HeldClock)
    call.clock.advance(seconds)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (120, 36), (200, 50)], ids=str)
async def test_the_gate_at_a_size(
    gate: LiveCall, app_of: AppOf, same_screen: Same, size: tuple[int, int]
) -> None:
    app = app_of(gate)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await write(pilot, "started as intern")
        same_screen(app)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("wrap", ["f8"]), ("dropped", ["f9"]), ("help", ["f1"]), ("palette", ["a", "f11", "down"]),
        ("commands", ["slash", "w"]), ("hidden", ["a", "b", "f12"]), ("name", ["a", "f3", "D"]),
        ("bridge", ["f4"]),
    ],
)  # fmt: skip
async def test_a_card(
    gate: LiveCall, app_of: AppOf, same_screen: Same, name: str, keys: list[str]
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        same_screen(app)


async def test_the_opening_and_ascii(made: Made, app_of: AppOf, same_screen: Same) -> None:
    app = app_of(made(), ascii_only=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        same_screen(app)


async def test_what_is_typed_is_kept_before_it_is_painted(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"half", "space", *"a", "space", *"li")
        assert gate.record.draft == "half a li"
        await pilot.press("f5")

        assert live(app).note.value == "half a li"
        assert gate.live.log[-1].kind is Kind.STAR
        assert gate.record.draft == "half a li"


async def test_enter_files_a_line_and_the_next_one_begins_at_once(
    gate: LiveCall, app_of: AppOf
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a", "enter", "b", "enter", "c")

        words = [e.text for e in gate.live.log if e.kind is Kind.NOTE]
        assert words[-2:] == ["a", "b"]
        assert live(app).note.value == "c"


async def test_a_line_feed_is_enter_unless_it_follows_one(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = len([e for e in gate.live.log if e.kind is Kind.NOTE])
        await pilot.press("a", "enter", "ctrl+j", "b", "ctrl+j")

        words = [e.text for e in gate.live.log if e.kind is Kind.NOTE]
        assert words[before:] == ["a", "b"]


async def test_the_key_of_the_question_says_asked_after_three_seconds(
    gate: LiveCall, app_of: AppOf, read: Text
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "^N covered" in read(app)
        pass_time(gate, 4)
        live(app).tick()
        assert "^N asked  ^R" in read(app)
        await pilot.press("ctrl+n")

        assert gate.live.log[-1].kind is Kind.SAID
        assert "NAMES 0  asked" in read(app)


async def test_down_and_up_move_the_topic_and_the_half_line_stays(
    gate: LiveCall, app_of: AppOf
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x", "down")
        assert gate.live.current == 6
        await pilot.press("up", "up")

        assert gate.live.current == 4
        assert live(app).note.value == "x"


async def test_undo_takes_typing_first_then_the_entry(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "kept note")
        await pilot.press("enter")
        await pilot.press(*"two", "space", *"words")
        await pilot.press("ctrl+z")
        assert live(app).note.value == "two "
        await pilot.press("ctrl+z")
        assert live(app).note.value == ""
        await pilot.press("ctrl+z")

        assert gate.live.log[-1].kind is Kind.UNDO
        assert not any(e.text == "kept note" for e in gate.live.counting)


async def test_the_five_questions_step_aside_and_the_half_line_comes_back(
    gate: LiveCall, app_of: AppOf, read: Text
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "half")
        await pilot.press("ctrl+r")
        assert "\n name\n" in read(app)
        await write(pilot, "Dele Okonjo")
        await pilot.press("enter", "enter", "enter", "enter", "enter")

        assert [r.name for r in gate.live.names] == ["Dele Okonjo"]
        assert live(app).note.value == "half"
        assert gate.record.draft == "half"


async def test_esc_leaves_the_five_questions(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("h", "ctrl+r", "escape")

        assert gate.desk.form is None
        assert live(app).note.value == "h"


async def test_the_palette_runs_a_line_in_mid_sentence(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        end = gate.live.agreement.end
        await write(pilot, "they said")
        await pilot.press("ctrl+p")
        await write(pilot, "+5")
        await pilot.press("enter")

        assert gate.live.agreement.end == end + 300
        assert live(app).note.value == "they said"
        assert gate.record.draft == "they said"


async def test_the_palette_finds_an_action_by_its_words(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("h", "ctrl+p")
        await write(pilot, "nobody")
        await pilot.press("enter")

        assert gate.live.log[-1].kind is Kind.NONE
        assert live(app).note.value == "h"


async def test_the_list_of_commands_completes_and_lets_go(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "/st")
        screen = live(app)
        assert screen.choices is not None
        assert [c.text for c in screen.choices] == ["/star", "/still"]
        await pilot.press("down", "tab")
        assert screen.note.value == "/star"
        await pilot.press("escape")
        assert screen.choices is None

        assert screen.note.value == "/star"


async def test_a_typed_slash_line_is_read_as_in_plain_mode_unless_chosen(
    gate: LiveCall, app_of: AppOf
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "/privat")
        await pilot.press("enter")

        assert live(app).note.value == "/privat"
        assert gate.desk.stayed is not None
        assert not gate.live.private_mode


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_the_keys_that_end_other_programs_only_say_how(
    gate: LiveCall, app_of: AppOf, read: Text, key: str
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        assert app.is_running
        assert HOW_TO_END in read(app)


async def test_a_paste_of_lines_is_one_note_with_its_line_ends(
    gate: LiveCall, app_of: AppOf, read: Text
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        live(app).note.post_message(Paste("/end\r\nsecond\nthird"))
        await pilot.pause()
        assert "/end¶second¶third" in read(app)
        await pilot.press("enter")

        assert gate.live.log[-1].text == "/end\nsecond\nthird"
        assert gate.live.ended_at is None


async def test_a_resize_in_mid_word_keeps_every_place(
    gate: LiveCall, app_of: AppOf, read: Text
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "start")
        for size in ((60, 20), (200, 60), (120, 36), (100, 30), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = read(app).splitlines()
            top = 1 if size[1] >= 34 else 0
            assert "7:10 left" in lines[top]
            assert "NAMES 0  ask now" in lines[top]
            assert any("SAY" in line for line in lines[-8:])
            note = next(line for line in lines if "start" in line and "note > 5" in line)
            assert note.index("start") == live(app).grid.label
        await write(pilot, "ed")

        assert live(app).note.value == "started"


HOSTILE = "[red]x[/] [@click=app.quit]y [/ \x1b[2J ] \u202e RTL [bold"


async def test_hostile_text_is_only_text(made: Made, app_of: AppOf, read: Text) -> None:
    who = Contact("c", HOSTILE, HOSTILE, HOSTILE, (), (HOSTILE,), HOSTILE)
    call = made(contact=who, purpose=HOSTILE)
    app = app_of(call)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for sign in ("", "!", '"', "&", "<", ">", "~", "$", "?"):
            call.enter(f"{sign}{HOSTILE}")
        call.enter(f"@Ana Brandt, {HOSTILE}")
        for key in ("f8", "f8", "f9", "f9", "f1"):
            await pilot.press(key)
            live(app).tick()
        await pilot.pause()

        assert app.is_running
        assert "[red]x[/] [@click=app.quit]y" in read(app)
        assert "\x1b[2J" not in read(app)


async def test_a_click_on_a_topic_goes_there_and_the_line_keeps_the_focus(
    gate: LiveCall, app_of: AppOf
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("#body", offset=(8, 2))
        await pilot.pause()

        assert gate.live.current == 3
        assert app.focused is live(app).note


async def test_a_second_repaints_only_what_changed(gate: LiveCall, app_of: AppOf) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = live(app)
        seen: list[tuple[str, Any]] = []
        for widget in (screen.header, screen.body, screen.band, screen.foot):
            kept = widget.refresh

            def refresh(*regions: Any, _of: Any = widget, _kept: Any = kept, **more: Any) -> Any:
                seen.append((_of.id, regions))
                return _kept(*regions, **more)

            widget.refresh = refresh  # type: ignore[method-assign]
        pass_time(gate, 1)
        screen.tick()

        assert {part for part, _ in seen} == {"header"}
        assert all(r.height == 1 and r.width < 30 for _, regions in seen for r in regions)


async def test_the_end_and_what_follows(gate: LiveCall, app_of: AppOf, read: Text) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+backslash", "ctrl+backslash")
        await pilot.pause()
        assert gate.live.ended_at is not None
        assert "/quit leave" in read(app)
        await write(pilot, "still in my head")
        await pilot.press("enter")
        assert gate.live.log[-1].text == "still in my head"
        await pilot.press("ctrl+q")
    assert app.return_code == 0


async def test_a_line_of_the_palette_that_stays_costs_no_half_typed_word(
    gate: LiveCall, app_of: AppOf, read: Text
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        end = gate.live.agreement.end
        await write(pilot, "they said")
        await pilot.press("ctrl+p")
        await write(pilot, "+3")
        await pilot.press("enter")
        assert "Enter again" in read(app)
        assert gate.record.draft == "they said"
        await pilot.press("enter")

        assert gate.live.agreement.end == end + 180
        assert live(app).note.value == "they said"
        assert gate.record.draft == "they said"


async def test_what_stepped_aside_for_the_five_questions_is_kept_with_their_answers(
    gate: LiveCall, app_of: AppOf
) -> None:
    app = app_of(gate)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "half")
        await pilot.press("ctrl+r")
        await write(pilot, "Dele Okonjo")
        await pilot.press("enter")
        await write(pilot, "Metro")

        assert gate.record.draft == "half\n@Dele Okonjo, Metro"


async def test_the_opening_has_the_name_as_said_the_hook_and_their_time(
    made: Made, app_of: AppOf, read: Text
) -> None:
    who = Contact(
        "c1", "Priya Raghunathan", via="Susan Wilson", said="PREE-ya", time_zone="America/New_York",
        background="redrew the bus map\nlong ago",
    )  # fmt: skip
    app = app_of(made(contact=who))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = read(app)

    assert "said  PREE-ya" in text
    assert "hook  redrew the bus map" in text
    assert "long ago" not in text
    assert "theirs)" in text.splitlines()[0]


async def test_trouble_is_looked_at_when_it_comes(made: Made, app_of: AppOf) -> None:
    call = made()
    app = app_of(call)
    async with app.run_test() as pilot:
        await pilot.pause()
        before = call.live.now
        pass_time(call, 7)
        live(app).post_message(LiveScreen.Troubled())
        await pilot.pause()

        assert call.live.now == before + 7


async def test_trouble_that_is_told_when_no_loop_runs_harms_no_thread(
    made: Made, app_of: AppOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = made()
    told: list[Callable[[], object]] = []
    monkeypatch.setattr(call.keeper, "watch", told.append)
    app = app_of(call)
    async with app.run_test() as pilot:
        await pilot.pause()
        posted: list[object] = []

        def closed(message: object) -> bool:
            posted.append(message)
            raise RuntimeError("Event loop is closed")

        with monkeypatch.context() as gone:
            gone.setattr(live(app), "post_message", closed)
            told[0]()

    assert len(posted) == 1
