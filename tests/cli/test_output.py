"""What is said to the terminal, and how files are called."""

from pathlib import Path

import pytest

from iview_tui.cli import output
from iview_tui.cli.codes import say
from iview_tui.cli.main import main


def test_a_file_name_has_no_more_bytes_than_a_file_system_takes() -> None:
    assert len(output.file_name("2026-11-24", "𐌰" * 90, suffix="json").encode()) <= 255


def test_what_is_said_gives_the_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b[2Jno file \u202e\x9b31m")

    assert capsys.readouterr().err == "iview: [2Jno file 31m\n"


@pytest.mark.parametrize(
    "command",
    [
        ("people", "show"), ("people", "find"), ("log",), ("done",), ("search",), ("review",),
        ("export",), ("draft", "email"), ("guide", "show"), ("match",), ("compare",), ("import",),
        ("plan",),
        ("sheet",), ("packet",), ("glossary",), ("replay",), ("people", "import"), ("erase",),
        ("restore",),
        ("chain",),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused_in_a_sentence(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path))
    monkeypatch.setenv("IVIEW_DEBUG", "1")

    assert main([*command, "\udcff\udcfe"]) in (0, 1, 2, 3)
