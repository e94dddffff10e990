"""`iview backup`, `restore`, `doctor` and `erase` as a person calls them."""

import io
import json
import sqlite3
from pathlib import Path

import pytest

from iview_tui.cli.main import main
from iview_tui.paths import find
from iview_tui.store import lock

Capture = pytest.CaptureFixture[str]
SCRIPT = "00:05 zymurgy is what they love\n00:20 @Bo Ek, Harbor Office\n01:00 /end\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("IVIEW_DB", raising=False)
    return tmp_path / "home"


@pytest.fixture
def database(home: Path, tmp_path: Path, capsys: Capture) -> Path:
    script = tmp_path / "script.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    assert main(["replay", str(script), "--with", "Ada Quill", "--org", "Ibex Works"]) == 0
    script.unlink()
    capsys.readouterr()
    return home / "data" / "iview.db"


def test_a_backup_is_made_named_and_private(database: Path, capsys: Capture) -> None:
    assert main(["backup"]) == 0
    made = Path(capsys.readouterr().out.strip())
    assert made.parent == database.with_name("iview.db.backups")
    assert made.stat().st_mode & 0o777 == 0o600
    assert main(["backup", "--json"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["backup"]).exists()


def test_a_restore_says_what_undoes_it(database: Path, capsys: Capture) -> None:
    main(["backup"])
    main(["erase", "Bo Ek", "--yes"])
    capsys.readouterr()

    assert main(["restore"]) == 0
    restored, undo = capsys.readouterr().out.splitlines()
    assert restored.startswith("restored ")
    assert undo.endswith("undoes this")
    assert main(undo.split()[1:3]) == 0
    assert main(["restore", "nothing"]) == 3
    capsys.readouterr()
    assert main(["restore", "--list"]) == 0
    assert "before-restore" in capsys.readouterr().out
    assert main(["restore", "--list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["backups"]) == 3


def test_restore_replaces_a_damaged_database(database: Path, capsys: Capture) -> None:
    main(["backup"])
    database.write_bytes(b"")
    capsys.readouterr()

    assert main(["backup"]) == 4
    assert main(["review"]) == 4
    assert database.read_bytes() == b""
    capsys.readouterr()
    assert main(["restore", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert Path(done["kept"]).read_bytes() == b""
    assert done["undoable"] is False
    assert main(["review"]) == 0
    assert "zymurgy" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["backup"], ["restore"], ["erase", "Ada Quill", "--yes"], ["erase", "Ada Quill"]]
)
def test_a_newer_database_is_refused_untouched(
    database: Path, command: list[str], capsys: Capture
) -> None:
    main(["backup"])
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()
    capsys.readouterr()

    assert main(command) == 4
    assert "newer iview" in capsys.readouterr().err
    assert database.read_bytes() == before


@pytest.mark.parametrize("command", [["restore"], ["erase", "Ada Quill", "--yes"]])
def test_during_a_call_they_are_refused_by_name(
    database: Path, command: list[str], capsys: Capture
) -> None:
    main(["backup"])
    with lock.hold(find({"IVIEW_DB": str(database)}).lock, "the call with Ana Brandt"):
        capsys.readouterr()
        assert main(command) == 4
        assert "the call with Ana Brandt" in capsys.readouterr().err
        assert main(["doctor"]) in {0, 1}


def test_erase_shows_and_asks_first(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert main(["erase", "Ada Quill"]) == 2
    said = capsys.readouterr().err
    assert "1  people" in said
    assert "--yes erases" in said
    terminal = io.StringIO("no\nyes\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    assert main(["erase", "Ada Quill"]) == 1
    assert b"zymurgy" in database.read_bytes()
    assert main(["erase", "Ada Quill"]) == 0
    assert "erased Ada Quill:" in capsys.readouterr().out
    assert b"zymurgy" not in database.read_bytes()
    assert main(["erase", "Ada Quill", "--yes"]) == 3


def test_erase_answers_as_json(database: Path, home: Path, capsys: Capture) -> None:
    main(["backup"])
    capsys.readouterr()

    assert main(["erase", "ada quill", "--yes", "--json"]) == 0
    gone = json.loads(capsys.readouterr().out)["erased"]
    assert (gone["people"], gone["interviews"], gone["backups"]) == (1, 1, 1)
    for path in home.rglob("*"):
        data = path.read_bytes().lower() if path.is_file() else b""
        assert not any(word in data for word in (b"zymurgy", b"quill", b"ibex", b"harbor")), path


def test_the_doctor_finds_all_well_or_says_what_is_not(database: Path, capsys: Capture) -> None:
    main(["backup"])
    capsys.readouterr()

    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is True
    names = {check["name"] for check in found["checks"]}
    assert names >= {"versions", "terminal", "paths", "database", "integrity", "modes"}
    assert names >= {"backups", "space", "rescue"}
    assert all(set(check) == {"name", "ok", "detail"} for check in found["checks"])
    assert "Quill" not in json.dumps(found)
    database.write_bytes(b"")
    assert main(["doctor"]) == 4
    assert "BAD database" in capsys.readouterr().out
    assert database.read_bytes() == b""


def test_the_doctor_makes_nothing(home: Path) -> None:
    assert main(["doctor"]) == 0
    assert not home.exists()
