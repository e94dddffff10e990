"""The app of the call: one screen after another over one call."""

import os

# Composed signs of more than 32 bytes arrive broken where Textual asks for kitty's keys; and a key
# is painted sooner where frames may be closer together. Both before Textual reads them.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_FPS", "120")

from collections.abc import Callable, Sequence
from typing import ClassVar

from pendulum import DateTime
from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from iview_tui.domain.record import CallRecord
from iview_tui.services.call import LiveCall
from iview_tui.ui import themes
from iview_tui.ui.screens.live import LiveScreen

OUR_KEYS = "call.how-to-end-app"


class IviewApp(App[int]):
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
        keymap: dict[str, str] | None = None,
        calm: bool = False,
    ) -> None:
        """Show a call.

        `before` makes the screen that stands before it, where it is not connected yet; `calm` is
        reduced motion; `keymap` moves actions by their ids.
        """
        self.call = call
        self.look = look or themes.look("dark", themes.depth(os.environ))
        self.before = before
        self.keymap_given = keymap or {}
        self.calm = calm
        self.titled = ""
        self.outcome: str | None = None
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
            rang=self.rang, left=lambda: self.exit(0),
        )  # fmt: skip

    def resume_screen(
        self, record: CallRecord, now: Callable[[], DateTime], chosen: Callable[[bool], None]
    ) -> Screen[None]:
        """The card of an unfinished call; `chosen` says what follows, by `follow` or `exit`."""
        from iview_tui.ui.screens.resume import ResumeScreen

        return ResumeScreen(record, self.look, now=now, chosen=chosen)

    def follow(self, screen: Screen[None]) -> None:
        """Another screen stands from now on; the one before it rests."""
        self.push_screen(screen)

    def rang(self, outcome: str) -> None:
        """Nobody talked: the outcome of the ring, and the program is left."""
        self.outcome = outcome
        self.exit(0)

    def live_screen(self) -> LiveScreen:
        """The screen of the call itself."""
        return LiveScreen(self.call, self.look, keymap=self.keymap_given, calm=self.calm)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None: Textual's grey filter still sends colours and makes all bands alike."""
        return ()

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


def run_live(
    call: LiveCall,
    *,
    look: themes.Look | None = None,
    before: Callable[[IviewApp], Screen[None]] | None = None,
    keymap: dict[str, str] | None = None,
    calm: bool = False,
) -> int:
    """Run a call in this terminal until it is left; an exit code."""
    app = IviewApp(call, look=look, before=before, keymap=keymap, calm=calm)
    return app.run() or app.return_code or 0
