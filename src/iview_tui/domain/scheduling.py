"""Agreed times: said in words, in both zones, and beside what is agreed already."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pendulum
from pendulum import DateTime
from pendulum.tz.exceptions import InvalidTimezone

from iview_tui.domain.due import read_date
from iview_tui.domain.value import value

OPENS, CLOSES = 9, 17
"""Hours of a working day, where nothing else is known."""
_SATURDAY = 5
_NOON = 12
_EARLIEST = 7
"""The hour from which on `at 8` is one of the morning."""

_TIME = re.compile(
    r"(?:at\s+)?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>a\.?m\.?|p\.?m\.?)?"
    r"(?:\s*o'?clock)?|(?:at\s+)?(?P<word>noon|midnight)"
)
_IN = re.compile(
    r"in\s+(?P<count>\d{1,3}|an?)\s*(?P<unit>m|min|mins|minutes?|h|hours?|days?|weeks?)"
)
_HALF = re.compile(r"in\s+(?:half an hour|an? half[ -]hour)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@value
class When:
    """What words said of a time."""

    at: DateTime | None
    problem: str = ""
    """Why it is none, in one sentence without a full stop."""
    note: str = ""
    """What is to be known of it: an hour that comes twice, or never."""


@value
class Slot:
    """A talk that is agreed."""

    interview: str
    at: DateTime
    minutes: int


@value
class Invitation:
    """What an invitation out of a calendar says."""

    uid: str
    sequence: int
    at: DateTime | None
    minutes: int | None
    time_zone: str | None
    summary: str
    name: str | None
    """The other person, as far as it can be told."""
    email: str | None
    place: str | None
    """Where, or how one dials in."""
    description: str
    cancelled: bool = False
    notes: tuple[str, ...] = ()
    """What was passed over, each in a few words."""


def read_when(words: str, now: DateTime) -> When:
    """The instant that words name, in the zone of `now`.

    `tue 2pm`, `tomorrow 14:00`, `24 nov 9:30`, `14:30` (the next one), `in 20 min`, `in an hour`,
    `now`, or ISO 8601 with or without an offset. `tue 2` is `tue at 2`: in the afternoon. A day
    without a time is none: a talk has an hour.
    """
    said = " ".join(unicodedata.normalize("NFKC", words).casefold().replace(",", " ").split())
    if not said:
        return When(None, "no time is given")
    if said == "now":
        return When(now.replace(second=0, microsecond=0))
    if found := _IN.fullmatch(said):
        unit = _UNITS[found["unit"][0]]
        count = 1 if found["count"].startswith("a") else int(found["count"])
        return When(now.add(**{unit: count}).replace(second=0, microsecond=0))
    if _HALF.fullmatch(said):
        return When(now.add(minutes=30).replace(second=0, microsecond=0))
    if iso := _iso(words.strip(), now):
        return iso
    return _day_and_time(said, now)


def known_zone(name: str | None) -> str | None:
    """A zone's IANA name where this machine knows it, else None."""
    if not name:
        return None
    try:
        return str(pendulum.timezone(name.strip()).name)
    except (InvalidTimezone, ValueError, OSError):
        return None


def both_zones(at: DateTime, here: str, there: str | None) -> str:
    """Day and time where I am, and the time where they are, if that differs."""
    mine = at.in_timezone(here)
    words = mine.format("ddd D MMM HH:mm")
    zone = known_zone(there)
    if zone is None:
        return words
    theirs = at.in_timezone(zone)
    if theirs.utcoffset() == mine.utcoffset():
        return words
    day = "" if theirs.date() == mine.date() else theirs.format("ddd ")
    return f"{words} ({day}{theirs:%H:%M} theirs)"


def outside_hours(at: DateTime, zone: str | None) -> str | None:
    """A sentence where a time lies outside their working day, else None."""
    known = known_zone(zone)
    theirs = at.in_timezone(known) if known else at
    if theirs.weekday() >= _SATURDAY:
        return f"that is a {theirs:%A} for them"
    if not OPENS <= theirs.hour < CLOSES:
        return f"that is {theirs:%H:%M} for them, outside of {OPENS}:00 to {CLOSES}:00"
    return None


def clashes(slot: Slot, others: Iterable[Slot]) -> tuple[Slot, ...]:
    """The other talks that overlap one, the earliest first."""
    end = slot.at.add(minutes=slot.minutes)
    found = [
        other
        for other in others
        if other.interview != slot.interview
        and other.at < end
        and slot.at < other.at.add(minutes=other.minutes)
    ]
    return tuple(sorted(found, key=lambda other: other.at))


# -- words ---------------------------------------------------------------------------------------


def _iso(words: str, now: DateTime) -> When | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", words):
        return None
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        return None
    if read.tzinfo is not None:
        return When(pendulum.instance(read.astimezone(UTC)).in_timezone(now.timezone or "UTC"))
    return _local(read.date(), read.hour, read.minute, now)


def _day_and_time(said: str, now: DateTime) -> When:
    """A day and a time, in either order; without a day the next such time."""
    parts = said.split()
    if parts[-1].isdecimal() and parts[-2:-1] and parts[-2].isalpha() and _day(parts[:-1], now):
        parts[-1:] = ["at", parts[-1]]  # behind the name of a day it can be no day of a month
    for count in range(1, min(4, len(parts)) + 1):
        for time, day in (
            (parts[-count:], parts[:-count]),
            (parts[:count], parts[count:]),
        ):
            clock = _clock(" ".join(time))
            if clock is None:
                continue
            if not day:
                return _next(clock, now)
            named = _day(day[:-1] if day[-1] == "at" else day, now)
            if named is not None:
                return _local(named, *clock, now)
    if _day(parts, now):
        return When(None, f"{said!r} is a day without a time, such as {said} 14:00")
    return When(None, f"{said!r} is no time; say it like tue 2pm, 24 nov 14:00 or 2026-11-24T14:00")


def _day(parts: list[str], now: DateTime) -> date | None:
    """The day that words name: `fri`, `on friday`, `next fri`, `24 nov`."""
    return read_date(" ".join(parts).removeprefix("on ").removeprefix("next "), now.date())


def _clock(words: str) -> tuple[int, int] | None:
    """An hour and a minute; a bare number is none, as it may be a day. `at 3` is at 15:00."""
    found = _TIME.fullmatch(words)
    if found is None:
        return None
    if found["word"]:
        return (_NOON, 0) if found["word"] == "noon" else (0, 0)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found["half"][0] == "p" else 0)
    elif found["minute"] is None:
        if not words.startswith("at "):
            return None
        hour += _NOON if 1 <= hour < _EARLIEST else 0
    return (hour, minute) if hour < 24 and minute < 60 else None


def _next(clock: tuple[int, int], now: DateTime) -> When:
    today = _local(now.date(), *clock, now)
    if today.at is not None and today.at >= now.replace(second=0, microsecond=0):
        return today
    return _local(now.date() + timedelta(1), *clock, now)


def _local(day: date, hour: int, minute: int, now: DateTime) -> When:
    """A wall-clock time in the zone of `now`; one that comes twice is the earlier one."""
    zone = now.timezone or pendulum.UTC
    at = pendulum.datetime(day.year, day.month, day.day, hour, minute, tz=zone)
    if (at.hour, at.minute) != (hour, minute):
        return When(at, note=f"{hour:02}:{minute:02} does not exist that day: taken as {at:%H:%M}")
    earlier = at.subtract(hours=1)
    if (earlier.date(), earlier.hour, earlier.minute) == (at.date(), hour, minute):
        return When(earlier, note=f"{hour:02}:{minute:02} comes twice that day: the first is taken")
    return When(at)
