"""What every command has in common: help, near misses, exit codes, one sentence on stderr."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from iview_tui import __version__
from iview_tui.cli import main as module
from iview_tui.cli.main import COMMANDS, main

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("IVIEW_DB", raising=False)
    return tmp_path / "home"


def test_without_a_command_the_day_is_printed(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path))
    assert main([]) == 0
    out, err = capsys.readouterr()

    assert "no call is planned" in out
    assert err == ""


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str, capsys: Capture) -> None:
    assert main([option]) == 0
    out = capsys.readouterr().out

    assert all(name in out for name in module.COMMANDS)


def test_version(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"iview {__version__}\n"


@pytest.mark.parametrize("name", sorted(module.COMMANDS))
def test_each_command_has_help_with_its_own_line(name: str, capsys: Capture) -> None:
    assert main([name, "--help"]) == 0
    assert f"usage: iview {name}" in capsys.readouterr().out


def test_the_help_says_of_a_command_what_the_table_says() -> None:
    for name in module.COMMANDS:
        _, registered = module.build_parser(name)
        others = [other for other in COMMANDS if COMMANDS[other][0] == COMMANDS[name][0]]
        assert sorted(registered) == sorted(others)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["reveiw"], "did you mean review?"),
        (["\x1b[31mred"], "there is no command '[31mred'"),
        (["export", "last", "--fromat", "md"], "did you mean --format?"),
        (["export", "last", "--with-privat"], "did you mean --with-private?"),
        (["review", "last", "more"], "review does not take 'more' as well"),
        (["export"], "ID|last|all|NAME"),
        (["export", "last", "--format", "docx"], "there are md, html, json"),
        (["export", "last", "--format", "jso"], "did you mean json?"),
        (["--verison"], "did you mean --version?"),
    ],
)
def test_wrong_words_are_one_sentence_and_exit_2(
    argv: list[str], words: str, capsys: Capture
) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()

    assert out == ""
    assert words in err
    assert err.startswith("iview: ")
    assert err.count("\n") == 1


def test_an_interruption_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(argv: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_run", interrupted)

    assert main(["path"]) == 130


def test_a_fault_of_its_own_says_where_and_no_word_of_the_notes(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def faulty(argv: list[str]) -> int:
        raise RuntimeError("she leaves in May")

    monkeypatch.setattr(module, "_run", faulty)

    assert main(["path"]) == 1
    err = capsys.readouterr().err
    assert "RuntimeError, test_main.py" in err
    assert "May" not in err


@pytest.mark.parametrize("argv", [["review"], ["export", "last"]])
def test_a_foreign_database_is_exit_4(argv: list[str], tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(b"not a database at all, but long enough to be looked at" * 20)

    assert main([*argv, "--db", str(file)]) == 4
    assert "is not a database of iview" in capsys.readouterr().err


def run_with_stdout(stdout: int | IO[bytes], *argv: str) -> tuple[int, bytes]:
    code = "import sys; from iview_tui.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], stdout=stdout, stderr=subprocess.PIPE, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("word", ["--help", "path"])
def test_a_reader_that_had_enough_is_no_failure(word: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run_with_stdout(writing, word) == (0, b"")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("word", ["--help", "path"])
def test_a_full_disk_behind_stdout_is_said(word: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, err = run_with_stdout(full, word)

    assert (code, err) == (1, b"iview: it did not work: no space left on device\n")
