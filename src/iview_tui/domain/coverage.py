"""How far each prepared topic has come, by what was done with it."""

from dataclasses import replace
from enum import StrEnum

from iview_tui.domain.value import value

ASKED_AFTER = 10
"""Seconds for which a topic must be current to count as asked; arrowing past asks nothing."""


class State(StrEnum):
    """The word for a topic's row."""

    UNTOUCHED = "untouched"
    ASKED = "asked"
    PARTLY = "partly"
    COVERED = "covered"
    SKIPPED = "skipped"


@value
class Coverage:
    """What has happened to one topic so far."""

    asked: bool = False
    noted: bool = False
    covered: bool = False
    skipped: bool = False
    touched: bool = False
    """It has had a note or a mark."""
    unprompted: bool = False
    """Its first note or mark came while it was neither current nor asked."""
    seconds: int = 0
    """Time on it, without the time it is current now."""

    @property
    def state(self) -> State:
        """The strongest of what happened to it."""
        if self.skipped:
            return State.SKIPPED
        if self.covered:
            return State.COVERED
        if self.noted:
            return State.PARTLY
        return State.ASKED if self.asked else State.UNTOUCHED

    @property
    def open(self) -> bool:
        """Whether there is still something to ask about it."""
        return not (self.skipped or self.covered)

    @property
    def to_ask(self) -> bool:
        """Whether asking it would change anything."""
        return self.skipped or not self.asked

    def ask(self) -> "Coverage":
        """It has been asked; a skip is over."""
        return replace(self, asked=True, skipped=False) if self.to_ask else self

    def note(self, *, current: bool) -> "Coverage":
        """A note was filed under it: so it was asked; a skip is over."""
        return replace(self._touch(current), asked=True, noted=True, skipped=False)

    def turn(self, *, current: bool) -> "Coverage":
        """Its bare number: covered; once more, or on a skipped one: what was before."""
        if self.skipped:
            return replace(self, skipped=False)
        if self.covered:
            noted = self.noted
            return replace(self, covered=False, touched=noted, unprompted=noted and self.unprompted)
        return self.cover(current=current)

    def cover(self, *, current: bool) -> "Coverage":
        """It is covered."""
        return replace(self._touch(current), covered=True, skipped=False)

    def skip(self) -> "Coverage":
        """It is left out of this talk."""
        return replace(self, skipped=True)

    def spent(self, seconds: int) -> "Coverage":
        """More time was spent on it."""
        return replace(self, seconds=self.seconds + seconds) if seconds else self

    def _touch(self, current: bool) -> "Coverage":
        if self.touched:
            return self
        return replace(self, touched=True, unprompted=not current and not self.asked)
