"""The marks of the clock, through every length and every change of the end."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import guide, topic
from iview_tui.domain.guide import Guide, Priority
from iview_tui.domain.pacing import (
    MARK_LASTS,
    Agreement,
    Came,
    Mark,
    Need,
    Span,
    fit,
    heard,
    latest_mark,
    opening_seconds,
    with_time,
)

SWEEP, GATE, COURTESY, CLOSE, OVERTIME = Mark
LENGTHS = st.integers(10, 60).map(lambda minutes: minutes * 60)


def span(minutes: float, at: int = 0, start: int = 0) -> Span:
    return Span(at, Agreement(start, round(minutes * 60)))


def comings(spans: list[Span], until: int, lapses: tuple[tuple[int, int], ...] = ()) -> list[Came]:
    """Each mark as it newly came, looked at around every moment at which something may happen."""
    turns = {s.at for s in spans} | {s.agreement.at(m) for s in spans for m in Mark}
    looked = {max(0, turn + around) for turn in turns for around in (-1, 0, 1)} | {0, until}
    found: list[Came] = []
    for now in sorted(moment for moment in looked if moment <= until):
        came = latest_mark([s for s in spans if s.at <= now], now, lapses)
        if came and (not found or found[-1] != came):
            found.append(came)
    return found


@pytest.mark.parametrize(
    ("minutes", "marks"),
    [
        (10, ("6:00", "6:30", "7:30", "9:00", "10:00")),
        (20, ("12:00", "15:00", "15:00", "18:00", "20:00")),
        (30, ("18:00", "22:45", "25:00", "28:00", "30:00")),
        (60, ("36:00", "52:45", "55:00", "58:00", "60:00")),
    ],
)
def test_the_table_of_marks(minutes: int, marks: tuple[str, ...]) -> None:
    agreement = Agreement(0, minutes * 60)

    assert tuple(f"{agreement.at(m) // 60}:{agreement.at(m) % 60:02}" for m in Mark) == marks


@given(st.integers(1, 90 * 60))
def test_a_mark_is_the_first_second_at_which_its_rule_holds(length: int) -> None:
    """Also for lengths that no quarter and no tenth divides."""
    agreement = Agreement(0, length)
    left_at_gate = max(min(300, 0.35 * length), min(435, length / 4))
    rules: dict[Mark, Callable[[float], bool]] = {
        SWEEP: lambda now: now >= 0.6 * length,
        GATE: lambda now: length - now <= left_at_gate,
        COURTESY: lambda now: length - now <= min(300, length / 4),
        CLOSE: lambda now: length - now <= min(120, length / 10),
        OVERTIME: lambda now: now >= length,
    }
    for mark, holds in rules.items():
        at = agreement.at(mark)

        assert holds(at + 1e-6)
        assert at == 0 or not holds(at - 1 - 1e-6)


@given(LENGTHS)
@settings(max_examples=51)
def test_each_mark_comes_once_at_its_time_and_in_order(length: int) -> None:
    agreement = Agreement(0, length)
    came = comings([Span(0, agreement)], length + 60)

    joined = {GATE} if agreement.gate == agreement.at(COURTESY) else set()
    assert came == [Came(m, agreement.at(m)) for m in Mark if m not in joined]


def test_where_two_fall_together_the_later_kind_is_the_newer() -> None:
    """In twenty minutes the gate and the courtesy are one sentence."""
    assert latest_mark([span(20)], 900) == Came(COURTESY, 900)


CHANGES = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 25 * 60)), max_size=4)
"""Each: so many seconds after the one before, and so many seconds left from then."""


def changed(length: int, changes: list[tuple[int, int]]) -> list[Span]:
    spans, now = [Span(0, Agreement(0, length))], 0
    for wait, left in changes:
        now += wait * 3
        spans.append(Span(now, Agreement(0, now + left)))
    return spans


@given(LENGTHS, CHANGES)
@settings(max_examples=120, deadline=None)
def test_marks_follow_every_change_of_the_end(length: int, changes: list[tuple[int, int]]) -> None:
    """What comes is due: at its time, or at the change that put it in the past; never twice."""
    spans = changed(length, changes)
    last = spans[-1]
    came = comings(spans, last.agreement.end + 1)
    for one in came:
        now = [s for s in spans if s.at <= one.at][-1]
        due = now.agreement.at(one.mark)
        # A mark whose time is the second of a change came before it.
        before = [s.agreement.at(one.mark) for s in spans if s.at < one.at or s is spans[0]]

        assert one.at in (due, before[-1]) or (one.at == now.at and due < one.at)

    assert sum(c.mark is SWEEP for c in came) <= 1
    assert came[-1] == Came(OVERTIME, last.agreement.end)
    assert [c.at for c in came] == sorted(c.at for c in came)
    for mark in Mark:
        times = [c.at for c in came if c.mark is mark]
        for first, again in pairwise(times):
            stood = [s for s in spans if s.at <= first][-1:]
            ends = [s.agreement.end for s in stood + [s for s in spans if first < s.at <= again]]

            assert any(later > earlier for earlier, later in pairwise(ends))


@given(LENGTHS, CHANGES, st.data())
@settings(max_examples=100, deadline=None)
def test_every_mark_of_the_end_that_stands_has_come_when_its_time_is_over(
    length: int, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    """No change loses a mark: at any moment the newest that is due is the one that came last."""
    spans = changed(length, changes)
    stands = spans[-1]
    now = data.draw(st.integers(stands.at, stands.agreement.end + 5))
    due = [m for m in Mark if m is not SWEEP and stands.at < stands.agreement.at(m) <= now]
    came = latest_mark(spans, now)
    if due:
        at = max(stands.agreement.at(m) for m in due)

        assert came is not None
        assert came.at >= at


def test_an_extension_takes_away_what_was_said_of_the_time_left() -> None:
    """`+5` ten seconds after the courtesy: it comes again five minutes later."""
    spans = [span(30), span(35, at=1510)]

    assert latest_mark(spans, 1505) == Came(COURTESY, 1500)
    assert latest_mark(spans, 1510) is None
    assert latest_mark(spans, 1800) == Came(COURTESY, 1800)


def test_the_sweep_never_comes_again() -> None:
    spans = [span(20), span(40, at=800)]

    assert latest_mark(spans, 800) == Came(SWEEP, 720)
    assert [c.mark for c in comings(spans, 2400)] == list(Mark)


def test_of_several_put_in_the_past_the_latest_alone_comes() -> None:
    """Thirty minutes become four that are left, at minute ten."""
    spans = [span(30), span(14, at=600)]

    assert comings(spans, 840) == [
        Came(GATE, 600), Came(COURTESY, 630), Came(CLOSE, 756), Came(OVERTIME, 840),
    ]  # fmt: skip
    assert latest_mark([span(30), span(11, at=655)], 655) == Came(CLOSE, 655)


def test_a_mark_that_has_come_does_not_come_again_where_the_end_moves_earlier() -> None:
    spans = [span(30), Span(1515, Agreement(0, 1515 + 200))]
    came = comings(spans, 1800)

    assert [c.mark for c in came if c.at >= 1515] == [CLOSE, OVERTIME]


def test_what_was_put_off_by_a_change_that_is_taken_back_comes_with_the_undo() -> None:
    """An extension from 24:00 that is undone at 26:00: the courtesy was not heard at 25:00."""
    assert latest_mark([span(30)], 1560, [(1440, 1560)]) == Came(COURTESY, 1560)
    assert latest_mark([span(30)], 1560, [(1505, 1560)]) == Came(COURTESY, 1500)


def test_changes_that_were_taken_back_one_in_the_other() -> None:
    lapses = [(20, 30), (10, 40)]

    assert [heard(moment, lapses) for moment in (10, 15, 25, 30, 35, 40, 41)] == [
        10, 40, 40, 40, 40, 40, 41,
    ]  # fmt: skip


# -- room ----------------------------------------------------------------------------------------


def test_time_is_given_in_the_order_of_weight_and_then_of_the_plan() -> None:
    """From the first that does not fit on, none has time, however short it is."""
    needs = [
        Need(1, Priority.COULD, 10), Need(2, Priority.SHOULD, 100), Need(3, Priority.MUST, 100),
        Need(4, Priority.SHOULD, 100), Need(5, Priority.MUST, 100),
    ]  # fmt: skip

    assert with_time(needs, 410) == (3, 5, 2, 4, 1)
    assert with_time(needs, 399) == (3, 5, 2)
    assert with_time(needs, 150) == (3,)
    assert with_time(needs, -1) == ()


@pytest.mark.parametrize(
    ("own", "length", "seconds"),
    [(None, 3600, 300), (None, 1200, 200), (2.0, 1800, 120), (8.0, 1800, 300), (0.0, 1800, 0)],
)
def test_the_opening_takes_its_minutes_at_most_a_sixth(
    own: float | None, length: int, seconds: float
) -> None:
    assert opening_seconds(Guide("a", opening_minutes=own), length) == seconds


def test_what_is_said_at_load() -> None:
    """Twenty minutes: fifteen to the gate, less 3:20, in 2:30 each: four."""
    found = fit(guide(8, opening_minutes=None), 20)

    assert found.sentence == "20 minutes: room for about 4 topics"
    assert found.fits == (1, 2, 3, 4)
    assert found.left_out == (5, 6, 7, 8)
    assert (found.needed, found.room) == (20, 11.67)


def test_one_topic_is_said_in_the_singular() -> None:
    only = Guide("a", topics=(topic(1),), opening_minutes=0)

    assert fit(only, 10).sentence == "10 minutes: room for about 1 topic"


def test_a_mark_stands_for_half_a_minute() -> None:
    assert MARK_LASTS == 30
