"""Invitations as calendars write them, and events that no text can break out of."""

import contextlib
from dataclasses import replace

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from iview_tui.domain.scheduling import Invitation
from iview_tui.domain.text import clean
from iview_tui.interchange.calendar import BadCalendar, Event, read_invitation, write_event

AT = pendulum.datetime(2026, 12, 1, 15, 0)
EVENT = Event("u1", 2, AT, 30, "Talk with Dele", "Number: +1 555 0142\nAgenda: three things", "")


def invitation(*lines: str, method: str = "REQUEST") -> bytes:
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", f"METHOD:{method}",
            "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    return "\r\n".join(rows).encode()


GOOGLE = invitation(
    "DTSTART;TZID=America/New_York:20261201T100000", "DTEND;TZID=America/New_York:20261201T103000",
    "ORGANIZER;CN=Priya Raghunathan:mailto:priya@civic.example", "UID:abc123@calendar.example",
    "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;CN=me@me.example:mailto:me@me.example",
    "X-GOOGLE-CONFERENCE:https://meet.example/abc-defg-hij",
    "DESCRIPTION:Looking forward!", "SEQUENCE:1", "STATUS:CONFIRMED", "SUMMARY:Talk",
)  # fmt: skip
OUTLOOK = invitation(
    'ORGANIZER;CN="Okonjo, Dele":MAILTO:dele.okonjo@metro.example',
    "ATTENDEE;ROLE=REQ-PARTICIPANT;CN=Me:MAILTO:me@me.example",
    "DESCRIPTION;LANGUAGE=en-US:Join https://teams.example/l/meetup-join/x\\nor dial +1 555 0100",
    "UID:040000008200E00074C5B7101A82E008", "SUMMARY;LANGUAGE=en-US:Chat",
    "DTSTART;TZID=W. Europe Standard Time:20261202T140000", "DURATION:PT45M",
)  # fmt: skip
APPLE = invitation(
    "DTSTART;TZID=Asia/Kolkata:20261203T093000", "DTEND;TZID=Asia/Kolkata:20261203T094500",
    "ORGANIZER;CN=Me;EMAIL=me@me.example:mailto:me@me.example",
    "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@corp.example",
    "ATTENDEE;CN=Ana Brandt;PARTSTAT=ACCEPTED:mailto:ana@corp.example",
    "LOCATION:Cafe Central\\, Vienna", "UID:7F0A", "SUMMARY:Coffee",
    "RRULE:FREQ=WEEKLY",
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "at", "minutes", "zone", "place"),
    [
        (GOOGLE, "Priya Raghunathan", AT, 30, "America/New_York",
         "https://meet.example/abc-defg-hij"),
        (OUTLOOK, "Dele Okonjo", pendulum.datetime(2026, 12, 2, 13), 45, "Europe/Berlin",
         "https://teams.example/l/meetup-join/x"),
        (APPLE, "Ana Brandt", pendulum.datetime(2026, 12, 3, 4), 15, "Asia/Kolkata",
         "Cafe Central, Vienna"),
    ],
    ids=["google", "outlook", "apple"],
)  # fmt: skip
def test_an_invitation_is_person_time_length_and_way_in(
    data: bytes, name: str, at: pendulum.DateTime, minutes: int, zone: str, place: str
) -> None:
    read = read_invitation(data, "invite.ics", ["ME@me.example"])

    assert (read.name, read.at, read.minutes) == (name, at, minutes)
    assert (read.time_zone, read.place, read.cancelled) == (zone, place, False)


def test_what_comes_again_is_taken_once_and_said() -> None:
    assert read_invitation(APPLE, "x.ics").notes == (
        "it comes again: only the first time is taken",
    )


@pytest.mark.parametrize(
    "data",
    [GOOGLE.replace(b"CONFIRMED", b"CANCELLED"), GOOGLE.replace(b"REQUEST", b"CANCEL")],
    ids=["status", "method"],
)
def test_a_cancelled_one_says_so(data: bytes) -> None:
    assert read_invitation(data, "x.ics").cancelled


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "no BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "no event"),
        (invitation("nonsense"), "line 6"),
        (invitation("DTSTART:20261201T100000Z", "DTEND:20261201T090000Z"), "ends before"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "cannot be read"),
        (b"BEGIN:VCALENDAR" + b"x" * 4_000_001, "too large"),
    ],
)
def test_a_bad_file_is_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(BadCalendar, match=why) as raised:
        read_invitation(data, "x.ics")
    assert "\n" not in str(raised.value)


