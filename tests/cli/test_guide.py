"""`iview guide`: data on stdout, one sentence on stderr, the exit codes of the contract."""

import argparse
import json
from pathlib import Path

import pytest

from iview_tui.cli import guide as command

Capture = pytest.CaptureFixture[str]

LIST = """\
# Planning
stray line
## Field
- ! Training: What training? (4) #training
  - Which degrees?
- Pay: What pay?
## Close
- Thank you
"""


def run(*argv: str | Path) -> int:
    parser = argparse.ArgumentParser(prog="iview")
    command.register(parser.add_subparsers())
    args = parser.parse_args(["guide", *map(str, argv)])
    code: int = args.run(args)
    return code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_show(path: Path, capsys: Capture) -> None:
    """The fit, the numbered topics with `key` and minutes, and what did not parse."""
    assert run("show", path) == 0
    out = capsys.readouterr().out
    assert "30 minutes: room for about 2 topics\n" in out
    assert "   1  Training          key    4 min\n      What training?\n      - Which deg" in out
    assert "   2  Pay                      2.5 min\n" in out
    assert "  line 2: stray line\n" in out


def test_show_says_what_has_no_time(capsys: Capture) -> None:
    """The built-in guide is longer than a call of twenty minutes."""
    assert run("show", "--minutes", "20") == 0
    out = capsys.readouterr().out
    assert out.startswith("Informational interview\nPurpose: ")
    assert out.count("  no time\n") == 9


def test_show_json(path: Path, capsys: Capture) -> None:
    """The keys of the export, and the fit."""
    assert run("show", path, "--json") == 0
    value = json.loads(capsys.readouterr().out)
    assert list(value) == ["guide", "topics", "fit"]
    assert value["guide"]["kept"] == [{"line": 2, "text": "stray line"}]
    assert [topic["title"] for topic in value["topics"]] == ["Training", "Pay"]


def test_fit(path: Path, capsys: Capture) -> None:
    """Ten minutes on the spot: the opening, then one topic."""
    assert run("fit", path, "--minutes", "10", "--now", "--json") == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["minutes"], value["fits"], value["left_out"]) == (10, [1], [2])
    assert value["sentence"] == "10 minutes: room for about 1 topic"

    assert run("fit", path, "--minutes", "10", "--now") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(value["sentence"] + "\n")
    assert captured.err == "iview: line 2 did not parse; it is kept\n"


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [
        ("0", "not 0"),
        ("19", "--minutes is 20 to 60, what one may ask a stranger for, not 19"),
        ("61", "--minutes is 20 to 60, what one may ask a stranger for, not 61"),
        ("9" * 5000, "not 9999"),
        ("abc", "takes a whole number from 20 to 60, not 'abc'"),
        ("٢٥", "takes a whole number from 20 to 60"),
        ("-5", "takes a whole number from 20 to 60, not '-5'"),
        ("25.5", "takes a whole number from 20 to 60, not '25.5'"),
        ("", "takes a whole number from 20 to 60, not ''"),
    ],
)
@pytest.mark.parametrize("verb", ["show", "fit"])
def test_minutes_out_of_bounds(verb: str, minutes: str, reason: str, capsys: Capture) -> None:
    """Refused with the reason, before anything is read."""
    assert run(verb, "missing.md", f"--minutes={minutes}") == 2
    captured = capsys.readouterr()
    assert reason in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize(("minutes", "code"), [("9", 2), ("10", 0), ("60", 0), ("61", 2)])
def test_minutes_on_the_spot(minutes: str, code: int, path: Path) -> None:
    """From ten on, where they offer it."""
    assert run("fit", path, "--now", "--minutes", minutes) == code


@pytest.mark.parametrize("verb", ["show", "fit", "export"])
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("missing.md", None, 3),
        ("empty.md", b"", 1),
        ("binary.md", b"\0\1\2", 1),
        ("large.md", b"- What?\n" * 1_300_000, 1),
        ("none.md", b"# Title\n", 1),
        ("none.csv", b"What?\n", 1),
    ],
)
def test_bad_guides(
    verb: str, name: str, data: bytes | None, code: int, tmp_path: Path, capsys: Capture
) -> None:
    """One sentence, the right exit code, nothing on stdout."""
    if data is not None:
        (tmp_path / name).write_bytes(data)

    assert run(verb, tmp_path / name) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert name in captured.err


def test_export_to_stdout(path: Path, capsys: Capture) -> None:
    """Markdown unless asked otherwise; what a format has no place for is said."""
    assert run("export", path) == 0
    assert capsys.readouterr().out.endswith("```kept\nstray line\n```\n")

    assert run("export", path, "--format", "csv") == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[1] == "Field,Training: What training?,must,4,training"
    assert captured.err == "iview: not in csv: probes, what did not parse\n"

    assert run("export", path, "--format", "text") == 0
    assert capsys.readouterr().out == ("! Training: What training? (4) #training\nPay: What pay?\n")

    assert run("export", "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["topics"]) == 14


def test_export_never_writes_over_a_file_unasked(path: Path, capsys: Capture) -> None:
    """A file that is there stays; --force replaces it whole."""
    assert run("export", path, "-o", path) == 1
    assert path.read_text(encoding="utf-8") == LIST
    assert "--force" in capsys.readouterr().err

    assert run("export", path, "-o", path, "--force") == 0
    assert path.read_text(encoding="utf-8").startswith("# Planning\n")
    assert [file.name for file in path.parent.iterdir()] == ["plan.md"]
    assert capsys.readouterr().out == ""


def test_export_to_a_directory_or_nowhere(path: Path, tmp_path: Path, capsys: Capture) -> None:
    """In a directory the file has the guide's name; where none is, a sentence and nothing made."""
    assert run("export", path, "-o", tmp_path, "--format", "json") == 0
    assert json.loads((tmp_path / "Planning.json").read_text(encoding="utf-8"))["topics"]

    assert run("export", path, "-o", tmp_path / "no" / "x.md") == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Planning.json", "plan.md"]
