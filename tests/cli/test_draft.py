"""Letters from the command line: made, edited, kept, recorded."""

import email
import email.policy
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from iview_tui.cli.main import main
from iview_tui.services import clipboard

GUIDE = "# Planning\n\n## Field (20)\n- Ways in: How did you come in?\n"
SCRIPT = """\
00:10 "the studio decides everything"
00:40 alumni get in through the studio
00:42 !
00:50 an aside that has no star
01:00 @Dele Okonjo, Metro council
01:10 /may no
01:30 "never put this in"
01:35 /private
03:00 /end
"""
CONFIG = '[me]\nname = "Tomke Lund"\nwho = "I am a student"\nexploring = "urban planning"\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    for name in ("VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text(CONFIG)
    (tmp_path / "guide.md").write_text(GUIDE)
    (tmp_path / "call.script").write_text(SCRIPT)
    assert main(["people", "add", "Dana Reyes", "--org", "Metro", "--email", "d@m.example"]) == 0
    assert main(["replay", str(tmp_path / "call.script"), "--guide", str(tmp_path / "guide.md"),
                 "--with", "Dana Reyes"]) == 0  # fmt: skip
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def told(*argv: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main([*argv, "--json"]) == code, capsys.readouterr().err
        out = capsys.readouterr().out
        return json.loads(out) if out else None

    return told


def test_thanks_cite_what_was_said_and_nothing_private(run: Any) -> None:
    made = run("draft", "thanks", "Dana Reyes")
    assert set(made) >= {"kind", "to", "subject", "body", "findings"}
    assert "“the studio decides everything”" in made["body"]
    assert "alumni get in through the studio" in made["body"]
    assert "Dele Okonjo" in made["body"]
    for left_out in ("never put this in", "an aside"):
        assert all(left_out not in run("draft", kind, "Dana Reyes")["body"]
                   for kind in ("thanks", "posted", "linkedin"))  # fmt: skip


def test_a_referrer_who_said_no_is_not_named(run: Any) -> None:
    assert "Dana" not in json.dumps(run("draft", "referral", "Dele Okonjo"))


def test_what_was_sent_is_recorded_and_moves_the_day(run: Any) -> None:
    assert "thank-you note" in [one["what"] for one in run("today")["due"]]
    run("draft", "thanks", "Dana Reyes", "--sent")
    assert "thank-you note" not in [one["what"] for one in run("today")["due"]]
    run("draft", "letter", "Dele Okonjo", "--sent")
    assert "call, as the letter promised" in [one["what"] for one in run("today")["due"]]
    attempt = run("log", "Dele Okonjo")["attempts"][0]
    assert (attempt["channel"], attempt["sent"]) == ("letter", "letter")


def test_an_edited_letter_is_kept_even_where_the_editor_fails(
    run: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = home / "my editor"
    mode = home / "mode"
    editor.write_text(
        f'#!/bin/sh\nstat -c %a "$2" > "{mode}"\nprintf "\\nP.S. $1\\n" >> "$2"\nexit 3\n'
    )
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", f"'{editor}' two")

    made = run("draft", "email", "Dana Reyes", "--edit")

    assert made["body"].endswith("P.S. two")
    assert mode.read_text().strip() == "600"
    assert run("draft", "email", "Dana Reyes")["body"] == made["body"]
    assert run("draft", "email", "Dana Reyes", "--fresh")["body"] != made["body"]
    assert not list((home / "state").glob("edit-*"))
    run("draft", "email", "Dana Reyes", "--sent")
    assert run("draft", "email", "Dana Reyes")["id"] is None


def test_an_eml_is_a_draft_that_mail_programs_open(run: Any, home: Path) -> None:
    made = run("draft", "thanks", "Dana Reyes", "--eml", str(home / "a.eml"))
    read = email.message_from_bytes((home / "a.eml").read_bytes(), policy=email.policy.default)
    assert (read["X-Unsent"], read["To"], read["Subject"]) == ("1", "d@m.example", made["subject"])
    assert read.get_content().strip().splitlines() == made["body"].splitlines()
    assert stat.S_IMODE((home / "a.eml").stat().st_mode) == 0o600
    run("draft", "thanks", "Dana Reyes", "--eml", str(home / "a.eml"), code=1)


def test_my_own_template_takes_the_place_of_the_banks(
    run: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = home / "config" / "letters"
    own.mkdir()
    (own / "thanks.txt").write_text("Dear $name, it was good.\n")
    assert run("draft", "thanks", "Dana Reyes")["body"] == "Dear Dana Reyes, it was good."
    (own / "thanks.txt").write_text("Dear $name,\n$nobody\n")
    assert main(["draft", "thanks", "Dana Reyes"]) == 1
    assert "thanks.txt, line 2: there is no $nobody" in capsys.readouterr().err


def test_bad_words_have_their_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", "poem", "Dana Reyes"]) == 2
    assert "KIND is one of email" in capsys.readouterr().err
    assert main(["draft", "email", "Nobody"]) == 3
    assert "Nobody" in capsys.readouterr().err


def test_the_clipboard_takes_what_there_is(tmp_path: Path) -> None:
    def none(name: str) -> None:
        return None

    tty, ssh = tmp_path / "tty", {"TERM": "xterm", "SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}
    tty.touch()
    assert "terminal" in clipboard.copy("é", ssh, tmp_path, lambda name: "/bin/true", tty)
    assert tty.read_bytes() == b"\x1b]52;c;w6k=\x07"
    assert "pbcopy" in clipboard.copy("é", {}, tmp_path, lambda name: "/bin/true", tty)
    told = clipboard.copy("é", {}, tmp_path / "state", none, tmp_path / "no")
    (file,) = (tmp_path / "state").iterdir()
    assert str(file) in told
    assert (file.read_text("utf-8"), stat.S_IMODE(file.stat().st_mode)) == ("é", 0o600)
