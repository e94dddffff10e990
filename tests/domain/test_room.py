"""Which topics still have time, and which one comes next."""

import pytest

from calls import Played, guide, topic
from iview_tui.domain import room
from iview_tui.domain.guide import Guide, Priority


def test_room_is_the_time_to_the_gate() -> None:
    """Thirty minutes, no opening: 22:45 hold nine topics of 2:30."""
    call = Played(guide(12))

    assert room.seconds_left(call.live) == 1365
    assert room.with_time(call.live) == tuple(range(1, 10))


def test_what_is_left_of_the_opening_is_no_room() -> None:
    call = Played(guide(12, opening_minutes=2))

    assert room.seconds_left(call.live) == 1365 - 120

    call.until(60)

    assert room.seconds_left(call.live) == 1365 - 120

    call.until(200)

    assert room.seconds_left(call.live) == 1365 - 200

    early = Played(guide(12, opening_minutes=2)).lines((60, "/next"))

    assert room.seconds_left(early.live) == 1365 - 60


def test_once_asked_or_with_the_names_there_it_is_the_time_to_the_close() -> None:
    asked = Played().lines((600, "/said"))
    names = Played().lines((600, "@Dele Okonjo; Ana Brandt"))

    assert room.seconds_left(asked.live) == 1680 - 600
    assert room.seconds_left(names.live) == 1680 - 600


def test_a_topic_begun_takes_half_and_the_current_one_what_is_left() -> None:
    call = Played(guide(3)).lines((10, "/go 1"), (40, "2: a note")).until(70)

    assert [need.seconds for need in room.needs(call.live)] == [90, 75, 150]

    call.until(400)

    assert [need.seconds for need in room.needs(call.live)] == [0, 75, 150]


def test_covered_and_skipped_take_nothing() -> None:
    call = Played(guide(3)).lines((10, "/go 1"), (40, "/next"), (60, "/skip"))

    assert [need.number for need in room.needs(call.live)] == [3]


def test_more_counts_beside_the_current_one() -> None:
    call = Played(guide(3)).lines((10, "/go 1"))

    assert room.more(call.live) == 2


def test_next_is_the_plans_next_and_round_again() -> None:
    call = Played(guide(4)).lines((10, "/go 3"), (30, "/next"), (50, "/next"))

    assert call.live.current == 1

    call.line(70, "/next")

    assert call.live.current == 2


def test_untouched_and_asked_come_before_partly() -> None:
    call = Played(guide(4)).lines((10, "/go 1"), (20, "2: a note"), (30, "/next"))

    assert call.live.current == 3

    call.lines((50, "/next"), (70, "/next"))

    assert call.live.current == 2


def test_only_rows_with_time_are_next() -> None:
    """The key topics are given time first; of them the next one behind."""
    topics = (topic(1), topic(2), topic(3, must=True), topic(4, priority=Priority.COULD))
    call = Played(Guide("a", topics=topics, opening_minutes=0)).lines((10, "/go 1"))
    call.until(1200).line(1201, "/next")

    assert call.live.current == 3


def test_where_none_has_time_the_first_open_key_topic_is_next() -> None:
    call = Played(guide(5, musts=(4, 5))).lines((10, "/go 5"), (1300, "4: a note"), (1360, "/next"))

    assert room.with_time(call.live.at(1400)) == ()
    assert call.live.current == 4


def test_where_the_topic_stepped_aside_next_goes_on_behind_it() -> None:
    """And covers nothing: it was not current."""
    call = Played().lines((10, "/go 2"), (600, "/said"), (610, "/next"))

    assert call.live.current == 3
    assert call.state(2) == "asked"


def test_the_opening_is_over_with_the_first_next() -> None:
    call = Played().lines((60, "/next"))

    assert call.live.current == 1
    assert not call.live.opening
    assert call.answer.echo == "opening over; now 1 Rewarding. ^Z undoes"


@pytest.mark.parametrize("line", ["/next", "/skip"])
def test_behind_the_last_topic_none_is_current(line: str) -> None:
    call = Played(guide(1)).lines((60, "/next"), (90, line))

    assert call.live.current is None
    assert call.line(100, "/next").echo == "no open topic is left"
