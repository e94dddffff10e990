import os
from pathlib import Path

import pytest

from iview_tui import paths


def test_home_moves_everything(tmp_path: Path) -> None:
    found = paths.find({"IVIEW_HOME": str(tmp_path / "h")})

    for place in (found.database, found.config_file, found.state, found.lock, found.backups):
        assert place.is_relative_to(tmp_path / "h")
    assert list(tmp_path.iterdir()) == []


def test_the_flag_goes_before_the_environment(tmp_path: Path) -> None:
    environ = {"IVIEW_HOME": str(tmp_path / "h"), "IVIEW_DB": str(tmp_path / "e.db")}

    assert paths.find(environ).database == tmp_path / "e.db"
    assert paths.find(environ, tmp_path / "f.db").database == tmp_path / "f.db"
    assert paths.find(environ, tmp_path / "f.db").config.is_relative_to(tmp_path / "h")


def test_companions_stay_beside_a_database_that_was_moved(tmp_path: Path) -> None:
    found = paths.find({}, tmp_path / "my.db")

    assert found.lock == tmp_path / "my.db.lock"
    assert found.backups == tmp_path / "my.db.backups"
    assert found.rescue_places[0] == tmp_path
    assert len(found.rescue_places) > 1


def test_a_short_path_becomes_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))

    assert paths.find({}, "x.db").database == tmp_path / "x.db"
    assert paths.find({"IVIEW_DB": "~/y.db"}).database == tmp_path / "me" / "y.db"


def test_our_directory_is_closed_to_others_and_a_given_one_left_alone(tmp_path: Path) -> None:
    ours = paths.find({"IVIEW_HOME": str(tmp_path / "h")})
    ours.data.mkdir(parents=True, mode=0o755)
    paths.make_ready(ours)
    given = tmp_path / "given"
    given.mkdir()
    given.chmod(0o755)
    paths.make_ready(paths.find({}, given / "x.db"))

    assert ours.data.stat().st_mode & 0o777 == 0o700
    assert given.stat().st_mode & 0o777 == 0o755


def test_what_is_made_from_here_on_is_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        paths.keep_private()
        (tmp_path / "note").write_text("x")
    finally:
        os.umask(before)

    assert (tmp_path / "note").stat().st_mode & 0o777 == 0o600
