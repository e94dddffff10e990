from pathlib import Path

import pytest

from iview_tui.settings import Settings, load


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml", {}) == Settings()
    assert Settings().back_date == 8


def test_flag_before_environment_before_config(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('back_date = 1\ntheme = "dark"\nascii = true\n[keys]\n"call.next" = "f2"\n')
    environ = {"IVIEW_BACK_DATE": "2", "IVIEW_THEME": "light"}
    found = load(file, environ, {"back_date": 3, "theme": None})

    assert (found.back_date, found.theme, found.ascii) == (3, "light", True)
    assert found.keys == {"call.next": "f2"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("them = 1", "there is no setting 'them' (is it 'theme'?)"),
        ("back_date = 61", "back_date is a whole number of seconds from 0 to 60"),
        ("back_date = true", "whole number"),
        ('theme = "pink"', "theme is one of auto, dark, light"),
        ("theme = [1]", "theme is one of"),
        ('ascii = "perhaps"', "ascii is true or false"),
        ("keys = 3", "table of binding ids"),
        ("tracker = 3", "a command"),
        ('tracker = "it\'s"', "No closing quotation"),
        ("= nonsense", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_explained_and_left_out(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    found = load(file, {})

    assert Settings(problems=found.problems) == found
    assert len(found.problems) == 1
    assert words in found.problems[0]


def test_a_config_that_is_no_text_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.toml").mkdir()

    assert "not valid TOML" in load(tmp_path / "bytes.toml", {}).problems[0]
    assert "cannot be read" in load(tmp_path / "folder.toml", {}).problems[0]


def test_a_tracker_may_be_a_table_with_its_command(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[tracker]\ncommand = ["match", "--model", "my one"]\n', encoding="utf-8")

    assert load(config, {}).tracker == ("match", "--model", "my one")


def test_a_tracker_is_a_command_in_words(tmp_path: Path) -> None:
    assert load(tmp_path / "none", {"IVIEW_TRACKER": "match --model 'my one'"}).tracker == (
        "match",
        "--model",
        "my one",
    )
