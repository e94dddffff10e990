"""Invitations out of a calendar, and an agreed talk as an event for one (RFC 5545)."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pendulum
from pendulum import DateTime

from iview_tui.domain.scheduling import Invitation, known_zone
from iview_tui.domain.text import bounded, clean, one_line
from iview_tui.domain.value import value
from iview_tui.interchange.folding import folded

LARGEST = 4_000_000
"""Bytes of an invitation."""
LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 60, 500, 8000
MOST_CHANGES = 2**31 - 1
"""The highest SEQUENCE (RFC 5545, section 3.3.8)."""
A_DAY, A_QUARTER = 1440, 15
MORNING = 9
"""The hour at which a calendar tells what is due on a day."""
_LINK = re.compile(r"https?://[^\s<>\"]+")
_MEETING = re.compile(r"zoom|meet\.|teams|webex|whereby|jitsi|bluejeans|gotomeet", re.IGNORECASE)
_ONLY_A_NAME = re.compile(
    r"(?:microsoft |google |cisco )?(?:teams|zoom|meet|webex|skype)(?: meetings?| call| video)*",
    re.IGNORECASE,
)
_DIAL = re.compile(r"(?:\+|\b00)?\d[\d\s().-]{6,18}\d(?:\s*,+\s*\d+#?)?")
_DIAL_WORD = re.compile(r"dial|call|phone|tel\b|number", re.IGNORECASE)


class BadCalendar(Exception):  # noqa: N818 (the name is the sentence)
    """A file that is no invitation; the text is one sentence that says why."""


@value
class Event:
    """An agreed talk as it goes into a calendar."""

    uid: str
    sequence: int
    at: DateTime
    minutes: int
    summary: str
    description: str
    """What one needs at hand: several calendars drop alarms, so the number stands here too."""
    place: str = ""
    cancelled: bool = False
    alarms: tuple[int, ...] = (A_DAY, A_QUARTER)
    """Minutes before the talk."""


@value
class AllDay:
    """Something that is due on a day."""

    uid: str
    day: date
    summary: str


# -- in ------------------------------------------------------------------------------------------


def read_invitation(data: bytes, name: str, mine: Collection[str] = ()) -> Invitation:
    """The first event of a file; the person is whoever of it has none of `mine` as e-mail.

    Raises BadCalendar with the reason, and the line where the file says which.
    """
    shown = one_line(name, 200) or "the file"
    if len(data) > LARGEST:
        raise BadCalendar(f"{shown} is too large for an invitation (over 4 MB)")
    if b"BEGIN:VCALENDAR" not in data.upper():
        raise BadCalendar(f"{shown} is not an invitation: it has no BEGIN:VCALENDAR")
    calendar = _parsed(data, shown)
    every = calendar.walk("VEVENT")
    events = [each for each in every if each.get("RECURRENCE-ID") is None] or every
    if not events:
        raise BadCalendar(f"{shown} has no event in it")
    event = events[0]
    notes = [f"{len(events) - 1} more events are left"] if len(events) > 1 else []
    if event.get("RRULE") is not None:
        notes.append("it comes again: only the first time is taken")
    try:
        at, minutes, zone = _times(event, shown, notes)
    except (OverflowError, ValueError) as error:
        raise BadCalendar(f"{shown}: its time lies outside of every calendar") from error
    if event.errors and at is None:
        raise BadCalendar(f"{shown}: {_where(data.decode('utf-8', 'replace'), *event.errors[0])}")
    method = str(calendar.get("METHOD") or "").upper()
    status = str(_one(event, "STATUS") or "").upper()
    person, email = _person(event, {each.casefold() for each in mine})
    description = bounded(clean(str(_one(event, "DESCRIPTION") or "")), LONGEST_TEXT).strip()
    return Invitation(
        uid=one_line(str(_one(event, "UID") or ""), LONGEST_LINE),
        sequence=_whole(_one(event, "SEQUENCE")),
        at=at,
        minutes=minutes,
        time_zone=zone,
        summary=one_line(str(_one(event, "SUMMARY") or ""), LONGEST_LINE),
        name=person,
        email=email,
        place=_place(event, description),
        description=description,
        cancelled=method == "CANCEL" or status == "CANCELLED",
        notes=tuple(notes),
    )


def _parsed(data: bytes, shown: str) -> Any:
    from icalendar import Calendar

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        return Calendar.from_ical(text)
    except Exception as error:  # the library raises what it meets
        raise BadCalendar(f"{shown}: {_where(text, error)}") from error


def _where(text: str, *error: object) -> str:
    """What is wrong, with the number of the first line that is no content line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] in (" ", "\t") or not line.strip():
            continue
        if not re.match(r"[\w-]+(?:;(?:[^:\"]|\"[^\"]*\")*)?:", line):
            return f"line {number} is no line of a calendar: {one_line(line, 60)!r}"
    return f"it cannot be read: {one_line(': '.join(map(str, filter(None, error))), 120)}"


