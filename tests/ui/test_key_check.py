"""What a terminal sends, named, with what it does."""

from pathlib import Path

import pytest

from iview_tui.cli.main import main
from iview_tui.ui.key_check import told
from terminal import Terminal


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x0e", "ctrl+n", "covered"), (b"\x1bOQ", "f2", "covered"), (b"a", "a", "is typed"),
        (b"\x1b", "escape", "put the offer away"), (b"\x1b[1;5C", "ctrl+right", "does nothing"),
        ("\u00e9".encode(), "\u00e9", "is typed"), (b"\xff", "\ufffd", "is typed"),
    ],
)  # fmt: skip
def test_told(data: bytes, name: str, words: str) -> None:
    key, line = told(data)

    assert words in line
    assert line.startswith(f"{data[0]:02x}")
    if name.isascii():
        assert key == name


def test_without_a_terminal_it_says_what_to_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "keys"]) == 2
    assert "iview keys" in capsys.readouterr().err


def test_it_says_each_key_and_leaves(tmp_path: Path) -> None:
    with Terminal("doctor", "keys", home=tmp_path) as it:
        it.wait("q q leaves")
        it.type("\x0e")
        it.wait("0e")
        it.wait("covered")
        it.type("q")
        it.wait("is typed")
        it.type("q")
        assert it.end() == 0
