"""Whether the terminal is light is asked for beside the start, and no key is lost by it."""

import os
import pty
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from iview_tui.ui import background
from iview_tui.ui.background import ASK, BEGUN, REPLIES, Background, is_light
from terminal import Terminal

DARK, LIGHT = "\x1b]11;rgb:1414/1818/1d1d\x1b\\", "\x1b]11;rgb:fb/f8/f1\x07"
FENCE = "\x1b[?62;22c"


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch, answers: str) -> Iterator[Background]:
    """A terminal that was asked, and has answered so."""
    master, slave = pty.openpty()
    try:
        with open(slave, "w", closefd=False) as out:
            monkeypatch.setattr("sys.stdout", out)
            found = Background(slave)
            assert os.read(master, 100).decode() == ASK
            os.write(master, answers.encode())
            yield found
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    ("answers", "light", "typed"),
    [
        (DARK + FENCE, False, ""), (LIGHT + FENCE, True, ""), (FENCE, None, ""),
        ("ab" + LIGHT + "c" + FENCE, True, "abc"), ("h\u00e9" + FENCE, None, "h\u00e9"),
    ],
)  # fmt: skip
def test_the_answer_and_what_was_typed_meanwhile(
    monkeypatch: pytest.MonkeyPatch, answers: str, light: bool | None, typed: str
) -> None:
    with asked(monkeypatch, answers) as found:
        assert found.answer() == (light, typed)
        assert found.answer() == (None, "")


def test_a_terminal_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with asked(monkeypatch, "x") as found:
        monkeypatch.setattr(background, "PATIENCE", 0.0)
        began = time.monotonic()
        assert found.answer() == (None, "x")
        assert time.monotonic() - began < 5


def test_the_terminal_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    with open(slave, "w", closefd=False) as out:
        monkeypatch.setattr("sys.stdout", out)
        found = Background(slave)
        assert termios.tcgetattr(slave) != before
        found.leave()
        assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize(
    ("color", "light"),
    [((b"00", b"00", b"00"), False), ((b"ffff", b"ffff", b"ffff"), True),
     ((b"7", b"7", b"7"), False), ((b"14", b"18", b"1d"), False),
     ((b"fb", b"f8", b"f1"), True), ((b"00", b"00", b"ff"), False)],
)  # fmt: skip
def test_light_or_dark(color: tuple[bytes, bytes, bytes], light: bool) -> None:
    assert is_light(*color) is light


@pytest.mark.parametrize("reply", [DARK, LIGHT, FENCE])
def test_an_answer_is_known_whole_and_in_parts(reply: str) -> None:
    assert REPLIES.sub("", f"a{reply}b") == "ab"
    for cut in range(1, len(reply)):
        begun = BEGUN.search("typed" + reply[:cut])
        assert begun is not None
        assert begun[0] == reply[:cut]


def test_a_late_answer_is_no_key(tmp_path: Path) -> None:
    with Terminal("live", "--now", "--with", "Ann Lee", home=tmp_path) as live:
        live.wait("left")
        live.type("he")
        live.type(DARK[:9])
        live.type(DARK[9:] + "llo")
        live.type(FENCE)
        live.wait("hello")
        live.line(" there")

        assert "hello there" in live.wait("undoes")
        assert "rgb" not in live.text


def test_a_light_terminal_has_the_light_theme(tmp_path: Path) -> None:
    with Terminal("live", "--now", "--with", "Ann Lee", home=tmp_path) as live:
        live.type("he" + LIGHT + "llo" + FENCE)
        live.wait("left")
        live.wait("hello")
        column = live.screen.buffer[0][1]

    assert column.bg == "fbf8f1"