def test_a_whole_day_has_no_hour() -> None:
    read = read_invitation(invitation("DTSTART;VALUE=DATE:20261201", "UID:1"), "x.ics")

    assert read.at is None
    assert "the hour is missing" in read.notes[0]


@settings(max_examples=100)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for given_ in (data, invitation(data.decode("latin-1"))):
        read = None
        with contextlib.suppress(BadCalendar):
            read = read_invitation(given_, "x.ics")
        assert read is None or all(note.strip() for note in read.notes)


@settings(max_examples=100)
@given(summary=st.text(max_size=80), description=st.text(max_size=300), place=st.text(max_size=80))
def test_no_text_breaks_out_of_an_event(summary: str, description: str, place: str) -> None:
    event = replace(EVENT, summary=summary, description=description, place=place)
    text = write_event(event, AT)
    (read,) = Calendar.from_ical(text).walk("VEVENT")

    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert str(read["SUMMARY"]) == clean(summary).replace("\t", " ")
    assert str(read["DESCRIPTION"]) == clean(description).replace("\t", " ")
    back = read_invitation(text.encode(), "x.ics")
    assert (back.uid, back.sequence, back.at, back.minutes) == ("u1", 2, AT, 30)


def test_alarms_stand_last_and_nothing_asks_for_an_answer() -> None:
    text = write_event(EVENT, AT)

    assert "METHOD" not in text
    assert text.index("BEGIN:VALARM") > text.index("STATUS")
    assert text.count("BEGIN:VALARM") == 2
    assert write_event(EVENT, AT) == text
    called_off = write_event(replace(EVENT, cancelled=True, sequence=3), AT)
    assert "STATUS:CANCELLED" in called_off
    assert "VALARM" not in called_off


def test_many_quotation_marks_are_refused_at_once() -> None:
    with pytest.raises(BadCalendar, match="line 6"):
        read_invitation(invitation("A;" + '"' * 4000), "x.ics")


def _invited(*lines: str) -> Invitation:
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:u", *lines,
            "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    return read_invitation("\r\n".join([*rows, ""]).encode(), "a.ics")


def test_an_unknown_zone_is_said() -> None:
    """The time is read as one of this machine's."""
    found = _invited("DTSTART;TZID=Nowhere at all:20260503T140000")

    assert found.notes == (
        "its time zone Nowhere at all is not known: it is read as the time here",
    )


@pytest.mark.parametrize("at", ["00010101T000000", "99991231T235959"])
@pytest.mark.parametrize("zone", ["", ";TZID=Pacific/Kiritimati", ";TZID=Pacific/Pago_Pago"])
def test_the_ends_of_time_are_times_or_refused(at: str, zone: str) -> None:
    """In one sentence."""
    refused: list[BadCalendar] = []
    found = None
    try:
        found = _invited(f"DTSTART{zone}:{at}", "DURATION:P9999D")
    except BadCalendar as error:
        refused.append(error)

    assert [str(error) for error in refused] in (
        [], ["a.ics: its time lies outside of every calendar"]
    )  # fmt: skip
    assert refused or (found is not None and found.at is not None)


def test_the_name_of_a_program_is_no_place() -> None:
    """The link is; where there is none, the name is better than nothing."""
    link = "https://teams.microsoft.example/l/1"
    start = "DTSTART:20260503T140000Z"

    assert (
        _invited(start, "LOCATION:Microsoft Teams Meeting", f"DESCRIPTION:Join {link}").place
        == link
    )
    assert _invited(start, "LOCATION:Microsoft Teams Meeting").place == "Microsoft Teams Meeting"
    assert _invited(start, "LOCATION:Zoom Street 5", f"DESCRIPTION:{link}").place == "Zoom Street 5"


def test_one_time_of_a_series_and_doubled_lines_are_read() -> None:
    """An invitation to one meeting of many has no other event in it."""
    found = _invited(
        "RECURRENCE-ID:20260503T140000Z", "DTSTART:20260503T150000Z", "DTSTART:20260504T150000Z",
        "SUMMARY:One", "SUMMARY:Two",
    )  # fmt: skip

    assert (str(found.at), found.summary) == ("2026-05-03 15:00:00+00:00", "One")
