"""Text of several lines, in the same colors as all else; the screen's keys win over its own."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from iview_tui.domain.text import bounded, clean
from iview_tui.ui.keys import Keys
from iview_tui.ui.themes import Look

MOST = 200_000
"""Characters that it takes."""
OWN = frozenset(
    {"enter", "up", "down", "pageup", "pagedown", "ctrl+z", "ctrl+j", "ctrl+c", "left", "right"}
)
"""Keys that are the text's own, whatever they do in the line."""


class Editor(TextArea):
    """The text."""

    DEFAULT_CSS = """
    Editor, Editor:focus {
        border: none;
        padding: 0;
        background: ansi_default;
        background-tint: transparent;
        scrollbar-size: 0 0;
    }
    """

    def __init__(
        self, look: Look, keys: Keys, pressed: Callable[[str], None], *, numbers: bool
    ) -> None:
        """`pressed` is told of every key of the screen's table that is not the text's own."""
        super().__init__(soft_wrap=True, show_line_numbers=numbers, id="editor")
        self.register_theme(_theme(look))
        self.theme = "look"
        self.cursor_blink = False
        self._pressed = pressed
        self._ours = {
            key: action.command
            for action in keys.actions
            for key in action.keys
            if key not in OWN and action.command
        }

    async def _on_key(self, event: events.Key) -> None:
        """The screen's keys first, then typing."""
        command = self._ours.get(event.key)
        if command is not None:
            event.stop()
            event.prevent_default()
            self._pressed(command)
            return
        if event.key == "ctrl+j":  # a line end that was pasted without marks
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """What is pasted comes through the door."""
        event.stop()
        event.prevent_default()
        room = max(MOST - len(self.text), 0)
        self.insert(bounded(clean(event.text), room))

    def rows(self, height: int) -> list[tuple[int, bool]]:
        """For each row that is seen: the line of the text (from 0), and whether it begins there;
        -1 behind the end."""
        top = self.scroll_offset.y
        found: list[tuple[int, bool]] = []
        for at in range(height):
            if top + at >= self.wrapped_document.height:
                found.append((-1, False))
                continue
            row, column = self.wrapped_document.offset_to_location(Offset(0, top + at))
            found.append((row, column == 0))
        return found


def _theme(look: Look) -> TextAreaTheme:
    """Our roles as the text's theme."""
    caret = look.style("background!", "caret")
    raised = look.style("text", "raised")
    return TextAreaTheme(
        "look",
        base_style=look.style("text"),
        gutter_style=look.style("muted"),
        cursor_style=caret,
        cursor_line_style=Style(bgcolor=raised.bgcolor),
        cursor_line_gutter_style=look.style("strong", "raised"),
        selection_style=look.style("strong", "surface"),
    )
