"""From a name to a running call that knows all of it, with nothing typed twice."""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from terminal import IVIEW, Terminal


def iview(home: Path, *args: str) -> Any:
    env = {**os.environ, "IVIEW_HOME": str(home)}
    done = subprocess.run(
        [str(IVIEW), *args, "--json"], env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def invitation(minutes: int) -> str:
    begin = datetime.now(UTC) + timedelta(hours=2)
    end = begin + timedelta(minutes=minutes)
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT",
            "UID:talk-1@metro.example", f"DTSTAMP:{begin:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{begin:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}", "SUMMARY:Talk",
            "ORGANIZER;CN=A Ruiz:mailto:ana@metro.example", "LOCATION:+1 202 555 0143",
            "END:VEVENT", "END:VCALENDAR", "",
        )
    )  # fmt: skip


def test_an_invitation_becomes_a_call_that_knows_everything(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "invite.ics"
    iview(home, "people", "add", "Ana Ruiz", "--email", "ana@metro.example", "--org", "Metro",
          "--via", "Bo Ek")  # fmt: skip
    file.write_text(invitation(40), newline="")

    with Terminal("live", str(file), home=home) as terminal:
        card = terminal.wait("ANA RUIZ")
        assert "via Bo Ek" in card
        assert "Metro" in card
        terminal.type("\r")
        terminal.wait("saved")
        terminal.kill()
    planned = iview(home, "people", "show", "Ana Ruiz")

    assert len(planned["talks"]) == 1


def test_the_next_planned_call_is_taken_up(tmp_path: Path) -> None:
    home = tmp_path / "home"
    iview(home, "plan", "Ana Ruiz", "--at", "tomorrow 2pm", "--minutes", "45")

    with Terminal("live", home=home) as terminal:
        terminal.wait("ANA RUIZ")
        card = terminal.wait("45 minutes")

    assert "until 14:45" in card
