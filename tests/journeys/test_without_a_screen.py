"""What a user does without a terminal, and what the program says to bad input: one sentence."""

import json
import subprocess
from pathlib import Path

import pytest

from terminal import IVIEW

ENVIRON = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
EXAMPLE = Path(__file__).parent / "example"


def iview(
    home: Path, *args: str, typed: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(IVIEW), *args], input=typed, capture_output=True, text=True, check=False, timeout=60,
        env={**ENVIRON, "IVIEW_HOME": str(home), **environ},
    )  # fmt: skip


REPLAY = (
    "replay", str(EXAMPLE / "call.script"), "--guide", str(EXAMPLE / "guide.md"), "--minutes", "20",
    "--with", "Priya Raghunathan", "--start", "2026-11-24T14:00:00+01:00",
)  # fmt: skip


def test_a_whole_call_line_by_line(tmp_path: Path) -> None:
    typed = "\n/next\nloves meetings\n@Dele Okonjo, Metro council\n/may yes\n+3\n\n/end\n/end\n"
    done = iview(tmp_path, "live", "--with", "Ann Lee", "--plain", typed=typed)

    assert done.returncode == 0, done.stderr
    assert "name: Dele Okonjo. /undo undoes" in done.stdout
    assert "+3: " in done.stdout
    assert "\x1b" not in done.stdout
    call = json.loads(iview(tmp_path, "export", "last").stdout)
    assert call["interview"]["contact"]["name"] == "Ann Lee"
    assert [r["may_use_name"] for r in call["referrals"]] == ["yes"]
    assert [c["text"] for c in call["changes"]] == ["+3"]


def test_an_unfinished_call_is_named_where_nobody_can_answer(tmp_path: Path) -> None:
    iview(tmp_path, "live", "--with", "Ann Lee", "--now", "--plain", typed="a note\n")
    done = iview(tmp_path, "live", "--with", "Bo Li", "--now", "--plain", typed="x\n")

    assert done.returncode == 1
    assert "Ann Lee" in done.stdout + done.stderr


def test_the_same_replay_is_the_same_call(tmp_path: Path) -> None:
    first, again = iview(tmp_path, *REPLAY, "--json"), iview(tmp_path, *REPLAY, "--json")
    elsewhere = iview(tmp_path / "other", *REPLAY, "--json")

    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout == elsewhere.stdout
    library = json.loads(iview(tmp_path, "export", "all").stdout)
    assert len(library["interviews"]) == 1


def test_export_import_export_is_the_same_file(tmp_path: Path) -> None:
    iview(tmp_path, *REPLAY)
    first = iview(tmp_path, "export", "last", "--with-private").stdout
    (tmp_path / "call.json").write_text(first, encoding="utf-8")
    taken = iview(tmp_path / "other", "import", str(tmp_path / "call.json"))

    assert taken.returncode == 0, taken.stderr
    assert iview(tmp_path / "other", "export", "last", "--with-private").stdout == first


def test_the_demo_is_plain_text_without_a_terminal(tmp_path: Path) -> None:
    done = iview(tmp_path, "demo")

    assert done.returncode == 0, done.stderr
    assert "Could you suggest two or three other people I might talk with?" in done.stdout
    assert not (tmp_path / "data").exists()
    assert json.loads(iview(tmp_path, "demo", "--json").stdout)["interview"]["state"] == "ended"


def test_no_terminal_is_said_with_the_other_way(tmp_path: Path) -> None:
    done = iview(tmp_path, "live", "--with", "Ann")

    assert done.returncode == 2
    assert "--plain" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("minutes", "now"),
    [("0", False), ("19", False), ("61", False), ("abc", False), ("9", True), ("61", True)],
)
def test_minutes_out_of_bounds_are_refused(tmp_path: Path, minutes: str, now: bool) -> None:
    done = iview(tmp_path, "live", "--plain", "--minutes", minutes, *(["--now"] if now else []))

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, 3), (b"", 1), (b"\x00\xff" * 50, 1), (b"- a?\n" * 2_100_000, 1), (b"# only\n", 1)],
    ids=["missing", "empty", "binary", "10 MB", "no question"],
)
def test_a_bad_guide_is_one_sentence(tmp_path: Path, content: bytes | None, code: int) -> None:
    guide = tmp_path / "guide.md"
    if content is not None:
        guide.write_bytes(content)
    for command in (["guide", "show"], ["live", "--plain", "--now"]):
        done = iview(tmp_path / "home", *command, str(guide))

        assert done.returncode == code, done.stderr
        assert done.stderr.count("\n") == 1
        assert not (tmp_path / "home" / "data").exists()


@pytest.mark.parametrize("script", ["no stamp", "01:00 a\n00:30 back in time", "00:99 no second"])
def test_a_bad_script_saves_nothing(tmp_path: Path, script: str) -> None:
    (tmp_path / "call.script").write_text(script, encoding="utf-8")
    done = iview(tmp_path, "replay", str(tmp_path / "call.script"))

    assert done.returncode == 1
    assert "line" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_directory_that_cannot_be_written_stops_no_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    database = str(tmp_path / "file" / "iview.db")
    refused = iview(tmp_path, *REPLAY, "--db", database)
    live = iview(tmp_path, "live", "--plain", "--now", "--db", database, typed="a note\n")

    assert refused.returncode == 4
    assert refused.stderr.count("\n") == 1
    assert live.returncode == 0, live.stderr
    assert "note" in live.stdout
