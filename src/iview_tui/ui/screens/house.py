"""What all screens outside the call have: one line with the focus, a list, a subject, a band."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.events import Click, Resize
from textual.screen import Screen
from textual.timer import Timer

from iview_tui.services.house import House, Refused
from iview_tui.ui.house_keys import keys_of
from iview_tui.ui.keys import Action, named
from iview_tui.ui.layout import page as skeleton
from iview_tui.ui.layout.grid import Grid, grid
from iview_tui.ui.layout.noteline import Typed
from iview_tui.ui.layout.page import Band, Item, Page
from iview_tui.ui.layout.segs import EMPTY
from iview_tui.ui.widgets.note_line import NoteLine
from iview_tui.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

ECHO_LASTS = 4.0
PAGE = 10
"""Rows that a page key moves."""


class HouseScreen(Screen[None]):
    """A screen outside the call; its own part is `items`, `page` and what its commands do."""

    CSS_PATH = "house.tcss"
    AUTO_FOCUS = "NoteLine"
    TABLE: ClassVar[str] = "today"
    """Its table of keys in `ui.house_keys`."""
    LEAD: ClassVar[str] = "open"
    """What Enter is called in the footer."""
    TICKS: ClassVar[bool] = False
    """Whether it counts seconds."""

    def __init__(self, app: HouseApp) -> None:
        super().__init__()
        self.house: House = app.services
        self.look = app.look
        self.keys = keys_of(self.TABLE, app.keymap_given)
        self.grid: Grid = grid(80, 24)
        self.key: object = None
        """What the chosen row is about."""
        self.helping = False
        self.choices: tuple[Action, ...] | None = None
        self.notice: Band | None = None
        """What came of the last command, until the next key."""
        self.echo = ""
        self._echo_timer: Timer | None = None
        self._items: tuple[Item, ...] = ()
        self._shown: object = None
        self._list_key: object = None
        self.header = Rows(self.look, "header")
        self.body = Rows(self.look, "body")
        self.band = Rows(self.look, "band")
        self.note = NoteLine(self, self.look, self.keys, self.grid, "note")
        self.foot = Rows(self.look, "foot")

    # -- what each screen has of its own -------------------------------------------------------

    def load(self) -> None:
        """Read what is shown; called at first, and each time the screen is come back to."""

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """The rows of the list."""
        return ()

    def page(self, grid: Grid) -> Page:
        """All but the list; `self.key` is what is chosen."""
        return Page()

    def badge(self, text: str) -> str:
        """What the line is for."""
        return "find"

    def changed(self, text: str) -> None:
        """Something was typed that is no command."""

    def enter(self, text: str) -> None:
        """Enter, on a line that is no command."""

    def do(self, command: str, rest: str) -> None:
        """A command of this screen."""

    def back(self) -> bool:
        """Esc, with an empty line: whether there was something to go back to in this screen."""
        return False

    def moved(self, by: int) -> bool:
        """Up and Down: whether the screen did something of its own."""
        return False

    def take_focus(self) -> None:
        """What has the focus at first."""
        self.note.focus()

    # -- the screen ----------------------------------------------------------------------------

    @property
    def rooms(self) -> HouseApp:
        """The app, which knows the other screens."""
        return cast("HouseApp", self.app)

    def compose(self) -> ComposeResult:
        """Five widgets, from top to bottom."""
        yield from (self.header, self.body, self.band, self.note, self.foot)

    def on_mount(self) -> None:
        """Read what is to be shown."""
        self.take_focus()
        self._refused(self.load)
        self._resized()
        if self.TICKS:
            self.set_interval(1.0, self.tick)

    def on_screen_resume(self) -> None:
        """Come back to: what was shown may have changed."""
        if self.is_mounted and self._shown is not None:
            self._refused(self.load)
            self.show()

    def tick(self) -> None:
        """A second has passed."""
        if self.is_current:
            self.show()

    @on(Resize)
    def _resized(self) -> None:
        if self.size:
            self._place(grid(self.size.width, self.size.height))
            self._shown = None
            self.show()

    def show(self) -> None:
        """Paint what changed."""
        if not self.size:
            return
        self._items = self._list(self.grid)
        place = self._choose()
        page = self.page(self.grid)
        page = replace(page, items=self._items, place=place)
        if self._over_list:
            page = replace(page, whole=True, subject=())
        if self.notice is not None:
            page = replace(page, band=self.notice)
        painted = skeleton.painted(page, self.grid, self.look.signs)
        if painted == self._shown:
            self.note.repaint()
            return
        self._shown = painted
        self.header.show(painted.header)
        self.body.show(painted.body)
        self.band.show(painted.band)
        above = [EMPTY] * self.grid.above_keys
        self.foot.show([*above, skeleton.foot(self.keys, self.grid, self.LEAD)])
        self.note.repaint()

    @property
    def _over_list(self) -> bool:
        return self.helping or self.choices is not None

    def _list(self, grid: Grid) -> tuple[Item, ...]:
        signs = self.look.signs
        if self.choices is not None:
            return tuple(skeleton.choice_items(self.choices, grid, signs))
        if self.helping:
            return tuple(skeleton.help_items(self.keys, grid, signs, self._keys_now(grid)))
        return self.items(grid)

    def _keys_now(self, grid: Grid) -> tuple[str, ...]:
        """The keys that act on what is chosen: Enter, where it does, and those of the band."""
        enter = (named("enter"),) if self.LEAD else ()
        return tuple(dict.fromkeys((*enter, *(key for key, _ in self.page(grid).band.keys))))

    def _choose(self) -> int:
        """The row that is chosen: the one it was, else the first; its place, or -1."""
        keys = [each.key for each in self._items]
        wanted = self._list_key if self._over_list else self.key
        if wanted is None or wanted not in keys:
            wanted = next((key for key in keys if key is not None), None)
        if self._over_list:
            self._list_key = wanted
        else:
            self.key = wanted
        return keys.index(wanted) if wanted is not None else -1

    def _place(self, place: Grid) -> None:
        self.note.refresh()
        self.grid = self.note.grid = place
        heights = (
            (self.header, place.top + 3),
            (self.body, place.under_header + place.body + place.under_body),
            (self.band, place.band),
            (self.note, place.note),
            (self.foot, place.above_keys + 1),
        )
        for widget, height in heights:
            widget.styles.height = height

    # -- what the line asks --------------------------------------------------------------------

    def around(self, text: str) -> Typed:
        """Badge and echo for what is typed."""
        badge = "do" if text[:1] == "/" else self.badge(text)
        selection = (self.note.selection.start, self.note.selection.end)
        return Typed(text, self.note.cursor_position, badge, self.echo, False, False, False,
                     selection, self.typing)  # fmt: skip

    @property
    def typing(self) -> bool:
        """Whether the caret is in the line."""
        return True

    def typed(self, text: str) -> None:
        """Commands are listed while one is typed; anything else is the screen's."""
        self.notice = None
        if text == "?":
            self.note.put("")
            self.helping = not self.helping
        elif text[:1] == "/":
            self.choices = self._commands(text[1:]) if " " not in text else None
        else:
            self.choices = None
            self._refused(lambda: self.changed(text))
        self.show()

    def entered(self, text: str) -> None:
        """A command is run, the rest is the screen's."""
        self.notice = None
        text = text.strip()
        if self._over_list and (self.helping or " " not in text):
            self._take_from_list()
            return
        if text[:1] == "/":
            word, _, rest = text[1:].partition(" ")
            self.note.put("")
            self.choices = None
            self.run(word, rest.strip())
        else:
            self._refused(lambda: self.enter(text))
        self.show()

    def pressed(self, command: str) -> None:
        """A key of a command; what is typed stays."""
        if command not in ("up", "down"):
            self.notice = None
        self.run(command, "")
        self.show()

    def acted(self, action: str) -> None:
        """Nothing here is the line's own."""

    def said(self, words: str, *, first: bool = False) -> None:
        """Something to read for four seconds at the right end of the row."""
        self.echo = words
        if self._echo_timer is not None:
            self._echo_timer.stop()
        self._echo_timer = self.set_timer(ECHO_LASTS, self._echo_over) if words else None
        self.note.repaint()

    def _echo_over(self) -> None:
        self.echo = ""
        self.note.repaint()

    def tell(self, words: str, *keys: tuple[str, str], trouble: bool = False) -> None:
        """Something to read in the band, until the next key."""
        self.notice = Band(words, keys, ground="trouble" if trouble else "")

    def ask(self, line: str, words: str) -> None:
        """Begin a line that needs more words, and say which."""
        self.note.put(line)
        self.choices = None
        self.tell(words)

    def clear(self) -> None:
        """The line is empty."""
        self.note.put("")
        self.changed("")

    def _refused(self, do: Callable[[], object]) -> None:
        """Do it; why it cannot be done stands in the band."""
        try:
            do()
        except Refused as refused:
            self.tell(str(refused), trouble=True)

    # -- commands ------------------------------------------------------------------------------

    def run(self, command: str, rest: str) -> None:
        """A command by its name."""
        match command:
            case "up" | "down" | "pageup" | "pagedown":
                by = {"up": -1, "down": 1, "pageup": -PAGE, "pagedown": PAGE}[command]
                if self._over_list or not self.moved(by):
                    self.move(by)
            case "help":
                self.helping, self.choices = not self.helping, None
            case "all":
                listed = self.choices is not None
                self.note.put("" if listed else "/")
                self.choices = None if listed else self._commands("")
            case "back":
                self._back()
            case "quit":
                self.rooms.leave()
            case "take" if self.choices:
                self._complete()
            case "take" | "turn" | "undo":
                self._refused(lambda: self.do(command, rest))
            case _ if any(a.command == command for a in self.keys.actions):
                self._refused(lambda: self._do(command, rest))
            case _:
                near = [a.command for a in self._commands(command[:2])]
                mean = f"; is it /{near[0]}?" if near else "; ^P lists them all"
                self.tell(f"there is no command /{command} here{mean}", trouble=True)

    def _do(self, command: str, rest: str) -> None:
        if not self.rooms.go_to(command, rest, self):
            self.do(command, rest)

    def move(self, by: int) -> None:
        """Another row is chosen."""
        keys = [each.key for each in self._items if each.key is not None]
        if not keys:
            return
        now = self._list_key if self._over_list else self.key
        at = keys.index(now) if now in keys else 0
        wanted = keys[max(0, min(len(keys) - 1, at + by))]
        if self._over_list:
            self._list_key = wanted
        else:
            self.key = wanted

    def _back(self) -> None:
        if self._over_list:
            self.helping, self.choices = False, None
            if self.note.value[:1] == "/":
                self.note.put("")
        elif self.note.value:
            self.clear()
        elif not self.back():
            self.rooms.go_back()

    def _commands(self, begun: str) -> tuple[Action, ...]:
        begun = begun.casefold()
        hidden = ("up", "down", "pageup", "pagedown", "take", "turn", "back", "")
        return tuple(
            {
                a.command: a for a in self.keys.actions
                if a.command not in hidden and a.command.startswith(begun)
            }.values()
        )  # fmt: skip

    def _complete(self) -> None:
        command = self._list_key or (self.choices[0].command if self.choices else "")
        self.note.put(f"/{command} ")
        self.choices = None

    def _take_from_list(self) -> None:
        """Enter on a row of the help, or of the commands."""
        chosen = self._list_key
        self.choices, was_help = None, self.helping
        self.helping = False
        self.note.put("")
        action = next(
            (a for a in self.keys.actions if chosen in ((a.id,) if was_help else (a.command,))),
            None,
        )
        if action is not None and action.command not in ("", "help"):
            self.run(action.command, "")
        self.show()

    # -- the mouse -----------------------------------------------------------------------------

    @on(Rows.Clicked)
    def _clicked(self, event: Rows.Clicked) -> None:
        act = event.act
        if act.startswith("row "):
            wanted = self._items[int(act.split()[1])].key
            again = wanted in (self.key, self._list_key)
            if self._over_list:
                self._list_key = wanted
            else:
                self.key = wanted
            if again or self._over_list:
                self.entered(self.note.value)
            self.show()
            return
        found = next((a for a in self.keys.actions if act in (a.id, a.command)), None)
        found = found or next(
            (a for a in self.keys.actions for key in a.keys
             if act == named(key).lower()), None,
        )  # fmt: skip
        if found is not None and found.action == "submit":
            self.entered(self.note.value)
        elif found is not None:
            self.pressed(found.command)

    @on(Click)
    def _keep_focus(self) -> None:
        self.take_focus()
