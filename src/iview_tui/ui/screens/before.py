"""The card before the call: single keys act, Enter is connected and starts the clock."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from pendulum import DateTime
from textual import on
from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from iview_tui.services.call import LiveCall
from iview_tui.ui.keys import KEYS, Keys, named
from iview_tui.ui.layout import before as layout
from iview_tui.ui.layout.grid import grid
from iview_tui.ui.themes import Look
from iview_tui.ui.widgets.rows import Rows


class Database(Protocol):
    """Where the call is going to be kept."""

    def sickness(self) -> str:
        """What is wrong with it, in words; may be asked from a thread."""

    def restore(self) -> str:
        """Bring the newest good backup back; what came of it, in words."""


class BeforeScreen(Screen[None]):
    """Checklist, number, what to say first; the outcome of a ring that led to no talk."""

    CSS = "BeforeScreen Rows { height: 100%; width: 100%; background: ansi_default; }"

    def __init__(
        self,
        call: LiveCall,
        look: Look,
        *,
        connected: Callable[[], None],
        rang: Callable[[str, DateTime | None], None],
        left: Callable[[], None],
        keys: Keys = KEYS,
        database: Database | None = None,
    ) -> None:
        """`connected` after the clock has started; where it did not, `rang` with what came of it,
        and when to call back.
        """
        super().__init__()
        self.call = call
        self.look = look
        self.keys = keys
        self.connected = connected
        self.rang = rang
        self.left = left
        self.database = database
        self.state = layout.Before(
            call.record,
            call.wall,
            call.fit,
            call.purpose,
            opening=tuple(call.spoken(call.record.guide.opening)),
            consent_question=call.consent_question,
        )
        self.card = Rows(look, "card")

    def compose(self) -> ComposeResult:
        """One card."""
        yield self.card

    def on_mount(self) -> None:
        """The time to the call runs."""
        self.timer = self.set_interval(1.0, self.show)
        if self.database is not None:
            self.run_worker(self._ask_how_it_is(self.database), exit_on_error=False)

    async def _ask_how_it_is(self, database: Database) -> None:
        """A large database takes a moment to read through; keys act meanwhile."""
        sick = await asyncio.to_thread(database.sickness)
        self.state = replace(self.state, sick=sick)
        self.show()

    def on_screen_suspend(self) -> None:
        """Another screen stands: nothing runs here any more."""
        self.timer.stop()

    @on(Resize)
    def show(self) -> None:
        """Paint the card as it stands."""
        if self.size:
            self.state = replace(self.state, now=self.call.wall)
            place = grid(self.size.width, self.size.height)
            self.card.show(layout.before(self.state, place, self.look.signs))

    def on_key(self, event: Key) -> None:
        """A key acts at once."""
        event.stop()
        event.prevent_default()
        self.act(event.key)

    @on(Rows.Clicked)
    def _clicked(self, event: Rows.Clicked) -> None:
        self.act({"esc": "escape"}.get(event.act, event.act))

    def act(self, key: str) -> None:
        """What a key does; a key of the call says that it arrives."""
        if self.state.calling_back:
            self._call_back(key)
            return
        state = self.state
        choice = layout.ends(state.record, self.call.wall)
        match key:
            case "enter":
                self._connect(planned=True)
                return
            case "f" if choice.both and choice.enter is not None:
                self._connect(planned=False)
                return
            case "u" if choice.both and choice.other is not None:
                self.call.connect(planned_end=choice.other)
                self.connected()
                return
            case "space":
                self._tick(state.place)
                self.state = replace(self.state, place=(state.place + 1) % len(layout.CHECKS))
            case "up" | "down":
                step = -1 if key == "up" else 1
                self.state = replace(state, place=(state.place + step) % len(layout.CHECKS))
            case "s":
                self.state = replace(state, voicemail=not state.voicemail)
            case "r" if state.sick and self.database is not None:
                said = self.database.restore()
                self.state = replace(state, said=said, sick=self.database.sickness())
            case "escape":
                self.left()
                return
            case "c":
                self.state = replace(state, calling_back=True, said=layout.WHEN)
            case _ if key in layout.OUTCOMES:
                self.rang(layout.OUTCOMES[key][0], None)
                return
            case _:
                self._try(key)
        self.show()

    def _call_back(self, key: str) -> None:
        outcome = layout.OUTCOMES["c"][0]
        if key in layout.CALL_BACK:
            self.rang(outcome, self.call.wall.add(**layout.CALL_BACK[key][1]))
        elif key == "enter":
            self.rang(outcome, None)
        elif key == "escape":
            self.state = replace(self.state, calling_back=False, said="")
            self.show()

    def _connect(self, *, planned: bool) -> None:
        choice = layout.ends(self.state.record, self.call.wall)
        self.call.connect(planned_end=choice.enter if planned else None)
        self.connected()

    def _tick(self, place: int) -> None:
        ticked = self.state.ticked ^ {place}
        self.state = replace(self.state, ticked=ticked, said="")

    def _try(self, key: str) -> None:
        action = next((a for a in self.keys.actions if key in a.keys), None)
        if action is not None:
            said = f"{named(key)} arrives: {action.word}"
            ticked = self.state.ticked | {layout.KEYS_TRIED}
            self.state = replace(self.state, said=said, ticked=ticked)
