"""Lists of questions: begun, looked at, kept, and used by their titles."""

import json
from pathlib import Path
from typing import Any

import pytest

from iview_tui.cli.main import main

QUESTIONS = """# Bus maps
Purpose: learn

## About the field
- What keeps you in the field?
- Do you like it?
- ! Pay: How much do you earn? (3)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    (tmp_path / "bus.md").write_text(QUESTIONS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_lint_says_line_rule_and_what_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "lint", "bus.md", "--json"]) == 0
    findings = said(capsys)["findings"]

    assert [(row["line"], row["rule"]) for row in findings] == [(6, "closed"), (7, "asks_salary")]
    assert findings[0]["question"] == "Do you like it?"
    assert all(row["message"].endswith(".") or "..." in row["message"] for row in findings)


def test_strict_is_a_failure_where_there_is_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "lint", "bus.md", "--strict"]) == 1
    assert "line 6: Do you like it?" in capsys.readouterr().out
    assert main(["guide", "lint", "--strict"]) == 0
    assert main(["guide", "lint", "nothing.md"]) == 3


def test_a_new_list_can_be_read_and_is_not_written_over(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", "new", "-o", "mine.md"]) == 0
    assert main(["guide", "lint", "mine.md", "--strict"]) == 0
    assert main(["guide", "fit", "mine.md", "--json"]) == 0
    assert said(capsys)["left_out"] == []
    text = (home / "mine.md").read_text()
    assert main(["guide", "new", "-o", "mine.md"]) == 1
    assert (home / "mine.md").read_text() == text


def test_a_kept_list_is_used_by_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "import", "bus.md", "--json"]) == 0
    assert said(capsys) == {"title": "Bus maps", "topics": 3, "new": True}
    assert main(["guide", "import", "bus.md", "--json"]) == 0
    assert said(capsys)["new"] is False

    assert main(["guide", "list", "--json"]) == 0
    assert [row["title"] for row in said(capsys)["guides"]] == [
        "Bus maps", "Informational interview",
    ]  # fmt: skip
    Path("bus.md").unlink()
    assert main(["guide", "show", "bus  MAPS", "--json"]) == 0
    assert said(capsys)["topics"][2]["title"] == "Pay"
    assert main(["guide", "lint", "Bus maps", "--json"]) == 0
    assert [row["rule"] for row in said(capsys)["findings"]] == ["closed", "asks_salary"]


def test_without_a_database_only_the_built_in_one_is_listed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", "list", "--json"]) == 0
    assert [row["built_in"] for row in said(capsys)["guides"]] == [True]
    assert not list(home.rglob("iview.db"))


def test_a_list_that_cannot_be_read_is_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.md").write_text("")
    assert main(["guide", "import", "empty.md"]) == 1
    assert main(["guide", "list", "--json"]) == 0
    assert len(said(capsys)["guides"]) == 1
