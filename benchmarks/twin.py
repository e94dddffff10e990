"""The bare twin: Textual's own Header, Footer and TextArea, and a label that shows the second."""

import time
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Label, TextArea


class Twin(App[None]):
    """What a program of this kind costs before it does anything."""

    BINDINGS: ClassVar = [("ctrl+n", "nothing", "Nothing")]

    def compose(self) -> ComposeResult:
        """Four widgets."""
        yield Header()
        yield Label("clock 0", id="clock")
        yield TextArea()
        yield Footer()

    def on_mount(self) -> None:
        """Let the second be shown, and the text be typed."""
        began = time.monotonic()
        clock = self.query_one("#clock", Label)
        self.set_interval(1.0, lambda: clock.update(f"clock {time.monotonic() - began:.0f}"))
        self.query_one(TextArea).focus()

    def action_nothing(self) -> None:
        """A key in the footer."""


if __name__ == "__main__":
    Twin().run()
