"""The agreed time: its marks, and which topics have room. Whole seconds of the call's clock."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from iview_tui.domain.guide import Guide, Priority
from iview_tui.domain.value import value

MARK_LASTS = 30
"""Seconds for which a mark's sentence stands."""
OPENING = 5 * 60
"""What the opening takes where the guide does not say."""


class Mark(IntEnum):
    """The marks of the clock, in the order in which they come."""

    SWEEP = 1
    GATE = 2
    COURTESY = 3
    CLOSE = 4
    OVERTIME = 5


@value
class Agreement:
    """From when to when the talk was agreed, as it stands."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Seconds from the start to the present end."""
        return self.end - self.start

    @property
    def gate(self) -> int:
        """When to ask for names: a quarter left, at most 7:15, at least 5:00 or 35 %."""
        least = min(5 * 60, self.length * 35 // 100)
        return self.end - max(least, min(7 * 60 + 15, self.length // 4))

    @property
    def close(self) -> int:
        """When to say thanks: 2:00 left, at most a tenth."""
        return self.end - min(2 * 60, self.length // 10)

    def at(self, mark: Mark) -> int:
        """The moment of a mark."""
        match mark:
            case Mark.SWEEP:
                return self.start - (-self.length * 3 // 5)
            case Mark.GATE:
                return self.gate
            case Mark.COURTESY:
                return self.end - min(5 * 60, self.length // 4)
            case Mark.CLOSE:
                return self.close
            case Mark.OVERTIME:
                return self.end


@value
class Span:
    """An agreement, and the moment from which on it stood."""

    at: int
    agreement: Agreement


@value
class Came:
    """A mark that has come, and when."""

    mark: Mark
    at: int


def heard(moment: int, lapses: Sequence[tuple[int, int]]) -> int:
    """When something comes that is due at a moment.

    While a change of the clock stood that was then taken back, what it put off was not heard: it
    comes with the undo.
    """
    for since, until in lapses:
        if since < moment <= until:
            moment = until
    return moment


def latest_mark(
    spans: Sequence[Span], now: int, lapses: Sequence[tuple[int, int]] = ()
) -> Came | None:
    """The newest mark that has come by `now`, through all changes of the end, and still holds.

    A mark comes when its time is there. One that has come comes again only where the end moved
    later past it, the sweep never; of several that a change puts in the past the latest comes.
    What a mark says of the time left is over where the change moves its time.
    """
    come: set[Mark] = set()
    shown: Came | None = None
    for index, span in enumerate(spans):
        if span.at > now:
            break
        new = span.agreement
        if index:
            old = spans[index - 1].agreement
            if new.end > old.end:
                come -= {m for m in come if m is not Mark.SWEEP and new.at(m) >= span.at}
            if shown and shown.mark is not Mark.SWEEP and new.at(shown.mark) != old.at(shown.mark):
                shown = None
            past = [mark for mark in Mark if mark not in come and new.at(mark) <= span.at]
            if past:
                come.update(past)
                shown = Came(past[-1], span.at)
        until = min(now, spans[index + 1].at) if index + 1 < len(spans) else now
        due = [(heard(new.at(m), lapses), new.at(m), m) for m in Mark if m not in come]
        for moment, _, mark in sorted(due):
            if moment <= until:
                come.add(mark)
                shown = Came(mark, moment)
    return shown


@value
class Need:
    """What a topic that is still open would take, in seconds."""

    number: int
    priority: Priority
    seconds: float


RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.COULD: 2}


def with_time(needs: Iterable[Need], room: float) -> tuple[int, ...]:
    """The topics that have time, in the order in which time is given: must, should, could, plan."""
    given: list[int] = []
    for need in sorted(needs, key=lambda n: (RANK[n.priority], n.number)):
        room -= need.seconds
        if room < 0:
            break
        given.append(need.number)
    return tuple(given)


def opening_seconds(guide: Guide, length: int) -> float:
    """What the opening takes: the guide's own, else 5:00; at most a sixth of the length."""
    own = guide.opening_minutes
    return min(OPENING if own is None else own * 60, length / 6)


@value
class Fit:
    """Whether a guide fits into a talk, in minutes."""

    minutes: int
    needed: float
    room: float
    fits: tuple[int, ...]
    left_out: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """What is said at load."""
        topics = "1 topic" if len(self.fits) == 1 else f"{len(self.fits)} topics"
        return f"{self.minutes} minutes: room for about {topics}"


def fit(guide: Guide, minutes: int) -> Fit:
    """The sum of room at the beginning of a talk of so many minutes."""
    agreement = Agreement(0, minutes * 60)
    room = agreement.gate - opening_seconds(guide, agreement.length)
    needs = [Need(t.number, t.priority, t.minutes * 60) for t in guide.topics]
    fits = tuple(sorted(with_time(needs, room)))
    left_out = tuple(t.number for t in guide.topics if t.number not in fits)
    needed = sum(topic.minutes for topic in guide.topics)
    return Fit(minutes, round(needed, 2), round(room / 60, 2), fits, left_out)
