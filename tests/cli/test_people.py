"""People, the contact log, plans and the day, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from iview_tui.cli.main import main
from iview_tui.domain.knowing import find, known
from iview_tui.domain.record import Contact


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def told(*argv: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main([*argv, "--json"]) == code, capsys.readouterr().err
        out = capsys.readouterr().out
        return json.loads(out) if out else None

    return told


def test_a_number_that_calls_back_is_found(run: Any) -> None:
    run("people", "add", "Dána Reyes", "--org", "Metro Council", "--phone", "+1 202 555 0143")

    for wanted in ("0143", "202-555-0143", "dana", "metro c", "reyes"):
        assert [p["name"] for p in run("people", "find", wanted)["people"]] == ["Dána Reyes"]
    assert run("people", "find", "0144") == {"people": []}


def test_the_log_moves_the_day(run: Any) -> None:
    run("people", "add", "Ana Ruiz")
    assert [one["name"] for one in run("today")["write_to"]] == ["Ana Ruiz"]

    logged = run("log", "Ana Ruiz", "--channel", "letter", "--next", "tomorrow", "--note", "hello")
    attempt = logged["attempts"][0]

    assert (attempt["channel"], attempt["text"], attempt["outcome"]) == ("letter", "hello", None)
    found = run("today")
    assert not found["write_to"]
    assert found["due"][0]["what"] == "call, as the letter promised"
    run("done", found["due"][0]["id"][:6])
    assert not run("today")["due"]
    run("done", "ffffff", code=3)


def test_a_plan_is_moved_and_clashes_are_said(run: Any) -> None:
    first = run("plan", "Ana Ruiz", "--at", "2031-01-06 14:00", "--minutes", "40",
                "--zone", "America/New_York", "--who-calls", "me")  # fmt: skip
    other = run("plan", "Bo Ek", "--at", "2031-01-06 14:30")
    moved = run("plan", "Ana Ruiz", "--at", "2031-01-07 15:00")

    assert first["their_time_zone"] == "America/New_York"
    assert [clash["interview"] for clash in other["clashes"]] == [first["interview"]]
    assert (moved["interview"], moved["minutes"]) == (first["interview"], 40)
    assert moved["who_calls"] == "me"
    assert run("today")["next"]["interview"] == other["interview"]
    assert run("plan", "Bo Ek", "--cancel") == {"cancelled": other["interview"]}
    assert run("today")["next"]["interview"] == first["interview"]


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("log", "Nobody"), 3), (("people", "show", "Nobody"), 3),
        (("plan", "Ana", "--at", "soon"), 2), (("plan", "Ana"), 2),
        (("plan", "Ana", "--at", "2001-01-01 10:00"), 2),
        (("people", "import", "/nowhere.csv"), 3),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(
    argv: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == code
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)


def test_everything_comes_back_out_of_an_export(
    run: Any, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("people", "add", "Ana Ruiz", "--said", "ROO-eeth", "--zone", "Europe/Madrid", "--tag", "x")
    run("log", "Ana Ruiz", "--channel", "phone", "--outcome", "call_back", "--next", "2031-02-03")
    run("log", "Ana Ruiz", "--channel", "letter", "--next", "tomorrow")
    run("done", run("today")["due"][0]["id"])
    whole, again = home / "whole.json", home / "again.json"
    assert main(["export", "all", "-o", str(whole)]) == 0
    monkeypatch.setenv("IVIEW_HOME", str(home / "other"))
    assert main(["import", str(whole)]) == 0
    assert main(["export", "all", "-o", str(again)]) == 0

    assert whole.read_text() == again.read_text()
    assert json.loads(whole.read_text())["outreach"][0]["next"] == "2031-02-03"
    assert json.loads(whole.read_text())["follow_ups"][0]["done_at"]


def test_an_address_book_is_taken_in_once(run: Any, home: Path) -> None:
    book = home / "Connections.csv"
    book.write_text(
        'Notes:\n"some words"\n\nFirst Name,Last Name,Email Address,Company,Position\n'
        "Ana,Ruiz,ana@metro.example,Metro,Planner\nBo,Ek,,Acme,\n"
    )

    assert run("people", "import", str(book), "--dry-run")["added"] == 2
    assert run("people", "list") == {"people": []}
    assert run("people", "import", str(book))["added"] == 2
    again = run("people", "import", str(book))
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_best_first() -> None:
    people = [Contact("1", "Joan Dale"), Contact("2", "Dale Ortiz"), Contact("3", "Dale")]
    people.append(Contact("4", "Bo Ek", organization="Dale & Co"))

    found = find([known(one) for one in people], "dale")

    assert [one.id for one in found] == ["3", "2", "1", "4"]


INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:talk-1@metro.example
SEQUENCE:0
DTSTAMP:20261101T000000Z
DTSTART:20310106T140000Z
DTEND:20310106T142500Z
SUMMARY:Talk
ORGANIZER;CN=Ana Ruiz:mailto:ana@metro.example
LOCATION:+1 202 555 0143
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_plans_moves_and_calls_off(run: Any, home: Path) -> None:
    run("people", "add", "Ana R.", "--email", "ana@metro.example")
    file = home / "invite.ics"
    file.write_text(INVITATION)
    planned = run("import", str(file))
    file.write_text(INVITATION.replace("T14", "T16").replace("SEQUENCE:0", "SEQUENCE:1"))
    moved = run("import", str(file))
    off = INVITATION.replace("REQUEST", "CANCEL").replace("SEQUENCE:0", "SEQUENCE:2")
    file.write_text(off)

    assert (planned["name"], planned["minutes"]) == ("Ana R.", 25)
    assert planned["where"] == "+1 202 555 0143"
    assert (moved["interview"], moved["at"][11:13]) == (planned["interview"], "16")
    assert run("import", str(file)) == {"cancelled": "talk-1@metro.example"}
    assert run("today")["next"] is None
