"""One card for a call that was left unfinished: Enter goes on, e closes it."""

from collections.abc import Callable

from pendulum import DateTime
from textual import on
from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from iview_tui.domain.record import CallRecord
from iview_tui.ui.layout.before import unfinished
from iview_tui.ui.layout.grid import grid
from iview_tui.ui.themes import Look
from iview_tui.ui.widgets.rows import Rows


class ResumeScreen(Screen[None]):
    """The unfinished call, before anything else."""

    CSS = "ResumeScreen Rows { height: 100%; width: 100%; background: ansi_default; }"

    def __init__(
        self,
        record: CallRecord,
        look: Look,
        *,
        now: Callable[[], DateTime],
        chosen: Callable[[bool], None],
    ) -> None:
        """`chosen` is told True to go on and False to close it; `now` is the local time of day."""
        super().__init__()
        self.record = record
        self.look = look
        self.now = now
        self.chosen = chosen
        self.card = Rows(look, "card")

    def compose(self) -> ComposeResult:
        """One card."""
        yield self.card

    def on_mount(self) -> None:
        """The minutes since then run."""
        self.timer = self.set_interval(1.0, self.show)

    def on_screen_suspend(self) -> None:
        """Another screen stands: nothing runs here any more."""
        self.timer.stop()

    @on(Resize)
    def show(self) -> None:
        """Paint the card as it stands."""
        if self.size:
            place = grid(self.size.width, self.size.height)
            self.card.show(unfinished(self.record, self.now(), place, self.look.signs))

    def on_key(self, event: Key) -> None:
        """Enter goes on, e closes; nothing else does anything."""
        event.stop()
        self.act(event.key)

    @on(Rows.Clicked)
    def _clicked(self, event: Rows.Clicked) -> None:
        self.act(event.act)

    def act(self, key: str) -> None:
        """What a key does."""
        if key == "enter":
            self.chosen(True)
        elif key == "e":
            self.chosen(False)
