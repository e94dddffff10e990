"""The app of the call: one screen after another over one call."""

import os

# Composed signs of more than 32 bytes arrive broken where Textual asks for kitty's keys; and a key
# is painted sooner where frames may be closer together. Both before Textual reads them.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_FPS", "120")

import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from pendulum import DateTime
from textual.binding import Binding
from textual.events import Key
from textual.screen import Screen

from iview_tui.domain.record import CallRecord
from iview_tui.domain.value import value
from iview_tui.services.call import LiveCall
from iview_tui.ui import themes
from iview_tui.ui.keys import ACTIONS, moved
from iview_tui.ui.screens.live import LiveScreen
from iview_tui.ui.terminal import SurvivingApp

if TYPE_CHECKING:
    from iview_tui.ui.screens.before import Database

OUR_KEYS = "call.how-to-end-app"
BACK = "back after a fault: all kept"


@value
class Held:
    """What only the screen knew of the half-typed line, when it failed."""

    text: str
    caret: int


class IviewApp(SurvivingApp):
    """The live call in a terminal. It returns an exit code."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "how_to_end", "how to end", id=OUR_KEYS, priority=True, show=False,
                tooltip="says how the call ends"),
    ]  # fmt: skip

    def __init__(
        self,
        call: LiveCall,
        *,
        look: themes.Look | None = None,
        before: Callable[["IviewApp"], Screen[None]] | None = None,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        calm: bool = False,
        after_fault: Held | None = None,
        database: "Database | None" = None,
        leaves_at_end: bool = False,
    ) -> None:
        """Show a call, or show it again `after_fault` with what was held of the half line.

        `before` makes the screen that stands before it, where it is not connected yet; `calm` is
        reduced motion; `keymap` moves actions by their ids; `database` is asked before the call
        how it is; with `leaves_at_end` the screen goes when the call is over, for what follows it.
        """
        self.call = call
        self.database = database
        self.look = look or themes.look("dark", themes.depth(os.environ))
        self.before = before
        self.keymap_given = keymap or {}
        self.calm = calm
        self.titled = ""
        self.after_fault = after_fault
        self.leaves_at_end = leaves_at_end
        self.live: LiveScreen | None = None
        """The screen of the call, once there is one."""
        self.failed_in_enter = False
        self.outcome: tuple[str, DateTime | None] | None = None
        """What came of the ring where nobody talked."""
        # The terminal's own colours stay its own; ours are exact, so nothing is to be filtered.
        super().__init__(ansi_color=True)

    def get_default_screen(self) -> Screen[None]:
        """The first screen at once, instead of an empty one below it."""
        if self.before is not None:
            return self.before(self)
        if self.call.record.connected_at is None:
            return self.before_screen()
        return self.live_screen()

    def before_screen(self) -> Screen[None]:
        """The card before the call; the live screen follows it once they picked up."""
        from iview_tui.ui.screens.before import BeforeScreen

        return BeforeScreen(
            self.call, self.look, connected=lambda: self.follow(self.live_screen()),
            rang=self.rang, left=lambda: self.exit(0), database=self.database,
            keys=moved(ACTIONS, self.keymap_given),
        )  # fmt: skip

    def resume_screen(
        self, record: CallRecord, now: Callable[[], DateTime], chosen: Callable[[bool], None]
    ) -> Screen[None]:
        """The card of an unfinished call; `chosen` says what follows, by `follow` or `exit`."""
        from iview_tui.ui.screens.resume import ResumeScreen

        return ResumeScreen(record, self.look, now=now, chosen=chosen)

    def follow(self, screen: Screen[None]) -> None:
        """Another screen stands from now on, and has every key typed from now on."""
        self.hold_keys()
        self.push_screen(screen)
        screen.call_after_refresh(self.call_later, self.ready_for_keys)

    def rang(self, outcome: str, next_at: DateTime | None) -> None:
        """Nobody talked: what came of the ring, when to call back, and the program is left."""
        self.outcome = outcome, next_at
        self.exit(0)

    def live_screen(self) -> LiveScreen:
        """The screen of the call itself."""
        self.live = LiveScreen(self.call, self.look, keymap=self.keymap_given, calm=self.calm)
        return self.live

    def on_mount(self) -> None:
        """Take up what was held, and then the keys that nobody has taken."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if not gc.isenabled():  # held back for a quick start; it passes over what is there
            gc.freeze()
            gc.enable()
        if self.after_fault is not None and self.live is not None:
            held, note = self.after_fault, self.live.note
            note.put(held.text)
            note.cursor_position = held.caret
            self.call.draft(held.text)
            self.live.said(BACK)
            self.live.show()
        self.ready_for_keys()

    def on_key(self, event: Key) -> None:
        """A key that found nothing in focus is the note line's all the same."""
        if not isinstance(self.screen, LiveScreen):
            return
        key = Key(event.key, event.character)
        if self.holding and self.terminal is not None:
            self.terminal.unread.appendleft(key)  # it was on its way to the screen before
        else:
            self.screen.note.post_message(key)

    def noted(self) -> None:
        """A command that fails is not to fail again when more is typed behind it."""
        line = self.live.note if self.live is not None else None
        self.failed_in_enter = line is not None and line.just_entered

    def hold(self) -> Held | None:
        """The half-typed line as the screen has it, for the app that comes after a fault."""
        live = self.live
        if live is None:
            return self.after_fault
        if live.palette_over is not None:
            return Held(live.palette_over, len(live.palette_over))
        text = live.note.value
        if self.failed_in_enter and text[:1] == "/" and len(text.split()) == 1:
            text = ""
        elif not text and self.call.desk.form is None and not self.failed_in_enter:
            text = self.call.record.draft or ""
        return Held(text, min(live.note.cursor_position, len(text)))

    def put_title(self, title: str) -> None:
        """Write the terminal's window title, where it changed; it holds words of ours alone."""
        if title != self.titled and self._driver is not None and not self.is_headless:
            begin = "" if self.titled else "\x1b[22;2t"
            self._driver.write(f"{begin}\x1b]2;{title}\x07")
        self.titled = title

    def on_unmount(self) -> None:
        """Give the window its own title back."""
        if self.titled and self._driver is not None and not self.is_headless:
            self._driver.write("\x1b[23;2t")

    def action_how_to_end(self) -> None:
        """The key only says how the call ends."""
        if isinstance(self.screen, LiveScreen):
            self.screen.how_to_end()
        else:
            self.exit(0)
