"""Times said in words, in both zones, and beside others."""

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.scheduling import (
    Slot,
    both_zones,
    clashes,
    known_zone,
    outside_hours,
    read_when,
)

NOW = pendulum.datetime(2026, 11, 24, 10, 17, 30, tz="Europe/Berlin")  # a Tuesday


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("now", "2026-11-24T10:17"), ("in 20 min", "2026-11-24T10:37"),
        ("in an hour", "2026-11-24T11:17"), ("in half an hour", "2026-11-24T10:47"),
        ("in a week", "2026-12-01T10:17"), ("tue 2", "2026-12-01T14:00"),
        ("tomorrow 9", "2026-11-25T09:00"), ("friday 14", "2026-11-27T14:00"),
        ("in 2 weeks", "2026-12-08T10:17"), ("14:30", "2026-11-24T14:30"),
        ("9:00", "2026-11-25T09:00"), ("at 3", "2026-11-24T15:00"), ("at 11", "2026-11-24T11:00"),
        ("tue 2pm", "2026-12-01T14:00"), ("Fri at 3", "2026-11-27T15:00"),
        ("tomorrow 14:00", "2026-11-25T14:00"), ("noon tomorrow", "2026-11-25T12:00"),
        ("2 pm on Friday", "2026-11-27T14:00"), ("next fri, 9am", "2026-11-27T09:00"),
        ("24 nov 9:30", "2026-11-24T09:30"), ("24 dec 2026 9:30", "2026-12-24T09:30"),
        ("2 dec 14h30", "2026-12-02T14:30"), ("friday 12.30", "2026-11-27T12:30"),
        ("12am fri", "2026-11-27T00:00"), ("2026-12-01 09:15", "2026-12-01T09:15"),
        ("2026-12-01T09:15-05:00", "2026-12-01T15:15"), ("2026-12-01T08:15Z", "2026-12-01T09:15"),
    ],
)  # fmt: skip
def test_words_name_a_time(words: str, at: str) -> None:
    read = read_when(words, NOW)

    assert read.at is not None, read.problem
    assert read.at.format("YYYY-MM-DD[T]HH:mm") == at
    assert read.at.timezone_name == "Europe/Berlin"


@pytest.mark.parametrize(
    ("words", "why"),
    [("", "no time is given"), ("nov 24", "a day without a time"), ("tue 25", "is no time"),
     ("monday", "a day without a time"), ("3", "is no time"),
     ("13pm", "is no time"), ("25:00", "is no time"), ("31 feb 9:00", "is no time"),
     ("soon", "is no time"), ("2026-13-01T09:00", "is no time")],
)  # fmt: skip
def test_what_names_none_says_why(words: str, why: str) -> None:
    read = read_when(words, NOW)

    assert read.at is None
    assert why in read.problem


@pytest.mark.parametrize(
    ("words", "hour", "note"),
    [("2026-03-29T02:30", "03:30", "does not exist"), ("25 oct 2026 2:30", "02:30", "comes twice")],
)
def test_an_hour_that_the_clocks_skip_or_say_twice_is_noted(
    words: str, hour: str, note: str
) -> None:
    read = read_when(words, NOW)

    assert read.at is not None
    assert f"{read.at:%H:%M}" == hour
    assert note in read.note
    if note == "comes twice":
        assert read.at.utcoffset() == pendulum.duration(hours=2)


@settings(max_examples=200)
@given(words=st.text(max_size=30))
def test_any_words_are_a_time_or_a_reason(words: str) -> None:
    read = read_when(words, NOW)

    assert (read.at is None) == bool(read.problem)


def test_their_time_stands_beside_mine_where_it_differs() -> None:
    assert both_zones(NOW, "Europe/Berlin", "Europe/Paris") == "Tue 24 Nov 10:17"
    assert both_zones(NOW, "Europe/Berlin", "Asia/Tokyo") == "Tue 24 Nov 10:17 (18:17 theirs)"
    assert both_zones(NOW, "Europe/Berlin", "Pacific/Honolulu") == (
        "Tue 24 Nov 10:17 (Mon 23:17 theirs)"
    )
    assert both_zones(NOW, "Europe/Berlin", "Mars/X") == "Tue 24 Nov 10:17"


def test_outside_of_their_working_day() -> None:
    assert outside_hours(NOW, "Europe/Berlin") is None
    assert outside_hours(NOW, "America/New_York") == (
        "that is 04:17 for them, outside of 9:00 to 17:00"
    )
    assert outside_hours(NOW.add(days=4), None) == "that is a Saturday for them"


def test_talks_that_overlap() -> None:
    one = Slot("a", NOW, 30)
    others = [Slot("b", NOW.add(minutes=30), 30), Slot("c", NOW.subtract(minutes=10), 11),
              Slot("a", NOW, 30), Slot("d", NOW.add(minutes=29), 5)]  # fmt: skip

    assert [slot.interview for slot in clashes(one, others)] == ["c", "d"]


@pytest.mark.parametrize("name", ["../etc/passwd", "", None, "Mars/X", "/etc/localtime"])
def test_a_zone_that_is_none(name: str | None) -> None:
    assert known_zone(name) is None
