"""What the program says of itself: keys, settings, completion, the manual page."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from iview_tui.cli.main import COMMANDS, main
from iview_tui.cli.shell import KEYS_EXAMPLE, completion_of, groups_of_keys, keys_page, manual
from iview_tui.settings import commented

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path))


def test_every_action_is_told_once() -> None:
    ids = [action.id for _, actions in groups_of_keys() for action in actions]

    assert "call.next-topic" in ids
    assert len(ids) == len(set(ids))


def test_the_page_of_keys_is_the_one_that_is_printed() -> None:
    """`iview keys --markdown > docs/keys.md` writes it anew."""
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == keys_page()


def test_keys_are_printed_as_they_were_moved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from iview_tui.paths import find

    config = find({"IVIEW_HOME": str(tmp_path)}).config_file
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[keys]\n"call.wrap-up" = "f12"\n', encoding="utf-8")

    assert main(["keys", "--json"]) == 0
    told = capsys.readouterr()
    value = json.loads(told.out)
    rows = {row["id"]: row for row in value["keys"]}
    assert rows["call.wrap-up"]["keys"] == ["f12"]
    assert rows["call.hide-screen"]["keys"] == ["ctrl+underscore", "ctrl+slash"]
    assert value["problems"] == [
        "config.toml: [keys] F12 is call.wrap-up now; call.hide-screen keeps ^/."
    ]
    assert value["problems"][0] in told.err
    assert main(["config"]) == 0
    assert value["problems"][0] in capsys.readouterr().err
    assert main(["doctor"]) == 1
    assert value["problems"][0] in capsys.readouterr().out
    assert rows["call.next-topic"]["keys"] == ["ctrl+n", "f2"]


def test_the_example_of_the_page_is_without_fault() -> None:
    from iview_tui.ui.remapping import remap

    found = remap(tomllib.loads("\n".join(KEYS_EXAMPLE)))

    assert found.problems == ()
    assert found.keys == {"call.wrap-up": ("f5",), "call.star-entry": ("ctrl+t",)}


def test_every_setting_says_where_it_comes_from(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "--write"]) == 0
    path = Path(capsys.readouterr().out.strip())
    path.write_text(path.read_text().replace("# back_date = 8", "back_date = 5"))
    monkeypatch.setenv("IVIEW_ASCII", "1")

    assert main(["config", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["settings"]}
    assert rows["back_date"] == {"name": "back_date", "value": 5, "from": "config.toml"}
    assert (rows["ascii"]["value"], rows["ascii"]["from"]) == (True, "the environment")
    assert rows["theme"]["from"] == "default"


def test_a_config_file_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--write"]) == 0
    path = Path(capsys.readouterr().out.strip())
    path.write_text("back_date = 3\n")

    assert main(["config", "--write"]) == 1
    assert path.read_text() == "back_date = 3\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_commented_file_is_toml_with_its_signs_taken_away() -> None:
    text = commented()
    bare = re.sub(r"^# (?=\S+ = |\[)", "", text, flags=re.MULTILINE)

    assert tomllib.loads(text) == {}
    assert {"back_date", "theme", "keys"} <= tomllib.loads(bare).keys()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_every_command(shell: str) -> None:
    script = completion_of(shell)

    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", script)] == []
    assert "minutes" in script
    if shell == "bash" or shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_bash_completes_commands_and_options() -> None:
    script = completion_of("bash") + (
        "COMP_WORDS=(iview re); COMP_CWORD=1; _iview; echo ${COMPREPLY[@]}\n"
        "COMP_WORDS=(iview live --mi); COMP_CWORD=2; _iview; echo ${COMPREPLY[@]}\n"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)

    first, second = done.stdout.splitlines()
    assert {"rehearse", "replay", "review", "restore"} <= set(first.split())
    assert second == "--minutes"


def test_an_unknown_shell_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err


def test_the_manual_has_every_command_and_no_stray_macro() -> None:
    page = manual()

    assert [name for name in COMMANDS if f".B iview {name}\n" not in page] == []
    known = {".TH", ".SH", ".B", ".TP", ".RS", ".RE"}
    assert {line.split()[0] for line in page.splitlines() if line.startswith(".")} <= known
