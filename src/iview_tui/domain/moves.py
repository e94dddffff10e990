"""The current topic: how it is chosen, steps aside and comes back, and the time spent on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iview_tui.domain.coverage import Coverage
from iview_tui.domain.value import value

if TYPE_CHECKING:
    from iview_tui.domain.live import LiveInterview
    from iview_tui.domain.pacing import Agreement


@value
class Aside:
    """The topic that was current when the goodbyes began."""

    topic: int
    at_close: bool
    """Whether the close sent it away; otherwise the question or the wrap-up did."""


def change(live: LiveInterview, number: int, coverage: Coverage) -> LiveInterview:
    """What happened to a topic."""
    return replace(live, topics=(*live.topics[: number - 1], coverage, *live.topics[number:]))


def pause(live: LiveInterview) -> LiveInterview:
    """Time stops counting for the current topic."""
    if live.current is None or live.since is None:
        return live
    spent = live.coverage(live.current).spent(live.now - live.since)
    return replace(change(live, live.current, spent), since=None)


def choose(live: LiveInterview, number: int | None) -> LiveInterview:
    """Another topic becomes current, or none; the opening is over."""
    live = replace(live, opening=False, aside=None)
    if number == live.current or (number is not None and live.topic(number) is None):
        return live
    live = pause(live)
    running = number is not None and live.dropped_since is None
    return replace(
        live,
        current=number,
        since=live.now if running else None,
        last=live.current if number is None else number,
    )


def step_aside(live: LiveInterview, *, at_close: bool = False) -> LiveInterview:
    """Goodbyes are nobody's answer: no topic is current until one is chosen again."""
    if live.current is None:
        return live
    aside = Aside(live.current, at_close)
    return replace(choose(live, None), aside=aside)


def clock_changed(live: LiveInterview, before: Agreement) -> LiveInterview:
    """The end moved: a topic comes back, or goes, with the mark that sends it away."""
    live = replace(live, losses=())
    stands, aside = live.agreement, live.aside
    if aside and stands.end > before.end:
        mark = stands.close if aside.at_close else stands.gate
        return choose(live, aside.topic) if live.now < mark else live
    if stands.close <= live.now < before.close:
        return step_aside(live, at_close=True)
    return live
