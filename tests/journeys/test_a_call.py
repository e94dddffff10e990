"""A user's day in a real terminal: the installed program, typed at, killed, read from outside."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from terminal import IVIEW, Terminal, export

GUIDE = """\
# Planning
## Opening (2)
- Thank you for making time.
## Field (20)
- Rewarding side: What do you enjoy most? (3) #enjoy
- ! Training: What training would you recommend today? (4) #training
- Entry level: Where do people start? (3) #entry_level
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "guide.md").write_text(GUIDE, encoding="utf-8")
    return tmp_path


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A second process, beside whatever runs."""
    return subprocess.run(
        [str(IVIEW), *args], capture_output=True, text=True, check=False, timeout=30,
        env={"IVIEW_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip


def texts(call: dict[str, Any], *kinds: str) -> list[str]:
    return [e["text"] for e in call["entries"] if e["kind"] in kinds]


def placed(text: str, columns: int, rows: int) -> bool:
    """Clock top left, names at the right edge, the keys in the last row or the one above."""
    lines = text.splitlines()
    top = next((line for line in lines if line.strip()), "")
    keys = [number for number, line in enumerate(lines) if "? help" in line]
    edge = columns if columns < 160 else 168 + (columns - 168) // 2
    near = "ask " in top and edge - 4 <= len(top) <= edge
    return "left" in top[:30] and near and keys != [] and keys[-1] >= rows - 2


@pytest.fixture
def live(home: Path) -> Iterator[Terminal]:
    guide = str(home / "guide.md")
    with Terminal("live", guide, "--with", "Ann Lee", "--minutes", "30", "--now", home=home) as it:
        it.wait("left")
        yield it


def test_a_call_is_on_disk_while_it_runs(home: Path, live: Terminal) -> None:
    live.line("/go 1")
    live.line("loves public meetings")
    live.line("2: portfolio beats the certificate")
    live.wait("partly")

    call = export(home)

    assert call["interview"]["state"] == "live"
    assert texts(call, "note") == ["loves public meetings", "portfolio beats the certificate"]
    assert [t["state"] for t in call["topics"]] == ["partly", "partly", "untouched"]
    assert call["topics"][1]["unprompted"] is True


def test_a_flat_battery_loses_nothing_and_the_call_goes_on(home: Path, live: Terminal) -> None:
    live.line("the first note")
    live.type("half a li")
    live.wait("half a li")
    live.kill()

    assert export(home)["draft"] == "half a li"
    with Terminal("live", home=home) as again:
        again.wait("ANN LEE")
        again.type("\r")
        again.wait("half a li")
        again.type("ne\r")
        again.wait("half a line")
        again.wait("undoes")
        call = export(home)
    assert texts(call, "note") == ["the first note", "half a line"]
    assert call["draft"] is None


def test_an_unfinished_call_can_be_closed_as_it_was(home: Path, live: Terminal) -> None:
    live.line("the only note")
    live.wait("undoes")
    live.kill()

    with Terminal("live", home=home) as again:
        again.wait("ANN LEE")
        again.type("e")
        again.wait("BEFORE THE CALL")
    call = export(home)
    assert call["interview"]["state"] == "ended"


def test_names_are_asked_and_the_end_is_asked_once(home: Path, live: Terminal) -> None:
    live.line("/said")
    live.wait("asked")
    live.line("@Dele Okonjo, Metro council; Ines Farkas?")
    live.wait("NAMES 2")
    live.line("/may yes")
    live.wait("yes")
    live.line("/end")
    live.wait("again")
    live.line("/end")
    live.wait("brain dump")

    call = export(home)

    assert [r["name"] for r in call["referrals"]] == ["Dele Okonjo", "Ines Farkas"]
    assert [r["may_use_name"] for r in call["referrals"]] == ["yes", "yes"]
    assert call["interview"]["state"] == "ended"


def test_a_key_works_while_half_a_line_stands_there(home: Path, live: Terminal) -> None:
    live.type("she sta")
    live.wait("she sta")
    live.type("\x0e")  # ctrl+n: the opening is over
    live.wait("now")
    live.type("rted young\r")
    live.wait("undoes")

    call = export(home)

    assert texts(call, "note") == ["she started young"]
    assert [e["kind"] for e in call["entries"]][1:] == ["next", "note"]


def test_a_paste_of_several_lines_is_one_note(home: Path, live: Terminal) -> None:
    live.type("\x1b[200~first\n/end\n@Nobody\x1b[201~")
    live.wait("¶")
    live.type("\r")
    live.wait("undoes")

    assert texts(export(home), "note") == ["first\n/end\n@Nobody"]


def test_undo_takes_back_the_line_and_says_so(home: Path, live: Terminal) -> None:
    live.line("a slip of the hand")
    live.wait("undoes")
    live.type("\x1a")
    live.wait("took back")

    call = export(home)

    assert [e["retracted"] for e in call["entries"] if e["kind"] == "note"] == [True]


def test_a_second_call_on_the_same_database_is_refused_by_name(home: Path, live: Terminal) -> None:
    with Terminal("live", "--with", "Bob", "--now", home=home) as second:
        assert second.end() == 4
        assert "call" in second.text


def test_the_place_of_everything_holds_through_a_resize(home: Path, live: Terminal) -> None:
    live.type("in mid wo")
    live.wait("in mid wo")
    for columns, rows in ((60, 20), (120, 36), (200, 60), (80, 24)):
        live.resize(columns, rows)
        screen = live.wait_for(partial(placed, columns=columns, rows=rows))
        assert "in mid wo" in screen
    live.type("rd\r")
    live.wait("undoes")

    assert texts(export(home), "note") == ["in mid word"]


def test_files_are_for_the_user_alone(home: Path, live: Terminal) -> None:
    live.line("private matters")
    live.wait("undoes")

    found = [path for path in (home / "data").rglob("*") if path.is_file()]
    assert found
    assert [oct(path.stat().st_mode & 0o077) for path in found] == ["0o0"] * len(found)


def test_the_database_is_whole_after_a_call(home: Path, live: Terminal) -> None:
    live.line("a note")
    live.wait("undoes")
    live.line("/quit")
    assert live.end() == 0

    with sqlite3.connect(home / "data" / "iview.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_end_that_is_taken_back_goes_on_with_the_call(home: Path, live: Terminal) -> None:
    live.line("a note")
    live.wait("undoes")
    live.type("\x1c")
    live.wait("Before you go")
    live.type("\x1c")
    live.wait("Brain dump")
    live.type("\x1a")
    live.wait("gone")
    live.wait("saved")
    live.line("we talk on")
    live.wait("undoes")

    call = export(home)
    assert (call["interview"]["state"], call["interview"]["ended_at"]) == ("live", None)
    assert texts(call, "note") == ["a note", "we talk on"]


def test_captions_that_run_along_offer_and_write_nothing(home: Path) -> None:
    """A file that does not exist yet; then it grows, and babbles."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "config.toml").write_text('[me]\nname = "Ann Lee"\n', encoding="utf-8")
    feed, guide = home / "captions.txt", str(home / "guide.md")
    with Terminal("live", guide, "--with", "Dele Okonjo", "--minutes", "30", "--now",
                  "--captions", str(feed), home=home) as it:  # fmt: skip
        it.wait("Notes and captions, may I?")
        it.wait("no captions yet")
        it.type("half a li")
        with feed.open("w", encoding="utf-8") as file:
            file.write("Ann: Where do people usually start, what do entry level jobs look like?\n"
                       "Dele: Most people here started as interns, then as assistant planners.\n"
                       "Dele: The entry level posts come up in spring, we hire beginners then.\n"
                       "Dele: You apply for the trainee program, out of school.\n")  # fmt: skip
        it.wait("3 Entry level?")
        it.wait("half a li")
        call = export(home)

    assert call["draft"] == "half a li"
    assert [e["kind"] for e in call["entries"] if e["kind"] != "shown"] == ["start"]
    assert "interns" not in json.dumps(call)


def test_captions_on_standard_input_leave_the_keys_to_the_terminal(home: Path) -> None:
    """Piped in, while one types."""
    shell = (
        f"(sleep 1; echo 'Dele: hello'; sleep 600) | exec {IVIEW} live --with Dele --now "
        "--minutes 30 --captions -"
    )
    with Terminal("-c", shell, home=home, program=Path("/bin/sh")) as it:
        it.wait("Notes and captions, may I?")
        it.line("typed at the terminal")
        it.wait("undoes")
        call = export(home)

    assert texts(call, "note") == ["typed at the terminal"]
