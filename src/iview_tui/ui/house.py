"""The app of everything outside the call: Today, and the screens that are gone to from it."""

import os

# Before Textual reads them, as in `ui.app`.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_FPS", "120")

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding
from textual.events import Key
from textual.screen import Screen

from iview_tui.services.house import House, Wanted
from iview_tui.ui import themes
from iview_tui.ui.screens.house import HouseScreen
from iview_tui.ui.terminal import SurvivingApp


class HouseApp(SurvivingApp):
    """One screen over another; Esc goes back. It returns an exit code, and what is wanted next."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "leave", "leave", id="house.leave-app", priority=True, show=False,
                tooltip="leave iview; everything is kept"),
    ]  # fmt: skip

    def __init__(
        self,
        services: House,
        *,
        look: themes.Look | None = None,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        calm: bool = False,
        first: str = "today",
        about: str = "",
    ) -> None:
        """Show the screen called `first`, which is about a call or person where it needs one."""
        self.services = services
        self.look = look or themes.look("dark", themes.depth(os.environ))
        self.keymap_given = keymap or {}
        self.calm = calm
        self.first = (first, about)
        self.wanted: Wanted | None = None
        """What is to be done once the screen is left: a call, or the demo."""
        super().__init__(ansi_color=True)

    def get_default_screen(self) -> Screen[None]:
        """Today, always at the bottom."""
        return self.made("today", "")

    def on_mount(self) -> None:
        """The first screen, and then the keys that nobody has taken."""
        name, about = self.first
        if name != "today":
            self.push_screen(self.made(name, about))
        self.call_after_refresh(self.ready_for_keys)

    def made(self, name: str, about: str) -> HouseScreen:
        """A screen by its name."""
        from iview_tui.ui.screens import rooms

        return rooms.screen(name, self, about)

    def go_to(self, command: str, rest: str, asking: HouseScreen) -> bool:
        """Go to the screen that a command names; False where it names none."""
        from iview_tui.ui.screens import rooms

        if command == "today":
            while len(self.screen_stack) > 1:
                self.pop_screen()
            return True
        if command == "demo":
            self.want(Wanted("demo"))
            return True
        if command not in rooms.BY_NAME or command == asking.TABLE:
            return False
        about = rest or rooms.about(command, asking)
        self.follow(self.made(command, about))
        return True

    def follow(self, screen: HouseScreen) -> None:
        """Another screen stands from now on, and has every key typed from now on."""
        self.hold_keys()
        self.push_screen(screen)
        screen.call_after_refresh(self.call_later, self.ready_for_keys)

    def go_back(self) -> None:
        """The screen before; at the first one only said how to leave."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif isinstance(self.screen, HouseScreen):
            self.screen.said("^Q leaves")

    def want(self, wanted: Wanted) -> None:
        """Leave the screen for a call."""
        self.wanted = wanted
        self.exit(0)

    def leave(self) -> None:
        """Leave the program."""
        self.exit(0)

    def action_leave(self) -> None:
        """The key does what is said of it."""
        self.leave()

    def on_key(self, event: Key) -> None:
        """A key that found nothing in focus is the line's."""
        if isinstance(self.screen, HouseScreen):
            self.screen.note.post_message(Key(event.key, event.character))