def _times(
    event: Any, shown: str, notes: list[str]
) -> tuple[DateTime | None, int | None, str | None]:
    """Instant (UTC), minutes, and the zone that it was said in."""
    start = _one(event, "DTSTART")
    begins = getattr(start, "dt", None)
    if begins is None:
        return None, None, None
    if not isinstance(begins, datetime):
        if isinstance(begins, date):
            notes.append(f"it is a whole day, {begins:%d %b}: the hour is missing")
        return None, None, None
    zone = _zone(start, begins)
    begin = _instant(begins, zone)
    if begins.tzinfo is None and zone is None and (named := start.params.get("TZID")):
        unknown = one_line(str(named), LONGEST_NAME)
        notes.append(f"its time zone {unknown} is not known: it is read as the time here")
    end = _one(event, "DTEND")
    ends = getattr(end, "dt", None)
    length = getattr(_one(event, "DURATION"), "dt", None)
    if isinstance(ends, datetime):
        seconds = (_instant(ends, _zone(end, ends)) - begin).total_seconds()
    elif isinstance(length, timedelta):
        seconds = length.total_seconds()
    else:
        return begin, None, zone
    if seconds <= 0:
        raise BadCalendar(f"{shown}: the event ends before it begins")
    return begin, max(1, round(seconds / 60)), zone


def _one(event: Any, name: str) -> Any:
    """A property, the first of it where it stands there twice."""
    found = event.get(name)
    return found[0] if isinstance(found, list) else found


def _zone(prop: Any, at: datetime) -> str | None:
    """The IANA name of the zone; Windows names and zones of the file's own are looked up."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    said = str(prop.params.get("TZID") or "") if getattr(prop, "params", None) else ""
    named = said or str(getattr(at.tzinfo, "key", "") or getattr(at.tzinfo, "zone", "") or "")
    last = "/".join(named.split("/")[-2:])  # some write a path of their own before the name
    for name in (named, WINDOWS_TO_OLSON.get(named.strip('"'), ""), last):
        if known := known_zone(name):
            return known
    return "UTC" if at.tzinfo is not None and at.utcoffset() == timedelta() else None


def _instant(at: datetime, zone: str | None) -> DateTime:
    """In UTC; a time without a zone is one of this machine's."""
    if at.tzinfo is None:
        return pendulum.instance(at, tz=zone or "local").in_timezone("UTC")
    if zone is not None:
        return pendulum.instance(at.replace(tzinfo=None), tz=zone).in_timezone("UTC")
    offset = at.utcoffset() or timedelta()
    return pendulum.instance(at.replace(tzinfo=None) - offset, tz="UTC")


