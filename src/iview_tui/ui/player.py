"""A scripted call in the real screen: the lines are typed as if by a person, the clock is held."""

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


class PlayedApp(IviewApp):
    """The live screen, played from a script."""

    def __init__(
        self,
        call: LiveCall,
        clock: HeldClock,
        cues: tuple[Cue, ...],
        *,
        speed: float,
        look: Look | None = None,
    ) -> None:
        """Play `cues` at `speed` times the speed of the clock."""
        super().__init__(call, look=look)
        self.held = clock
        self.cues = [cue for cue in cues if cue.text is not None]
        self.speed = speed
        self._timer: Timer | None = None
        call.connect()

    def on_mount(self) -> None:
        """Let the held clock run."""
        per_step = max(1, round(self.speed / FRAMES))
        self._timer = self.set_interval(per_step / self.speed, lambda: self.step(per_step))

    def step(self, seconds: int) -> None:
        """Some seconds of the call pass; lines are typed and filed at their moments."""
        screen = self.screen
        if not isinstance(screen, LiveScreen):
            return
        for _ in range(seconds):
            self.held.advance(1)
            screen.tick()
            self._type(screen)
        if not self.cues and self._timer is not None:
            self._timer.stop()
            screen.said(OVER)

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
