"""What time alone does to a call: topics are asked, run long, lose their place, and step aside.

Nothing here depends on how often it is looked: a call that is asked once a second and one that is
asked once a minute are the same call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from iview_tui.domain import moves, room
from iview_tui.domain.coverage import ASKED_AFTER, State
from iview_tui.domain.guide import Priority
from iview_tui.domain.value import value

if TYPE_CHECKING:
    from iview_tui.domain.live import LiveInterview

BRIDGE_AFTER = 180
"""Seconds beyond a topic's plan after which the prompt line offers the way back."""


@value
class Loss:
    """Key topics that lost their place together, and when."""

    at: int
    topics: frozenset[int]


def on(live: LiveInterview, now: int) -> LiveInterview:
    """A call that goes on, at a later moment."""
    while live.now < now:
        live = _stretch(live, min([now, *_turns(live)]))
    return live


def _turns(live: LiveInterview) -> Iterator[int]:
    """The coming moments at which time alone changes what is asked or current."""
    if live.current is None:
        return
    coming = [live.agreement.close]
    if live.since is not None and live.coverage(live.current).to_ask:
        coming.append(live.since + ASKED_AFTER)
    yield from (moment for moment in coming if moment > live.now)


def _stretch(live: LiveInterview, now: int) -> LiveInterview:
    """Time runs on up to the next turn, or not so far."""
    later = weigh(_drift(replace(live, now=now)), live.now)
    number = later.current
    if number is None:
        return later
    coverage = later.coverage(number)
    if later.since is not None and now - later.since >= ASKED_AFTER and coverage.to_ask:
        later = weigh(moves.change(later, number, coverage.ask()), now)
    if now == later.agreement.close:
        later = moves.step_aside(later, at_close=True)
    return later


def _drift(live: LiveInterview) -> LiveInterview:
    """Note the moment at which the way back is ready, once a topic."""
    topic, since = live.topic(live.current), live.since
    if topic is None or since is None:
        return live
    spent = live.coverage(topic.number).seconds
    ready = max(since, since + int(topic.minutes * 60) + BRIDGE_AFTER - spent)
    if ready > live.now or any(number == topic.number for number, _ in live.drifts):
        return live
    if room.next_best(replace(live, now=ready)) is None:
        return live
    return replace(live, drifts=(*live.drifts, (topic.number, ready)))


def weigh(live: LiveInterview, before: int) -> LiveInterview:
    """Remember which key topics have a place, and since `before` have lost it.

    While nothing is written a place is only ever lost, so its moment is found by halving.
    """
    musts = {
        t.number
        for t, c in zip(live.ground.guide.topics, live.topics, strict=True)
        if t.priority is Priority.MUST and c.state in (State.UNTOUCHED, State.ASKED)
    }
    if not musts:
        return live
    upto = min(live.now, live.agreement.gate)
    losses = live.losses
    known = frozenset[int]().union(*(loss.topics for loss in losses))
    placed = _placed(live, live.now)
    lost = (live.held & musts) - known
    lost -= placed if upto == live.now else _placed(live, upto)
    low = before
    while lost and low <= upto:
        first = _first(live, lost, low, upto)
        together = lost - _placed(live, first)
        losses = (*losses, Loss(first, frozenset(together)))
        lost, low = lost - together, first + 1
    placed &= musts
    if placed <= live.held and losses is live.losses:
        return live
    return replace(live, held=live.held | placed, losses=losses)


def _placed(live: LiveInterview, moment: int) -> frozenset[int]:
    """Topics with a place at a moment of a stretch in which nothing is written."""
    then = live if moment == live.now else replace(live, now=moment)
    has = frozenset(room.with_time(then))
    return has if live.current is None else has | {live.current}


def _first(live: LiveInterview, topics: frozenset[int] | set[int], low: int, high: int) -> int:
    """The first second from `low` to `high` at which one of the topics has no place."""
    while low < high:
        middle = (low + high) // 2
        if topics - _placed(live, middle):
            high = middle
        else:
            low = middle + 1
    return low