def _person(event: Any, mine: set[str]) -> tuple[str | None, str | None]:
    """The organizer, unless that is me; then the first guest who is neither me nor a room."""
    for prop in _people(event):
        address = re.sub(r"^mailto:", "", str(prop), flags=re.IGNORECASE).strip()
        email = one_line(address, LONGEST_LINE) if "@" in address else None
        kind = str(prop.params.get("CUTYPE") or "").upper()
        if kind in ("ROOM", "RESOURCE") or (email and email.casefold() in mine):
            continue
        name = one_line(str(prop.params.get("CN") or ""), LONGEST_LINE).strip("'\"")
        if "@" in name:
            name = ""
        family, comma, given = name.partition(", ")
        if comma and "," not in given:
            name = f"{given} {family}"
        if name or email:
            return name or _from_email(email or ""), email
    return None, None


def _people(event: Any) -> Iterator[Any]:
    for kind in ("ORGANIZER", "ATTENDEE"):
        found = event.get(kind)
        yield from found if isinstance(found, list) else [found] if found is not None else []


def _from_email(email: str) -> str | None:
    """`dele.okonjo@...` is a name; `info@...` is none."""
    parts = re.split(r"[._]", email.partition("@")[0])
    words = [part for part in parts if part.isalpha() and len(part) > 1]
    return " ".join(word.capitalize() for word in words) if len(words) == len(parts) > 1 else None


def _place(event: Any, description: str) -> str | None:
    """The place that is said, else the link of a meeting, else a number to dial.

    The mere name of a program ("Microsoft Teams Meeting") is no place where one could be.
    """
    said = one_line(str(_one(event, "LOCATION") or ""), LONGEST_LINE)
    if said and not _ONLY_A_NAME.fullmatch(said):
        return said
    online = str(event.get("X-GOOGLE-CONFERENCE") or event.get("X-MICROSOFT-SKYPETEAMSMEETINGURL")
                 or event.get("CONFERENCE") or "")  # fmt: skip
    links = [online, *_LINK.findall(description)]
    for link in links:
        if link and (link is online or _MEETING.search(link)):
            return one_line(link, LONGEST_LINE)
    for line in description.splitlines():
        number = _DIAL.search(line)
        if number and (_DIAL_WORD.search(line) or line.strip() == number[0].strip()):
            return one_line(number[0], LONGEST_LINE)
    return said or None


def _whole(given: Any) -> int:
    try:
        return min(max(0, int(given or 0)), MOST_CHANGES)
    except (TypeError, ValueError):
        return 0


# -- out -----------------------------------------------------------------------------------------


def write_event(event: Event | AllDay, stamp: DateTime) -> str:
    """One event as a file: UTC, a UID that stays, alarms last, and no METHOD.

    The same event gives the same text; a calendar that has its UID takes a higher SEQUENCE as the
    event's new time.
    """
    return write_events([event], stamp)


def write_events(events: Iterable[Event | AllDay], stamp: DateTime) -> str:
    """Events as one calendar."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//iview//iview-tui//EN"]
    for event in events:
        rows += _timed(event, stamp) if isinstance(event, Event) else _on_a_day(event, stamp)
    rows.append("END:VCALENDAR")
    return "".join(folded(row) + "\r\n" for row in rows)


def _timed(event: Event, stamp: DateTime) -> list[str]:
    end = event.at.add(minutes=event.minutes)
    rows = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART:{_utc(event.at)}",
        f"DTEND:{_utc(end)}",
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
    ]
    if event.place:
        rows.append(f"LOCATION:{_text(event.place)}")
    rows.append(f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}")
    for minutes in () if event.cancelled else event.alarms:
        rows += _alarm(event.summary, f"-PT{minutes}M")
    return [*rows, "END:VEVENT"]


def _on_a_day(event: AllDay, stamp: DateTime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        "SEQUENCE:0",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        "TRANSP:TRANSPARENT",
        *_alarm(event.summary, f"PT{MORNING}H"),
        "END:VEVENT",
    ]


def _alarm(summary: str, trigger: str) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary)}",
            f"TRIGGER:{trigger}", "END:VALARM"]  # fmt: skip


def _utc(at: DateTime) -> str:
    return f"{at.in_timezone('UTC'):%Y%m%dT%H%M%SZ}"


def _text(given: str) -> str:
    """A text value: no line of it can begin another property."""
    escaped = clean(given).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n").replace("\t", " ")
