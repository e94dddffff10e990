"""`iview plan --ics`: one event for the life of a talk, and whose invitation it is."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from iview_tui.cli.main import main
from iview_tui.clock import HeldClock
from iview_tui.domain.record import Agreement, CallRecord, Contact
from iview_tui.paths import find
from iview_tui.services.agenda import event_text
from records import AT, GUIDE

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def event_of(path: str) -> Any:
    (event,) = Calendar.from_ical(Path(path).read_text(encoding="utf-8")).walk("VEVENT")
    return event


def test_the_uid_stays_and_each_change_has_a_higher_sequence(home: Path, capsys: Capture) -> None:
    assert main(["plan", "Ana Ruiz", "--at", "2040-12-02T14:00+00:00", "--ics", "1.ics"]) == 0
    assert main(["plan", "Ana Ruiz", "--at", "2040-12-03T15:00+00:00", "--ics", "2.ics"]) == 0
    assert main(["plan", "Ana Ruiz", "--learn", "is it for me?", "--ics", "3.ics"]) == 0
    assert main(["plan", "Ana Ruiz", "--ics", "4.ics"]) == 0
    assert main(["plan", "Ana Ruiz", "--cancel", "--ics", "5.ics"]) == 0
    events = [event_of(f"{number}.ics") for number in range(1, 6)]

    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 2, 3]
    assert f"{events[1]['DTSTART'].dt:%d %H:%M}" == "03 15:00"
    assert "is it for me?" in events[2]["DESCRIPTION"]
    assert [event["STATUS"] for event in events][-2:] == ["CONFIRMED", "CANCELLED"]
    assert (home / "1.ics").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_and_nothing_is_planned(home: Path, capsys: Capture) -> None:
    (home / "a.ics").write_text("mine", encoding="utf-8")
    plan = ["plan", "Ana Ruiz", "--at", "2040-12-02T14:00+00:00", "--ics", "a.ics"]

    assert main(plan) == 1
    assert "is there already" in capsys.readouterr().err
    assert (home / "a.ics").read_text(encoding="utf-8") == "mine"
    main(["people", "list", "--json"])
    assert json.loads(capsys.readouterr().out) == {"people": []}
    assert main([*plan, "--force"]) == 0
    assert event_of("a.ics")["SEQUENCE"] == 0


def test_the_event_alone_goes_to_stdout(capsys: Capture) -> None:
    plan = ["plan", "Ana Ruiz", "--at", "2040-12-02T14:00+00:00", "--ics", "-"]

    assert main(plan) == 0
    assert capsys.readouterr().out.startswith("BEGIN:VCALENDAR")


def test_i_am_not_the_other_person_of_an_invitation(home: Path, capsys: Capture) -> None:
    config = find(os.environ).config_file
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[me]\nemail = "me@home.example"\n', encoding="utf-8")
    rows = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT",
        "UID:talk-1@metro.example", "DTSTAMP:20401101T100000Z", "DTSTART:20401202T140000Z",
        "DTEND:20401202T143000Z", "ORGANIZER;CN=Me Myself:mailto:me@home.example",
        "ATTENDEE;CN=Ana Ruiz:mailto:ana@metro.example", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    (home / "invite.ics").write_text("\r\n".join(rows), encoding="utf-8")

    assert main(["import", "invite.ics", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Ana Ruiz"
    assert main(["plan", "Ana Ruiz", "--place", "Room 2", "--ics", "out.ics"]) == 0
    assert str(event_of("out.ics")["UID"]) == "talk-1@metro.example"
    assert event_of("out.ics")["SEQUENCE"] == 0  # theirs to number


HOSTILE = st.text(max_size=30) | st.sampled_from(
    ["a\r\nBEGIN:VALARM", "x;y,z\\n", "é" * 80, "漢字\n" * 9, "END:VEVENT"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=HOSTILE, place=HOSTILE, learn=HOSTILE)
def test_no_text_begins_a_property(name: str, place: str, learn: str) -> None:
    record = CallRecord(
        "c1", Contact("p1", name), GUIDE, None, 30, AT, None, "Europe/Berlin",
        agreement=Agreement(place=place, learn=learn, goals=(name,)),
    )  # fmt: skip
    text = event_text(record, HeldClock(AT, zone="Europe/Berlin"))
    assert text is not None
    calendar = Calendar.from_ical(text)

    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT", "VALARM", "VALARM"]
    assert str(calendar.walk("VEVENT")[0]["UID"]) == "c1"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
