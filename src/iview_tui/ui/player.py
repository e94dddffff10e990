"""A scripted call in the real screen: the lines are typed as if by a person, the clock is held."""

from collections.abc import Mapping

from textual import events
from textual.timer import Timer

from iview_tui.clock import HeldClock
from iview_tui.domain.live import Phase
from iview_tui.services.call import LiveCall
from iview_tui.services.replay import Cue
from iview_tui.ui.app import IviewApp
from iview_tui.ui.screens.live import LiveScreen
from iview_tui.ui.themes import Look

SIGNS_A_SECOND = 6
"""Characters of a line that are typed in a second of the call."""
FRAMES = 20
"""Steps a second, at most: faster calls take several seconds of the call a step."""
OVER = "the demo is over: ctrl+q leaves"
TAKE_OVER = "any key: it is yours"
YOURS = "The demo has stopped; the call is yours: type a note."
YOURS_LASTS = 8.0
"""Seconds for which that stands in the place of the keys."""


class PlayedApp(IviewApp):
    """The live screen, played from a script, until a key takes over."""

    def __init__(
        self,
        call: LiveCall,
        clock: HeldClock,
        cues: tuple[Cue, ...],
        *,
        speed: float,
        tour: tuple[Cue, ...] = (),
        look: Look | None = None,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        back_date: int = 0,
    ) -> None:
        """Play `cues` at `speed` times the speed of the clock; the `tour` says what they show.

        Lines of whoever takes over are stamped `back_date` seconds before their first keystroke.
        """
        super().__init__(call, look=look, keymap=keymap)
        self.held = clock
        self.cues = [cue for cue in cues if cue.text is not None]
        self.tour = tour
        self.speed = speed
        self.back_date = back_date
        self._timer: Timer | None = None
        call.connect()

    def on_mount(self) -> None:
        """Let the held clock run."""
        per_step = max(1, round(self.speed / FRAMES))
        self._timer = self.set_interval(per_step / self.speed, lambda: self.step(per_step))

    def step(self, seconds: int) -> None:
        """Some seconds of the call pass; lines are typed and filed at their moments."""
        screen = self.screen
        if not self.cues or not isinstance(screen, LiveScreen):
            return
        for _ in range(seconds):
            self.held.advance(1)
            screen.tick()
            self._type(screen)
        self._guide(screen)
        if not self.cues and self._timer is not None:
            self._timer.stop()
            screen.said(OVER)

    async def on_event(self, event: events.Event) -> None:
        """A key, a paste or a click that comes while it plays takes over, and then does its own."""
        if self.cues and isinstance(event, (events.Key, events.Paste, events.MouseDown)):
            self._take_over(event)
        await super().on_event(event)

    def _take_over(self, event: events.Event) -> None:
        screen = self.screen
        if not isinstance(screen, LiveScreen):
            return
        if isinstance(event, events.Key) and not screen.note.takes(event):
            return
        self.cues.clear()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_interval(1.0, lambda: self.held.advance(1))
        self.call.scripted, self.call.back_date = False, self.back_date
        screen.note.put("")  # half a line of the script is nobody's
        screen.typed("")
        self._say(screen, (YOURS,))
        self.set_timer(YOURS_LASTS, lambda: self._say(screen, ()))

    def _guide(self, screen: LiveScreen) -> None:
        """What is shown now, in words; nothing when the script is over."""
        said = [cue.text or "" for cue in self.tour if cue.seconds <= self.call.moment]
        self._say(screen, (said[-1], TAKE_OVER) if said and self.cues else ())

    def _say(self, screen: LiveScreen, guidance: tuple[str, ...]) -> None:
        screen.guidance = guidance
        screen.show()

    def _type(self, screen: LiveScreen) -> None:
        now = self.call.moment
        while self.cues and self.cues[0].seconds <= now:
            text = self.cues.pop(0).text or ""
            screen.note.put(text)
            screen.entered(text)
        if self.cues:
            text = self.cues[0].text or ""
            ahead = (self.cues[0].seconds - now) * SIGNS_A_SECOND
            typed = text[: max(0, len(text) - ahead)]
            if typed and typed != screen.note.value:
                screen.note.put(typed)
                screen.typed(typed)

    def action_how_to_end(self) -> None:
        """A demo may be left at any moment."""
        if self.call.live.phase is not Phase.PLANNED:
            self.exit(0)
