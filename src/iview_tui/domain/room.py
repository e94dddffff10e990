"""How many topics still have time, and which one comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iview_tui.domain import pacing
from iview_tui.domain.coverage import State
from iview_tui.domain.guide import Priority
from iview_tui.domain.pacing import Need

if TYPE_CHECKING:
    from iview_tui.domain.live import LiveInterview

OPEN_FIRST = ({State.UNTOUCHED, State.ASKED}, {State.PARTLY})
"""What is not begun comes before what is."""


def seconds_left(live: LiveInterview) -> float:
    """Time to the names, or once they are asked for or there to the close; less the opening."""
    agreement = live.agreement
    asked = live.asked_at is not None or not live.names_wanting
    left = (agreement.close if asked else agreement.gate) - live.now
    if not live.opening:
        return left
    opening = pacing.opening_seconds(live.ground.guide, agreement.length)
    return left - max(0.0, opening - (live.now - agreement.start))


def needs(live: LiveInterview) -> list[Need]:
    """What each open topic would still take."""
    found = []
    for topic, coverage in zip(live.ground.guide.topics, live.topics, strict=True):
        if not coverage.open:
            continue
        seconds = topic.minutes * 60
        if topic.number == live.current:
            seconds = max(0.0, seconds - live.seconds_on(topic.number))
        elif coverage.noted:
            seconds /= 2
        found.append(Need(topic.number, topic.priority, seconds))
    return found


def with_time(live: LiveInterview) -> tuple[int, ...]:
    """The topics that have time, most important first."""
    return pacing.with_time(needs(live), seconds_left(live))


def more(live: LiveInterview) -> int:
    """How many topics beside the current one have time."""
    return sum(number != live.current for number in with_time(live))


def next_best(live: LiveInterview) -> int | None:
    """The plan's next with time behind the current one, and round again; else an open key topic."""
    count = len(live.topics)
    behind = live.current or live.last or 0
    around = [*range(behind + 1, count + 1), *range(1, behind + 1)]
    have = set(with_time(live))
    musts = [t.number for t in live.ground.guide.topics if t.priority is Priority.MUST]
    for rows in ([n for n in around if n in have], musts):
        for states in OPEN_FIRST:
            for number in rows:
                if number != live.current and live.coverage(number).state in states:
                    return number
    return None
