"""`iview replay TRANSCRIPT`: a call of what was said, and what it says about it."""

import json
from pathlib import Path

import pytest

from iview_tui.cli.main import main

TALK = """WEBVTT

00:10.000 --> 00:14.000
<v Ann Lee>Where do people usually start in this field, what do entry level jobs look like?</v>

00:15.000 --> 00:25.000
<v Dele Okonjo>Most people here started as interns, and then as assistant planners.</v>

05:00.000 --> 05:08.000
<v Ann Lee>What kind of training or education did you have?</v>

05:10.000 --> 05:30.000
<v Dele Okonjo>I did a master's degree in planning.</v>
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))


def test_it_says_which_topic_when_and_keeps_no_words_of_theirs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, encoding="utf-8")
    assert main(["replay", str(path), "--with", "Dele Okonjo"]) == 0
    text = capsys.readouterr().out
    assert "  0:15    |  Dele Okonjo: Most people here started" in text
    assert "WHICH TOPIC WHEN\n  0:10 -" in text
    assert "  adrift: " in text
    assert "  never touched: 1 Rewarding side" in text

    assert main(["review", "--json"]) == 0
    kept = capsys.readouterr().out
    assert "interns" not in kept
    assert [t["state"] for t in json.loads(kept)["topics"]][:6] == [
        "untouched", "untouched", "untouched", "asked", "untouched", "asked",
    ]  # fmt: skip
    assert json.loads(kept)["course"]["adrift"] is None


def test_as_json_and_the_same_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, encoding="utf-8")
    command = ["replay", str(path), "--start", "2026-05-03T14:00+00:00", "--json"]
    assert main(command) == 0
    first = capsys.readouterr().out
    assert main(command) == 0
    assert capsys.readouterr().out == first

    value = json.loads(first)
    assert [row["speaker"] for row in value["transcript"]][:2] == ["Ann Lee", "Dele Okonjo"]
    assert [row["topic"] for row in value["course"]["stretches"]] == [6, None, 4]


def test_one_that_cannot_be_read_keeps_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\nno cue\n", encoding="utf-8")

    assert main(["replay", str(path)]) == 1
    assert "talk.vtt: it has no line with a time" in capsys.readouterr().err
    assert main(["review"]) == 3
