"""The demo call at its telling moments, and the screens around it, held still."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from iview_tui.services import demo
from iview_tui.ui import themes
from iview_tui.ui.app import IviewApp
from iview_tui.ui.house import HouseApp
from iview_tui.ui.player import PlayedApp
from iview_tui.ui.screens.house import HouseScreen
from iview_tui.ui.screens.live import LiveScreen


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the demo call."""

    name: str
    at: int
    """Seconds after connecting; below 0 the card before the call."""
    says: str
    """What is to be seen there."""
    half: str = ""
    """What stands half typed in the note line, where the script has nothing there."""
    screen: str = ""
    """The screen outside the call that it is of, by its name; then `at` says nothing."""
    about: str = ""
    keys: tuple[str, ...] = ()
    """Keys that are pressed there first."""


MOMENTS = (
    Moment("before", -270, "Before the call: what to have at hand, and what to say first"),
    Moment("drift", 19 * 60 + 32, "Mid-call: they drift, and a way back is ready",
           "lost by one vote, then"),
    Moment("gate", 22 * 60 + 49, "A quarter of the time is left: the question for names",
           "evenings are worst in the bud"),
    Moment("dropped", 16 * 60 + 50, "The line dropped: what to do, and how to go on"),
    Moment("wrap", 28 * 60 + 20, "Wrapping up: what to read back before the thanks",
           "councils publish minutes"),
    Moment("today", 0, "Today: the next call, what is due, who is quiet", screen="today"),
    Moment("people", 0, "Who is calling? The last digits of a number are enough",
           screen="people", keys=tuple("0142")),
    Moment("debrief", 0, "After the call: two minutes for what is still in the head",
           "nobody mentioned salaries, odd", "debrief", "Priya Raghunathan",
           (*"she laughed at the word vision", "enter")),
    Moment("review", 0, "A call read by topic, and when each was talked about", screen="review",
           about="Priya Raghunathan", keys=("down",) * 4),
    Moment("compare", 0, "One question across all talks", screen="compare",
           keys=("down", "ctrl+o", "ctrl+right", "ctrl+right", "ctrl+o")),
    Moment("guide", 0, "The list of questions as text, with its fit beside it", screen="guide",
           keys=("down",) * 9),
)  # fmt: skip
SIZES = ((80, 24), (120, 36))
THEMES = ("dark", "light")


async def strips(moment: Moment, size: tuple[int, int], theme: str) -> list[Strip]:
    """The rows of the screen at a moment."""
    look = themes.look(theme, themes.Depth.FULL)
    if moment.screen:
        return await _room(moment, size, look)
    app = _before(moment, look) if moment.at < 0 else _played(look)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if isinstance(app, PlayedApp):
            app.step(moment.at)
            if isinstance(app.screen, LiveScreen):
                _stand_still(app.screen, moment.half)
        await pilot.pause()
        return _painted(app)


async def _room(moment: Moment, size: tuple[int, int], look: themes.Look) -> list[Strip]:
    """A screen outside the call, over made-up people."""
    from screenshots.sample import house

    with TemporaryDirectory() as place:
        rooms = house(Path(place))
        try:
            app = HouseApp(rooms, look=look, first=moment.screen, about=moment.about)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await pilot.press(*moment.keys)
                await pilot.pause()
                screen = app.screen
                if isinstance(screen, HouseScreen):
                    screen.said("")
                    if moment.half:
                        screen.note.put(moment.half)
                        screen.typed(moment.half)
                await pilot.pause()
                return _painted(app)
        finally:
            rooms.close()


def _played(look: themes.Look) -> PlayedApp:
    # So slow that only `step` moves the call.
    return PlayedApp(*demo.ready(), speed=1e-6, look=look)


def _before(moment: Moment, look: themes.Look) -> IviewApp:
    call, clock, _ = demo.ready()
    clock.set_wall(demo.BEGINS.add(seconds=moment.at))
    call.record = replace(call.record, planned_at=demo.BEGINS)
    return IviewApp(call, look=look)


def _stand_still(screen: LiveScreen, half: str) -> None:
    """Let the last echo go, as it has by then, and type what is half typed."""
    screen.said("")
    if half:
        screen.note.put(half)
        screen.typed(half)


def _painted(app: App[int]) -> list[Strip]:
    """Every row as its widgets paint it; they lie beside and below, not over, each other."""
    width, height = app.size
    rows = [Strip.blank(width) for _ in range(height)]
    for widget in app.screen.query(Widget):
        x, y, wide, high = widget.region
        for number, strip in enumerate(widget.render_lines(Region(0, 0, wide, high))):
            row = rows[y + number]
            rows[y + number] = Strip.join([row.crop(0, x), strip, row.crop(x + wide, width)])
    return rows
