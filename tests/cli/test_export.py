"""`iview export`, `import`, `review`, `path` as a person calls them."""

import io
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from iview_tui.cli.main import main
from iview_tui.cli.output import file_name
from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord
from iview_tui.store import interviews
from iview_tui.store.database import open_to_write
from records import EXAMPLE, played

Capture = pytest.CaptureFixture[str]
TEXT = (EXAMPLE / "export.json").read_text(encoding="utf-8")
FILE = str(EXAMPLE / "export.json")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("IVIEW_DB", raising=False)
    return tmp_path / "home"


def keep(database: Path, *records: CallRecord) -> None:
    with (
        open_to_write(database, HeldClock().wall()) as opened,
        opened.transaction() as connection,
    ):
        for record in records:
            interviews.add_interview(connection, record)


# -- export --------------------------------------------------------------------------------------


def test_export_after_import_is_the_same_file(capsys: Capture) -> None:
    assert main(["import", FILE]) == 0
    assert "added: 1 interview" in capsys.readouterr().out
    assert main(["export", "last", "--format", "json", "--with-private"]) == 0
    assert capsys.readouterr().out == TEXT


def test_export_to_a_file_is_whole_private_and_never_over_another(
    tmp_path: Path, capsys: Capture
) -> None:
    main(["import", FILE])
    target = tmp_path / "out.json"

    assert main(["export", "last", "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == TEXT
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("mine", encoding="utf-8")
    assert main(["export", "last", "-o", str(target)]) == 1
    assert "is there already; --force writes over it" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"
    assert main(["export", "last", "-o", str(target), "--force"]) == 0
    assert target.read_text(encoding="utf-8") == TEXT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out.json"]


def test_export_through_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    main(["import", FILE])
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")

    assert main(["export", "last", "-o", str(link)]) == 1
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("target", ["missing/out.json", "/dev/null", "a\0b"])
def test_export_to_where_no_file_can_be_is_one_sentence(target: str, capsys: Capture) -> None:
    main(["import", FILE])
    capsys.readouterr()

    assert main(["export", "last", "-o", target]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_export_into_a_directory_makes_up_safe_names(home: Path, tmp_path: Path) -> None:
    records = [
        played([(10, "x")], seed=str(place), name=name)
        for place, name in enumerate(["../A/b\n.c", "Bo Ek", "Bo Ek"])
    ]
    keep(home / "data" / "iview.db", *records)
    out = tmp_path / "out"
    out.mkdir()

    assert main(["export", "all", "--format", "md", "-o", str(out)]) == 0
    assert main(["export", "last", "-o", str(out)]) == 0
    assert main(["export", "all", "-o", str(out)]) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names[0] == "2026-11-24 A b c.md"
    assert names[1].startswith("2026-11-24 Bo Ek ")
    assert names[2:] == ["2026-11-24 Bo Ek.json", "2026-11-24 Bo Ek.md", "iview all.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out"]


def test_markdown_goes_to_stdout(capsys: Capture) -> None:
    main(["import", FILE])
    capsys.readouterr()

    assert main(["export", "i", "--format", "md"]) == 3  # four letters or the whole id
    assert main(["export", "Priya Raghunathan", "--format", "md"]) == 0
    assert capsys.readouterr().out.startswith('---\ntitle: "Priya Raghunathan"\n')


def test_file_names_hold_nothing_that_leads_elsewhere() -> None:
    assert file_name("..", "/etc/passwd", suffix="md") == "etc passwd.md"
    assert file_name("\x00\n", suffix="md") == "interview.md"
    assert file_name("-rf", None, suffix="md") == "-rf.md"
    assert len(file_name("é" * 500, suffix="md").encode()) < 255


# -- import --------------------------------------------------------------------------------------


def test_import_says_what_it_did_as_json(capsys: Capture) -> None:
    assert main(["import", FILE, "--json", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "dry_run": True, "added": ["i1"], "unchanged": [], "people": 1, "left": [],
    }  # fmt: skip
    assert main(["review"]) == 3
    main(["import", FILE])
    capsys.readouterr()
    assert main(["import", FILE, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == ["i1"]


def test_import_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    assert main(["import", "-"]) == 0
    assert "Priya Raghunathan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"# a guide", "it is not JSON: line 1"),
        (b'{"schema": "iview/interview/9"}', "newer"),
        (TEXT.replace('"note"', '"shout"', 1).encode(), "entries[2].kind is 'shout'"),
    ],
)
def test_a_bad_file_is_one_sentence_and_nothing_is_kept(
    data: bytes, words: str, tmp_path: Path, home: Path, capsys: Capture
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(data)

    assert main(["import", str(file)]) == 1
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert not home.exists()


def test_a_missing_file_is_3_and_a_directory_1(tmp_path: Path, capsys: Capture) -> None:
    assert main(["import", str(tmp_path / "none.json")]) == 3
    assert main(["import", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_import_where_the_directory_cannot_be_made_is_4(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    assert main(["import", FILE, "--db", str(tmp_path / "file" / "iview.db")]) == 4
    assert capsys.readouterr().err.count("\n") == 1


# -- review and path -----------------------------------------------------------------------------


def test_review_shows_the_last_call_or_one_by_its_id(home: Path, capsys: Capture) -> None:
    record = played([(30, "a note"), (40, "/private hidden")])
    keep(home / "data" / "iview.db", record)

    assert main(["review"]) == 0
    out = capsys.readouterr().out
    assert "a note" in out
    assert "hidden" not in out
    assert main(["review", record.id[:6], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["interview"]["id"] == record.id


def test_db_goes_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    keep(tmp_path / "one.db", played([(30, "in one")]))
    keep(tmp_path / "two.db", replace(played([(30, "in two")]), draft="half"))
    monkeypatch.setenv("IVIEW_DB", str(tmp_path / "two.db"))

    assert main(["review"]) == 0
    assert "half typed: half" in capsys.readouterr().out
    assert main(["review", "--db", str(tmp_path / "one.db")]) == 0
    assert "in one" in capsys.readouterr().out


def test_path_names_the_places_and_makes_none(home: Path, capsys: Capture) -> None:
    assert main(["path"]) == 0
    assert f"folder    {home / 'data'}  (not there yet)" in capsys.readouterr().out
    assert main(["path", "--json"]) == 0
    places = json.loads(capsys.readouterr().out)
    assert places["folder"] == str(home / "data")
    assert places["database"] == str(home / "data" / "iview.db")
    assert not home.exists()
